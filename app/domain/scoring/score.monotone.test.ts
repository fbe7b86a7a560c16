import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  inputs,
  lineRef,
  METRICS,
  money,
  NOW,
  order,
  orderRef,
  surveyMails,
  time,
  worseAndBetter,
} from '#tests/factories/score-inputs.ts';
import type { OrderInput, ScoreInputs } from './inputs.ts';
import { DAY_MS } from './numbers.ts';
import { scoreCustomer } from './score.ts';

/** Everything at least a day old, to which a newest event can be added. */
const pastInputs = inputs(800, 1);
const newestTime = time(0.5, 0);

function expectNotBetter(worse: ScoreInputs, better: ScoreInputs): void {
  const [low, high] = [scoreCustomer(worse, NOW), scoreCustomer(better, NOW)];
  if (low.csi !== null) expect(low.csi).toBeLessThanOrEqual(high.csi ?? Number.NaN);
  if (low.health !== null) expect(low.health).toBeLessThanOrEqual(high.health ?? Number.NaN);
}

describe('monotone: a lower value of the newest event never gives a higher score', () => {
  test.each(METRICS)('answer to %s', (metric) => {
    const event = fc.record({
      pair: worseAndBetter(metric),
      at: newestTime,
      orderId: orderRef,
      lineId: lineRef,
    });
    fc.assert(
      fc.property(pastInputs, event, (past, { pair, at, orderId, lineId }) => {
        const [worse, better] = pair.map((rating): ScoreInputs => ({
          ...past,
          answers: [{ id: 'newest', metric, rating, answeredAt: at, orderId, lineId }, ...past.answers],
        })) as [ScoreInputs, ScoreInputs];
        expectNotBetter(worse, better);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['reviews', 'resolutions'] as const)('%s', (list) => {
    fc.assert(
      fc.property(pastInputs, worseAndBetter('csat_support'), newestTime, (past, pair, at) => {
        const [worse, better] = pair.map((rating) => ({ ...past, [list]: [...past[list], { rating, at }] }));
        expectNotBetter(worse as ScoreInputs, better as ScoreInputs);
      }),
    );
  });

  const newestOrder = fc.tuple(order(0.5, 0), money, money);

  test('value of the newest order', () => {
    fc.assert(
      fc.property(pastInputs, newestOrder, (past, [event, a, b]) => {
        const [worse, better] = [Math.min(a, b), Math.max(a, b)].map((netMinor): ScoreInputs => ({
          ...past,
          orders: [...past.orders, { ...event, orderId: 'newest', netMinor, paidMinor: netMinor * 1.2 }],
        })) as [ScoreInputs, ScoreInputs];
        expectNotBetter(worse, better);
      }),
      { numRuns: 300 },
    );
  });

  test('a discount, a refund, a higher refund and a chargeback, on any order', () => {
    fc.assert(
      fc.property(pastInputs, newestOrder, fc.nat(), (past, [event, a, b], pick) => {
        const orders = [...past.orders, { ...event, orderId: 'newest', refundedMinor: 0, chargeback: false }];
        const changed = pick % orders.length;
        const withOrder = (of: Partial<OrderInput>): ScoreInputs => ({
          ...past,
          orders: orders.map((entry, i) => (i === changed ? { ...entry, ...of } : entry)),
        });
        expectNotBetter(
          withOrder({ refundedMinor: Math.max(a, b) }),
          withOrder({ refundedMinor: Math.min(a, b) }),
        );
        expectNotBetter(withOrder({ refundedMinor: a }), withOrder({ refundedMinor: 0 }));
        expectNotBetter(withOrder({ chargeback: true }), withOrder({ chargeback: false }));
        expectNotBetter(withOrder({ discountMinor: 100 }), withOrder({ discountMinor: 0 }));
      }),
      { numRuns: 300 },
    );
  });

  test('a click in the newest mail, or in any other of the last 30 days', () => {
    const asked = surveyMails(90, 1).chain((surveys) =>
      fc.record({ surveys: fc.constant(surveys), changed: fc.nat({ max: surveys.length }), at: newestTime }),
    );
    fc.assert(
      fc.property(pastInputs, asked, (past, { surveys, changed, at }) => {
        const mailed = [...surveys, { sentAt: new Date(NOW.getTime() - DAY_MS / 2), clickedAt: null }];
        const clicked = (clickedAt: Date | null): ScoreInputs => ({
          ...past,
          emailEngagement: {
            sentTotal: 5,
            surveys: mailed.map((mail, index) => (index === changed ? { ...mail, clickedAt } : mail)),
          },
        });
        expectNotBetter(clicked(null), clicked(at));
      }),
      { numRuns: 500 },
    );
  });

  test('visits and predicted value', () => {
    const pair = fc
      .tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(
      fc.property(
        pastInputs,
        pair as fc.Arbitrary<[number, number]>,
        fc.nat({ max: 5 }),
        (past, [less, more], before) => {
          const seen = (daysAgo: number) => ({
            ...past,
            lastSeenAt: new Date(NOW.getTime() - daysAgo * DAY_MS),
            pixelOnSince: new Date(NOW.getTime() - 200 * DAY_MS),
          });
          // Longer ago it is unknown.
          expectNotBetter(seen(23 * more), seen(23 * less));
          const clv = (nowMinor: number) => ({
            ...past,
            predictedClv: { nowMinor, before90DaysMinor: before },
          });
          expectNotBetter(clv(less), clv(more));
        },
      ),
    );
  });
});
