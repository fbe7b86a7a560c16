import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import * as kioskRoute from '#app/routes/k.$shop.$token.tsx';
import { publish } from '#tests/factories/own-surveys.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aShop, everyRow, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const VISIT = '5f3c1a52-9c1e-4b1b-8a55-0123456789ab';
const EDITION = `preset.${PRESETS.storefront.version}`;
const database = useTestDatabase();
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;
let token: string;

const one = async (sql: string) => (await database.pool.query(sql)).rows;
const settings = (storefront: object) =>
  database.pool.query('UPDATE shop SET settings = $2 WHERE id = $1', [
    shop.shopId,
    JSON.stringify({ surveys: { storefront } }),
  ]);

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  built.deps = { ...deps, log: { error: vi.fn() } };
  shop = await aShop(database.pool);
  await settings({ enabled: true });
  token = deps.tokens.kioskToken(shop.shopId, 1);
});

const call = (handler: (args: never) => Promise<Response>, params: object, init: RequestInit = {}) =>
  handler({
    request: new Request('https://app.test/k/moss/x', init),
    params: { shop: 'moss', token, ...params },
    context: { clientAddress: null, requestId: 'r' },
  } as never);
const open = (params: object = {}) => call(kioskRoute.loader, params);
const post = (body: object, params: object = {}) =>
  call(kioskRoute.action, params, {
    method: 'POST',
    body: JSON.stringify({ kind: 'storefront', order: VISIT, edition: EDITION, locale: 'en', ...body }),
  });

describe("a shop's kiosk", () => {
  it('shows the survey in every language, each in its direction, and reading changes nothing', async () => {
    const before = await everyRow(database.pool);
    const page = await open();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html.match(/<template /g)).toHaveLength(10);
    expect(html).toContain('data-locale="ar" data-lang="ar" data-dir="rtl"');
    expect(html).not.toMatch(/<a[ >]/);
    expect(await everyRow(database.pool)).toEqual(before);
  });

  it('stores each visit once, whenever and however often it is sent', async () => {
    for (const order of [VISIT, VISIT, '6f3c1a52-9c1e-4b1b-8a55-0123456789ab']) {
      const stored = await post({ order, answers: { rating: '5' } });
      expect(await stored.json()).toMatchObject({ outcome: 'stored', route: 'high' });
    }
    expect(await one('SELECT kind, surface, rating, customer_id, order_id FROM survey_response')).toEqual(
      Array(2).fill({ kind: 'storefront', surface: 'kiosk', rating: 5, customer_id: null, order_id: '' }),
    );
  });

  it('keeps what somebody answered who went away, as steps are kept', async () => {
    expect((await post({ answers: { rating: '3' }, step: true })).status).toBe(200);
    expect(await one('SELECT rating, unfinished FROM survey_response')).toEqual([
      { rating: 3, unfinished: true },
    ]);
  });

  it.each([
    ['a token of another shop', { token: 'A'.repeat(32) }],
    ['no token', { token: '' }],
    ['a shop that nobody knows', { shop: 'nobody' }],
    ['a shop that is no name', { shop: "x' OR 1=1" }],
  ])('is closed to %s, and stores nothing', async (_who, params) => {
    const page = await open(params);
    expect(page.status).toBe(410);
    expect(await page.text()).not.toContain('Moss');
    expect((await post({ answers: { rating: '5' } }, params)).status).toBe(410);
    expect(await one('SELECT id FROM survey_response')).toEqual([]);
  });

  it('has one link at a time: the next number ends the one before', async () => {
    await settings({ enabled: true, kioskLink: 2 });
    expect((await open()).status).toBe(410);
    const late = await post({ answers: { rating: '5' } });
    // It waits on the device for the new link.
    expect([late.status, await late.json()]).toMatchObject([410, { outcome: 'unavailable' }]);
    expect((await open({ token: deps.tokens.kioskToken(shop.shopId, 2) })).status).toBe(200);
  });

  it('is closed while the survey is off, and where the app is gone', async () => {
    await settings({ enabled: false });
    expect((await open()).status).toBe(410);
    expect((await post({ answers: { rating: '5' } })).status).toBe(410);
    await settings({ enabled: true });
    await database.pool.query("UPDATE shop SET status = 'uninstalled'");
    expect((await open()).status).toBe(410);
  });

  it('passes over what it can not take, and is closed if that is a must', async () => {
    const asks = (required: boolean) =>
      survey(
        [
          { id: 'voice', type: 'voice_note', required },
          { id: 'why', type: 'choice', options: options('a', 'b') },
        ],
        { kind: 'storefront', needsRating: false },
      );
    const id = await publish(database.pool, shop.shopId, asks(false));
    const html = await (await open()).text();
    expect(html).toContain('data-question="why"');
    expect(html).not.toContain('data-question="voice"');
    await publish(database.pool, shop.shopId, { ...asks(true), version: 2 }, { id });
    expect((await open()).status).toBe(410);
  });

  it('says for good that an answer to a version that is gone can not be taken', async () => {
    const late = await post({ edition: 'preset.99', answers: { rating: '5' } });
    expect([late.status, await late.json()]).toMatchObject([410, { outcome: 'expired' }]);
  });

  it('says what is wrong with an answer, and limits how many come', async () => {
    const wrong = await post({ answers: { rating: '9' } });
    expect([wrong.status, (await wrong.json()).errors[0].field]).toEqual([422, 'rating']);
    expect((await post({ order: '1001', answers: { rating: '5' } })).status).toBe(422);
    deps.limitOn('visitByShop');
    expect((await post({ answers: { rating: '5' } })).status).toBe(429);
  });
});
