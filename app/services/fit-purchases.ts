import { backtestCustomerValue } from '../domain/prediction/customer-value-backtest.ts';
import { VALUE_DAYS } from '../domain/prediction/customer-value.ts';
import { backtestPurchases } from '../domain/prediction/purchase-backtest.ts';
import { fitPurchaseModel, type NoModelReason } from '../domain/prediction/purchase-model-fit.ts';
import type { PurchaseModel } from '../domain/prediction/purchase-model.ts';
import type { PurchasePrior } from '../domain/prediction/purchase-prior.ts';
import type { PurchaseReport } from '../domain/prediction/purchase-report.ts';
import type { PurchaseHistory } from '../domain/prediction/purchase-summary.ts';
import { noModelVerdict, type Verdict } from '../domain/prediction/purchase-verdict.ts';
import { LEAST_HISTORY_DAYS } from '../domain/prediction/purchase-windows.ts';

/** Days of a young shop by which its model is judged, at least. */
const LEAST_JUDGED_DAYS = 14;
/** Days of orders from which on there may be predictions: a fit needs some of them, its judgement the rest. */
export const NEEDED_DAYS = LEAST_HISTORY_DAYS + LEAST_JUDGED_DAYS;
/** Windows of a back-test, each a horizon earlier, as far as the history reaches. */
const WINDOWS = 3;

/** Everything that a fit needs; plain data, so that it can be handed to a thread. */
export interface PurchaseFitInput {
  histories: PurchaseHistory[];
  /** The last whole day that is known. */
  endDay: number;
  seed: number;
  prior: PurchasePrior;
  /** Days ahead that are wanted: what the screens call churn is no order within those that the model comes to. */
  horizonDays: number;
}

export interface PurchaseFit {
  /** For as many days ahead as could be judged, at most those that were wanted. */
  model: PurchaseModel | null;
  /** null: nothing could be judged. */
  report: PurchaseReport | null;
  /** Whether it may be shown, and why not. */
  verdict: Verdict;
}

/**
 * Fits a model to everything that is known, and judges the same method by the last days, which it was not shown: the
 * horizon, or what a young shop has beside the history that every fit needs. No further than that is predicted: chances of
 * 20 days that proved right say nothing of those of 90. What customers are worth is judged over a longer time. Pure, and
 * some seconds of work.
 */
export function fitPurchases({
  histories,
  endDay,
  horizonDays: wantedDays,
  ...by
}: PurchaseFitInput): PurchaseFit {
  const fitFor = (horizonDays: number) => fitPurchaseModel(histories, { ...by, endDay, horizonDays });
  const wanted = fitFor(wantedDays);
  if (wanted.outcome === 'not_enough') return unfit(inAll(wanted.reason));
  const { openDays } = wanted.model;
  const horizonDays = Math.min(wantedDays, openDays - LEAST_HISTORY_DAYS);
  if (horizonDays < LEAST_JUDGED_DAYS)
    return unfit({ code: 'too_short_history', historyDays: openDays, needed: NEEDED_DAYS });
  const fitted = horizonDays === wantedDays ? wanted : fitFor(horizonDays);
  if (fitted.outcome === 'not_enough') return unfit(inAll(fitted.reason));
  const { model } = fitted;
  const how = { ...by, horizonDays };
  const report = {
    ...backtestPurchases(histories, { ...how, endDay: endDay - horizonDays, windows: WINDOWS }),
    wantedDays,
  };
  if (!report.verdict.shown) return { model, report, verdict: report.verdict };
  const days = valueDaysOf(openDays, horizonDays);
  const value = backtestCustomerValue(histories, { ...how, endDay: endDay - days, days });
  return {
    model: { ...model, value: value.proof },
    report: { ...report, value: value.report },
    verdict: report.verdict,
  };
}

/**
 * Days over which values are judged: a year where enough is left to learn from, which is a window with as long a past,
 * else half of the history, and at least what every fit leaves.
 */
function valueDaysOf(openDays: number, horizonDays: number): number {
  const longest = Math.max(openDays - 2 * horizonDays, Math.floor(openDays / 2));
  return Math.min(VALUE_DAYS, longest, openDays - LEAST_HISTORY_DAYS);
}

/** What a fit lacks, with what its judgement takes beside it. */
const inAll = (reason: NoModelReason): NoModelReason =>
  reason.code === 'too_short_history' ? { ...reason, needed: NEEDED_DAYS } : reason;

/** What a fit comes to that could not be made. */
export const unfit = (reason: NoModelReason): PurchaseFit => ({
  ...{ model: null, report: null },
  verdict: noModelVerdict(reason),
});
