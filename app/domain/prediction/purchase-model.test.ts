import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bgNbdLaw, noDropOutLaw, simulatedShop } from '#tests/factories/simulated-shops.ts';
import { fitPurchaseModel } from './purchase-model-fit.ts';
import { countsOf } from './purchase-features.ts';
import {
  expectedOrders,
  predictPurchases,
  purchaseModelSchema,
  type PurchaseModel,
} from './purchase-model.ts';
import { poolPriors, GENERIC_PRIOR, purchasePriorSchema } from './purchase-prior.ts';
import { summarisePurchases, type PurchaseHistory } from './purchase-summary.ts';

const END = 300;
const OPTIONS = { endDay: END, horizonDays: 90, seed: 7 };
const shop = simulatedShop({ buyers: 300, seed: 5, law: bgNbdLaw, days: 420 });

function modelOf(
  histories: readonly PurchaseHistory[],
  options: Parameters<typeof fitPurchaseModel>[1] = OPTIONS,
): PurchaseModel {
  const fit = fitPurchaseModel(histories, options);
  if (fit.outcome !== 'fitted') throw new Error(fit.reason.code);
  return fit.model;
}

const model = modelOf(shop);

describe('fitting the model', { timeout: 60_000 }, () => {
  it('reads nothing after the last day: whatever is changed there changes nothing', () => {
    const later = fc.array(fc.record({ buyer: fc.nat(299), day: fc.integer({ min: END + 1, max: 2_000 }) }), {
      maxLength: 40,
    });
    const known = shop.map(({ id, orders }) => ({ id, orders: orders.filter(({ day }) => day <= END) }));
    expect(modelOf(known)).toEqual(model);
    fc.assert(
      fc.property(later, fc.boolean(), (more, newcomers) => {
        const changed = known.map(({ id, orders }, index) => ({
          id,
          orders: [
            ...orders,
            ...more.flatMap(({ buyer, day }) => (buyer === index ? [{ day, valueMinor: 5 * day }] : [])),
          ],
        }));
        if (newcomers)
          changed.push(...more.map(({ day }, i) => ({ id: `new${i}`, orders: [{ day, valueMinor: 1 }] })));
        expect(modelOf(changed)).toEqual(model);
      }),
      { numRuns: 15 },
    );
  });

  it('gives the same to the last bit again, and in any order of buyers and of their orders', () => {
    const turned = shop.toReversed().map(({ id, orders }) => ({ id, orders: orders.toReversed() }));
    expect(modelOf(turned)).toEqual(model);
  });

  it('gives a model that survives its storage', () => {
    expect(purchaseModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
    expect(model).toMatchObject({ level: 'own', buyers: 300, windowDays: 90, endDay: END });
    expect(model.windows.map(({ startDay }) => startDay)).toEqual([210, 195, 180, 165, 150, 135, 120, 105]);
  });

  it.each([
    ['nobody', [], 'too_few_buyers'],
    ['one customer', shop.slice(0, 1), 'too_few_buyers'],
    ['99 customers', shop.slice(0, 99), 'too_few_buyers'],
    [
      'one-time buyers',
      shop.map(({ id, orders }) => ({ id, orders: orders.slice(0, 1) })),
      'too_few_repeats',
    ],
    [
      'everything on one day',
      shop.map(({ id }) => ({ id, orders: [{ day: END, valueMinor: 1 }] })),
      'too_short_history',
    ],
    [
      'future dates alone',
      shop.map(({ id }) => ({ id, orders: [{ day: END + 1, valueMinor: 1 }] })),
      'too_few_buyers',
    ],
  ])('has no model, and says why, for %s', (_, histories, code) => {
    expect(fitPurchaseModel(histories, OPTIONS)).toMatchObject({ outcome: 'not_enough', reason: { code } });
  });

  it('refuses a horizon that is none', () => {
    expect(() => modelOf(shop, { ...OPTIONS, horizonDays: 0 })).toThrow('whole number of days from 1, not 0');
  });
});

describe('predictions', () => {
  it('are defined for any history, and never NaN', () => {
    const history = fc.array(
      fc.record({ day: fc.integer({ min: -2_000, max: END }), valueMinor: fc.option(fc.nat()) }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 730 }), (orders, days) => {
        const summary = summarisePurchases({ id: 'x', orders }, END)!;
        const { probabilityOfNone, expectedPurchases, low, high } = predictPurchases(model, summary, days);
        expect(probabilityOfNone).toBeGreaterThan(0);
        expect(probabilityOfNone).toBeLessThan(1);
        expect(expectedPurchases).toBeGreaterThan(0);
        expect(expectedPurchases).toBeLessThanOrEqual(days);
        expect(low).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(days);
      }),
    );
  });

  it('never fall as the days grow, in a good season or a bad one', () => {
    const bought = fc.array(fc.record({ day: fc.integer({ min: -600, max: END }), valueMinor: fc.nat() }), {
      minLength: 1,
      maxLength: 20,
    });
    const season = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    const length = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(bought, season, length, length, (orders, seasonShift, one, other) => {
        const counts = countsOf(summarisePurchases({ id: 'x', orders }, END)!);
        const [shorter, longer] = [Math.min(one, other), Math.max(one, other)].map((days) =>
          expectedOrders({ ...model, seasonShift }, counts, days),
        );
        expect(longer!.chance).toBeGreaterThanOrEqual(shorter!.chance - 1e-12);
        expect(longer!.further).toBeGreaterThanOrEqual(shorter!.further - 1e-9);
      }),
      { numRuns: 400 },
    );
  });

  it('of a good season are followed by fewer: a year has what its seasons have', () => {
    const counts = countsOf(summarisePurchases(shop[0]!, END)!);
    const yearOf = (seasonShift: number, days: number) =>
      expectedOrders({ ...model, seasonShift }, counts, days).chance;
    const gain = (days: number) => yearOf(0.6, days) - yearOf(0, days);
    expect(gain(90)).toBeGreaterThan(0.02);
    expect(gain(365)).toBeLessThan(0.7 * gain(90));
  });

  it('are made by a stored model of the version before, too', () => {
    const { keptShare, value, openDays, ...before } = model;
    expect([keptShare, value, openDays > 200]).toEqual([1, null, true]);
    expect(purchaseModelSchema.parse({ ...before, version: 'purchase-1' })).toMatchObject({
      ...{ version: 'purchase-1', keptShare: 1, value: null },
    });
  });

  it('are defined for 10,000 orders of one customer', () => {
    const orders = Array.from({ length: 10_000 }, (_, i) => ({ day: i - 9_700, valueMinor: 100 }));
    const prediction = predictPurchases(model, summarisePurchases({ id: 'x', orders }, END)!);
    expect(prediction.expectedPurchases).toBeGreaterThan(20);
    expect(prediction.probabilityOfNone).toBeLessThan(0.1);
    expect(() => predictPurchases(model, summarisePurchases({ id: 'x', orders }, END)!, 0)).toThrow(
      RangeError,
    );
  });

  it('fall with silence', () => {
    const [fresh, silent] = [END, END + 200].map((asOfDay) =>
      predictPurchases(model, {
        ...summarisePurchases(
          { id: 'x', orders: [100, 200, 290].map((day) => ({ day, valueMinor: 1 })) },
          END,
        )!,
        asOfDay,
      }),
    );
    expect(fresh!.expectedPurchases).toBeGreaterThan(2 * silent!.expectedPurchases);
  });
});

describe('the prior of several shops', () => {
  const others = [1, 2, 3, 4].map((seed) =>
    modelOf(simulatedShop({ buyers: 400, seed, law: noDropOutLaw, days: END })),
  );
  const prior = poolPriors(others);

  it('lies between theirs and the generic one, is narrower, and survives its storage', () => {
    expect(purchasePriorSchema.parse(JSON.parse(JSON.stringify(prior)))).toEqual(prior);
    expect(prior.shops).toBe(4);
    const theirs = others.map(({ rhythm }) => Math.log(rhythm.r));
    const { mean, deviation } = prior.rhythm[0]!;
    expect(mean).toBeGreaterThan(Math.min(...theirs));
    expect(mean).toBeLessThan(GENERIC_PRIOR.rhythm[0]!.mean);
    prior.rhythm.forEach((one, i) => expect(one.deviation).toBeLessThan(GENERIC_PRIOR.rhythm[i]!.deviation));
    expect(deviation).toBeGreaterThanOrEqual(0.15);
    expect(poolPriors([])).toEqual(GENERIC_PRIOR);
  });

  it('leads a shop that is too small for a fit of its own, as pooled', () => {
    const small = shop.slice(0, 30);
    expect(fitPurchaseModel(small, OPTIONS).outcome).toBe('not_enough');
    expect(modelOf(small, { ...OPTIONS, prior }).level).toBe('pooled');
    expect(poolPriors([{ ...model, level: 'pooled' }]).shops).toBe(0);
  });
});
