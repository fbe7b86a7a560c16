import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { AxeResults } from 'axe-core';
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type Frame,
  type Locator,
  type Page,
} from 'playwright-core';

const ROOT = dirname(dirname(import.meta.dirname));
const SHOTS = join(ROOT, '.data', 'e2e');
const IMAGES = join(ROOT, 'docs', 'images');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Size = { width: number; height: number };
const DESKTOP: Size = { width: 1280, height: 900 };
const NARROW: Size = { width: 320, height: 640 };
const TALLEST = 6000;

/**
 * @param more switches of Chromium beside the common ones
 * @throws Error with a sentence when there is no Chromium on this machine.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to a Chrome or Chromium.`,
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

export interface Watched {
  page: Page;
  /** Console errors and uncaught exceptions of the page and its frames so far. */
  errors: string[];
  close(): Promise<void>;
}

/** A new tab of a new visitor, who uses an ordinary Chrome: the app serves nothing to a headless one. */
export async function openTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version().split('.')[0]}.0.0.0 Safari/537.36`,
    viewport: DESKTOP,
    locale: 'en-US',
    timezoneId: 'UTC',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const errors: string[] = [];
  context.on('page', (page) => watch(page, errors));
  return { page: await context.newPage(), errors, close: () => context.close() };
}

function watch(page: Page, errors: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
}

/** How far a document's content sticks out to the side, in pixels; 0 where it fits. */
export function overflow(frame: Frame): Promise<number> {
  return frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * Takes a picture of the whole content at desktop and phone width, into .data/e2e.
 * `content` is the frame that scrolls, if it is not the page's own. Leaves the desktop size.
 * @returns how far the content sticks out at each width, in pixels
 */
export async function shoot(
  page: Page,
  name: string,
  content: Frame = page.mainFrame(),
): Promise<{ desktop: number; narrow: number }> {
  mkdirSync(SHOTS, { recursive: true });
  const at = async (size: Size): Promise<number> => {
    await showAll(page, size, content);
    await page.screenshot({ path: join(SHOTS, `${name}-${size.width}.png`), animations: 'disabled' });
    return overflow(content);
  };
  const narrow = await at(NARROW);
  const desktop = await at(DESKTOP);
  await page.setViewportSize(DESKTOP);
  await settled(content);
  return { desktop, narrow };
}

/** Keeps a picture of the content, or of a part of it, for the documentation, when UPDATE_IMAGES=1. */
export async function keepImage(
  page: Page,
  file: string,
  size: Size,
  content: Frame = page.mainFrame(),
  part?: Locator,
): Promise<void> {
  if (process.env.UPDATE_IMAGES !== '1') return;
  mkdirSync(IMAGES, { recursive: true });
  await showAll(page, size, content);
  await (part ?? page).screenshot({ path: join(IMAGES, file), animations: 'disabled' });
  await page.setViewportSize(DESKTOP);
  await settled(content);
}

/** Makes the window as high as the content needs. */
async function showAll(page: Page, size: Size, content: Frame): Promise<void> {
  await page.setViewportSize(size);
  await settled(content);
  const around = content === page.mainFrame() ? 0 : size.height - (await innerHeight(content));
  const height = Math.max(size.height, Math.min(TALLEST, around + (await contentHeight(content))));
  await page.setViewportSize({ ...size, height });
  await settled(content);
}

/** Violations that axe-core finds, one sentence each. */
export async function accessibilityFaults(frame: Frame): Promise<string[]> {
  await frame.evaluate(AXE);
  const { violations } = (await frame.evaluate('axe.run(document)')) as AxeResults;
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes
        .map((node) => node.target.join(' '))
        .slice(0, 3)
        .join('; ')})`,
  );
}

const innerHeight = (frame: Frame) => frame.evaluate(() => window.innerHeight);
const contentHeight = (frame: Frame) => frame.evaluate(() => document.body.scrollHeight);

/** Two frames drawn and fonts there: a resize has taken effect. */
function settled(frame: Frame): Promise<void> {
  return frame.evaluate(async () => {
    await document.fonts.ready;
    await new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
  });
}
