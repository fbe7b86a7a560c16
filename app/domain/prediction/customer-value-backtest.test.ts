import { describe, expect, it } from 'vitest';
import * as shops from '#tests/factories/simulated-shops.ts';
import { backtestCustomerValue, valueReportSchema } from './customer-value-backtest.ts';
import { valueSentence } from './customer-value-words.ts';
import { customerValue } from './customer-value.ts';
import { fitPurchaseModel } from './purchase-model-fit.ts';
import { summarisePurchases, type PurchaseHistory } from './purchase-summary.ts';

const HOW = { horizonDays: 90, seed: 1 };

function judge(histories: readonly PurchaseHistory[], endDay: number, days: number) {
  const { report, proof } = backtestCustomerValue(histories, { ...HOW, endDay, days });
  expect(valueReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  expect(proof.shown).toBe(report.shown);
  return { report, proof };
}

const priced = (histories: readonly PurchaseHistory[], price: (day: number) => number | null) =>
  histories.map(({ id, orders }) => ({
    id,
    orders: orders.map(({ day, valueMinor }) => {
      const factor = price(day);
      return { day, valueMinor: factor === null ? null : Math.round(valueMinor! * factor) };
    }),
  }));

const pareto = shops.simulatedShop({ buyers: 600, seed: 9, law: shops.paretoNbdLaw, days: 600 });

describe('the back-test of values', { timeout: 60_000 }, () => {
  it('passes what comes near what was spent, and says over how many days that is proven', () => {
    const part = judge(pareto, 360, 180).report;
    expect(part).toMatchObject({
      days: 180,
      buyers: 600,
      shown: true,
      reason: { code: 'passed_in_part', needed: 365 },
    });
    expect(valueSentence(part)).toMatch(
      /^Values are shown: what was predicted for 180 days was \d+% (above|below) what customers spent\. For all 365 days it is not proven yet, so the intervals are wider\.$/,
    );
    const whole = judge(pareto, 235, 365).report;
    expect(whole).toMatchObject({ shown: true, reason: { code: 'passed' } });
  });

  it.each<[string, (day: number) => number | null, string]>([
    ['prices that fell to 40%', (day) => (day > 360 ? 0.4 : 1), 'too_far_off'],
    ['prices that doubled', (day) => (day > 360 ? 2.5 : 1), 'too_far_off'],
    ['values that are unknown', () => null, 'too_few_spent'],
    ['everything given back', () => 0, 'too_few_spent'],
  ])('hides %s, with the reason', (_, price, code) => {
    const { report } = judge(priced(pareto, price), 360, 180);
    expect(report).toMatchObject({ shown: false, reason: { code } });
    expect(valueSentence(report)).toMatch(/^Values are hidden: .*\.$/);
    expect(valueSentence(report)).not.toMatch(/NaN|null|undefined/);
  });

  it('hides what a fading shop is stretched to', () => {
    const plan = { buyers: 600, seed: 9, law: shops.fadingLaw, days: 550 };
    const fading = shops.simulatedShop({ ...plan, arrival: (chance) => 400 * chance.uniform() });
    expect(judge(fading, 185, 365).report).toMatchObject({ shown: false, reason: { code: 'too_far_off' } });
  });

  it('says of what could not be predicted at the time that it could not, not that nobody spent anything', () => {
    const { report } = judge(pareto, 20, 365);
    expect(report).toMatchObject({
      ...{ buyers: 0, coverage: null, shown: false, reason: { code: 'no_model_then', days: 365 } },
    });
    expect(valueSentence(report)).toBe(
      'Values are hidden: they are checked by what could have been predicted 365 days before the fit, and there were too few customers or orders for a model then.',
    );
  });

  it('judges intervals on customers by whom their bounds were not moved', () => {
    const plan = { buyers: 400, seed: 9, law: shops.monthlyWithLossLaw, days: 540 };
    const loyal = shops.simulatedShop({ ...plan, arrival: (chance) => 300 * chance.uniform() });
    // Every second customer spends next to nothing since, the others twice as much: what is learnt on some is wrong of the others.
    const split = loyal.flatMap((history, i) =>
      priced([history], (day) => (day <= 360 ? 1 : i % 2 === 0 ? 0.02 : 2)),
    );
    const { report } = judge(split, 360, 180);
    expect(report.coverage).toBeLessThan(0.6);
    expect(report.reason.code).toBe('intervals_off');
  });

  it('moves the bounds of intervals so that they hold in the year that follows, too', () => {
    const end = 550;
    const plan = { buyers: 600, seed: 9, law: shops.monthlyWithLossLaw, days: end + 365 };
    const histories = shops.simulatedShop({ ...plan, arrival: (chance) => 400 * chance.uniform() });
    const fit = fitPurchaseModel(histories, { ...HOW, endDay: end });
    if (fit.outcome !== 'fitted') throw new Error(fit.reason.code);
    const { report, proof } = judge(histories, end - 365, 365);
    expect(report.coverage).toBeGreaterThan(0.75);
    expect(report.coverage).toBeLessThan(0.85);
    const heldWith = (value: typeof proof | null) => {
      const inside = histories.filter((history) => {
        const value_ = customerValue({ ...fit.model, value }, summarisePurchases(history, end)!, 1)!;
        const came = history.orders.reduce(
          (sum, { day, valueMinor }) => sum + (day > end ? valueMinor! : 0),
          0,
        );
        return came >= value_.lowMinor && came <= value_.highMinor;
      });
      return inside.length / histories.length;
    };
    // Whoever may come not at all has the low bound 0, so that more than 80% lie inside.
    expect(heldWith(null)).toBeLessThan(0.75);
    expect(heldWith(proof)).toBeGreaterThan(0.77);
    // Of half a year less is known of the whole: wider than what held in the half.
    const half = judge(histories, end - 180, 180).proof;
    expect(heldWith({ ...half, lowShare: (365 / 180) * half.lowShare })).toBeLessThan(heldWith(half));
    expect(heldWith(half)).toBeGreaterThan(0.8);
  });
});
