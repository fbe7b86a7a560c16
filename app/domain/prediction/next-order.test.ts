import { describe, expect, it } from 'vitest';
import { bgNbdLaw, simulatedShop } from '#tests/factories/simulated-shops.ts';
import { nextOrder, typicalGapOf } from './next-order.ts';
import { fitPurchaseModel } from './purchase-model-fit.ts';
import { predictPurchases } from './purchase-model.ts';
import { summarisePurchases } from './purchase-summary.ts';

const fit = fitPurchaseModel(simulatedShop({ buyers: 400, seed: 2, law: bgNbdLaw, days: 360 }), {
  endDay: 360,
  horizonDays: 90,
  seed: 1,
});
if (fit.outcome !== 'fitted') throw new Error(fit.reason.code);
const { model } = fit;

/** Ordered on days 0 and 30, seen on `asOfDay`. */
const seenOn = (asOfDay: number) =>
  summarisePurchases({ id: 'a', orders: [0, 30].map((day) => ({ day, valueMinor: 1 })) }, asOfDay)!;

describe('the typical gap', () => {
  it.each([
    [[10, 20, 60], null, 20],
    [[10, 20], null, 15],
    [[10, 20], 40, 40],
    [[10, 10, 10, 10], 40, 10],
    [[0.5], null, null],
    [[], 0.2, 1],
    [[], null, null],
    [[5], Number.NaN, 5],
  ])('of %j with the shop at %s is %s', (gaps, shop, typical) => {
    expect(typicalGapOf(gaps, shop)).toBe(typical);
  });
});

describe('the next order', () => {
  it('is a typical gap after the last one until that is over', () => {
    expect(nextOrder(seenOn(40), 25, model)).toEqual({ day: 55, basis: 'gap', overdueDays: 0 });
    expect(nextOrder(seenOn(54), 25, null)).toEqual({ day: 55, basis: 'gap', overdueDays: 0 });
  });

  it('afterwards moves on, to where half of those who come within a year have come', () => {
    const days = [55, 100, 200].map((asOfDay) => {
      const next = nextOrder(seenOn(asOfDay), 25, model)!;
      expect(next).toMatchObject({ basis: 'model', overdueDays: asOfDay - 55 });
      expect(next.day).toBeGreaterThan(asOfDay);
      expect(next.day).toBeLessThanOrEqual(asOfDay + 365);
      const half = (1 - predictPurchases(model, seenOn(asOfDay), 365).probabilityOfNone) / 2;
      const chance = (ahead: number) => 1 - predictPurchases(model, seenOn(asOfDay), ahead).probabilityOfNone;
      expect(chance(next.day - asOfDay)).toBeGreaterThanOrEqual(half);
      expect(chance(next.day - asOfDay - 1)).toBeLessThan(half);
      return next.day - asOfDay;
    });
    expect(days).toEqual(days.toSorted((a, b) => a - b));
  });

  it('is unknown without a gap, and when overdue without a model', () => {
    expect(nextOrder(seenOn(40), null, model)).toBeNull();
    expect(nextOrder(seenOn(60), 25, null)).toBeNull();
  });
});
