import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallers } from '#app/infra/callers.server.ts';
import { signProxyQuery } from '#app/infra/shopify/hmac.ts';
import { signSessionToken } from '#app/infra/shopify/session-token.ts';
import * as checkoutRoute from '#app/routes/api.checkout.survey.ts';
import * as proxyRoute from '#app/routes/proxy.survey.ts';
import * as hostedRoute from '#app/routes/s.$shop.$token.tsx';
import * as unsubscribeRoute from '#app/routes/u.$shop.$token.tsx';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, everyRow, NOW, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const SECRET = 'client-secret';
const API_KEY = 'client-id';
const database = useTestDatabase();
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;
const logged = vi.fn();

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  const callers = createCallers({
    shopifyApiKey: API_KEY,
    shopifyApiSecret: SECRET,
    shopifyPreviousApiSecret: undefined,
  });
  built.deps = { ...deps, callers, log: { error: logged } };
  shop = await aShop(database.pool);
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', {
    placed: '2026-03-01',
    delivered: '2026-03-05',
  });
});

const handle = (
  handler: (args: never) => Promise<Response>,
  request: Request,
  params: Record<string, string> = {},
) => handler({ request, params, context: { clientAddress: null, requestId: 'r' } } as never);
const responses = async () => (await database.pool.query('SELECT * FROM survey_response')).rows;

describe('the hosted page', () => {
  let params: { shop: string; token: string };
  beforeEach(async () => {
    const { token } = await aLink(database.pool, deps, { ...shop, orderId: '1001', kind: 'usage' });
    params = { shop: shop.shopId, token };
  });
  const url = 'https://app.example.com/s/x/y';
  const get = (of = params) => handle(hostedRoute.loader, new Request(url), of);
  const post = (fields: Record<string, string>) =>
    handle(
      hostedRoute.action,
      new Request(url, { method: 'POST', body: new URLSearchParams(fields) }),
      params,
    );

  it('asks, thanks by route, then says that it was answered', async () => {
    const before = await everyRow(database.pool);
    const page = await get();
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await everyRow(database.pool)).toEqual(before);
    const empty = { comment_low: '', comment_middle: '', comment_high: '' };
    const thanks = await post({ rating: '1', ...empty, comment_low: 'Broken' });
    expect(thanks.status).toBe(200);
    expect(await thanks.text()).toContain('within 4 hours');
    expect(await responses()).toMatchObject([
      { rating: 1, route: 'low', comment: 'Broken', surface: 'hosted_page' },
    ]);
    for (const [again, status] of [
      [await get(), 410],
      [await post({ rating: '5' }), 409],
    ] as const) {
      expect(again.status).toBe(status);
      expect(await again.text()).toContain('already answered');
    }
    expect(await responses()).toHaveLength(1);
  });

  it('gives a form with a mistake back as it was filled in', async () => {
    const page = await post({ rating: '6', comment_low: 'Half written' });
    expect(page.status).toBe(422);
    const html = await page.text();
    expect(html).toContain('aria-describedby="e-rating"');
    expect(html).toContain('Half written</textarea>');
    expect(await responses()).toEqual([]);
  });

  it('takes a body that is no form for an empty one', async () => {
    const request = new Request(url, {
      method: 'POST',
      body: '\0',
      headers: { 'content-type': 'text/plain' },
    });
    expect((await handle(hostedRoute.action, request, params)).status).toBe(422);
  });

  it('is 404 for a link that was never ours', async () => {
    expect((await get({ shop: shop.shopId, token: 'A'.repeat(22) })).status).toBe(404);
    expect((await get({ shop: '../x', token: '' })).status).toBe(404);
  });
});

describe('the app proxy', () => {
  const request = (query: Record<string, string> = {}, init: RequestInit = {}, secret = SECRET) => {
    const params = new URLSearchParams({
      shop: shop.domain,
      logged_in_customer_id: shop.shopifyCustomerId,
      path_prefix: '/apps/aftercare',
      timestamp: String(Math.floor(Date.now() / 1000)),
      ...query,
    });
    return new Request(`https://app.example.com/proxy/survey?${signProxyQuery(params, secret)}`, init);
  };
  const post = (body: unknown, query = {}) =>
    handle(
      proxyRoute.action,
      request(query, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
    );

  it('offers a survey with a token, takes the answer with it, and keeps neither', async () => {
    const offered = await handle(proxyRoute.loader, request({ kind: 'delivery', order: '1001' }));
    expect(offered.headers.get('cache-control')).toBe('no-store');
    const offer = await offered.json();
    expect(offer).toMatchObject({ survey: { kind: 'delivery' }, order: { id: '1001', name: '#1001' } });
    const body = {
      kind: 'delivery',
      order: '1001',
      pageToken: offer.pageToken,
      edition: offer.survey.edition,
      answers: { rating: 5 },
    };
    const stored = await post(body);
    expect(stored.status).toBe(200);
    expect(await stored.json()).toMatchObject({
      outcome: 'stored',
      route: 'high',
      thanks: { title: 'Thank you!' },
    });
    const wrong = await post({ ...body, answers: { rating: 6 } });
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({
      outcome: 'invalid',
      errors: [{ field: 'rating', code: 'out_of_range' }],
    });
    expect(await responses()).toHaveLength(1);
  });

  it('offers nothing to a visitor who is not logged in', async () => {
    const offered = await handle(proxyRoute.loader, request({ logged_in_customer_id: '' }));
    expect(await offered.json()).toEqual({ survey: null, reason: 'not_logged_in' });
    expect((await post({}, { logged_in_customer_id: '' })).status).toBe(401);
  });

  it('refuses what Shopify did not sign just now', async () => {
    const old = String(Math.floor(Date.now() / 1000) - 120);
    for (const refused of [request({}, {}, 'wrong'), request({ timestamp: old })]) {
      const answer = await handle(proxyRoute.loader, refused);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each([
    ['no JSON', '{', 422],
    ['no order', { kind: 'delivery', answers: {} }, 422],
    ['no page token', { kind: 'delivery', order: '1001', answers: { rating: 5 } }, 403],
  ])('refuses %s, and nothing is stored', async (_name, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toHaveProperty('outcome');
    expect(await responses()).toEqual([]);
  });
});

describe('the checkout endpoint', () => {
  const url = 'https://app.example.com/api/checkout/survey';
  const token = (app = { apiKey: API_KEY, secret: SECRET }, lifetime = 300) =>
    signSessionToken(
      { dest: shop.domain, sub: `gid://shopify/Customer/${shop.shopifyCustomerId}` },
      app,
      new Date(),
      lifetime,
    );
  const ask = async (method: 'GET' | 'POST', query: string, bearer: string | null, body?: unknown) => {
    const headers: Record<string, string> = bearer ? { authorization: `Bearer ${bearer}` } : {};
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await handle(
      method === 'GET' ? checkoutRoute.loader : checkoutRoute.action,
      new Request(url + query, init),
    );
    // Without these a browser hides the answer, whatever it says.
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    return { status: answer.status, json: await answer.json() };
  };

  it('answers the preflight, which carries no token', async () => {
    const answer = await handle(checkoutRoute.loader, new Request(url, { method: 'OPTIONS' }));
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
  });

  it('asks and takes a claim about an order in either form of its id', async () => {
    const offer = await ask('GET', '?page=order_status&order=1001', await token());
    expect(offer).toMatchObject({ status: 200, json: { survey: { kind: 'delivery' } } });
    const order = 'gid://shopify/OrderIdentity/4711';
    const body = { kind: 'post_purchase', order, answers: { rating: '2' } };
    expect(await ask('POST', '', await token(), body)).toMatchObject({
      status: 200,
      json: { outcome: 'stored', route: 'low' },
    });
    expect(await responses()).toMatchObject([
      { status: 'unverified', order_id: '4711', claimed_by: shop.shopifyCustomerId, customer_id: null },
    ]);
  });

  it.each([
    ['no token', async () => null],
    ['another app’s token', () => token({ apiKey: 'other-app', secret: SECRET })],
    ['a token with another secret', () => token({ apiKey: API_KEY, secret: 'other' })],
    ['an expired token', () => token(undefined, -60)],
  ])('refuses %s with 401', async (_name, make) => {
    const body = { kind: 'post_purchase', order: '1001', answers: { rating: 5 } };
    expect((await ask('POST', '', await make(), body)).status).toBe(401);
    expect((await ask('GET', '?order=1001', await make())).status).toBe(401);
    expect(await responses()).toEqual([]);
  });

  it.each([
    ['an order that is no id', { kind: 'post_purchase', order: "1' OR 1=1", answers: { rating: 5 } }],
    ['a survey that is not asked here', { kind: 'relationship', order: '1001', answers: { rating: 5 } }],
    ['a rating off the scale', { kind: 'post_purchase', order: '1001', answers: { rating: 0 } }],
    ['no body', null],
  ])('refuses %s with 422 and stores nothing', async (_name, body) => {
    expect(await ask('POST', '', await token(), body)).toMatchObject({
      status: 422,
      json: { outcome: 'invalid' },
    });
    expect(await responses()).toEqual([]);
  });

  it('a failure of ours still carries the CORS headers and tells nothing', async () => {
    built.deps = {
      ...(built.deps as object),
      openSurveys: { shopByDomain: () => Promise.reject(new Error('secret')) },
    };
    const answer = await ask('GET', '?order=1001', await token());
    expect(answer).toEqual({
      status: 500,
      json: { outcome: 'unavailable', message: 'Please try again later.' },
    });
    expect(logged).toHaveBeenCalledOnce();
  });
});

describe('unsubscribing', () => {
  it('GET asks, a mail client’s one click does it', async () => {
    const params = { shop: shop.shopId, token: deps.tokens.unsubscribeToken(shop.shopId, shop.customerId) };
    const url = 'https://app.example.com/u/x/y';
    const before = await everyRow(database.pool);
    expect(await (await handle(unsubscribeRoute.loader, new Request(url), params)).text()).toContain(
      '<form method="post">',
    );
    expect(await everyRow(database.pool)).toEqual(before);
    const click = new Request(url, {
      method: 'POST',
      body: new URLSearchParams('List-Unsubscribe=One-Click'),
    });
    expect((await handle(unsubscribeRoute.action, click, params)).status).toBe(200);
    const ended = async () =>
      (await database.pool.query('SELECT unsubscribed_at, surveys_off_at FROM customer')).rows;
    expect(await ended()).toEqual([{ unsubscribed_at: NOW, surveys_off_at: null }]);
    // The page's own button takes it back; the list in a survey mail's address ends the surveys alone.
    const undo = new Request(url, { method: 'POST', body: new URLSearchParams('list=none') });
    expect(await (await handle(unsubscribeRoute.action, undo, params)).text()).toContain('as before');
    const oneList = new Request(`${url}?list=surveys`, {
      method: 'POST',
      body: new URLSearchParams('List-Unsubscribe=One-Click'),
    });
    expect((await handle(unsubscribeRoute.action, oneList, params)).status).toBe(200);
    expect(await ended()).toEqual([{ unsubscribed_at: null, surveys_off_at: NOW }]);
    expect((await handle(unsubscribeRoute.action, click, { ...params, token: 'x' })).status).toBe(404);
  });
});
