import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarisePurchases, withPurchaseDay, type PurchaseSummary } from './purchase-summary.ts';

const order = fc.record({
  day: fc.integer({ min: 0, max: 400 }),
  valueMinor: fc.option(fc.integer({ min: -500, max: 10_000 })),
});

describe('the summary of a history', () => {
  it('counts purchase days, gaps and values of repeats up to its day', () => {
    const orders = [
      { day: 40, valueMinor: 700 },
      { day: 10, valueMinor: 1_000 },
      { day: 40, valueMinor: 300 },
      { day: 47, valueMinor: null },
      { day: 50, valueMinor: -200 },
      { day: 90, valueMinor: 9_999 },
    ];
    expect(summarisePurchases({ id: 'a', orders }, 60)).toEqual({
      asOfDay: 60,
      firstDay: 10,
      lastDay: 50,
      purchaseDays: 4,
      squaredGapDays: 30 ** 2 + 7 ** 2 + 3 ** 2,
      // The day of the refund counts as a purchase of nothing; the one of unknown value has no value.
      valuedRepeats: 2,
      repeatValueMinor: 1_000,
    });
    expect(summarisePurchases({ id: 'a', orders }, 9)).toBeNull();
  });

  it('is the same day by day, in any order, and whatever comes later', () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 30 }), fc.integer({ min: 0, max: 400 }), (orders, asOfDay) => {
        const known = orders.filter(({ day }) => day <= asOfDay);
        const days = Map.groupBy(known, ({ day }) => day);
        let built: PurchaseSummary | null = null;
        for (const day of [...days.keys()].toSorted((a, b) => a - b)) {
          const values = days
            .get(day)!
            .flatMap(({ valueMinor }) => (valueMinor === null ? [] : [Math.max(0, valueMinor)]));
          built = withPurchaseDay(built, {
            day,
            valueMinor: values.length === 0 ? null : values.reduce((a, b) => a + b),
          });
        }
        const whole = summarisePurchases({ id: 'a', orders }, asOfDay);
        expect(whole).toEqual(built && { ...built, asOfDay });
        expect(summarisePurchases({ id: 'a', orders: known.toReversed() }, asOfDay)).toEqual(whole);
      }),
    );
  });

  it('refuses what cannot be', () => {
    const first = withPurchaseDay(null, { day: 5, valueMinor: 1 });
    expect(() => withPurchaseDay(first, { day: 5, valueMinor: 1 })).toThrow(
      'Day 5 is not after the last purchase day, 5',
    );
    expect(() => summarisePurchases({ id: 'x', orders: [{ day: 1.5, valueMinor: 1 }] }, 9)).toThrow(
      'buyer x',
    );
    expect(() => summarisePurchases({ id: 'x', orders: [{ day: 1, valueMinor: NaN }] }, 9)).toThrow(
      RangeError,
    );
  });
});
