import { describe, expect, it } from 'vitest';
import * as shops from '#tests/factories/simulated-shops.ts';
import { backtestPurchases } from './purchase-backtest.ts';
import { purchaseReportSchema, type PurchaseReport } from './purchase-report.ts';

const HORIZON = 90;

function reportOf(plan: shops.ShopPlan, windows = 1): PurchaseReport {
  const histories = shops.simulatedShop(plan);
  return backtestPurchases(histories, {
    endDay: plan.days - HORIZON,
    horizonDays: HORIZON,
    seed: 1,
    windows,
  });
}

const anyTime = (days: number) => (chance: shops.Chance) => days * chance.uniform();
/** More new buyers each day than on the one before. */
const growing = (chance: shops.Chance) => 610 * Math.sqrt(chance.uniform());

describe('shops that are made by law, 1,200 buyers each', { timeout: 60_000 }, () => {
  it.each([
    ['BG/NBD', { law: shops.bgNbdLaw, days: 450 }, 0.17],
    ['Pareto/NBD', { law: shops.paretoNbdLaw, days: 450 }, 0.4],
    ['nobody is ever lost', { law: shops.noDropOutLaw, days: 450 }, 0.3],
    ['monthly, with loss', { law: shops.monthlyWithLossLaw, days: 450 }, 0.8],
    ['a rhythm of their own', { law: shops.ownRhythmLaw, days: 450 }, 0.75],
    ['seasonal, two years', { law: shops.seasonalLaw, days: 900, arrival: anyTime(700) }, 0.2],
    ['growing cohorts', { law: shops.paretoNbdLaw, days: 700, arrival: growing }, 0.25],
    ['interest that fades', { law: shops.fadingLaw, days: 700, arrival: anyTime(600) }, 0.25],
  ])('%s: calibrated, clearly better than the base rate, intervals that hold', (_, plan, skill) => {
    const report = reportOf({ buyers: 1_200, seed: 21, ...plan });
    const { auc, brier, baseRateBrier, ece, predictedTotal, actualTotal, intervalCoverage } = report.model;
    expect(1 - brier! / baseRateBrier!).toBeGreaterThan(skill);
    expect(auc).toBeGreaterThan(0.72);
    expect(ece).toBeLessThanOrEqual(0.05);
    expect(Math.abs(Math.log(predictedTotal! / actualTotal))).toBeLessThan(0.25);
    expect(intervalCoverage).toBeGreaterThan(0.75);
    expect(intervalCoverage).toBeLessThan(0.85);
    expect(report.verdict).toMatchObject({ shown: true, level: 'own', littleData: false });
    expect(purchaseReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('regular buyers: far better than models that know no rhythm', () => {
    const { model, baselines } = reportOf({
      buyers: 1_000,
      seed: 4,
      law: shops.monthlyWithLossLaw,
      days: 450,
    });
    expect(model.brier).toBeLessThan(0.6 * baselines.mbgNbd.brier!);
    expect(model.brier).toBeLessThan(0.4 * baselines.bgNbd.brier!);
  });

  it('everybody monthly: all order within 90 days, so nothing is shown, and why', () => {
    const { model, verdict } = reportOf({ buyers: 1_000, seed: 1, law: shops.monthlyLaw, days: 450 });
    expect(model).toMatchObject({ auc: null, baseRateBrier: 0 });
    expect(model.ece).toBeLessThan(0.01);
    expect(model.brier).toBeLessThan(0.001);
    expect(verdict).toMatchObject({
      shown: false,
      level: 'rules',
      reason: { code: 'nearly_all_order', others: 0 },
    });
  });

  it('everybody monthly, two weeks ahead: who is due is known', () => {
    const histories = shops.simulatedShop({ buyers: 1_000, seed: 1, law: shops.monthlyLaw, days: 374 });
    const { model, verdict } = backtestPurchases(histories, { endDay: 360, horizonDays: 14, seed: 1 });
    expect(model.brier).toBeLessThan(0.1 * model.baseRateBrier!);
    expect(verdict.shown).toBe(true);
  });
});

describe('intervals', { timeout: 60_000 }, () => {
  it('of tenths hold four times in five over shops of all laws', () => {
    const early = { days: 700, arrival: anyTime(300) };
    const coverages = [
      { law: shops.bgNbdLaw, ...early },
      { law: shops.paretoNbdLaw, ...early },
      { law: shops.noDropOutLaw, ...early },
      { law: shops.ownRhythmLaw, ...early },
      { law: shops.monthlyWithLossLaw, ...early },
      { law: shops.seasonalLaw, days: 900, arrival: anyTime(700) },
      { law: shops.fadingLaw, days: 700, arrival: anyTime(600) },
    ].map((plan) => reportOf({ buyers: 1_000, seed: 1, ...plan }).decileCoverage!);
    const mean = coverages.reduce((sum, one) => sum + one, 0) / coverages.length;
    expect(mean).toBeGreaterThan(0.75);
    expect(mean).toBeLessThan(0.85);
  });
});

it('comes to the same in whatever order buyers and their orders are given', { timeout: 60_000 }, () => {
  const histories = shops.simulatedShop({ buyers: 300, seed: 5, law: shops.paretoNbdLaw, days: 450 });
  const turned = histories.toReversed().map(({ id, orders }) => ({ id, orders: orders.toReversed() }));
  const [one, other] = [histories, turned].map((of) =>
    backtestPurchases(of, { endDay: 360, horizonDays: HORIZON, seed: 1 }),
  );
  expect(other).toEqual(one);
});

describe('small shops', () => {
  it('with 100 buyers are judged, as little data', () => {
    const report = reportOf({ buyers: 120, seed: 2, law: shops.paretoNbdLaw, days: 450 });
    expect(report.verdict).toMatchObject({ shown: true, littleData: true, reason: { code: 'passed' } });
    expect(report.model.auc).toBeGreaterThan(0.8);
  });

  it('without enough for a model keep the baselines and say what is missing', () => {
    const report = reportOf({ buyers: 40, seed: 2, law: shops.paretoNbdLaw, days: 450 });
    expect(report.verdict).toEqual({
      shown: false,
      level: 'rules',
      littleData: true,
      reason: { code: 'too_few_buyers', buyers: 40, needed: 100 },
    });
    expect(report).toMatchObject({
      model: { brier: null },
      deciles: [],
      decileCoverage: null,
      windows: [],
      revenue: null,
    });
    expect(report.model.actualTotal).toBeGreaterThan(0);
    expect(report.baselines.mbgNbd.brier).toBeLessThan(0.25);
    expect(JSON.stringify(report)).not.toContain('NaN');
  });
});

describe('a rolling back-test', { timeout: 60_000 }, () => {
  it('judges several windows, each by a model of its own time', () => {
    const plan = { buyers: 400, seed: 6, law: shops.paretoNbdLaw, days: 630, arrival: anyTime(300) };
    const [one, three] = [reportOf(plan), reportOf(plan, 3)];
    expect(three.windows.map(({ endDay }) => endDay)).toEqual([540, 450, 360]);
    expect(three.windows[0]).toEqual(one.windows[0]);
    // Each buyer once, and what all of them share judged for the newest window alone.
    expect(three.data.heldOut).toBe(400);
    expect(three.verdict.littleData).toBe(true);
    expect(three.windows.reduce((sum, { buyers }) => sum + buyers, 0)).toBe(1_200);
    expect(three.deciles).toEqual(one.deciles);
    expect(three.decileCoverage).toBe(one.decileCoverage);
    expect(three.model.actualTotal).toBe(three.windows.reduce((sum, { actual }) => sum + actual, 0));
    const earlier = backtestPurchases(shops.simulatedShop(plan), {
      endDay: 450,
      horizonDays: HORIZON,
      seed: 1,
    });
    expect(three.windows[1]).toEqual(earlier.windows[0]);
  });

  it('predicts revenue where the values are known', () => {
    const { revenue } = reportOf({ buyers: 1_000, seed: 6, law: shops.paretoNbdLaw, days: 450 });
    expect(Math.abs(Math.log(revenue!.predictedMinor / revenue!.actualMinor))).toBeLessThan(0.2);
    const unknown = shops
      .simulatedShop({ buyers: 200, seed: 6, law: shops.paretoNbdLaw, days: 450 })
      .map(({ id, orders }) => ({ id, orders: orders.map(({ day }) => ({ day, valueMinor: null })) }));
    expect(backtestPurchases(unknown, { endDay: 360, horizonDays: 90, seed: 1 }).revenue).toBeNull();
  });
});
