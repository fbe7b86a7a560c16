/** Fits the model that predicts orders (purchase-model.ts) to the histories of one shop's buyers. */
import { fitGammaGamma } from './gamma-gamma.ts';
import { fitCorrections } from './purchase-corrections.ts';
import { countsOf } from './purchase-features.ts';
import { PURCHASE_MODEL_VERSION, type PurchaseModel } from './purchase-model.ts';
import { GENERIC_PRIOR, type PurchasePrior } from './purchase-prior.ts';
import { chooseRhythm } from './purchase-rhythm-fit.ts';
import { stagesOf } from './purchase-rhythm.ts';
import { sampleBuyers } from './purchase-sample.ts';
import { fitSpread } from './purchase-spread.ts';
import {
  purchaseDaysOf,
  summarisePurchases,
  type PurchaseHistory,
  type PurchaseSummary,
} from './purchase-summary.ts';
import { levelShifts, rowsByWindow, seasonShift, totalDeviation, windowTotals } from './purchase-totals.ts';
import {
  historyDaysOf,
  openDaysOf,
  LEAST_HISTORY_DAYS,
  planWindows,
  windowRows,
  type WindowRow,
} from './purchase-windows.ts';

export interface FitOptions {
  /** The last day that may be known, whole days since 1970-01-01. */
  endDay: number;
  horizonDays: number;
  /** Decides which buyers of a large shop are sampled; nothing else is left to chance. */
  seed: number;
  /** What other shops teach; the generic prior until set. */
  prior?: PurchasePrior;
}

/** Why there is no model, with the figures that it takes. */
export type NoModelReason =
  | { code: 'too_few_buyers'; buyers: number; needed: number }
  | { code: 'too_few_repeats'; repeats: number; needed: number }
  | { code: 'too_short_history'; historyDays: number; needed: number };

export type FitOutcome =
  { outcome: 'fitted'; model: PurchaseModel } | { outcome: 'not_enough'; reason: NoModelReason };

/** From here on a shop's own data lead (features.md: 100 buyers keep their ranking). */
export const OWN_BUYERS = 100;
/** Purchases after a first one that say something about coming back. */
export const OWN_REPEATS = 20;
/** A prior of fewer shops leads nobody. */
export const POOLED_SHOPS = 3;
/** So many of them make the rows of the earlier windows. */
const WINDOW_BUYERS = 8_000;
const SPEND_BUYERS = 30;

/**
 * Fits the model to what was known at the end of `endDay`; later orders are not read. Costs some seconds at most: larger
 * shops are sampled by `seed`. The same histories give the same model, in whatever order they come.
 * @throws RangeError for orders whose days or values are no whole numbers, and for a horizon below 1 day
 */
export function fitPurchaseModel(histories: readonly PurchaseHistory[], options: FitOptions): FitOutcome {
  const { endDay, horizonDays, seed, prior = GENERIC_PRIOR } = options;
  if (!Number.isInteger(horizonDays) || horizonDays < 1) {
    throw new RangeError(`The horizon must be a whole number of days from 1, not ${horizonDays}.`);
  }
  const sampled = sampleBuyers(histories, endDay, seed);
  const summaries = sampled.map((history) => summarisePurchases(history, endDay)!);
  const buyers = sampled.map(({ id, orders }) => purchaseDaysOf(id, orders, endDay).map(({ day }) => day));
  const historyDays = historyDaysOf(buyers, endDay);
  const repeats = summaries.reduce((sum, { purchaseDays }) => sum + purchaseDays - 1, 0);
  const openDays = openDaysOf(buyers, endDay);
  const reason = whyNot(summaries.length, repeats, openDays, prior);
  if (reason) return { outcome: 'not_enough', reason };
  const stages = stagesOf(
    summaries.map((one) => ({
      gaps: one.purchaseDays - 1,
      sumOfGaps: one.lastDay - one.firstDay,
      sumOfSquares: one.squaredGapDays,
    })),
  );
  const beliefs = {
    means: prior.rhythm.map(({ mean }) => mean),
    deviations: prior.rhythm.map(({ deviation }) => deviation),
  };
  const rhythm = chooseRhythm(summaries.map(countsOf), stages, beliefs);
  const plan = planWindows(historyDays, endDay, horizonDays);
  const rows = windowRows(buyers.slice(0, WINDOW_BUYERS), plan, beliefs, rhythm);
  const corrections = fitCorrections(rows, plan, prior);
  const byWindow = rowsByWindow(rows, plan);
  const shifts = levelShifts(byWindow, corrections);
  const season = seasonShift(plan, shifts);
  const spread = fitSpread(rows, corrections, plan, shifts);
  const model: PurchaseModel = {
    version: PURCHASE_MODEL_VERSION,
    level: isOwn(summaries.length, repeats) ? 'own' : 'pooled',
    seed,
    endDay,
    horizonDays,
    buyers: summaries.length,
    purchaseDays: repeats + summaries.length,
    historyDays,
    openDays: openDays ?? 0,
    rhythm,
    windowDays: plan.windowDays,
    chance: corrections.chance,
    further: corrections.further,
    seasonShift: season.shift,
    spread,
    totalDeviation: totalDeviation(byWindow, plan, corrections, spread, season.share),
    windows: windowTotals(byWindow, plan, corrections),
    windowMeans: meansOf(rows),
    ...spendOf(summaries),
    value: null,
  };
  return { outcome: 'fitted', model };
}

const isOwn = (buyers: number, repeats: number) => buyers >= OWN_BUYERS && repeats >= OWN_REPEATS;

function whyNot(
  buyers: number,
  repeats: number,
  openDays: number | null,
  prior: PurchasePrior,
): NoModelReason | null {
  if (openDays === null) return { code: 'too_few_buyers', buyers, needed: OWN_BUYERS };
  if (openDays < LEAST_HISTORY_DAYS) {
    return { code: 'too_short_history', historyDays: openDays, needed: LEAST_HISTORY_DAYS };
  }
  if (prior.shops >= POOLED_SHOPS || isOwn(buyers, repeats)) return null;
  if (buyers < OWN_BUYERS) return { code: 'too_few_buyers', buyers, needed: OWN_BUYERS };
  return { code: 'too_few_repeats', repeats, needed: OWN_REPEATS };
}

function meansOf(rows: readonly WindowRow[]): PurchaseModel['windowMeans'] {
  if (rows.length === 0) return null;
  let came = 0;
  let orders = 0;
  for (const { purchases } of rows) {
    if (purchases > 0) came += 1;
    orders += purchases;
  }
  return { share: came / rows.length, orders: orders / rows.length };
}

function spendOf(
  summaries: readonly PurchaseSummary[],
): Pick<PurchaseModel, 'spend' | 'keptShare' | 'meanValueMinor'> {
  const valued = summaries.filter(({ valuedRepeats }) => valuedRepeats > 0);
  const kept = valued.filter(({ repeatValueMinor }) => repeatValueMinor > 0);
  const repeatsOf = (some: readonly PurchaseSummary[]) =>
    some.reduce((sum, one) => sum + one.valuedRepeats, 0);
  const repeats = repeatsOf(valued);
  const value = valued.reduce((sum, one) => sum + one.repeatValueMinor, 0);
  const counts = kept.map((one) => ({
    repeats: one.valuedRepeats,
    meanValue: one.repeatValueMinor / one.valuedRepeats,
  }));
  return {
    spend: counts.length < SPEND_BUYERS ? null : fitGammaGamma(counts).parameters,
    keptShare: repeats === 0 ? 1 : repeatsOf(kept) / repeats,
    meanValueMinor: repeats === 0 ? null : value / repeats,
  };
}
