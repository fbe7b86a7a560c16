import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShopifyApp } from '#app/infra/shopify/app.server.ts';
import type { Installed } from '#app/infra/shopify/app.server.ts';
import { checkoutToken, idToken } from '#dev-store/jwt.ts';
import { signSessionToken } from '#app/infra/shopify/session-token.ts';
import { useTestDatabase } from '#tests/setup/database.ts';

const database = useTestDatabase();
const shop = 'a.myshopify.com';
const app = { apiKey: 'key', secret: 'secret' };
const BROWSER =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

let server: Server;
let exchanges: { url: string; body: Record<string, string> }[];

beforeEach(async () => {
  exchanges = [];
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      exchanges.push({ url: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          access_token: 'shpat_exchanged',
          refresh_token: 'shprt_exchanged',
          scope: 'read_orders,write_discounts',
          expires_in: 3600,
          refresh_token_expires_in: 7_776_000,
        }),
      );
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function build() {
  const installed: Installed[] = [];
  const shopify = createShopifyApp({
    pool: database.pool,
    config: {
      shopifyApiKey: app.apiKey,
      shopifyApiSecret: app.secret,
      scopes: ['read_orders', 'write_discounts'],
      appUrl: 'https://aftercare.example.com',
      tokenKeys: [{ id: 'k1', key: Buffer.alloc(32, 7) }],
      devStoreUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    onInstalled: async (one) => {
      installed.push(one);
    },
  });
  return { shopify, installed };
}

const visit = async (apiKey = app.apiKey) => {
  const token = await signSessionToken(claims, { ...app, apiKey }, new Date());
  return new Request('https://aftercare.example.com/app', {
    headers: {
      authorization: `Bearer ${token}`,
      'user-agent': BROWSER,
    },
  });
};

it("exchanges the merchant's session token once, through the redirect, and stores the pair encrypted", async () => {
  const { shopify, installed } = build();
  const { session, sessionToken } = await shopify.authenticate.admin(await visit());
  expect([session.shop, session.accessToken, sessionToken?.sub]).toEqual([shop, 'shpat_exchanged', '42']);
  expect(exchanges).toEqual([
    {
      url: `/shops/${shop}/admin/oauth/access_token`,
      body: expect.objectContaining({ client_id: 'key', client_secret: 'secret', expiring: '1' }),
    },
  ]);
  expect(installed).toEqual([{ shopDomain: shop, scopes: ['read_orders', 'write_discounts'] }]);

  await build().shopify.authenticate.admin(await visit());
  expect(exchanges).toHaveLength(1);
  const { rows } = await database.pool.query(
    'select id, access_token_enc, t::text as text from shopify_session t',
  );
  expect(rows).toMatchObject([{ id: `offline_${shop}`, access_token_enc: expect.stringMatching(/^v1:k1:/) }]);
  expect(rows[0].text).not.toMatch(/shpat|shprt/);
});

it('refuses a session token for another app, and asks nobody', async () => {
  const refusal = await build()
    .shopify.authenticate.admin(await visit('other'))
    .catch((thrown: unknown) => thrown);
  expect(refusal).toBeInstanceOf(Response);
  expect((refusal as Response).status).toBe(401);
  expect(exchanges).toEqual([]);
});

const party = { shop, apiKey: app.apiKey, apiSecret: app.secret };
const claims = { dest: `https://${shop}`, iss: `https://${shop}/admin`, sub: '42' };
const sign = (over: Record<string, unknown>) =>
  signSessionToken(JSON.parse(JSON.stringify({ ...claims, ...over })), app, new Date());
const foreign: [what: string, make: () => string | Promise<string>][] = [
  ['a checkout', () => checkoutToken(party, '77')],
  ['the checkout of a guest', () => checkoutToken(party, null)],
  ['a customer account', () => sign({ iss: undefined, sub: 'gid://shopify/Customer/77' })],
  ['a shopper who borrowed the issuer', () => sign({ sub: 'gid://shopify/Customer/77' })],
  ['nobody', () => sign({ sub: undefined })],
  ['no issuer', () => sign({ iss: undefined })],
  ["another shop's admin", () => sign({ iss: 'https://b.myshopify.com/admin' })],
  ['a bare destination', () => sign({ dest: shop })],
  ['a bare destination and issuer', () => sign({ dest: shop, iss: `${shop}/admin` })],
  ['no destination', () => sign({ dest: undefined, iss: 'undefined/admin' })],
  ['no shop', () => sign({ dest: 'https://evil.example', iss: 'https://evil.example/admin' })],
];
/** A shop whose session is stored already: from then on the library asks Shopify nothing about a token. */
async function installed() {
  const { shopify } = build();
  await shopify.authenticate.admin(await visit());
  exchanges = [];
  return shopify;
}

it.each(foreign)('lets nobody into the admin with a token of %s', async (_whose, make) => {
  const shopify = await installed();
  for (const scheme of ['Bearer ', '']) {
    const headers = { authorization: `${scheme}${await make()}`, 'user-agent': BROWSER };
    const refusal = await shopify.authenticate
      .admin(new Request('https://aftercare.example.com/app', { headers }))
      .catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(Response);
    expect((refusal as Response).status).toBe(401);
    expect((refusal as Response).headers.get('x-shopify-retry-invalid-session-request')).toBe('1');
  }
  expect(exchanges).toEqual([]);
});

const page = (token: string) => {
  const url = new URL(`https://aftercare.example.com/app?shop=${shop}&embedded=1`);
  url.searchParams.set('host', Buffer.from(`${shop}/admin`).toString('base64'));
  url.searchParams.set('id_token', token);
  return new Request(url, { headers: { 'user-agent': BROWSER } });
};

it.each(foreign)('sends a page with a token of %s to fetch a new one', async (_whose, make) => {
  const shopify = await installed();
  const answers = [page(await make()), page('no.token.at-all')].map((request) =>
    shopify.authenticate.admin(request).catch((thrown: unknown) => thrown),
  );
  for (const answer of await Promise.all(answers)) {
    expect(answer).toBeInstanceOf(Response);
    expect((answer as Response).status).toBe(302);
    expect((answer as Response).headers.get('location')).toMatch(/^\/auth\/session-token\?(?!.*id_token)/);
  }
  expect(exchanges).toEqual([]);
});

it('knows staff by the token in the address too, as the dev store signs it', async () => {
  const { session, sessionToken } = await build().shopify.authenticate.admin(page(idToken(party, '42')));
  expect([session.shop, sessionToken?.sub]).toEqual([shop, '42']);
});

it.each([
  ['none', null],
  ['no base64', 'a b!'],
  ['base64 of no length that exists', 'abcde'],
  ['base64 of no address', Buffer.from('//%').toString('base64')],
  ["base64 of somebody else's address", Buffer.from('admin.example.com').toString('base64')],
])('sends a visitor whose host is %s to the sign-in page', async (_what, host) => {
  const url = new URL(`https://aftercare.example.com/app?shop=${shop}&embedded=1`);
  if (host !== null) url.searchParams.set('host', host);
  const answer = await build()
    .shopify.authenticate.admin(new Request(url, { headers: { 'user-agent': BROWSER } }))
    .catch((thrown: unknown) => thrown);
  expect(answer).toBeInstanceOf(Response);
  expect((answer as Response).status).toBe(302);
  expect((answer as Response).headers.get('location')).toMatch(/^\/auth\/login/);
});
