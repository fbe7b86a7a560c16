/** A kiosk in a browser, and the app behind it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { kioskPage } from '#app/components/survey/kiosk-page.server.tsx';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { openTab } from './browser.ts';
import { viewOf } from './every-type.ts';

const ORIGIN = 'https://app.test';
const NOW = Date.UTC(2026, 10, 22);

export interface Posted {
  order: string;
  locale: string;
  step: boolean;
  answers: Record<string, unknown>;
}

export const storefront = (...locales: string[]) =>
  locales.map((locale) => viewOf(PRESETS.storefront, locale));
const STORED = { json: { outcome: 'stored', route: 'high', thanks: {} } };

/** @param views the languages; time only moves when it is told to, unless `isStill` says no: axe needs it */
export async function openKiosk(
  browser: Browser,
  views: SurveyView[],
  { isStill = true, ...options }: BrowserContextOptions & { isStill?: boolean } = {},
) {
  const tab = await openTab(browser, { reducedMotion: 'reduce', ...options });
  const { page } = tab;
  const posts: Posted[] = [];
  /** What the app is, and how it takes an answer. */
  const app = {
    isAway: false,
    pageStatus: 200,
    verdict: (_posted: Posted): { status?: number; json: object } => STORED,
    takesAll: () => STORED,
  };
  const brand = { name: 'Moss', colour: '#0a7d4f' };
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (app.isAway || new URL(request.url()).origin !== ORIGIN) return route.abort();
    if (request.method() === 'POST') {
      const posted = request.postDataJSON() as Posted;
      posts.push(posted);
      return route.fulfill(app.verdict(posted));
    }
    const shown = kioskPage({ shopId: 'shop-1', brand, views });
    return route.fulfill({
      status: app.pageStatus,
      headers: Object.fromEntries(shown.headers),
      body:
        app.pageStatus === 200 ? await shown.text() : '<!doctype html><title>Closed</title><h1>Closed</h1>',
    });
  });
  await page.clock.install({ time: NOW });
  await page.goto(`${ORIGIN}/k/moss/token`);
  if (isStill) await page.clock.pauseAt(NOW + 30_000);
  return { page, posts, app, ...partsOf(page), close: () => closeTab(tab) };
}

function partsOf(page: Page) {
  const question = (id: string) => page.locator(`[data-question="${id}"]`);
  return {
    question,
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    heading: (name: string) => page.getByRole('heading', { name, exact: true }),
    kept: () => page.evaluate(() => Object.entries({ ...localStorage, ...sessionStorage })),
    async rate(value: number): Promise<void> {
      await question('rating')
        .locator('label')
        .nth(value - 1)
        .click();
      await page.clock.runFor(500);
    },
  };
}

async function closeTab(tab: Awaited<ReturnType<typeof openTab>>): Promise<void> {
  await tab.close();
  const unexpected = tab.errors.filter((line) => !/ERR_|status of 4(10|22|29)/.test(line));
  expect(unexpected, 'errors on the console').toEqual([]);
}

export type Kiosk = Awaited<ReturnType<typeof openKiosk>>;
