import { beforeEach, describe, expect, it } from 'vitest';
import { offerAtCheckout, offerToCustomer } from '#app/services/offer-survey.ts';
import { submitAtCheckout, submitByCustomer } from '#app/services/submit-answer.ts';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, everyRow, NOW, setNow, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const database = useTestDatabase();
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  shop = await aShop(database.pool);
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', {
    placed: '2026-03-04',
    delivered: '2026-03-05',
  });
  await anOrder(database.pool, shop.shopId, null, '2002', { placed: '2026-03-02' });
});

const one = async (sql: string) => (await database.pool.query(sql)).rows;
const common = () => ({ shopDomain: shop.domain, customerId: shop.shopifyCustomerId, locale: null });

describe('the storefront door', () => {
  const offer = (
    wish: { kind?: SurveyKind; orderId?: string } = {},
    customerId: string | null = shop.shopifyCustomerId,
  ) => offerToCustomer(deps, { ...common(), kind: null, orderId: null, ...wish, customerId });
  const submit = (pageToken: string, answers: unknown, more: object = {}) =>
    submitByCustomer(deps, {
      ...common(),
      kind: 'delivery',
      orderId: '1001',
      pageToken,
      edition: 'delivery.1',
      submission: { answers },
      ...more,
    });
  const tokenFor = async (
    wish: { kind?: SurveyKind; orderId?: string } = { kind: 'delivery', orderId: '1001' },
  ) => {
    const offered = await offer(wish);
    if (offered.outcome !== 'open' || !offered.pageToken) throw new Error('No survey was offered.');
    return offered.pageToken;
  };

  it('offers the survey whose time has come, and reading changes nothing', async () => {
    const before = await everyRow(database.pool);
    expect(await offer()).toMatchObject({
      outcome: 'open',
      order: { id: '1001' },
      view: { kind: 'delivery' },
    });
    expect(await everyRow(database.pool)).toEqual(before);
  });

  it.each([
    ['nobody is logged in', null, {}, 'not_logged_in'],
    ['a stranger', '77', {}, 'no_order'],
    ["another customer's order", undefined, { orderId: '2002' }, 'no_order'],
    ['not in use long enough', undefined, { kind: 'usage' }, 'nothing_due'],
  ] as const)('offers nothing when %s', async (_name, customerId, wish, reason) => {
    const asked = await offer(wish, customerId === undefined ? shop.shopifyCustomerId : customerId);
    expect(asked).toEqual({ outcome: 'none', reason });
  });

  it('counts the customer, never the address, which is Shopify’s for all shoppers', async () => {
    const token = await tokenFor();
    for (const budget of ['pageByAddress', 'answerByAddress', 'guessByAddress']) {
      deps.limitOn(budget);
      expect(await offer()).toMatchObject({ outcome: 'open' });
      expect(await submit(token, { rating: 5 })).toMatchObject({ outcome: 'stored' });
    }
    deps.limitOn('pageBySubject');
    expect(await offer()).toEqual({ outcome: 'rate_limited', retryAfterSeconds: 7 });
    expect(await offer({}, null)).toEqual({ outcome: 'none', reason: 'not_logged_in' });
    deps.limitOn('answerBySubject');
    expect(await submit(token, { rating: 4 })).toEqual({ outcome: 'rate_limited', retryAfterSeconds: 7 });
  });

  it('stores an answer before any invitation was sent, and a later one updates it', async () => {
    const token = await tokenFor();
    expect(await submit(token, { rating: 5 })).toMatchObject({ outcome: 'stored', route: 'high' });
    expect(await submit(token, { rating: '5' })).toMatchObject({ outcome: 'stored' });
    expect(await submit(token, { rating: 1, comment_low: 'Broken' })).toMatchObject({
      outcome: 'updated',
      route: 'low',
    });
    const [response] = await one('SELECT * FROM survey_response');
    expect(response).toMatchObject({
      answer_key: 'delivery:1001:0',
      surface: 'storefront',
      rating: 1,
      comment: 'Broken',
      revision: 2,
    });
    const events = await one('SELECT dedupe_key, ref_id FROM event ORDER BY id');
    expect(events.map((event) => event.dedupe_key)).toEqual([`${response.id}:1`, `${response.id}:2`]);
    expect(deps.jobs).toHaveLength(2);
    expect(await offer({ kind: 'delivery' })).toEqual({ outcome: 'none', reason: 'already_answered' });
  });

  it('the same answer posted ten times at once is one response and one event', async () => {
    const token = await tokenFor();
    const results = await Promise.all(Array.from({ length: 10 }, () => submit(token, { rating: 3 })));
    expect(new Set(results.map((result) => result.outcome))).toEqual(new Set(['stored']));
    expect(await one('SELECT revision FROM survey_response')).toEqual([{ revision: 1 }]);
    expect(await one('SELECT id FROM event')).toHaveLength(1);
  });

  it('ten different answers at once are ten revisions of one response, each with its event', async () => {
    const token = await tokenFor();
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => submit(token, { rating: 1, comment_low: `Reason ${index}` })),
    );
    expect(await one('SELECT revision FROM survey_response')).toEqual([{ revision: 10 }]);
    const events = await one("SELECT split_part(dedupe_key, ':', 2)::int AS revision FROM event ORDER BY 1");
    expect(events.map((event) => event.revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('counts for the newest repeat that was due, and marks its invitation', async () => {
    const wish = { ...shop, orderId: '1001', kind: 'relationship' as const };
    await aLink(database.pool, deps, wish);
    const second = await aLink(database.pool, deps, { ...wish, sequence: 1 });
    const later = await aLink(database.pool, deps, { ...wish, sequence: 2 });
    await database.pool.query(
      "UPDATE survey_invitation SET due_at = $2, status = 'scheduled' WHERE id = $1",
      [later.invitationId, new Date(NOW.getTime() + 1)],
    );
    const token = await tokenFor({ kind: 'relationship', orderId: '1001' });
    expect(
      await submit(token, { rating: 9 }, { kind: 'relationship', edition: 'relationship.1' }),
    ).toMatchObject({ outcome: 'stored' });
    expect(await one('SELECT answer_key, invitation_id FROM survey_response')).toEqual([
      { answer_key: 'relationship:1001:1', invitation_id: second.invitationId },
    ]);
    const answered = await one('SELECT id FROM survey_invitation WHERE answered_at IS NOT NULL');
    expect(answered).toEqual([{ id: second.invitationId }]);
  });

  it('refuses a token of another page, order, kind or customer, and one older than two hours', async () => {
    const token = await tokenFor();
    await anOrder(database.pool, shop.shopId, shop.customerId, '1002', { placed: '2026-03-02' });
    const before = await everyRow(database.pool);
    const forbidden = [
      submit('', { rating: 5 }),
      submit(`${token}x`, { rating: 5 }),
      submit(token, { rating: 5 }, { orderId: '1002' }),
      submit(token, { rating: 5 }, { kind: 'usage' }),
      submit(token, { rating: 5 }, { customerId: '77' }),
    ];
    for (const result of await Promise.all(forbidden)) expect(result.outcome).toBe('forbidden');
    expect(await everyRow(database.pool)).toEqual(before);
    await setNow(database.pool, new Date(NOW.getTime() + 7_200_000));
    expect(await submit(token, { rating: 5 })).toMatchObject({ outcome: 'expired' });
    expect(await one('SELECT id FROM survey_response')).toEqual([]);
  });

  it.each([
    ['UPDATE customer SET redacted_at = now()', 'not_found'],
    ['UPDATE orders SET customer_id = NULL', 'not_found'],
    ["UPDATE shop SET status = 'uninstalled'", 'shop_uninstalled'],
    [`UPDATE shop SET settings = '{"surveys": {"delivery": {"enabled": false}}}'`, 'survey_off'],
  ])('stores nothing after %s', async (change, outcome) => {
    const token = await tokenFor();
    await database.pool.query(change);
    expect(await submit(token, { rating: 5 })).toMatchObject({ outcome });
    expect(await one('SELECT id FROM survey_response')).toEqual([]);
    expect(await one('SELECT id FROM event')).toEqual([]);
  });
});

describe('the checkout door', () => {
  const offer = (more: object = {}) =>
    offerAtCheckout(deps, { ...common(), client: null, orderId: '1001', page: 'thank_you', ...more });
  const submit = (answers: unknown, more: object = {}) =>
    submitAtCheckout(deps, {
      ...common(),
      client: null,
      kind: 'post_purchase',
      orderId: '1001',
      submission: { answers },
      ...more,
    });

  it('asks about buying, and about the delivery once there is one', async () => {
    const before = await everyRow(database.pool);
    expect(await offer()).toMatchObject({
      outcome: 'open',
      view: { kind: 'post_purchase' },
      pageToken: expect.any(String),
    });
    expect(await offer({ page: 'order_status' })).toMatchObject({
      outcome: 'open',
      view: { kind: 'delivery' },
    });
    expect(await offer({ page: 'order_status', orderId: '2002' })).toMatchObject({
      view: { kind: 'post_purchase' },
    });
    expect(await offer({ orderId: '999' })).toMatchObject({ outcome: 'open' });
    expect(await offer({ shopDomain: 'none.myshopify.com' })).toEqual({
      outcome: 'none',
      reason: 'shop_uninstalled',
    });
    expect(await everyRow(database.pool)).toEqual(before);
  });

  it('promises somebody’s call only to whom the order may prove', async () => {
    const promised = async (more: object = {}) =>
      JSON.stringify(await offer(more)).includes('within 4 hours');
    expect([await promised(), await promised({ customerId: null })]).toEqual([true, false]);
  });

  it('keeps a claim as unverified, with the customer it names and nobody else', async () => {
    expect(await submit({ rating: 2, confidence: 4 }, { orderId: '999' })).toMatchObject({
      outcome: 'stored',
      route: 'low',
    });
    const [response] = await one('SELECT * FROM survey_response');
    expect(response).toMatchObject({
      status: 'unverified',
      claimed_by: shop.shopifyCustomerId,
      customer_id: null,
      order_id: '999',
      surface: 'checkout',
    });
    expect(response.answer_key).toMatch(/^post_purchase:999:u:[\w-]{32}$/);
    expect(response.answers).toEqual({
      ratings: { rating: 2, confidence: 4 },
      metrics: { rating: 'csat_purchase', confidence: 'confidence_purchase' },
    });
    expect(await one('SELECT customer_id, order_id FROM event')).toEqual([
      { customer_id: null, order_id: '999' },
    ]);
    expect(await offer({ orderId: '999' })).toEqual({ outcome: 'none', reason: 'already_answered' });
  });

  it('a claimant may correct their own claim, but not touch another one', async () => {
    const orderId = '999';
    const pageToken = 'a page';
    await submit({ rating: 2 }, { orderId, pageToken });
    expect(await submit({ rating: 4 }, { orderId, pageToken })).toMatchObject({ outcome: 'updated' });
    await submit({ rating: 1 }, { orderId, pageToken, customerId: '77' });
    expect(await one('SELECT claimed_by, rating FROM survey_response ORDER BY rating')).toEqual([
      { claimed_by: '77', rating: 1 },
      { claimed_by: shop.shopifyCustomerId, rating: 4 },
    ]);
  });

  it('answers as on the storefront for an order that is known to be theirs', async () => {
    const page = { pageToken: 'a page' };
    expect(await submit({ rating: 2 }, page)).toMatchObject({ outcome: 'stored' });
    expect(await submit({ rating: 4 }, page)).toMatchObject({ outcome: 'updated' });
    expect(await submit({ rating: 1 }, { customerId: '77' })).toMatchObject({ outcome: 'stored' });
    const rows = await one(
      'SELECT status, customer_id, claimed_by, rating, revision FROM survey_response ORDER BY rating',
    );
    expect(rows).toEqual([
      { status: 'unverified', customer_id: null, claimed_by: '77', rating: 1, revision: 1 },
      { status: 'verified', customer_id: shop.customerId, claimed_by: null, rating: 4, revision: 2 },
    ]);
  });

  it('limits by address: extensions are sandboxed in the shopper’s own browser', async () => {
    const client = '192.0.2.1';
    deps.limitOn('pageByAddress');
    expect(await offer({ client })).toMatchObject({ outcome: 'rate_limited' });
    deps.limitOn('answerByAddress');
    expect(await submit({ rating: 4 }, { client })).toMatchObject({ outcome: 'rate_limited' });
  });

  it('of guests, whom nothing tells apart, only the first claim counts', async () => {
    await submit({ rating: 5 }, { customerId: null });
    await submit({ rating: 1 }, { customerId: null });
    expect(await one('SELECT claimed_by, rating FROM survey_response')).toEqual([
      { claimed_by: null, rating: 5 },
    ]);
    expect(await one('SELECT id FROM event')).toHaveLength(1);
  });

  it('takes nothing about an erased customer', async () => {
    await database.pool.query('UPDATE customer SET redacted_at = now()');
    expect(await offer()).toEqual({ outcome: 'none', reason: 'no_order' });
    expect(await submit({ rating: 5 })).toMatchObject({ outcome: 'redacted' });
    expect(await one('SELECT id FROM survey_response')).toEqual([]);
  });
});
