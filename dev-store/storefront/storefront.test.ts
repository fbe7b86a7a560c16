import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { orderBody, startTestStore, TEST_SECRET, TEST_SHOP, type RunningStore } from '../testing.ts';

// Whole servers start here: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Seen {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}
let app: Server;
let seen: Seen[] = [];
let store: RunningStore;
let folder: string;
const CUSTOMER = '8123456789012345671';

beforeAll(async () => {
  app = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://app');
      seen.push({ method: request.method ?? '', url, headers: request.headers, body });
      response.setHeader('Set-Cookie', 'leak=1');
      response.setHeader(
        'Content-Type',
        url.pathname.endsWith('/page') ? 'application/liquid' : 'application/json',
      );
      response.statusCode = url.pathname.endsWith('/bad') ? 422 : 200;
      response.end(
        url.pathname.endsWith('/page')
          ? '<p>Hello {{ customer.first_name }} at {{ shop.name }}</p>'
          : '{"ok":true}',
      );
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'dev-store-test-'));
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, 'theme', path, '..'), { recursive: true });
    writeFileSync(join(folder, 'theme', path), text);
  };
  write(
    'blocks/survey.liquid',
    `{{ 'app.css' | asset_url | stylesheet_tag }}<div {{ block.shopify_attributes }}>{{ block.settings.title }}: {{ 'ask' | t: name: customer.first_name }}{% render 'stars', count: 3 %}{{ product.title }}</div>
{% schema %}{"name":"Survey","target":"section","javascript":"app.js","enabled_on":{"templates":["product"]},"settings":[{"type":"text","id":"title","label":"Title","default":"Rate it"}]}{% endschema %}`,
  );
  write(
    'blocks/broken.liquid',
    `{{ 'x' | no_such_filter }}{% schema %}{"name":"B","target":"section","enabled_on":{"templates":["index"]}}{% endschema %}`,
  );
  write('snippets/stars.liquid', '<i>{{ count }} stars</i>');
  write('assets/app.css', 'p{color:red}');
  write('locales/en.default.json', '{"ask":"How was it, {{ name }}?"}');
  store = await startTestStore({
    appUrl: `http://127.0.0.1:${(app.address() as AddressInfo).port}`,
    extensionsDir: folder,
  });
  await store.post('/control/store', `{"orders":[${orderBody('6000000000000000001')}]}`);
});
afterAll(async () => {
  await store.devStore.close();
  await new Promise((resolve) => app.close(resolve));
  rmSync(folder, { recursive: true });
});

/** Shopify's rule, written a second time on purpose: sorted `key=value` pairs without a separator. */
function signatureOf(url: URL): string {
  const pairs: Record<string, string[]> = {};
  for (const [key, value] of url.searchParams) (pairs[key] ??= []).push(value);
  const text = Object.keys(pairs)
    .filter((key) => key !== 'signature')
    .sort()
    .reduce((joined, key) => `${joined}${key}=${(pairs[key] ?? []).join(',')}`, '');
  return createHmac('sha256', TEST_SECRET).update(text).digest('hex');
}

describe('app proxy', () => {
  it('signs the query, sets the customer itself, and passes no cookies either way', async () => {
    seen = [];
    const response = await fetch(
      `${store.url}/apps/aftercare/answers?b=2&a=1&a=3&logged_in_customer_id=666`,
      {
        method: 'POST',
        headers: { Cookie: `dev_store_customer=${CUSTOMER}; other=1`, 'Content-Type': 'application/json' },
        body: '{"rating":5}',
      },
    );
    expect(await response.json()).toEqual({ ok: true });
    expect(response.headers.get('set-cookie')).toBeNull();
    const [call] = seen;
    expect(call?.url.pathname).toBe('/proxy/answers');
    expect(call?.body).toBe('{"rating":5}');
    expect(call?.headers.cookie).toBeUndefined();
    const query = call?.url.searchParams;
    expect(query?.getAll('logged_in_customer_id')).toEqual([CUSTOMER]);
    expect(query?.getAll('a')).toEqual(['1', '3']);
    expect(query?.get('shop')).toBe(TEST_SHOP);
    expect(query?.get('path_prefix')).toBe('/apps/aftercare');
    expect(Math.abs(Number(query?.get('timestamp')) - Date.now() / 1000)).toBeLessThan(90);
    expect(query?.get('signature')).toBe(signatureOf(call?.url ?? new URL('http://none')));
  });

  it('leaves the customer blank for a visitor and passes the status on', async () => {
    seen = [];
    expect((await fetch(`${store.url}/apps/aftercare/bad`)).status).toBe(422);
    expect(seen[0]?.url.searchParams.get('logged_in_customer_id')).toBe('');
  });

  it('renders a Liquid answer inside the theme', async () => {
    const response = await fetch(`${store.url}/apps/aftercare/page`, {
      headers: { Cookie: `dev_store_customer=${CUSTOMER}` },
    });
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('<p>Hello Ada at Demo Shop</p>');
  });
});

describe('theme blocks', () => {
  it('renders settings, texts, snippets and assets where the schema allows the block', async () => {
    const page = await (
      await fetch(`${store.url}/storefront/products/blue-cup-0995`, {
        headers: { Cookie: `dev_store_customer=${CUSTOMER}` },
      })
    ).text();
    expect(page).toContain('Rate it: How was it, Ada?<i>3 stars</i>Blue cup');
    expect(page).toContain('class="shopify-block shopify-app-block"');
    expect(page).toContain('<script src="/storefront/extensions/theme/assets/app.js" defer></script>');
    expect(page).not.toContain('"name":"Survey"');
    const css = await fetch(`${store.url}/storefront/extensions/theme/assets/app.css`);
    expect(await css.text()).toBe('p{color:red}');
    expect(
      (await fetch(`${store.url}/storefront/extensions/theme/assets/..%2fblocks%2fsurvey.liquid`)).status,
    ).toBe(404);
  });

  it('shows why a block fails instead of hiding it', async () => {
    const page = await (await fetch(`${store.url}/storefront`)).text();
    expect(page).toContain('Liquid error in theme/broken');
    expect(page).not.toContain('Rate it');
  });
});

describe('pages', () => {
  it('logs a customer in and out', async () => {
    const form = (customer: string) =>
      fetch(`${store.url}/storefront/account`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ customer }),
      });
    expect((await form(CUSTOMER)).headers.get('set-cookie')).toContain(`dev_store_customer=${CUSTOMER}`);
    expect((await form('12')).status).toBe(400);
    expect((await form('')).headers.get('set-cookie')).toContain('dev_store_customer=;');
  });

  it('sends strangers from the customer account to log in, and back', async () => {
    const stranger = await fetch(`${store.url}/account/survey`, { redirect: 'manual' });
    const logIn = stranger.headers.get('location') ?? '';
    expect(logIn).toBe('/storefront/account?return_to=%2Faccount%2Fsurvey');
    expect(await (await fetch(`${store.url}${logIn}`)).text()).toContain(
      '<input type="hidden" name="return_to" value="/account/survey" />',
    );
    const backTo = async (path: string) => {
      const body = new URLSearchParams({ customer: CUSTOMER, return_to: path });
      const response = await fetch(`${store.url}/storefront/account`, {
        method: 'POST',
        redirect: 'manual',
        body,
      });
      return response.headers.get('location');
    };
    expect(await backTo('/account/survey')).toBe('/account/survey');
    expect(await backTo('//evil.example')).toBe('/storefront/account');
  });

  it('shows a customer the orders and the page of the account, and says where an extension is missing', async () => {
    const open = async (path: string) =>
      (await fetch(`${store.url}${path}`, { headers: { Cookie: `dev_store_customer=${CUSTOMER}` } })).text();
    const orders = await open('/account');
    expect(orders).toContain('<a href="/order-status/6000000000000000001"><b>#0001</b></a>');
    expect(orders).toContain('renders at customer-account.order-index.block.render yet.');
    expect(await open('/account/survey')).toContain('renders at customer-account.page.render yet.');
    expect(await open('/storefront/account')).toContain('<a href="/account">');
  });

  it('opens the app in the admin frame with a signed id token, and says where an extension is missing', async () => {
    const admin = await (await fetch(`${store.url}/admin/apps/aftercare/customers?band=red`)).text();
    expect(admin).toMatch(/src="http:\/\/127\.0\.0\.1:\d+\/app\/customers\?band=red&#38;embedded=1&#38;/);
    const thanks = await (await fetch(`${store.url}/thank-you/6000000000000000001`)).text();
    expect(thanks).toContain('No UI extension of the app renders at purchase.thank-you.block.render yet.');
    expect((await fetch(`${store.url}/thank-you/1`)).status).toBe(404);
  });

  it('gives tokens to the app and to itself only', async () => {
    const ask = (origin: string) => fetch(`${store.url}/control/id-token`, { headers: { Origin: origin } });
    expect((await ask('https://evil.example')).status).toBe(403);
    expect((await ask(store.url)).headers.get('access-control-allow-origin')).toBe(store.url);
  });
});
