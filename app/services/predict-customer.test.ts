import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import type { ShopState } from '#app/domain/core/state.ts';
import { fitPurchaseModel } from '#app/domain/prediction/purchase-model-fit.ts';
import type { PurchaseModel } from '#app/domain/prediction/purchase-model.ts';
import { scoreCustomer } from '#app/domain/scoring/score.ts';
import * as shops from '#tests/factories/simulated-shops.ts';
import { predictCustomer } from './predict-customer.ts';
import type { DatedOrder } from './score-inputs.ts';

const END = 360;
const fit = fitPurchaseModel(
  shops.simulatedShop({ buyers: 400, seed: 21, law: shops.paretoNbdLaw, days: END }),
  { endDay: END, horizonDays: 90, seed: 1 },
);
if (fit.outcome !== 'fitted') throw new Error(fit.reason.code);
const { model } = fit;
const shop = { timeZone: 'UTC', typicalGapDays: 40 } as ShopState;
const at = (day: number) => new Date((day + 0.5) * DAY_MS);
const NOW = at(END + 1);

/** An order of 30.00, of which so much was given back on a day. */
function order(day: number, givenBackMinor = 0, refundDay = END): DatedOrder {
  return {
    ...{ orderId: `o${day}`, createdAt: at(day), paid: true, cancelled: false, chargeback: false },
    ...{ netMinor: 3_000, discountMinor: 0, paidMinor: 3_000 },
    ...{ refundedMinor: givenBackMinor, refundedNetMinor: givenBackMinor },
    refundsNet: givenBackMinor > 0 ? [{ at: at(refundDay), netMinor: givenBackMinor }] : [],
  };
}

const predict = (orders: DatedOrder[], by: PurchaseModel = model) =>
  predictCustomer('c', orders, { shop, marginShare: 0.4, present: { runId: 'r', model: by }, now: NOW })!;

function healthOf(orders: DatedOrder[]): number {
  const rating = { metric: 'nps', rating: 7, answeredAt: at(355), orderId: null, lineId: null } as const;
  return scoreCustomer(
    {
      ...{ answers: [{ id: 'a', ...rating }], orders, emailEngagement: null, lastSeenAt: null },
      ...{ pixelOnSince: null, reviews: [], resolutions: [], shopTypicalGapDays: 40 },
      predictedClv: predict(orders).predictedClv,
    },
    NOW,
  ).health!;
}

describe('a refund', () => {
  it('never raises value or health, whichever order it is of, up to all of it', () => {
    const whole = fc.integer({ min: 0, max: 3_000 });
    const days = fc.uniqueArray(fc.integer({ min: 20, max: END - 5 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(
        days,
        fc.nat(5),
        fc.oneof(whole, fc.constant(3_000)),
        whole,
        (bought, which, one, other) => {
          const newestRefund = (amount: number) =>
            bought.map((day, index) => order(day, index === which % bought.length ? amount : 0));
          const [less, more] = [Math.min(one, other), Math.max(one, other)].map(newestRefund);
          const [lessValue, moreValue] = [predict(less!), predict(more!)];
          expect(moreValue.row.clvMinor).toBeLessThanOrEqual(lessValue.row.clvMinor!);
          expect(moreValue.marginIfRetainedMinor).toBeLessThanOrEqual(lessValue.marginIfRetainedMinor!);
          expect(healthOf(more!)).toBeLessThanOrEqual(healthOf(less!) + 1e-9);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of long ago lowers the value of then, one of today does not', () => {
    const value = (refundDay: number) =>
      predict([order(100), order(200, 3_000, refundDay), order(350)]).predictedClv!;
    const [then, now] = [value(210), value(END)];
    expect(now.nowMinor).toBe(then.nowMinor);
    expect(now.before90DaysMinor).toBeGreaterThan(then.before90DaysMinor);
  });
});

it('a better newest order never lowers health, however little the predicted value moves', () => {
  // Who is nearly lost is worth cents: a value rounded to whole ones moves by a large share of itself.
  const worth = (day: number, netMinor: number) => ({ ...order(day), netMinor, paidMinor: netMinor });
  const days = fc.uniqueArray(fc.integer({ min: 20, max: END - 100 }), { minLength: 2, maxLength: 3 });
  const minor = fc.integer({ min: 0, max: 3_000 });
  fc.assert(
    fc.property(days, minor, minor, fc.integer({ min: 1, max: 200 }), (bought, first, less, more) => {
      const newest = Math.max(...bought);
      const health = (amount: number) =>
        healthOf(bought.map((day) => worth(day, day === newest ? amount : first)));
      expect(health(less)).toBeLessThanOrEqual(health(less + more));
    }),
    { numRuns: 2_000, seed: 7 },
  );
});

it('values that did not pass their back-test are no number, and value at risk has none either', () => {
  const value = { shown: false, days: 365, lowShare: 0.1, highShare: 0.9 };
  const { row, marginIfRetainedMinor, predictedClv } = predict([order(100), order(200)], { ...model, value });
  expect(row).toMatchObject({ clvMinor: null, clvLowMinor: null, clvHighMinor: null });
  expect(row.noneProbability).toBeGreaterThan(0);
  expect([marginIfRetainedMinor, predictedClv]).toEqual([null, null]);
});
