import { describe, expect, it } from 'vitest';
import { GENERIC_PRIOR } from '#app/domain/prediction/purchase-prior.ts';
import { purchaseModelSchema } from '#app/domain/prediction/purchase-model.ts';
import { purchaseReportSchema } from '#app/domain/prediction/purchase-report.ts';
import type { PurchaseHistory } from '#app/domain/prediction/purchase-summary.ts';
import * as shops from '#tests/factories/simulated-shops.ts';
import { fitPurchases } from './fit-purchases.ts';

const OPENED = 300;
const fitAt = (histories: PurchaseHistory[], endDay: number, horizonDays = 90) =>
  fitPurchases({ histories, endDay, seed: 1, prior: GENERIC_PRIOR, horizonDays });
const later = (from: number, to: number) => (chance: shops.Chance) => from + (to - from) * chance.uniform();

describe('the day from which on there are predictions', { timeout: 30_000 }, () => {
  it('stays the one that was named, while buyers go on to come, and is kept', () => {
    const plan = { buyers: 240, seed: 6, law: shops.paretoNbdLaw, days: 400 };
    const shop = shops.simulatedShop({ ...plan, arrival: later(OPENED, 390) });
    // One order of a year ago is no history.
    shop.push({ id: 'old', orders: [{ day: 0, valueMinor: 100 }] });
    const named = new Set<number>();
    let first = 0;
    for (let endDay = OPENED + 12; first === 0; endDay += 1) {
      const { reason } = fitAt(shop, endDay).verdict;
      if (reason.code === 'too_short_history')
        named.add(endDay + Math.ceil(reason.needed - reason.historyDays));
      else first = endDay;
    }
    expect([...named]).toEqual([first]);
    expect(first).toBeLessThan(OPENED + 74 + 20);
  });

  it('is not named before 20 buyers came', () => {
    const few = shops.simulatedShop({ buyers: 19, seed: 6, law: shops.paretoNbdLaw, days: 400 });
    expect(fitAt(few, 400).verdict.reason).toEqual({ code: 'too_few_buyers', buyers: 19, needed: 100 });
  });
});

describe('what customers are worth', { timeout: 30_000 }, () => {
  it('is judged over a year where the history allows, and over half of it before', () => {
    const plan = { buyers: 300, seed: 3, law: shops.paretoNbdLaw, days: 700 };
    const shop = shops.simulatedShop({ ...plan, arrival: later(0, 200) });
    const days = [700, 500, 200].map((endDay) => {
      const { model, report } = fitAt(shop, endDay);
      expect(purchaseModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
      expect(purchaseReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
      expect(report!.value!.endDay + report!.value!.days).toBe(endDay);
      expect(model!.value).toMatchObject({ shown: report!.value!.shown, days: report!.value!.days });
      return model!.value!.days;
    });
    const { openDays } = fitAt(shop, 200).model!;
    expect(days).toEqual([365, openDays + 300 - 180, Math.floor(openDays / 2)]);
  });
});

describe('the horizon', { timeout: 30_000 }, () => {
  const plan = { buyers: 300, seed: 3, law: shops.paretoNbdLaw, days: 800 };
  const shop = shops.simulatedShop({ ...plan, arrival: later(0, 200) });

  it.each([30, 60, 180])('of %i days is what is predicted and what it is judged by', (horizonDays) => {
    const { model, report } = fitAt(shop, 800, horizonDays);
    expect(model!.horizonDays).toBe(horizonDays);
    expect(report).toMatchObject({ horizonDays, wantedDays: horizonDays, endDay: 800 - horizonDays });
  });

  it('that is longer leaves more customers with an order in it', () => {
    const ordering = [30, 90, 180].map(
      (horizonDays) => fitAt(shop, 800, horizonDays).report!.model.predictedTotal!,
    );
    expect(ordering).toEqual(ordering.toSorted((a, b) => a - b));
    expect(ordering[2]).toBeGreaterThan(2 * ordering[0]!);
  });

  it('that is longer than what a shop has beside the days to learn from is cut to what those can judge', () => {
    for (const [endDay, wantedDays] of [
      [200, 180],
      [140, 90],
      [100, 90],
    ] as const) {
      const { model, report } = fitAt(shop, endDay, wantedDays);
      const judgedDays = model!.openDays - 60;
      expect(judgedDays).toBeLessThan(wantedDays);
      expect(model!.horizonDays).toBe(judgedDays);
      expect(report).toMatchObject({ horizonDays: judgedDays, endDay: endDay - judgedDays, wantedDays });
      // The same method as the one that was judged, which knew of no longer horizon.
      expect(model).toMatchObject({ ...fitAt(shop, endDay, judgedDays).model!, value: model!.value });
    }
  });
});
