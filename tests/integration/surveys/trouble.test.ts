import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallers } from '#app/infra/callers.server.ts';
import { signProxyQuery } from '#app/infra/shopify/hmac.ts';
import { signSessionToken } from '#app/infra/shopify/session-token.ts';
import * as checkoutRoute from '#app/routes/api.checkout.survey.ts';
import * as proxyRoute from '#app/routes/proxy.survey.ts';
import * as hostedRoute from '#app/routes/s.$shop.$token.tsx';
import * as unsubscribeRoute from '#app/routes/u.$shop.$token.tsx';
import { surveyDeps } from './survey-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const SECRET = 'client-secret';
const API_KEY = 'client-id';
const SHOP = 'moss.myshopify.com';
const SHOP_ID = '0198c0de-0000-7000-8000-000000000000';
/** Nobody listens there: what a database that is away looks like. */
const pool = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/away' });
const deps = surveyDeps(pool);
const logged = vi.fn();
const answers = JSON.stringify({ kind: 'post_purchase', order: '1001', answers: { rating: 5 } });

beforeEach(() => {
  logged.mockClear();
  const keys = { shopifyApiKey: API_KEY, shopifyApiSecret: SECRET, shopifyPreviousApiSecret: undefined };
  built.deps = { ...deps, callers: createCallers(keys), log: { error: logged } };
});
afterAll(() => pool.end());

type Handler = (args: never) => Promise<Response>;
const handle = (handler: Handler, request: Request, params: Record<string, string> = {}) =>
  handler({ request, params, context: { clientAddress: null, requestId: 'r' } } as never);

function expectPrivate(answer: Response) {
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('x-robots-tag')).toMatch(/^noindex/);
}

describe('while the database is away', () => {
  const link = { shop: SHOP_ID, token: 'A'.repeat(22) };
  const optOut = { shop: SHOP_ID, token: deps.tokens.unsubscribeToken(SHOP_ID, SHOP_ID) };
  const form = () => ({ method: 'POST', body: new URLSearchParams({ rating: '5' }) });
  it.each<[what: string, handler: Handler, params: Record<string, string>, init: () => RequestInit]>([
    ['a survey', hostedRoute.loader, link, () => ({})],
    ['an answer', hostedRoute.action, link, form],
    ['the question of unsubscribing', unsubscribeRoute.loader, optOut, () => ({})],
    ['unsubscribing', unsubscribeRoute.action, optOut, form],
  ])(
    '%s is a page that says to come back, in the language of the browser',
    async (_what, handler, params, init) => {
      for (const [language, words] of [
        ['de-DE,de;q=0.9', 'gleich noch einmal'],
        ['da, fr;q=0.8', 'réessayer dans un instant'],
        ['da', 'Please try again in a moment'],
      ] as const) {
        logged.mockClear();
        const headers = { 'accept-language': language };
        const request = new Request('https://app.example.com/x', { ...init(), headers });
        const page = await handle(handler, request, params);
        expect(page.status).toBe(503);
        expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expectPrivate(page);
        expect(await page.text()).toContain(words);
        expect(logged).toHaveBeenCalledOnce();
        expect(logged.mock.calls[0]?.[0]).toMatchObject({ err: expect.any(Error) });
      }
    },
  );

  const proxied = (init: RequestInit = {}) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const query = new URLSearchParams({ shop: SHOP, logged_in_customer_id: '7', timestamp });
    return new Request(`https://app.example.com/proxy/survey?${signProxyQuery(query, SECRET)}`, init);
  };
  const atCheckout = async (init: RequestInit = {}) => {
    const token = await signSessionToken(
      { dest: SHOP },
      { apiKey: API_KEY, secret: SECRET },
      new Date(),
      300,
    );
    const headers = { authorization: `Bearer ${token}` };
    return new Request('https://app.example.com/api/checkout/survey?order=1001', { ...init, headers });
  };
  const post = { method: 'POST', body: answers };
  it.each<[what: string, handler: Handler, request: () => Request | Promise<Request>]>([
    ['the storefront asks', proxyRoute.loader, () => proxied()],
    ['the storefront answers', proxyRoute.action, () => proxied(post)],
    ['checkout asks', checkoutRoute.loader, () => atCheckout()],
    ['checkout answers', checkoutRoute.action, () => atCheckout(post)],
  ])('%s and gets JSON without the reason', async (_what, handler, request) => {
    const answer = await handle(handler, await request());
    expect(answer.status).toBe(500);
    expectPrivate(answer);
    expect(await answer.json()).toEqual({ outcome: 'unavailable', message: 'Please try again later.' });
    expect(logged).toHaveBeenCalledOnce();
  });
});

it('a thrown Response is an answer, and no trouble', async () => {
  const gone = new Response(null, { status: 410 });
  const thrown = { consume: () => Promise.reject(gone), close: () => undefined };
  built.deps = { ...(built.deps as object), rateLimit: thrown };
  const request = new Request('https://app.example.com/s/x/y');
  const params = { shop: SHOP_ID, token: 'A'.repeat(22) };
  await expect(handle(hostedRoute.loader, request, params)).rejects.toBe(gone);
  expect(logged).not.toHaveBeenCalled();
});
