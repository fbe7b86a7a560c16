import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { createDevStore } from './server.ts';
import { orderBody, startTestStore, testConfig } from './testing.ts';

// Whole servers start here: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const env = { APP_URL: 'http://127.0.0.1:3000/', SHOPIFY_API_KEY: 'k', SHOPIFY_API_SECRET: 's' };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dev-store-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readConfig', () => {
  it("takes scopes, version and proxy from the app's manifest", () => {
    const manifest =
      '[access_scopes]\nscopes = "read_orders, write_customers"\n[webhooks]\napi_version = "2026-07"\n[app_proxy]\nprefix = "a"\nsubpath = "care"\n';
    writeFileSync(join(folder, 'shopify.app.toml'), manifest);
    expect(readConfig(env, folder)).toMatchObject({
      appUrl: 'http://127.0.0.1:3000',
      scopes: ['read_orders', 'write_customers'],
      apiVersion: '2026-07',
      proxyPrefix: '/a/care',
      databaseUrl: null,
    });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a missing secret', { SHOPIFY_API_SECRET: '' }, /SHOPIFY_API_SECRET is not set/],
    ['an address that is none', { APP_URL: 'localhost' }, /APP_URL is "localhost"/],
    ['a port that is none', { MAIL_SMTP_PORT: '70000' }, /MAIL_SMTP_PORT is "70000"/],
    ['a shop that is none', { SHOP_DOMAIN: 'shop.example' }, /SHOP_DOMAIN is "shop.example"/],
  ])('refuses %s by name', (_what, change, message) => {
    expect(() => readConfig({ ...env, ...change }, folder)).toThrow(message);
    expect(() => readConfig({ ...env, ...change }, folder)).toThrow(ConfigError);
  });

  it('names every problem at once', () => {
    expect(() => readConfig({}, folder)).toThrow(/APP_URL.*SHOPIFY_API_KEY.*SHOPIFY_API_SECRET/s);
  });
});

describe('a port that is taken', () => {
  it('is named in a sentence, or replaced where that is allowed', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const strict = createDevStore(testConfig({ port }));
    await expect(strict.listen()).rejects.toThrow(
      `Port ${port} (DEV_STORE_PORT) is taken by another program.`,
    );
    await strict.close();
    const flexible = createDevStore(testConfig({ port, freePortIfTaken: true }));
    const { url, notes } = await flexible.listen();
    expect(notes).toEqual([expect.stringContaining(`Port ${port} (DEV_STORE_PORT) is taken`)]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await flexible.close();
    await new Promise((resolve) => other.close(resolve));
  });
});

describe('state on disk', () => {
  it('is there after a restart', async () => {
    const stateDir = join(folder, 'state');
    const first = await startTestStore({ stateDir });
    await first.post('/control/store', `{"orders":[${orderBody('6000000000000000001')}]}`);
    const token = await first.accessToken();
    const create = `mutation { discountCodeBasicCreate(basicCodeDiscount: {title: "T", code: "KEEP", startsAt: "2026-01-01T00:00:00Z",
      customerGets: {value: {percentage: 0.2}, items: {all: true}}, context: {all: ALL}}) { userErrors { code } } }`;
    expect((await first.graphql(token, create)).data).toEqual({
      discountCodeBasicCreate: { userErrors: [] },
    });
    await first.devStore.close();
    const second = await startTestStore({ stateDir });
    expect((await second.graphql(token, create)).data).toEqual({
      discountCodeBasicCreate: { userErrors: [{ code: 'TAKEN' }] },
    });
    const orders = await second.graphql(
      token,
      '{ orders(first: 5) { nodes { legacyResourceId customer { displayName } } } }',
    );
    expect(orders.data).toEqual({
      orders: {
        nodes: [{ legacyResourceId: '6000000000000000001', customer: { displayName: 'Ada Byron' } }],
      },
    });
    await second.devStore.close();
  });
});
