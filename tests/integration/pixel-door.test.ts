import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSiteVisitsRepo } from '#app/infra/db/site-visits.repo.server.ts';
import * as pixelRoute from '#app/routes/api.pixel.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aShop, everyRow, surveyDeps, type SurveyDeps } from './surveys/survey-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const database = useTestDatabase();
const SECRET = 'a-secret-of-the-shop-22';
const logged = vi.fn();
let deps: SurveyDeps;
let account: string;
let customer: string;

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  built.deps = { ...deps, siteVisits: createSiteVisitsRepo(database.pool), log: { error: logged } };
  const shop = await aShop(database.pool);
  account = `${shop.shopId}.${SECRET}`;
  const { rows } = await database.pool.query(
    `WITH shop_row AS (UPDATE shop SET pixel_account = $1) SELECT key FROM customer WHERE id = $2`,
    [SECRET, shop.customerId],
  );
  customer = rows[0].key.replace('c:', '');
});

const post = (body: string, clientAddress: string | null = null) =>
  pixelRoute.action({
    request: new Request('https://app.example.com/api/pixel', {
      ...{ method: 'POST', body, headers: { 'Content-Type': 'text/plain;charset=UTF-8' } },
    }),
    ...{ params: {}, context: { clientAddress, requestId: 'r' } },
  } as never);
const beacon = (over: object = {}) =>
  JSON.stringify({ account, customer, event: 'sh-1', kind: 'product', ...over });
const days = async () =>
  (await database.pool.query('SELECT views, product_views, help_views FROM site_day')).rows;

describe('the door for beacons', () => {
  it('takes one sent as text from any page, answers nothing, and keeps it', async () => {
    const response = await post(beacon());
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(response.headers.get('Set-Cookie')).toBeNull();
    expect(await days()).toEqual([{ views: 0, product_views: 1, help_views: 0 }]);
  });

  it('lets a browser ask first, and shows nothing to who looks', async () => {
    const ask = (method: string) =>
      pixelRoute.loader({ request: new Request('https://app.example.com/api/pixel', { method }) } as never);
    expect(ask('OPTIONS').status).toBe(204);
    expect(ask('OPTIONS').headers.get('Access-Control-Allow-Methods')).toBe('POST, OPTIONS');
    expect(ask('GET').status).toBe(405);
  });

  it.each<[string, () => string, field: string]>([
    ['no JSON', () => 'hello', 'body'],
    ['a list', () => '[]', 'body'],
    ['no account', () => beacon({ account: undefined }), 'account'],
    ['an endless account', () => beacon({ account: 'a'.repeat(101) }), 'account'],
    ['a customer as a number', () => beacon({ customer: 42 }), 'customer'],
    ['a customer who is no number', () => beacon({ customer: "1' OR '1" }), 'customer'],
    ['an event without a name', () => beacon({ event: '' }), 'event'],
    ['an unknown kind', () => beacon({ kind: 'checkout' }), 'kind'],
  ])('refuses %s, and names the field', async (_name, body, field) => {
    const before = await everyRow(database.pool);
    const response = await post(body());
    expect(response.status).toBe(422);
    const sentence = expect.stringMatching(/^must /);
    expect(await response.json()).toEqual({ outcome: 'invalid', errors: [{ field, message: sentence }] });
    expect(await everyRow(database.pool)).toEqual(before);
  });

  it('says of an unknown account no more than that', async () => {
    for (const other of [`${account}x`, 'aftercare']) {
      const response = await post(beacon({ account: other }));
      expect([response.status, await response.json()]).toEqual([404, { outcome: 'not_found' }]);
    }
  });

  it('answers as to one who is known when nobody is stored', async () => {
    expect((await post(beacon({ customer: '5' }))).status).toBe(204);
    expect(await days()).toEqual([]);
  });

  it.each(['pixelByAddress', 'pixelByCustomer', 'pixelByShop'])(
    'asks for patience when %s is used up',
    async (budget) => {
      deps.limitOn(budget);
      const response = await post(beacon(), '203.0.113.7');
      expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '7']);
      expect(await days()).toEqual([]);
    },
  );

  it('says that it failed when it did, once in the log and without a word about anybody', async () => {
    const note = () => Promise.reject(new Error('The database is away.'));
    built.deps = { ...(built.deps as object), siteVisits: { isAccount: async () => true, note } };
    expect((await post(beacon())).status).toBe(500);
    expect(logged).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(logged.mock.calls)).not.toMatch(new RegExp(`${customer}|${SECRET}`));
  });
});
