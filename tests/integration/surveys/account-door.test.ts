import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallers } from '#app/infra/callers.server.ts';
import { signSessionToken } from '#app/infra/shopify/session-token.ts';
import * as accountRoute from '#app/routes/api.account.survey.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { anOrder, aShop, surveyDeps } from './survey-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const SECRET = 'client-secret';
const API_KEY = 'client-id';
const database = useTestDatabase();
let shop: Awaited<ReturnType<typeof aShop>>;

beforeEach(async () => {
  const callers = createCallers({
    shopifyApiKey: API_KEY,
    shopifyApiSecret: SECRET,
    shopifyPreviousApiSecret: undefined,
  });
  built.deps = { ...surveyDeps(database.pool), callers, log: { error: vi.fn() } };
  shop = await aShop(database.pool);
  const dates = { placed: '2026-03-01', delivered: '2026-03-05' };
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', dates);
});

const handle = (handler: (args: never) => Promise<Response>, request: Request) =>
  handler({ request, params: {}, context: { clientAddress: null, requestId: 'r' } } as never);
const responses = async () => (await database.pool.query('SELECT * FROM survey_response')).rows;

describe('the customer-account endpoint', () => {
  const url = 'https://app.example.com/api/account/survey';
  const tokenOf = (customerId: string | null) =>
    signSessionToken(
      { dest: shop.domain, ...(customerId && { sub: `gid://shopify/Customer/${customerId}` }) },
      { apiKey: API_KEY, secret: SECRET },
      new Date(),
      300,
    );
  const ask = async (customerId: string | null, body?: object) => {
    const headers = { authorization: `Bearer ${await tokenOf(customerId)}` };
    const request = body
      ? new Request(url, { method: 'POST', headers, body: JSON.stringify(body) })
      : new Request(url, { headers });
    const answer = await handle(body ? accountRoute.action : accountRoute.loader, request);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    return { status: answer.status, json: await answer.json() };
  };

  it('asks what is open for the customer, and takes the answer as theirs', async () => {
    const { json } = await ask(shop.shopifyCustomerId);
    expect(json).toMatchObject({ survey: { kind: 'delivery' }, order: { id: '1001' }, given: {} });
    const { kind, edition } = json.survey;
    const sent = { kind, edition, order: '1001', pageToken: json.pageToken, answers: { rating: 4 } };
    expect(await ask(shop.shopifyCustomerId, { ...sent, step: true })).toMatchObject({ status: 200 });
    expect((await ask(shop.shopifyCustomerId)).json.given).toEqual({ rating: '4' });
    expect(await ask(shop.shopifyCustomerId, sent)).toMatchObject({ json: { outcome: 'stored' } });
    expect(await responses()).toMatchObject([
      { surface: 'customer_account', status: 'verified', customer_id: shop.customerId, order_id: '1001' },
    ]);
  });

  it('shows nothing to who is not logged in, and takes nothing without the token of their page', async () => {
    expect(await ask(null)).toMatchObject({ json: { survey: null, reason: 'not_logged_in' } });
    const body = { kind: 'delivery', order: '1001', answers: { rating: 4 } };
    expect(await ask(null, { ...body, pageToken: 'x' })).toMatchObject({ status: 401 });
    expect(await ask(shop.shopifyCustomerId, { ...body, pageToken: 'x' })).toMatchObject({ status: 403 });
    const { json } = await ask(shop.shopifyCustomerId);
    expect(await ask('77', { ...body, pageToken: json.pageToken })).toMatchObject({ status: 403 });
    expect(await responses()).toEqual([]);
  });

  it('answers the preflight', async () => {
    const answer = await handle(accountRoute.loader, new Request(url, { method: 'OPTIONS' }));
    expect(answer.status).toBe(204);
  });
});
