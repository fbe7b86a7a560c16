/** The web pixel from the dev store's pages to the rows: switched on through Admin GraphQL, run in a worker, kept by the app. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ServerBuild } from '@remix-run/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SCOPES } from '#app/infra/env.server.ts';
import { createPixelsRepo } from '#app/infra/db/pixels.repo.server.ts';
import { createSiteVisitsRepo } from '#app/infra/db/site-visits.repo.server.ts';
import { createLog } from '#app/infra/log.server.ts';
import { createMetrics } from '#app/infra/metrics.server.ts';
import type { AdminClient } from '#app/infra/shopify/admin.server.ts';
import { createShopifyOperations } from '#app/infra/shopify/operations.server.ts';
import * as pixel from '#app/routes/api.pixel.ts';
import { connectPixels } from '#app/services/connect-pixels.ts';
import { orderBody, startTestStore, type RunningStore } from '#dev-store/testing.ts';
import { aShop, NOW, surveyDeps } from '#tests/integration/surveys/survey-shop.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { createWebApp } from '../../server/app.ts';
import { accessibilityFaults, launchBrowser, openTab, type Watched } from './browser.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

/** Who bought in orderBody(). */
const CUSTOMER = '8123456789012345671';
const database = useTestDatabase();
let browser: Browser;
let app: Server;
let store: RunningStore;
let tab: Watched;
let page: Page;

beforeAll(async () => {
  const path = 'api/pixel';
  const build = {
    entry: { module: { default: () => new Response(), handleError: () => undefined } },
    routes: { [path]: { id: path, path, module: pixel } },
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
  store = await startTestStore({
    scopes: [...SCOPES],
    appUrl: `http://127.0.0.1:${(app.address() as AddressInfo).port}`,
    extensionsDir: join(import.meta.dirname, '../../extensions'),
  });
  await store.post('/control/store', `{"orders":[${orderBody('6000000000000000001')}]}`);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await store?.devStore.close();
  app?.close();
  app?.closeAllConnections();
});

beforeEach(async () => {
  const deps = surveyDeps(database.pool);
  const log = createLog({ level: 'silent', process: 'test' });
  const { shopId, customerId } = await aShop(database.pool);
  await database.pool.query(
    `WITH person AS (UPDATE customer SET key = 'c:' || $2::text, shopify_id = $2 WHERE id = $1)
     UPDATE shop SET scopes = $3 WHERE id = $4`,
    [customerId, CUSTOMER, SCOPES.join(','), shopId],
  );
  const token = await store.accessToken();
  const admin: AdminClient = {
    async adminGraphql(_shop, { document, data }, variables) {
      const answer = await store.graphql(token, document, variables);
      return { kind: 'ok', data: data.parse(answer.data) };
    },
  };
  built.deps = { ...deps, siteVisits: createSiteVisitsRepo(database.pool), log };
  const shops = { throttle: async () => undefined } as never;
  const shopify = createShopifyOperations(admin);
  await connectPixels({ ...deps, shops, shopify, log, pixels: createPixelsRepo(database.pool) }, {});
  tab = await openTab(browser);
  page = tab.page;
});
afterEach(async () => {
  expect(tab.errors).toEqual([]);
  await tab.close();
});

const logIn = () =>
  page.context().addCookies([{ name: 'dev_store_customer', value: CUSTOMER, url: store.url }]);
const consent = () => page.locator('#dev-store-consent');
/** What the app has been told, once as much as this was. */
async function told() {
  const { rows } = await database.pool.query(
    `SELECT coalesce(sum(views), 0)::int AS views, coalesce(sum(product_views), 0)::int AS products,
       coalesce(sum(help_views), 0)::int AS help FROM site_day`,
  );
  return rows[0];
}
const seenAt = async () =>
  (await database.pool.query('SELECT last_seen_at AS at FROM customer')).rows[0].at as Date | null;
/** Opens a page, and waits until its pixel has sent so many beacons, or has had the time to. */
async function open(path: string, beacons: number) {
  let answered = 0;
  const all = new Promise<void>((done) => {
    page.on('requestfinished', (request) => {
      if (request.url().endsWith('/api/pixel') && (answered += 1) === beacons) done();
    });
  });
  await page.goto(`${store.url}${path}`, { waitUntil: 'networkidle' });
  if (beacons > 0) await all;
}

describe('a customer who is logged in', () => {
  beforeEach(logIn);

  it('is seen, with pages, products and help counted apart', async () => {
    await open('/storefront', 1);
    await page.locator('.grid a').first().click();
    await expect.poll(told).toEqual({ views: 2, products: 1, help: 0 });
    await open('/storefront/pages/help', 1);
    await expect.poll(told).toEqual({ views: 3, products: 1, help: 1 });
    expect(await seenAt()).toEqual(NOW);
    expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
  });

  it('and refuses analytics is not seen from that moment on, until they allow it again', async () => {
    await open('/storefront', 1);
    await consent().click();
    await consent().getByText('refused').waitFor();
    await open('/storefront/pages/help', 0);
    expect(page.workers()).toEqual([]);
    expect(await told()).toEqual({ views: 1, products: 0, help: 0 });
    await consent().click();
    await expect.poll(told).toEqual({ views: 2, products: 0, help: 1 });
  });
});

it('a stranger is not seen, and the app keeps nothing in the browser', async () => {
  await open('/storefront', 0);
  await page.locator('.grid a').first().click();
  await page.waitForLoadState('networkidle');
  expect(page.workers()).toHaveLength(1);
  expect(await told()).toEqual({ views: 0, products: 0, help: 0 });
  expect(await seenAt()).toBeNull();
  expect(await page.context().cookies()).toEqual([]);
});
