/** What the model has to beat: simple rules and the published counting models, all from the same history. */
import { expectedPurchases, fitBgNbd, probabilityOfNone, purchaseDistribution } from './bg-nbd.ts';
import type { DropoutModel } from './drop-out.ts';
import { fitMbgNbd } from './mbg-nbd.ts';
import type { PurchaseCounts } from './purchase-counts.ts';
import type { JudgedBuyer } from './purchase-metrics.ts';
import { cumulative, EVEN_SPREAD } from './purchase-spread.ts';
import { countsAt, purchasesAfter, type PurchaseDays, type WindowPlan } from './purchase-windows.ts';
import { expit, fitShrunk } from './shrunk-regression.ts';

export const BASELINES = ['recencyOnly', 'pastRate', 'baseRate', 'bgNbd', 'mbgNbd'] as const;
export type BaselineName = (typeof BASELINES)[number];

/** Predicts one buyer and judges by what came; null where the history holds no earlier window to learn from. */
export type Baseline = ((buyer: PurchaseCounts, actual: number) => JudgedBuyer) | null;

/**
 * All baselines, learnt from purchases up to `endDay`.
 * @param buyers who bought by `endDay`; their later days are not read
 */
export function fitBaselines(
  buyers: readonly PurchaseDays[],
  plan: WindowPlan,
  endDay: number,
  horizonDays: number,
): Record<BaselineName, Baseline> {
  const counts = buyers.flatMap((days) => countsAt(days, endDay) ?? []);
  return {
    ...learntFromWindows(buyers, plan, horizonDays),
    pastRate: (buyer, actual) => {
      const expected = buyer.age === 0 ? 0 : (buyer.repeats / buyer.age) * horizonDays;
      return judgedByCounts(-Math.expm1(-expected), expected, poisson(expected, actual), actual);
    },
    bgNbd: dropoutBaseline('bgnbd', counts, horizonDays),
    mbgNbd: dropoutBaseline('mbgnbd', counts, horizonDays),
  };
}

function dropoutBaseline(
  model: DropoutModel,
  counts: readonly PurchaseCounts[],
  horizonDays: number,
): Baseline {
  const { parameters } = model === 'bgnbd' ? fitBgNbd(counts) : fitMbgNbd(counts);
  return (buyer, actual) =>
    judgedByCounts(
      1 - probabilityOfNone(model, parameters, buyer, horizonDays),
      expectedPurchases(model, parameters, buyer, horizonDays),
      purchaseDistribution(model, parameters, buyer, horizonDays, actual),
      actual,
    );
}

/**
 * The share of buyers who ordered in earlier windows, for everybody; and that share by the days since the last order
 * (a logistic regression on their logarithm). Shorter windows are stretched to the horizon as if orders came evenly.
 */
function learntFromWindows(
  buyers: readonly PurchaseDays[],
  plan: WindowPlan,
  horizonDays: number,
): { recencyOnly: Baseline; baseRate: Baseline } {
  const rows = plan.starts.flatMap(({ day }) =>
    buyers.flatMap((days) => {
      const counts = countsAt(days, day);
      if (counts === null) return [];
      return [{ silence: silenceOf(counts), purchases: purchasesAfter(days, day, plan.windowDays) }];
    }),
  );
  if (rows.length === 0) return { recencyOnly: null, baseRate: null };
  const came = rows.filter(({ purchases }) => purchases > 0);
  const orders = came.reduce((sum, { purchases }) => sum + purchases, 0);
  const stretch = horizonDays / plan.windowDays;
  const further = came.length === 0 ? 0 : (orders / came.length - 1) * stretch;
  const { coefficients } = fitShrunk(
    'logistic',
    {
      features: Float64Array.from(rows.flatMap(({ silence }) => [1, silence])),
      width: 2,
      outcomes: Float64Array.from(rows, ({ purchases }) => Number(purchases > 0)),
      weights: new Float64Array(rows.length).fill(plan.weight),
      offsets: new Float64Array(rows.length),
    },
    // All but free: enough that the regression ends where everybody ordered.
    [
      { mean: 0, precision: 0.01 },
      { mean: 0, precision: 0.01 },
    ],
  );
  const judged = (share: number, actual: number): JudgedBuyer => {
    const chance = 1 - (1 - share) ** stretch;
    return {
      chance,
      expected: chance * (1 + further),
      actual,
      below: cumulative(EVEN_SPREAD, chance, further, actual - 1),
      upTo: cumulative(EVEN_SPREAD, chance, further, actual),
    };
  };
  return {
    recencyOnly: (buyer, actual) =>
      judged(expit(coefficients[0]! + coefficients[1]! * silenceOf(buyer)), actual),
    baseRate: (_, actual) => judged(came.length / rows.length, actual),
  };
}

const silenceOf = ({ recency, age }: PurchaseCounts) => Math.log1p(age - recency);

/** P(0) … P(most) of the Poisson distribution. */
function poisson(mean: number, most: number): number[] {
  let logChance = -mean;
  return Array.from({ length: most + 1 }, (_, count) => {
    if (count > 0) logChance += Math.log(mean / count);
    return Math.exp(logChance);
  });
}

function judgedByCounts(
  chance: number,
  expected: number,
  distribution: readonly number[],
  actual: number,
): JudgedBuyer {
  let below = 0;
  for (let count = 0; count < actual; count += 1) below += distribution[count]!;
  return { chance, expected, actual, below, upTo: Math.min(1, below + distribution[actual]!) };
}
