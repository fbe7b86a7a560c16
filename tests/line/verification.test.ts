import { beforeEach, describe, expect, it } from 'vitest';
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

async function claim(customerId: string | null, rating = 1, kind: SurveyKind = 'post_purchase') {
  const outcome = await submitAtCheckout(line.deps, {
    shopDomain: SHOP_DOMAIN,
    customerId,
    kind,
    orderId: ORDER_ID,
    locale: null,
    client: null,
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

const paid = async () => {
  await hear(line, { topic: 'orders/create', payload: order() });
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
    await claim(ADA.id);
    expect(await responses()).toMatchObject([
      { status: 'verified', rating: 5 },
      { status: 'unverified', rating: 1 },
      { status: 'unverified', rating: 1 },
    ]);
    expect(await actions()).toEqual([]);
  });

  it('made under an account that was merged away counts for the account that was kept', async () => {
    await claim(STRANGER);
    await hear(line, {
      topic: 'customers/merge',
      payload: mergePayload({ keptId: ADA.id, deletedId: STRANGER }),
    });
    await line.settle();
    await paid();
    expect(await responses()).toMatchObject([{ status: 'verified' }]);
  });
});

describe('an answer about something that has not arrived', () => {
  beforeEach(paid);

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
