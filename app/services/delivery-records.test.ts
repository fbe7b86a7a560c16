import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SentOrder } from '../infra/db/sent-orders.repo.server.ts';
import { ratedDeliveries } from './delivery-records.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const sentOrder = (more: Partial<SentOrder>): SentOrder => ({
  ...{ orderId: '1', customerId: 'ana', placedAt: at(0), deliveredAt: null, countryCode: 'DE' },
  ...{ valueMinor: 1_000, freightMinor: 100, lines: [], fulfillments: [], promises: [], answers: [] },
  ...more,
});
const answer = (hour: number, rating: number) => ({
  ...{ at: at(hour), low: rating <= 2, metric: 'csat_delivery', rating },
});

/** The last answer to an order placed before, by going through all of them. */
function lastAnswer(order: SentOrder, orders: readonly SentOrder[]): number | null {
  const known = orders
    .filter((other) => other.customerId === order.customerId && other.placedAt < order.placedAt)
    .flatMap(({ answers }) => answers)
    .filter((given) => given.at < order.placedAt)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return known[0] ? (known[0].rating! - 1) * 25 : null;
}

test('of a customer is told what was known when each order was placed', () => {
  const order = fc.record({
    customerId: fc.constantFrom('ana', 'ben', null),
    // Hours apart, so that no two answers fall on the same moment.
    placed: fc.integer({ min: 0, max: 300 }),
    answers: fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 3 }),
    rating: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(order, { maxLength: 12 }), (made) => {
      const orders = made
        .toSorted((a, b) => a.placed - b.placed)
        .map(({ customerId, placed, answers, rating }, n) =>
          sentOrder({
            ...{ orderId: `${n}`, customerId, placedAt: at(placed) },
            answers: answers.map((after) => ({
              ...answer(0, rating),
              at: new Date(at(placed + after).getTime() + n + 20 * after),
            })),
          }),
        );
      ratedDeliveries(orders).forEach(({ record, low, answeredAt }, n) => {
        const { customerId, answers } = orders[n]!;
        expect(record.earlierOrders).toBe(
          customerId && orders.slice(0, n).filter((other) => other.customerId === customerId).length,
        );
        expect(record.lastAnswer).toBe(customerId && lastAnswer(orders[n]!, orders));
        expect(low).toBe(answers.length === 0 ? null : answers.some((given) => given.low));
        expect(answeredAt === null).toBe(answers.length === 0);
      });
    }),
  );
});

test('a low answer is known from when it was given', () => {
  const [delivery] = ratedDeliveries([
    sentOrder({ answers: [answer(800, 1), answer(500, 5), answer(900, 2)] }),
  ]);
  expect(delivery).toMatchObject({ low: true, answeredAt: at(500), lowAt: at(800) });
});

test('parcels that carry nothing are none', () => {
  const fulfillments = ['success', 'cancelled', null].map((status, n) => ({ status, createdAt: at(n) }));
  const [delivery] = ratedDeliveries([sentOrder({ fulfillments })]);
  expect(delivery!.record).toMatchObject({ parcels: [at(0), at(2)], shippedAt: at(0) });
});

// Copying the past for each order took 124 s for these.
test('40,000 orders of one customer take no longer than those of many', { timeout: 10_000 }, () => {
  const orders = Array.from({ length: 40_000 }, (_, n) =>
    sentOrder({ orderId: `${n}`, placedAt: at(n), answers: n % 3 === 0 ? [answer(n + 30, 4)] : [] }),
  );
  const records = ratedDeliveries(orders).map(({ record }) => record);
  expect(records.at(-1)).toMatchObject({ earlierOrders: 39_999, lastAnswer: 75 });
});
