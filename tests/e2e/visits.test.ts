/** Surveys about a visit from the dev store's pages to the rows: signed by the app proxy, stored by the app. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ServerBuild } from '@remix-run/node';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createCallers } from '#app/infra/callers.server.ts';
import { createLog } from '#app/infra/log.server.ts';
import { createMetrics } from '#app/infra/metrics.server.ts';
import * as kiosk from '#app/routes/k.$shop.$token.tsx';
import * as survey from '#app/routes/proxy.survey.ts';
import * as visit from '#app/routes/proxy.visit.ts';
import { startTestStore, TEST_KEY, TEST_SECRET, TEST_SHOP, type RunningStore } from '#dev-store/testing.ts';
import { aShop, surveyDeps } from '#tests/integration/surveys/survey-shop.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { createWebApp } from '../../server/app.ts';
import { launchBrowser, openTab, type Watched } from './browser.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const database = useTestDatabase();
let browser: Browser;
let app: Server;
let store: RunningStore;
let tab: Watched;
let origin = '';
let kioskUrl = '';

beforeAll(async () => {
  const modules = {
    'proxy/visit': visit,
    'proxy/survey': survey,
    'k/:shop/:token': kiosk,
    // The page of staff needs a signed-in one; what the dev store reads of it is the link.
    'app/surveys': { loader: () => Response.json({ kiosk: kioskUrl }) },
  };
  // As the build names it, for requests of a page's data.
  const idOf = (path: string) => (path === 'app/surveys' ? 'routes/app.surveys' : path);
  const build = {
    entry: { module: { default: () => new Response(), handleError: () => undefined } },
    routes: Object.fromEntries(
      Object.entries(modules).map(([path, module]) => [idOf(path), { id: idOf(path), path, module }]),
    ),
    assets: { entry: { module: '', imports: [] }, routes: {}, url: '', version: '1' },
    ...{ publicPath: '/', assetsBuildDirectory: '', future: {}, isSpaMode: false },
  } as unknown as ServerBuild;
  app = createServer(
    createWebApp({
      ...{ build, clientFolder: '/nonexistent', trustProxy: 0, findProblem: async () => null },
      log: createLog({ level: 'silent', process: 'test' }),
      metrics: createMetrics(),
      webhooks: {
        read: () => ({ kind: 'refused', status: 400, message: 'No webhooks here.' }),
        ingest: async () => undefined,
      },
    }),
  ).listen(0, '127.0.0.1');
  await once(app, 'listening');
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const extensionsDir = join(import.meta.dirname, '../../extensions');
  [browser, store] = await Promise.all([launchBrowser(), startTestStore({ appUrl, extensionsDir })]);
  origin = appUrl;
});
beforeEach(async () => {
  const deps = surveyDeps(database.pool);
  const callers = createCallers({
    shopifyApiKey: TEST_KEY,
    shopifyApiSecret: TEST_SECRET,
    shopifyPreviousApiSecret: undefined,
  });
  built.deps = { ...deps, callers, log: { error: (...what: unknown[]) => expect(what).toEqual([]) } };
  const { shopId } = await aShop(database.pool, TEST_SHOP);
  const on = { enabled: true };
  await database.pool.query('UPDATE shop SET settings = $2 WHERE id = $1', [
    shopId,
    JSON.stringify({ surveys: { website: on, storefront: on } }),
  ]);
  kioskUrl = `${origin}/k/${TEST_SHOP.split('.')[0]}/${deps.tokens.kioskToken(shopId, 1)}`;
});
afterAll(async () => {
  await browser?.close();
  await store?.devStore.close();
  app?.closeAllConnections();
  app?.close();
});
afterEach(async () => {
  await tab.close();
  expect(tab.errors, 'errors on the console').toEqual([]);
});

const rows = async () =>
  (
    await database.pool.query(
      'SELECT kind, surface, rating, comment, customer_id FROM survey_response ORDER BY answered_at, kind DESC',
    )
  ).rows;

it('a stranger who leaves the store is asked why, once', async () => {
  tab = await openTab(browser);
  const { page } = tab;
  await page.clock.install();
  await page.goto(`${store.url}/storefront`);
  await page.clock.runFor(10_000);
  const leave = () =>
    page.evaluate(() =>
      document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 })),
    );
  await leave();
  const dialog = page.getByRole('dialog', { name: 'Short survey' });
  await dialog.getByRole('radio').first().press('Space');
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('textbox').fill('No sizes');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.locator('form').waitFor({ state: 'detached' });
  expect(await rows()).toEqual([
    { kind: 'website', surface: 'storefront', rating: 1, comment: 'No sizes', customer_id: null },
  ]);
  await page.goto(`${store.url}/storefront/pages/help`);
  await page.clock.runFor(10_000);
  await leave();
  await page.clock.runFor(1000);
  expect(await dialog.isVisible()).toBe(false);
});

it('the kiosk is reached from the start page, and takes one answer after another', async () => {
  tab = await openTab(browser);
  const { page } = tab;
  await page.clock.install();
  await page.goto(store.url);
  await page.getByRole('link', { name: 'Kiosk' }).click();
  await page.locator('[data-question=rating]').waitFor();
  expect(page.url()).toBe(kioskUrl);
  for (const rating of [4, 5]) {
    await page
      .locator('[data-question=rating] label')
      .nth(rating - 1)
      .click();
    await page.clock.runFor(1000);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await page.clock.runFor(10_000);
    await page.locator('[data-question=rating]').waitFor();
  }
  const stored = (await rows()).filter(({ surface }) => surface === 'kiosk');
  expect(stored.map(({ kind, rating }) => [kind, rating]).sort()).toEqual([
    ['storefront', 4],
    ['storefront', 5],
  ]);
});
