import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { VisitSurveyKind } from '#app/domain/surveys/contract.ts';
import { createCallers } from '#app/infra/callers.server.ts';
import { signProxyQuery } from '#app/infra/shopify/hmac.ts';
import * as visitRoute from '#app/routes/proxy.visit.ts';
import { offerToVisitor } from '#app/services/offer-visit.ts';
import { submitByVisitor } from '#app/services/submit-visit.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aShop, everyRow, NOW, setNow, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const SECRET = 'client-secret';
const VISIT = '5f3c1a52-9c1e-4b1b-8a55-0123456789ab';
const database = useTestDatabase();
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;

const one = async (sql: string) => (await database.pool.query(sql)).rows;
const switchOn = (...kinds: VisitSurveyKind[]) =>
  database.pool.query(`UPDATE shop SET settings = settings || $2::jsonb WHERE id = $1`, [
    shop.shopId,
    JSON.stringify({ surveys: Object.fromEntries(kinds.map((kind) => [kind, { enabled: true }])) }),
  ]);

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  const callers = createCallers({
    shopifyApiKey: 'client-id',
    shopifyApiSecret: SECRET,
    shopifyPreviousApiSecret: undefined,
  });
  built.deps = { ...deps, callers, log: { error: vi.fn() } };
  shop = await aShop(database.pool);
  await switchOn('website', 'storefront');
});

const visitor = (more: object = {}) => ({
  shopDomain: shop.domain,
  customerId: null as string | null,
  kind: 'website' as const,
  locale: 'en',
  address: null,
  ...more,
});
const offer = (more: object = {}) => offerToVisitor(deps, { ...visitor(), visitId: VISIT, ...more });
/** What the page sends back with every answer. */
async function pageFor(more: object = {}): Promise<{ pageToken: string; edition: string }> {
  const offered = await offer(more);
  if (offered.outcome !== 'open') throw new Error(`No survey was offered: ${JSON.stringify(offered)}`);
  return { pageToken: offered.pageToken, edition: offered.view.edition };
}
const submit = (page: { pageToken: string; edition: string }, answers: unknown, more: object = {}) =>
  submitByVisitor(deps, {
    ...visitor(),
    visitId: VISIT,
    ...page,
    submission: { answers },
    ...more,
  });

describe('the survey about a visit', () => {
  it('is offered to whoever is there, with an id for the visit, and reading changes nothing', async () => {
    const before = await everyRow(database.pool);
    const first = await offer({ visitId: null });
    expect(first).toMatchObject({ outcome: 'open', view: { kind: 'website' } });
    expect(await offer()).toMatchObject({ outcome: 'open', visitId: VISIT });
    expect(await offer({ visitId: "'; DROP TABLE shop" })).toMatchObject({
      visitId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(await everyRow(database.pool)).toEqual(before);
  });

  it.each([
    [
      'the shop has it off',
      async () => void (await database.pool.query("UPDATE shop SET settings = '{}'")),
      'survey_off',
    ],
    [
      'the app is uninstalled',
      async () => void (await database.pool.query("UPDATE shop SET status = 'uninstalled'")),
      'shop_uninstalled',
    ],
    [
      'its own survey asks for a picture, which a page of the shop can not take',
      async () => {
        const picture = [{ id: 'a', type: 'image_upload', required: true }];
        await publish(database.pool, shop.shopId, survey(picture, { kind: 'website', needsRating: false }));
      },
      'not_here',
    ],
  ])('is not offered where %s', async (_why, change, reason) => {
    await change();
    expect(await offer()).toEqual({ outcome: 'none', reason });
  });

  it('is one answer from its first step to its last, about no order and by nobody', async () => {
    const page = await pageFor();
    expect(await submit(page, { rating: 2 }, { isStep: true })).toMatchObject({ outcome: 'stored' });
    expect(await submit(page, { rating: 2, comment_low: 'No sizes' })).toMatchObject({ outcome: 'updated' });
    expect(await submit(page, { rating: 2, comment_low: 'No sizes' })).toMatchObject({ outcome: 'stored' });
    expect(
      await one(
        'SELECT kind, metric, rating, comment, surface, customer_id, order_id, invitation_id, claimed_by, unfinished FROM survey_response',
      ),
    ).toEqual([
      {
        ...{ kind: 'website', metric: 'csat_website', rating: 2, comment: 'No sizes', surface: 'storefront' },
        ...{ customer_id: null, order_id: '', invitation_id: null, claimed_by: null, unfinished: false },
      },
    ]);
    // Its random id is not kept, so the row leads to no browser.
    expect(JSON.stringify(await one('SELECT * FROM survey_response'))).not.toContain(VISIT);
    // Nothing follows from the answer of somebody who is nobody to us.
    expect(await one('SELECT id FROM event')).toEqual([]);
  });

  it('is another answer on another visit, and of another kind', async () => {
    const other = { visitId: '6f3c1a52-9c1e-4b1b-8a55-0123456789ab' };
    const store = { kind: 'storefront' as const };
    for (const more of [{}, other, store]) {
      expect(await submit(await pageFor(more), { rating: 5 }, more)).toMatchObject({ outcome: 'stored' });
    }
    expect(await one('SELECT id FROM survey_response')).toHaveLength(3);
  });

  it('is the answer of the customer who is logged in', async () => {
    const person = { customerId: shop.shopifyCustomerId };
    await submit(await pageFor(person), { rating: 4 }, person);
    expect(await one('SELECT customer_id, order_id FROM survey_response')).toEqual([
      { customer_id: shop.customerId, order_id: '' },
    ]);
  });

  it('takes no answer with the token of another visit, kind, person, edition or shop, nor an old one', async () => {
    const page = await pageFor();
    await aShop(database.pool, 'fern.myshopify.com').catch(() => null);
    const refused: [object, string][] = [
      [{ visitId: '6f3c1a52-9c1e-4b1b-8a55-0123456789ab' }, 'forbidden'],
      [{ kind: 'storefront' }, 'forbidden'],
      [{ customerId: shop.shopifyCustomerId }, 'forbidden'],
      [{ edition: 'preset.999' }, 'forbidden'],
      [{ shopDomain: 'unknown.myshopify.com' }, 'not_found'],
    ];
    for (const [more, outcome] of refused) {
      expect(await submit(page, { rating: 5 }, more)).toMatchObject({ outcome });
    }
    await setNow(database.pool, new Date(NOW.getTime() + 3 * 3_600_000));
    expect(await submit(page, { rating: 5 })).toMatchObject({ outcome: 'expired' });
    expect(await one('SELECT id FROM survey_response')).toEqual([]);
  });

  it.each(['visitByShop', 'answerBySubject', 'answerByAddress'])('is limited by %s', async (budget) => {
    const page = await pageFor();
    deps.limitOn(budget);
    const address = '198.51.100.7';
    expect(await submit(page, { rating: 5 }, { address })).toMatchObject({ outcome: 'rate_limited' });
    expect(await one('SELECT id FROM survey_response')).toEqual([]);
  });
});

describe('its door on the storefront', () => {
  const call = async (
    method: 'GET' | 'POST',
    query: Record<string, string>,
    body?: unknown,
    secret = SECRET,
  ) => {
    const params = new URLSearchParams({
      shop: shop.domain,
      logged_in_customer_id: '',
      path_prefix: '/apps/aftercare',
      timestamp: String(Math.floor(Date.now() / 1000)),
      ...query,
    });
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const request = new Request(`https://app.test/proxy/visit?${signProxyQuery(params, secret)}`, init);
    const handler = method === 'GET' ? visitRoute.loader : visitRoute.action;
    const answer = await handler({ request, params: {}, context: { clientAddress: null } } as never);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return { status: answer.status, json: await answer.json() };
  };

  it('asks a stranger and takes the answer', async () => {
    const { json: offer } = await call('GET', { kind: 'storefront', locale: 'fr' });
    expect(offer).toMatchObject({ survey: { kind: 'storefront', locale: 'fr' }, given: {} });
    const body = {
      kind: 'storefront',
      order: offer.order.id,
      locale: 'fr',
      pageToken: offer.pageToken,
      edition: offer.survey.edition,
      answers: { rating: '5' },
    };
    expect(await call('POST', {}, body)).toMatchObject({ status: 200, json: { outcome: 'stored' } });
    const wrong = { ...body, answers: { rating: 9 } };
    expect(await call('POST', {}, wrong)).toMatchObject({
      status: 422,
      json: { errors: [{ field: 'rating', code: 'out_of_range' }] },
    });
  });

  it('has nothing about an order, and answers none', async () => {
    const { json } = await call('GET', { kind: 'delivery' });
    expect(json).toEqual({ survey: null, reason: 'not_about_a_visit' });
    const body = { kind: 'delivery', order: VISIT, answers: { rating: 5 }, pageToken: 'x' };
    expect((await call('POST', {}, body)).status).toBe(422);
    expect((await call('POST', {}, { ...body, kind: 'website', order: '1001' })).status).toBe(422);
    expect((await call('POST', {}, { ...body, kind: 'website' })).status).toBe(403);
    expect(await one('SELECT id FROM survey_response')).toEqual([]);
  });

  it('refuses what Shopify did not sign', async () => {
    expect((await call('GET', { kind: 'website' }, undefined, 'other')).status).toBe(401);
    expect((await call('POST', {}, { kind: 'website', order: VISIT, answers: {} }, 'other')).status).toBe(
      401,
    );
  });
});
