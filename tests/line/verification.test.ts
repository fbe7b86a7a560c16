import { beforeEach, describe, expect, it } from 'vitest';
import { offerAtCheckout } from '#app/services/offer-survey.ts';
import { submitAtCheckout } from '#app/services/submit-answer.ts';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import { fulfillmentEventPayload, mergePayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, delivered, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answerOnPage as submitOnPage, hear } from './scenes.ts';

const database = useTestDatabase();
const STRANGER = '9007199254740995999';

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

/** From one page for each of them, which may correct what it has sent. */
async function claim(customerId: string | null, rating = 1, kind: SurveyKind = 'post_purchase') {
  const pageToken = `page of ${customerId}`;
  const outcome = await submitAtCheckout(line.deps, {
    shopDomain: SHOP_DOMAIN,
    customerId,
    kind,
    orderId: ORDER_ID,
    locale: null,
    client: null,
    pageToken,
    submission: { answers: { rating } },
  });
  await line.settle();
  return outcome.outcome;
}

async function answerOnPage(rating: number, kind: SurveyKind = 'usage') {
  const { outcome } = await submitOnPage(line, kind, { rating });
  await line.settle();
  return outcome;
}

const offer = (customerId: string | null) =>
  offerAtCheckout(line.deps, {
    shopDomain: SHOP_DOMAIN,
    customerId,
    orderId: ORDER_ID,
    page: 'order_status',
    locale: null,
    client: null,
  });

const paid = async (over: Parameters<typeof order>[0] = {}) => {
  await hear(line, { topic: 'orders/create', payload: order(over) });
  await line.settle();
};
const responses = () =>
  line.rows('SELECT status, rating, revision, answer_key FROM survey_response ORDER BY answer_key');
const actions = () => line.rows(`SELECT kind FROM action WHERE kind <> 'post_points' ORDER BY kind`);
const csi = async () => (await line.rows('SELECT csi FROM customer'))[0]?.['csi'] ?? null;

describe('a claim from checkout', () => {
  it('of a guest stays unverified and triggers nothing', async () => {
    expect(await claim(null)).toBe('stored');
    await paid();
    expect(await responses()).toMatchObject([{ status: 'unverified', rating: 1 }]);
    expect(await actions()).toEqual([]);
    expect(await csi()).toBeNull();
    expect(line.mails).toEqual([]);
  });

  it('of the buyer counts once the order confirms it, and only then opens the case', async () => {
    await claim(ADA.id);
    expect(await responses()).toMatchObject([{ status: 'unverified' }]);
    expect(await actions()).toEqual([]);

    await paid();
    expect(await responses()).toEqual([
      { status: 'verified', rating: 1, revision: 1, answer_key: `post_purchase:${ORDER_ID}:0` },
    ]);
    expect(await line.rows('SELECT title FROM support_case')).toEqual([
      { title: 'CSAT 1 of 5 in the purchase survey, order #1001' },
    ]);
    expect(line.mails.map((mail) => mail.subject)).toEqual([expect.stringContaining('#1001')]);
    expect(await csi()).toBe('0.0');
  });

  it('of the buyer counts at once when the order is known', async () => {
    await paid();
    await claim(ADA.id);
    expect(await responses()).toMatchObject([{ status: 'verified' }]);
    expect(line.mails).toHaveLength(1);
  });

  it('of somebody else’s order stays unverified for ever', async () => {
    await claim(STRANGER);
    await paid();
    await hear(
      line,
      { topic: 'orders/updated', payload: order({ updatedAt: at('2026-03-03T09:00:00') }) },
      ...delivered,
    );
    await line.settle();
    expect(await responses()).toMatchObject([{ status: 'unverified' }]);
    expect(await actions()).toEqual([]);
    expect(await csi()).toBeNull();
  });

  it('does not push aside the buyer’s own answer', async () => {
    await paid();
    await answerOnPage(5, 'post_purchase');
    await claim(STRANGER);
    await claim(null);
    expect(await responses()).toMatchObject([
      { status: 'verified', rating: 5 },
      { status: 'unverified', rating: 1 },
      { status: 'unverified', rating: 1 },
    ]);
    expect(await actions()).toEqual([]);
  });

  it.each([
    ['claimed before the order was known', () => claim(ADA.id, 5).then(() => paid())],
    ['claimed after it', () => paid().then(() => claim(ADA.id, 5))],
  ])(
    'is not asked for again once the buyer answered, and a later one from the page replaces it: %s',
    async (_name, first) => {
      await first();
      expect(await offer(ADA.id)).toEqual({ outcome: 'none', reason: 'already_answered' });
      expect(await offer(STRANGER)).toMatchObject({ outcome: 'open' });
      expect(await offer(null)).toMatchObject({ outcome: 'open' });

      expect(await claim(ADA.id, 1)).toBe('updated');
      expect(await responses()).toEqual([
        { status: 'verified', rating: 1, revision: 2, answer_key: `post_purchase:${ORDER_ID}:0` },
      ]);
      expect(await csi()).toBe('0.0');
      expect(await line.rows('SELECT severity FROM support_case')).toHaveLength(1);
      expect(await claim(ADA.id, 1)).toBe('stored');
      expect(await responses()).toMatchObject([{ revision: 2 }]);
    },
  );

  it('replaces nothing that the buyer has sent off on the storefront meanwhile', async () => {
    await paid();
    await answerOnPage(5, 'post_purchase');
    expect(await offer(ADA.id)).toEqual({ outcome: 'none', reason: 'already_answered' });
    expect(await claim(ADA.id, 1)).toBe('already_answered');
    expect(await responses()).toMatchObject([{ status: 'verified', rating: 5, revision: 1 }]);
    expect(await claim(ADA.id, 5)).toBe('stored');
    expect(await responses()).toMatchObject([{ revision: 1 }]);
  });

  it.each([
    ['before the order is known', () => claim(ADA.id).then(() => paid({ test: true }))],
    ['after it', () => paid({ test: true }).then(() => claim(ADA.id))],
  ])('of a test order never counts, opens no case and sends nothing: %s', async (_name, scene) => {
    await scene();
    expect(await responses()).toMatchObject([{ status: 'unverified', rating: 1 }]);
    expect(await actions()).toEqual([]);
    expect(await csi()).toBeNull();
    expect(line.mails).toEqual([]);
    // Nor does the storefront take one, should somebody hold a token for it.
    expect(await answerOnPage(1, 'post_purchase')).toBe('not_found');
  });

  describe.each([
    ['the buyer’s account is kept', { keptId: ADA.id, deletedId: STRANGER }],
    ['the claimant’s account is kept', { keptId: STRANGER, deletedId: ADA.id }],
  ])('made under another account that is merged with the buyer’s, when %s', (_name, merge) => {
    const merged = async () => {
      await hear(line, { topic: 'customers/merge', payload: mergePayload(merge) });
      await line.settle();
    };
    const steps = { claim: () => claim(STRANGER), paid: () => paid(), merged };
    it.each([
      ['claim', 'merged', 'paid'],
      ['claim', 'paid', 'merged'],
      ['paid', 'claim', 'merged'],
      ['paid', 'merged', 'claim'],
      ['merged', 'claim', 'paid'],
      ['merged', 'paid', 'claim'],
    ] as const)('counts whatever comes first: %s, %s, %s', async (...order) => {
      for (const step of order) await steps[step]();
      expect(await responses()).toEqual([
        { status: 'verified', rating: 1, revision: 1, answer_key: `post_purchase:${ORDER_ID}:0` },
      ]);
      expect(await line.rows('SELECT title FROM support_case')).toHaveLength(1);
      const [kept] = await line.rows('SELECT csi FROM customer WHERE merged_into_id IS NULL');
      expect(kept).toEqual({ csi: '0.0' });
    });
  });

  it('follows two merges that come in the wrong order', async () => {
    const third = '9007199254740996111';
    await paid();
    await claim(STRANGER);
    for (const merge of [
      { keptId: third, deletedId: ADA.id },
      { keptId: ADA.id, deletedId: STRANGER },
    ]) {
      await hear(line, { topic: 'customers/merge', payload: mergePayload(merge) });
      await line.settle();
    }
    expect(await responses()).toMatchObject([{ status: 'verified' }]);
    expect(await line.rows('SELECT title FROM support_case')).toHaveLength(1);
  });
});

describe('an answer about something that has not arrived', () => {
  beforeEach(() => paid());

  it('is unsolicited: a case when it is low, and no part of the CSI', async () => {
    await answerOnPage(1);
    expect(await responses()).toMatchObject([{ status: 'unsolicited' }]);
    expect(await line.rows('SELECT title FROM support_case')).toEqual([
      { title: 'CSAT 1 of 5 in the unsolicited feedback, order #1001' },
    ]);
    expect(await csi()).toBeNull();
  });

  it('stays unsolicited when it was written before the delivery', async () => {
    await answerOnPage(4);
    await line.moveTo(at('2026-03-05T15:00:00'));
    await hear(line, ...delivered);
    await line.settle();
    expect(await responses()).toMatchObject([{ status: 'unsolicited' }]);
    expect(await csi()).toBeNull();
    expect(await actions()).toEqual([]);
  });

  it('counts when it turns out that the delivery had been earlier', async () => {
    await line.moveTo(at('2026-03-06T12:00:00'));
    await answerOnPage(4);
    expect(await responses()).toMatchObject([{ status: 'unsolicited' }]);
    await line.moveTo(at('2026-03-08T12:00:00'));
    await hear(line, ...delivered);
    await line.settle();
    expect(await responses()).toMatchObject([{ status: 'verified' }]);
    expect(await csi()).toBe('75.0');
  });

  it('counts no longer when the delivery turns out to have been later', async () => {
    await hear(line, delivered[0]!);
    await line.settle();
    // Assumed: seven days after the shipment.
    await line.moveTo(at('2026-03-11T12:00:00'));
    await answerOnPage(4);
    expect(await responses()).toMatchObject([{ status: 'verified' }]);
    await line.moveTo(at('2026-03-13T12:00:00'));
    const payload = fulfillmentEventPayload({
      id: '603',
      fulfillmentId: '501',
      orderId: ORDER_ID,
      status: 'delivered',
      happenedAt: at('2026-03-12T10:00:00'),
    });
    await hear(line, { topic: 'fulfillment_events/create', payload });
    await line.settle();
    expect(await responses()).toMatchObject([{ status: 'unsolicited' }]);
    expect(await csi()).toBeNull();
  });
});

it('a second answer on the page takes the place of the first, in one row', async () => {
  await paid();
  await line.moveTo(at('2026-03-06T12:00:00'));
  await hear(line, ...delivered);
  await line.settle();
  expect(await answerOnPage(5)).toBe('stored');
  expect(await csi()).toBe('100.0');
  expect(await answerOnPage(2)).toBe('updated');
  expect(await responses()).toEqual([
    { status: 'verified', rating: 2, revision: 2, answer_key: `usage:${ORDER_ID}:0` },
  ]);
  expect(await csi()).toBe('25.0');
  expect(await line.rows('SELECT severity FROM support_case')).toEqual([{ severity: 2 }]);
  // The same once more is no news.
  await answerOnPage(2);
  expect(await line.rows(`SELECT count(*)::int AS events FROM event WHERE source = 'answer'`)).toEqual([
    { events: 2 },
  ]);
});

it('of two claims by accounts that were one person when the order came, the first counts', async () => {
  await claim(ADA.id, 4);
  await claim(STRANGER, 5);
  await hear(line, {
    topic: 'customers/merge',
    payload: mergePayload({ keptId: ADA.id, deletedId: STRANGER }),
  });
  await line.settle();
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
  expect(await line.rows('SELECT rating, status FROM survey_response ORDER BY rating')).toEqual([
    { rating: 4, status: 'verified' },
    { rating: 5, status: 'unverified' },
  ]);
});
