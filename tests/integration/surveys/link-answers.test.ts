import { beforeEach, describe, expect, it } from 'vitest';
import { SURVEY_TEXTS } from '#app/domain/surveys/texts.ts';
import { openLink } from '#app/services/open-survey.ts';
import { submitByLink } from '#app/services/submit-answer.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, everyRow, NOW, setNow, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const database = useTestDatabase();
const DAY = 86_400_000;
const client = null;
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;
let link: { token: string; invitationId: string };

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  shop = await aShop(database.pool);
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', {
    placed: '2026-03-01',
    delivered: '2026-03-05',
  });
  link = await aLink(database.pool, deps, { ...shop, orderId: '1001', kind: 'delivery' });
});

const submit = (answers: unknown, token = link.token, shopId = shop.shopId) =>
  submitByLink(deps, { shopId, token, client, submission: { answers } });
const open = (token = link.token, shopId = shop.shopId) => openLink(deps, { shopId, token, client });
const one = async (sql: string) => (await database.pool.query(sql)).rows;

describe('an answer by a mailed link', () => {
  it.each([{ rating: '5' }, { rating: '2', comment_low: 'Wet.' }])(
    'does not replace what was said in full to other questions: %j',
    async (answers) => {
      await submit({ rating: '4' });
      // As if a survey of the shop's own had been answered in the account, and this mail were older than it.
      await database.pool.query('UPDATE survey_response SET definition = 7');
      await database.pool.query('UPDATE survey_link SET used_at = NULL');
      const before = await one('SELECT * FROM survey_response');
      expect(await submit(answers)).toMatchObject({ outcome: 'already_answered' });
      expect(await one('SELECT * FROM survey_response')).toEqual(before);
      expect(await one('SELECT 1 FROM event')).toHaveLength(1);
    },
  );

  it('replaces what was begun with other questions and never finished', async () => {
    await submit({ rating: '4' });
    await database.pool.query('UPDATE survey_response SET definition = 7, unfinished = true');
    await database.pool.query('UPDATE survey_link SET used_at = NULL');
    expect(await submit({ rating: '2' })).toMatchObject({ outcome: 'updated' });
  });

  it('is stored once with its event, uses up the link and marks the invitation', async () => {
    const result = await submit({ rating: '2', comment_low: '  The box was wet. ' });
    expect(result).toMatchObject({ outcome: 'stored', route: 'low', brand: { name: 'Moss & Fern' } });
    const [response] = await one('SELECT * FROM survey_response');
    expect(response).toMatchObject({
      answer_key: 'delivery:1001:0',
      status: 'verified',
      surface: 'hosted_page',
      metric: 'csat_delivery',
      rating: 2,
      route: 'low',
      comment: 'The box was wet.',
      customer_id: shop.customerId,
      invitation_id: link.invitationId,
      answered_at: NOW,
      revision: 1,
    });
    const [event] = await one('SELECT * FROM event');
    expect(event).toMatchObject({
      source: 'answer',
      topic: 'answer.submitted',
      status: 'received',
      dedupe_key: `${response.id}:1`,
      ref_id: response.id,
      customer_id: shop.customerId,
      order_id: '1001',
      received_at: NOW,
    });
    expect(deps.jobs).toEqual([
      { name: 'event.process', payload: { shopId: shop.shopId, eventId: event.id } },
    ]);
    expect((await one('SELECT answered_at FROM survey_invitation'))[0].answered_at).toEqual(NOW);
    expect((await one('SELECT used_at FROM survey_link'))[0].used_at).toEqual(NOW);
  });

  it('posted eight times at once is one response, one event and one job', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) => submit({ rating: (index % 5) + 1 })),
    );
    expect(results.map((result) => result.outcome).sort()).toEqual([
      ...Array(7).fill('already_answered'),
      'stored',
    ]);
    expect(await one('SELECT revision FROM survey_response')).toEqual([{ revision: 1 }]);
    expect(await one('SELECT id FROM event')).toHaveLength(1);
    expect(deps.jobs).toHaveLength(1);
  });

  it('is asked and judged in the language of the mail: that of the order, else of the customer', async () => {
    expect(await open()).toMatchObject({ outcome: 'open', view: { locale: 'en' } });
    await database.pool.query("UPDATE orders SET locale = 'pt_BR'");
    expect(await open()).toMatchObject({ outcome: 'open', view: { locale: 'pt-BR', dir: 'ltr' } });
    await database.pool.query("UPDATE orders SET locale = 'ar-EG'");
    expect(await submit({})).toMatchObject({
      outcome: 'invalid',
      view: { locale: 'ar', dir: 'rtl' },
      errors: [{ message: SURVEY_TEXTS.ar['error.required'] }],
    });
  });

  it('by a second link to the same survey leaves the first as it is', async () => {
    await submit({ rating: 5 });
    const second = await aLink(database.pool, deps, {
      ...shop,
      orderId: '1001',
      kind: 'delivery',
      sequence: 1,
    });
    await database.pool.query('UPDATE survey_link SET invitation_id = $1 WHERE used_at IS NULL', [
      link.invitationId,
    ]);
    expect(await open(second.token)).toMatchObject({ outcome: 'already_answered' });
    expect(await submit({ rating: 1 }, second.token)).toMatchObject({ outcome: 'already_answered' });
    const [response] = await one('SELECT id, revision, rating FROM survey_response');
    expect(response).toMatchObject({ revision: 1, rating: 5 });
    expect((await one('SELECT dedupe_key FROM event ORDER BY id')).map((row) => row.dedupe_key)).toEqual([
      `${response.id}:1`,
    ]);
  });

  it('names the wrong field and leaves the link good', async () => {
    const before = await everyRow(database.pool);
    expect(await submit({ rating: 11 })).toMatchObject({
      outcome: 'invalid',
      errors: [{ field: 'rating', code: 'out_of_range' }],
    });
    expect(await submit({})).toMatchObject({
      outcome: 'invalid',
      errors: [{ field: 'rating', code: 'required' }],
    });
    expect(await submit({ rating: 3, evil: 'x' })).toMatchObject({ errors: [{ code: 'unknown_question' }] });
    expect(await everyRow(database.pool)).toEqual(before);
    expect(await submit({ rating: 4 })).toMatchObject({ outcome: 'stored' });
  });

  it('of a merged customer counts for the one who is left', async () => {
    const kept = 'a0000000-0000-7000-8000-000000000001';
    await database.pool.query(
      `INSERT INTO customer (shop_id, id, key, created_at) VALUES ($1, $2, 'c:1', now())`,
      [shop.shopId, kept],
    );
    await database.pool.query('UPDATE customer SET merged_into_id = $1 WHERE id = $2', [
      kept,
      shop.customerId,
    ]);
    expect(await submit({ rating: 4 })).toMatchObject({ outcome: 'stored' });
    expect(await one('SELECT customer_id FROM survey_response')).toEqual([{ customer_id: kept }]);
  });

  it('is refused beyond the rate limit', async () => {
    deps.limitOn('answerBySubject');
    expect(await submit({ rating: 4 })).toEqual({ outcome: 'rate_limited', retryAfterSeconds: 7 });
    expect(await one('SELECT id FROM survey_response')).toEqual([]);
  });
});

describe('a link that must not answer', () => {
  type Spoil = () => Promise<{ token?: string; shopId?: string } | void>;
  const sql = (text: string) => async () => void (await database.pool.query(text));
  const cases: [string, Spoil, string][] = [
    ['unknown', async () => ({ token: 'A'.repeat(22) }), 'not_found'],
    ['malformed', async () => ({ token: "x' OR 1=1 --" }), 'not_found'],
    ['of a shop that is no id', async () => ({ shopId: 'moss' }), 'not_found'],
    [
      'of another shop',
      async () => ({ shopId: (await aShop(database.pool, 'other.myshopify.com')).shopId }),
      'not_found',
    ],
    ['used', async () => void (await submit({ rating: 5 })), 'already_answered'],
    ['expired', () => setNow(database.pool, new Date(NOW.getTime() + 60 * DAY)), 'expired'],
    ['of an erased customer', sql('UPDATE customer SET redacted_at = now()'), 'redacted'],
    ['of a deleted customer', sql('DELETE FROM customer'), 'redacted'],
    ['of an uninstalled shop', sql("UPDATE shop SET status = 'uninstalled'"), 'shop_uninstalled'],
    ['of an erased shop', sql("UPDATE shop SET status = 'redacted'"), 'redacted'],
  ];
  it.each(cases)('%s: says so on GET and POST, and nothing is stored', async (_name, spoil, outcome) => {
    const other = (await spoil()) ?? {};
    const before = await everyRow(database.pool);
    expect(await open(other.token, other.shopId)).toMatchObject({ outcome });
    expect(await submit({ rating: 4 }, other.token, other.shopId)).toMatchObject({ outcome });
    expect(await everyRow(database.pool)).toEqual(before);
  });

  it('works until the last moment of its 60 days', async () => {
    await setNow(database.pool, new Date(NOW.getTime() + 60 * DAY - 1));
    expect(await submit({ rating: 4 })).toMatchObject({ outcome: 'stored' });
  });

  it('guessing is limited by address', async () => {
    deps.limitOn('guessByAddress');
    const guess = { shopId: shop.shopId, token: 'A'.repeat(22), client: '192.0.2.1' };
    expect(await openLink(deps, guess)).toMatchObject({ outcome: 'rate_limited' });
  });
});

it('opening a link changes no row of any table', async () => {
  const before = await everyRow(database.pool);
  expect(await open()).toMatchObject({ outcome: 'open', orderName: '#1001', view: { kind: 'delivery' } });
  expect(await everyRow(database.pool)).toEqual(before);
});
