import { dirname, join } from 'node:path';
import type { Browser, BrowserContextOptions, Route } from 'playwright-core';
import type { SubmitOutcome, SurveyView } from '../../app/domain/surveys/contract.ts';
import { html } from '../../dev-store/http/html.ts';
import { renderBlocks } from '../../dev-store/storefront/blocks.ts';
import { themePage } from '../../dev-store/storefront/layout.ts';
import { openTab, type Watched } from './browser.ts';

const EXTENSIONS = join(dirname(dirname(import.meta.dirname)), 'extensions');
const ORIGIN = 'http://shop.test';
const SHOP = { name: 'Moss', currencyCode: 'EUR' };

export interface Posted {
  answers: Record<string, unknown>;
  step?: true;
}

/** A page of a shop with the theme block on it, in a browser, and an app that exists in the test only. */
export interface ThemeShop extends Watched {
  /** What the block has sent, in order. */
  posts: Posted[];
  /** The files it has sent: where to, and how many bytes. */
  files: { query: Record<string, string>; bytes: number }[];
  /** Every address that was asked for. */
  asked: string[];
  /** What the app says from now on; 'away': the connection breaks. */
  answers(reply: SubmitOutcome | 'away'): void;
  /** The page, as at first or again. */
  visit(path?: string): Promise<void>;
}

/** Opens the shop, where this survey is open, or none. @param block which of the app's blocks its page has */
export async function openShop(
  browser: Browser,
  survey: SurveyView | null,
  options: BrowserContextOptions = {},
  block: 'survey' | 'survey-embed' = 'survey',
): Promise<ThemeShop> {
  const tab = await openTab(browser, options);
  const posts: Posted[] = [];
  const asked: string[] = [];
  const files: ThemeShop['files'] = [];
  let reply: SubmitOutcome | 'away' = {
    outcome: 'stored',
    route: 'high',
    thanks: { title: 'Thank you!', text: 'We have passed the good news on.' },
  };
  const offer = { survey, order: { id: '1001', name: '#1001' }, pageToken: 'page-token' };
  const page = await shopPage(survey?.locale ?? 'en', block);
  await tab.page.route('**/*', (route: Route) => {
    const request = route.request();
    asked.push(request.url());
    const { origin, pathname, searchParams } = new URL(request.url());
    const asset = /\/assets\/([\w.-]+)$/.exec(pathname)?.[1];
    if (origin !== ORIGIN) return route.abort();
    if (asset) return route.fulfill({ path: join(EXTENSIONS, 'theme-survey', 'assets', asset) });
    if (pathname === '/cart.js') return route.fulfill({ json: { item_count: 2 } });
    if (!pathname.startsWith('/apps/')) return route.fulfill({ contentType: 'text/html', body: page });
    if (request.method() === 'GET') return route.fulfill({ json: offer });
    if (reply === 'away') return route.abort();
    if (pathname === '/apps/aftercare/upload') {
      files.push({
        query: Object.fromEntries(searchParams),
        bytes: request.postDataBuffer()?.length ?? 0,
      });
      return route.fulfill({ status: 201, json: { outcome: 'stored', id: `file-${files.length}` } });
    }
    posts.push(request.postDataJSON() as Posted);
    return route.fulfill({ json: reply });
  });
  return {
    ...tab,
    posts,
    files,
    asked,
    answers: (next) => (reply = next),
    visit: async (path = '/') => {
      await tab.page.goto(ORIGIN + path);
      if (block === 'survey-embed') return;
      await tab.page.locator('.aftercare-survey__body:not([aria-busy])').waitFor({ state: 'attached' });
    },
  };
}

/** The block as Liquid makes it for a customer who is logged in, in the dev store's theme, with more below it. */
async function shopPage(locale: string, block: string): Promise<string> {
  const request = { locale: { iso_code: locale }, design_mode: false, page_type: 'product' };
  const objects = {
    ...{ customer: { id: '7' }, request, product: { id: '42' } },
    routes: { cart_url: '/cart' },
  };
  const only = (handle: string) => handle === block;
  const { head, section, body } = await renderBlocks(EXTENSIONS, 'index', objects, SHOP, locale, only);
  const below = html`<p id="below">What stands below.</p>`;
  const blocks = { head, body, section: [...section, below] };
  return themePage({ title: 'Tea', shopName: SHOP.name, customerName: 'Ada', blocks }, html`<h1>Tea</h1>`);
}
