import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import type { NewAnswer } from '#app/infra/db/answers.repo.server.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aShop, NOW, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const database = useTestDatabase();
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  shop = await aShop(database.pool);
});

const rows = async (sql: string) => (await database.pool.query(sql)).rows;
const answer = (rating: number, over: Partial<NewAnswer> = {}): NewAnswer => ({
  responseId: uuidv7(),
  eventId: uuidv7(),
  surface: 'storefront',
  metric: 'csat_website',
  rating,
  route: rating < 3 ? 'low' : 'high',
  answers: { ratings: { rating }, metrics: { rating: 'csat_website' } },
  comment: null,
  edition: { surveyId: null, version: 1 },
  stepCountsAfterMinutes: null,
  identity: 'identified',
  incentive: false,
  ...over,
});
const store = (visitId: string, given: NewAnswer, shopifyCustomerId: string | null = null) =>
  deps.answers.storeVisit(shop.shopId, { kind: 'website', visitId, shopifyCustomerId }, given);

describe('an answer about a visit', () => {
  it('of a stranger names neither order nor person, and nothing follows from it', async () => {
    const stored = await store('visit-1', answer(1, { incentive: true }));
    expect(stored).toMatchObject({ outcome: 'stored', eventId: null });
    const [row] = await rows('SELECT * FROM survey_response');
    expect(row).toMatchObject({
      answer_key: `website:v:${createHash('sha256').update('visit-1').digest('hex')}`,
      ...{ kind: 'website', order_id: '', customer_id: null, invitation_id: null, claimed_by: null },
      ...{ status: 'verified', rating: 1, identity: 'identified', incentive: true, answered_at: NOW },
    });
    expect(await rows('SELECT id FROM event')).toEqual([]);
  });

  it('is one per visit: steps and later changes update it', async () => {
    expect(await store('v', answer(2, { stepCountsAfterMinutes: 15 }))).toMatchObject({ outcome: 'stored' });
    expect(await rows('SELECT * FROM timer')).toEqual([]);
    expect(await store('v', answer(4))).toMatchObject({ outcome: 'updated' });
    expect(await store('v', answer(4))).toEqual({ outcome: 'unchanged' });
    // What was sent off is changed by what is sent off, and by no step on the way there.
    expect(await store('v', answer(3, { stepCountsAfterMinutes: 15 }))).toEqual({ outcome: 'unchanged' });
    expect(await rows('SELECT rating, unfinished FROM survey_response')).toEqual([
      { rating: 4, unfinished: false },
    ]);
    expect(await store('other', answer(4))).toMatchObject({ outcome: 'stored' });
    expect(await rows('SELECT rating, revision, unfinished FROM survey_response')).toHaveLength(2);
  });

  it('of a customer who is logged in is that customer’s, with an event that names no order', async () => {
    const stored = await store('v', answer(1), shop.shopifyCustomerId);
    expect(stored).toMatchObject({ outcome: 'stored', eventId: expect.any(String) });
    expect(await rows('SELECT customer_id FROM survey_response')).toEqual([{ customer_id: shop.customerId }]);
    expect(await rows('SELECT customer_id, order_id FROM event')).toEqual([
      { customer_id: shop.customerId, order_id: null },
    ]);
  });

  it.each(['anonymous', 'pseudonymous'] as const)(
    'that is %s names nobody, not even who is logged in',
    async (identity) => {
      expect(await store('v', answer(1, { identity }), shop.shopifyCustomerId)).toEqual({
        outcome: 'unchanged',
      });
      const [row] = await rows('SELECT * FROM survey_response');
      expect(row).toMatchObject({
        ...{ identity, customer_id: null, order_id: '', pseudonym: null, revision: 1 },
        answered_at: new Date('2026-03-10T00:00:00Z'),
      });
      expect(row.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
      expect(await rows('SELECT id FROM event')).toEqual([]);
      await store('v', answer(5, { identity }));
      expect(await rows('SELECT rating FROM survey_response')).toEqual([
        { rating: identity === 'anonymous' ? 1 : 5 },
      ]);
    },
  );

  it.each([
    ['not known here', '77', ''],
    ['erased', '9007199254740993', 'UPDATE customer SET redacted_at = now()'],
  ])('of a customer who is %s is a stranger’s', async (_name, shopifyCustomerId, before) => {
    await database.pool.query(before);
    expect(await store('v', answer(5), shopifyCustomerId)).toMatchObject({ outcome: 'stored' });
    expect(await rows('SELECT customer_id FROM survey_response')).toEqual([{ customer_id: null }]);
  });
});
