/** Proves predictions of orders on days that are over: fitted to what was known, judged by what came. */
import { expectedValueMinor } from './customer-value.ts';
import { fitBaselines, BASELINES, type BaselineName } from './purchase-baselines.ts';
import { decileCoverage, decilesOf, totalInterval, type CountedBuyer } from './purchase-deciles.ts';
import { countsOf } from './purchase-features.ts';
import { chanceBins, measure, pitHistogram, unmeasured, type JudgedBuyer } from './purchase-metrics.ts';
import { fitPurchaseModel, type FitOptions, type FitOutcome } from './purchase-model-fit.ts';
import { expectedOrders, PURCHASE_MODEL_VERSION, type PurchaseModel } from './purchase-model.ts';
import type { PurchaseReport } from './purchase-report.ts';
import { sampleBuyers } from './purchase-sample.ts';
import { cumulative, spreadOver, varianceOf } from './purchase-spread.ts';
import { purchaseDaysOf, summarisePurchases, type PurchaseHistory } from './purchase-summary.ts';
import { judgePredictions, noModelVerdict } from './purchase-verdict.ts';
import { historyDaysOf, planWindows } from './purchase-windows.ts';

/** The model's name in tables. */
const MODEL_NAME = 'aftercare';

export interface BacktestOptions extends FitOptions {
  /** How many windows are judged, each a horizon earlier than the one before; 1 until set. */
  windows?: number;
}

interface Case extends JudgedBuyer, CountedBuyer {
  /** The buyer's id: in several windows the same buyers are judged. */
  buyer: string;
  revenue: { predictedMinor: number; actualMinor: number } | null;
}

interface JudgedWindow {
  endDay: number;
  fit: FitOutcome;
  cases: Case[];
  baselines: Record<BaselineName, JudgedBuyer[] | null>;
  actuals: { actual: number }[];
  /** Ids, one for each of the actuals. */
  buyers: string[];
}

/**
 * Fits at the end of `endDay` (and of earlier days, a horizon apart) and judges by the `horizonDays` after it, which
 * the histories must cover. Where there are too few data for a model the report holds the baselines and the reason.
 * @throws RangeError as `fitPurchaseModel` does
 */
export function backtestPurchases(
  buyers: readonly PurchaseHistory[],
  options: BacktestOptions,
): PurchaseReport {
  // By id: what is drawn for a buyer, and the last digit of a sum, must not hang on the order in which they come.
  const histories = buyers.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const newest = judgeWindow(histories, options);
  const judged = [newest];
  for (let back = 1; back < (options.windows ?? 1); back += 1) {
    const earlier = judgeWindow(histories, {
      ...options,
      endDay: options.endDay - back * options.horizonDays,
    });
    if (earlier.fit.outcome !== 'fitted') break;
    judged.push(earlier);
  }
  const { seed, endDay, horizonDays } = options;
  const cases = judged.flatMap((window) => window.cases);
  const actuals = judged.flatMap((window) => window.actuals);
  const { fit } = newest;
  const model = fit.outcome === 'fitted' ? measure(MODEL_NAME, cases, seed) : unmeasured(MODEL_NAME, actuals);
  const calibration = chanceBins(cases);
  // Of the newest window alone: what its buyers share is known for one window, not for the sum of several.
  const deciles = fit.outcome === 'fitted' ? decilesOf(newest.cases, fit.model.totalDeviation) : [];
  return {
    version: PURCHASE_MODEL_VERSION,
    seed,
    endDay,
    horizonDays,
    wantedDays: null,
    data: dataOf(histories, newest, new Set(judged.flatMap(({ buyers }) => buyers)).size),
    model,
    baselines: baselineMetrics(judged, actuals, seed),
    deciles,
    decileCoverage: decileCoverage(deciles),
    calibration,
    pitHistogram: pitHistogram(cases, seed),
    windows: judged.flatMap(windowRow),
    revenue: revenueOf(cases),
    value: null,
    verdict:
      fit.outcome === 'fitted'
        ? judgePredictions(model, cases, calibration, fit.model.level)
        : noModelVerdict(fit.reason),
  };
}

function judgeWindow(histories: readonly PurchaseHistory[], options: FitOptions): JudgedWindow {
  const { endDay, horizonDays } = options;
  const fit = fitPurchaseModel(histories, options);
  const known = histories.flatMap((history) => {
    const summary = summarisePurchases(history, endDay);
    if (summary === null) return [];
    const days = purchaseDaysOf(history.id, history.orders, endDay + horizonDays);
    const ahead = days.filter(({ day }) => day > endDay);
    return [{ id: history.id, summary, ahead, counts: countsOf(summary) }];
  });
  const past = sampleBuyers(histories, endDay, options.seed).map(({ id, orders }) =>
    purchaseDaysOf(id, orders, endDay).map(({ day }) => day),
  );
  const plan = planWindows(historyDaysOf(past, endDay), endDay, horizonDays);
  const baselines = known.length === 0 ? null : fitBaselines(past, plan, endDay, horizonDays);
  const cases =
    fit.outcome === 'fitted'
      ? known.map(({ id, summary, counts, ahead }): Case => {
          const judged = caseOf(fit.model, counts, ahead.length, horizonDays);
          const value = expectedValueMinor(fit.model, summary);
          const predictedMinor = value && judged.expected * value.meanMinor;
          return { ...judged, buyer: id, revenue: revenueOfBuyer(predictedMinor, ahead) };
        })
      : [];
  return {
    endDay,
    fit,
    cases,
    baselines: byBaseline((name) => {
      const predict = baselines?.[name];
      return predict ? known.map(({ counts, ahead }) => predict(counts, ahead.length)) : null;
    }),
    actuals: known.map(({ ahead }) => ({ actual: ahead.length })),
    buyers: known.map(({ id }) => id),
  };
}

function caseOf(
  model: PurchaseModel,
  counts: Parameters<typeof expectedOrders>[1],
  actual: number,
  horizonDays: number,
): JudgedBuyer & CountedBuyer {
  const { chance, further } = expectedOrders(model, counts, horizonDays);
  const spread = spreadOver(model.spread, horizonDays, model.windowDays);
  return {
    chance,
    expected: chance * (1 + further),
    variance: varianceOf(spread, chance, further),
    actual,
    below: cumulative(spread, chance, further, actual - 1),
    upTo: cumulative(spread, chance, further, actual),
  };
}

function dataOf(
  histories: readonly PurchaseHistory[],
  { fit, endDay }: JudgedWindow,
  heldOut: number,
): PurchaseReport['data'] {
  if (fit.outcome === 'fitted') {
    const { buyers, purchaseDays, historyDays, windows } = fit.model;
    return { buyers, purchaseDays, historyDays, earlierWindows: windows.length, heldOut };
  }
  const days = histories.flatMap(({ id, orders }) => {
    const known = purchaseDaysOf(id, orders, endDay).map(({ day }) => day);
    return known.length > 0 ? [known] : [];
  });
  return {
    buyers: days.length,
    purchaseDays: days.reduce((sum, { length }) => sum + length, 0),
    historyDays: historyDaysOf(days, endDay),
    earlierWindows: 0,
    heldOut,
  };
}

function baselineMetrics(
  judged: readonly JudgedWindow[],
  actuals: readonly { actual: number }[],
  seed: number,
): PurchaseReport['baselines'] {
  return byBaseline((name) => {
    const cases = judged.flatMap(({ baselines }) => baselines[name] ?? []);
    return cases.length === actuals.length && cases.length > 0
      ? measure(name, cases, seed)
      : unmeasured(name, actuals);
  });
}

function windowRow({ endDay, fit, cases }: JudgedWindow): PurchaseReport['windows'] {
  if (fit.outcome !== 'fitted') return [];
  const { brier, baseRateBrier, predictedTotal, actualTotal } = measure('window', cases, 0);
  const predicted = predictedTotal ?? 0;
  const variance = cases.reduce((sum, one) => sum + one.variance, 0);
  return [
    {
      endDay,
      buyers: cases.length,
      predicted,
      ...totalInterval(predicted, variance, fit.model.totalDeviation),
      actual: actualTotal,
      brier,
      baseRateBrier,
    },
  ];
}

/** Null where the value of an order is not known. */
function revenueOfBuyer(
  predictedMinor: number | null,
  ahead: readonly { valueMinor: number | null }[],
): Case['revenue'] {
  let actualMinor = 0;
  for (const { valueMinor } of ahead) {
    if (valueMinor === null) return null;
    actualMinor += valueMinor;
  }
  return predictedMinor === null ? null : { predictedMinor, actualMinor };
}

function revenueOf(cases: readonly Case[]): PurchaseReport['revenue'] {
  let predictedMinor = 0;
  let actualMinor = 0;
  for (const { revenue } of cases) {
    if (revenue === null) return null;
    predictedMinor += revenue.predictedMinor;
    actualMinor += revenue.actualMinor;
  }
  return cases.length === 0 ? null : { predictedMinor, actualMinor };
}

const byBaseline = <T>(of: (name: BaselineName) => T) =>
  Object.fromEntries(BASELINES.map((name) => [name, of(name)])) as Record<BaselineName, T>;
