import { beforeEach, expect, it } from 'vitest';
import { offerAtCheckout } from '#app/services/offer-survey.ts';
import { submitAtCheckout, submitByLink, submitByCustomer } from '#app/services/submit-answer.ts';
import { customerRedactPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { asked, hear } from './scenes.ts';

const database = useTestDatabase();
/** Not heard of before the erasure. */
const LATER_ORDER = '777000';

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
  await asked(line);
});

const redacted = () =>
  hear(line, {
    topic: 'customers/redact',
    payload: customerRedactPayload({
      shopId: '548380009',
      shopDomain: SHOP_DOMAIN,
      customerId: ADA.id,
      email: ADA.email,
      orderIds: [ORDER_ID],
    }),
  });
const erase = async () => {
  await redacted();
  await line.settle();
};

const submission = { answers: { rating: 1, comment_low: 'Ada here, call +33123456789' } };
const about = { shopDomain: SHOP_DOMAIN, customerId: ADA.id, locale: null };

const claim = (orderId: string, customerId: string | null = ADA.id) =>
  submitAtCheckout(line.deps, {
    ...about,
    customerId,
    kind: 'post_purchase',
    orderId,
    client: null,
    submission,
  });
const stored = () =>
  line.rows('SELECT comment FROM survey_response WHERE claimed_by IS NOT NULL OR comment IS NOT NULL');

it.each([LATER_ORDER, ORDER_ID])('checkout neither asks nor stores: order %s', async (orderId) => {
  await erase();
  const page = { ...about, orderId, page: 'thank_you' as const, client: null };
  expect(await offerAtCheckout(line.deps, page)).toEqual({ outcome: 'none', reason: 'no_order' });
  expect(await claim(orderId)).toMatchObject({ outcome: 'redacted' });
  expect(await line.rows(`SELECT 1 FROM event WHERE source = 'answer'`)).toEqual([]);

  await hear(line, { topic: 'orders/paid', payload: order({ id: LATER_ORDER, name: '#7770' }) });
  await line.settle();
  expect(await claim(orderId)).toMatchObject({ outcome: 'redacted' });
  expect(await stored()).toEqual([]);
});

it('checkout takes nothing from a guest about an order that the request named', async () => {
  await erase();
  expect(await claim(ORDER_ID, null)).toMatchObject({ outcome: 'redacted' });
  expect(await stored()).toEqual([]);
});

it('nor does it while a named order is not known here', async () => {
  await erase();
  await line.rows('DELETE FROM orders');
  expect(await claim(ORDER_ID, null)).toMatchObject({ outcome: 'redacted' });
  expect(await stored()).toEqual([]);
});

it.each(['answers first', 'answers first, and is held back', 'order first'])(
  'a guest says nothing of an erased person’s order: %s',
  async (sequence) => {
    await erase();
    const ordered = async () => {
      const { topic, payload } = {
        topic: 'orders/paid',
        payload: order({ id: LATER_ORDER, customer: null }),
      };
      await hear(line, { topic, payload });
      await line.settle();
    };
    if (sequence === 'order first') await ordered();
    const answered = await claim(LATER_ORDER, null);
    if (sequence.includes('held back'))
      await line.rows(`UPDATE survey_response SET status = 'quarantined' WHERE order_id = $1`, [LATER_ORDER]);
    if (sequence !== 'order first') await ordered();
    expect(answered.outcome).toBe(sequence === 'order first' ? 'redacted' : 'stored');
    expect(await stored()).toEqual([]);
    expect(
      await line.rows(`SELECT 1 FROM survey_response WHERE answers <> '{}' AND order_id = $1`, [LATER_ORDER]),
    ).toEqual([]);
    expect(await claim(LATER_ORDER, null)).toMatchObject({ outcome: 'redacted' });
  },
);

it('others still answer at checkout', async () => {
  await erase();
  expect(await claim(LATER_ORDER, '4401')).toMatchObject({ outcome: 'stored' });
});

it.each([LATER_ORDER, ORDER_ID])('the storefront stores nothing: order %s', async (orderId) => {
  await erase();
  const claims = { shopId: line.shopId, customerId: ADA.id, orderId, kind: 'usage' as const };
  const pageToken = line.deps.tokens.issuePageToken(claims, at('2027-01-01T00:00:00'));
  const answer = await submitByCustomer(line.deps, { ...about, ...claims, pageToken, submission });
  expect(answer.outcome).toBe('not_found');
  expect(await stored()).toEqual([]);
});

it('a mailed link stores nothing', async () => {
  const token = /\/s\/[^/]+\/([\w-]{22})/.exec(line.mails.at(-1)!.text)![1]!;
  await erase();
  const answer = await submitByLink(line.deps, { shopId: line.shopId, token, client: null, submission });
  expect(answer.outcome).toBe('not_found');
  expect(await stored()).toEqual([]);
});

it('an erasure and answers at the same moment leave nothing, whichever is first', async () => {
  await redacted();
  const claims = Array.from({ length: 12 }, (_, index) => claim(String(770_000 + index)));
  const [outcomes] = await Promise.all([Promise.all(claims), line.settle()]);
  for (const { outcome } of outcomes) expect(outcome).toMatch(/^(stored|redacted)$/);
  await line.settle();
  expect(await stored()).toEqual([]);
});
