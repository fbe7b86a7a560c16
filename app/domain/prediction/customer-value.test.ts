import { describe, expect, it } from 'vitest';
import { chanceOf, noDropOutLaw, simulatedShop } from '#tests/factories/simulated-shops.ts';
import { customerValue, expectedValueMinor, VALUE_DAYS } from './customer-value.ts';
import { expectedMeanValue } from './gamma-gamma.ts';
import { fitPurchaseModel } from './purchase-model-fit.ts';
import type { PurchaseModel } from './purchase-model.ts';
import { summarisePurchases } from './purchase-summary.ts';

const END = 400;
const shop = simulatedShop({ buyers: 800, seed: 3, law: noDropOutLaw, days: END + VALUE_DAYS });
const fit = fitPurchaseModel(shop, { endDay: END, horizonDays: VALUE_DAYS, seed: 1 });
if (fit.outcome !== 'fitted') throw new Error(fit.reason.code);
const { model } = fit;
const summaries = shop.map((history) => summarisePurchases(history, END)!);

describe('the value of a customer', () => {
  it('is orders x value x margin, and the sum over customers is near what came', () => {
    const values = summaries.map((summary) => customerValue(model, summary, 0.4)!);
    for (const { expectedMinor, expectedPurchases, meanValueMinor } of values) {
      expect(expectedMinor).toBeCloseTo(0.4 * expectedPurchases * meanValueMinor, -1);
    }
    const predicted = values.reduce((sum, { expectedMinor }) => sum + expectedMinor, 0);
    const came = shop.map(({ orders }) =>
      orders.reduce(
        (sum, { day, valueMinor }) => sum + (day > END && day <= END + VALUE_DAYS ? valueMinor! : 0),
        0,
      ),
    );
    const ratio = predicted / (0.4 * came.reduce((sum, value) => sum + value, 0));
    expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
    // Whoever makes no purchase in a year brings 0, which is the low end for more than a tenth.
    const inside = values.filter(
      ({ lowMinor, highMinor }, i) => 0.4 * came[i]! >= lowMinor - 1 && 0.4 * came[i]! <= highMinor + 1,
    );
    expect(inside.length / values.length).toBeGreaterThan(0.75);
    expect(inside.length / values.length).toBeLessThan(0.95);
    for (const { lowMinor, highMinor, expectedMinor } of values) {
      expect(lowMinor).toBeGreaterThanOrEqual(0);
      expect(highMinor).toBeGreaterThanOrEqual(lowMinor);
      expect(Number.isFinite(expectedMinor)).toBe(true);
    }
  });

  it('grows with the margin, which lies between 0 and 1', () => {
    const [none, half, whole] = [0, 0.5, 1].map((share) => customerValue(model, summaries[0]!, share)!);
    expect([none!.expectedMinor, none!.lowMinor, none!.highMinor]).toEqual([0, 0, 0]);
    expect(half!.expectedMinor).toBeCloseTo(whole!.expectedMinor / 2, -1);
    expect(() => customerValue(model, summaries[0]!, 1.2)).toThrow(
      'The margin share must lie between 0 and 1, not at 1.2.',
    );
  });
});

describe('the expected value of a purchase', () => {
  const spend = { p: 6.25, q: 3.74, v: 1_544 };
  const withSpend = (part: Partial<PurchaseModel>) => ({ ...model, spend, ...part });

  it("is Gamma-Gamma's mean where everybody keeps something, and that of all for who has no repeat", () => {
    const summary = { ...summaries[0]!, valuedRepeats: 2, repeatValueMinor: 6_000 };
    const { meanMinor } = expectedValueMinor(withSpend({}), summary)!;
    expect(meanMinor).toBeCloseTo(expectedMeanValue(spend, { repeats: 2, meanValue: 3_000 }), 8);
    const average = (spend.p * spend.v) / (spend.q - 1);
    const unknown = { ...summary, valuedRepeats: 0, repeatValueMinor: 0 };
    expect(expectedValueMinor(withSpend({}), unknown)!.meanMinor).toBeCloseTo(average, 8);
    expect(expectedValueMinor(withSpend({ keptShare: 0.7 }), unknown)!.meanMinor).toBeCloseTo(
      0.7 * average,
      8,
    );
  });

  it('never rises with what is given back, up to all of it', () => {
    const value = (repeatValueMinor: number) =>
      customerValue(
        withSpend({ keptShare: 0.9 }),
        { ...summaries[0]!, valuedRepeats: 1, repeatValueMinor },
        1,
      )!.expectedMinor;
    const kept = [3_000, 2_999, 1_500, 100, 1, 0].map(value);
    expect(kept).toEqual([...kept].sort((a, b) => b - a));
    expect(value(0)).toBeLessThan(0.75 * value(3_000));
  });

  it.each([0, 0.3, 0.6])('adds up where a share of %d of the buyers keeps nothing', (share) => {
    const chance = chanceOf(5);
    const refunded = shop.map(({ id, orders }) => {
      const keeps = chance.uniform() >= share;
      return {
        id,
        orders: orders.map(({ day, valueMinor }) => ({ day, valueMinor: keeps ? valueMinor : 0 })),
      };
    });
    const again = fitPurchaseModel(refunded, { endDay: END, horizonDays: VALUE_DAYS, seed: 1 });
    if (again.outcome !== 'fitted') throw new Error(again.reason.code);
    let [predicted, known] = [0, 0];
    for (const history of refunded) {
      const summary = summarisePurchases(history, END)!;
      predicted += summary.valuedRepeats * expectedValueMinor(again.model, summary)!.meanMinor;
      known += summary.repeatValueMinor;
    }
    expect(Math.abs(predicted / known - 1)).toBeLessThan(0.05);
  });

  it('has the variances that values of the model have', () => {
    const chance = chanceOf(8);
    const means = Array.from({ length: 200_000 }, () => (spend.p * 1_544) / chance.gamma(9.99));
    const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
    const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / means.length;
    // One repeat of next to no value: shape 3.74 + 6.25, rate 1,544.
    const value = expectedValueMinor(withSpend({}), {
      ...summaries[0]!,
      valuedRepeats: 1,
      repeatValueMinor: 1e-6,
    })!;
    expect(value.meanMinor / mean).toBeCloseTo(1, 1);
    expect(value.varianceOfMean / variance).toBeCloseTo(1, 1);
    expect(value.varianceOfOne).toBeCloseTo((value.varianceOfMean + value.meanMinor ** 2) / spend.p, 0);
  });

  it('is the mean where values are few, and null where none is known', () => {
    const few = withSpend({ spend: null, meanValueMinor: 2_500 });
    expect(expectedValueMinor(few, summaries[0]!)).toEqual({
      meanMinor: 2_500,
      varianceOfOne: 2_500 ** 2,
      varianceOfMean: 0,
    });
    const none = withSpend({ spend: null, meanValueMinor: null });
    expect(expectedValueMinor(none, summaries[0]!)).toBeNull();
    expect(customerValue(none, summaries[0]!, 0.4)).toBeNull();
    const hidden = { shown: false, days: 365, lowShare: 0.1, highShare: 0.9 };
    expect(customerValue(withSpend({ value: hidden }), summaries[0]!, 0.4)).toBeNull();
  });
});
