/** Whether escalation is predicted better than by the shop's rate: learned on older cases, judged on newer ones. */
import { z } from 'zod';
import { type EscalationModel, type EscalationRow, fitEscalation, predictEscalation } from './escalation.ts';
import { aucOf, brierOf, calibrationBins, eceOf, type Judged } from './metrics.ts';
import { calibrationTest, ECE_FROM, LEAST_P, MOST_ECE } from './purchase-verdict.ts';
import { calibrationBinSchema } from './satisfaction-judging.ts';

const figure = z.number().nullable();

export const escalationReportSchema = z.object({
  /** Cases learned from, and cases judged. */
  trained: z.number().int(),
  n: z.number().int(),
  /** Of those judged. */
  escalated: z.number().int(),
  /** null where it cannot be told. */
  auc: figure,
  brier: figure,
  ece: figure,
  /** Brier of the rate of the cases learned from. */
  baseRateBrier: figure,
  /** Base rate's Brier less the model's, with its 95% interval; above 0 the model is better. */
  gain: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  calibration: z.array(calibrationBinSchema),
  verdict: z.object({
    shown: z.boolean(),
    /**
     * `better`: shown. `few_cases`: too few to learn from or to judge by. `no_better`: not surely better than the rate.
     * `not_calibrated`: better, but its probabilities are off.
     */
    reason: z.enum(['better', 'few_cases', 'no_better', 'not_calibrated']),
  }),
});
export type EscalationReport = z.infer<typeof escalationReportSchema>;

/** The newer part of the cases that judges. */
const JUDGED_SHARE = 0.3;
export const MIN_JUDGED = 30;
export const MIN_JUDGED_OF_EACH = 5;
/** A fit a week is many chances to be lucky: at 80% one useless model in six was shown at some week of a year. */
const Z_95 = 1.959963984540054;

/**
 * Learns from the older 70% of the cases, leaving out those whose end was not known when the first of the others was
 * opened, so that nothing comes from the future; then predicts the others. Shown only if the 95% interval of the gain
 * over the base rate lies above 0 and the probabilities are calibrated (domain.md section 4). Deterministic; the order of the rows does not matter.
 */
export function backtestEscalation(rows: readonly EscalationRow[], priorRate?: number): EscalationReport {
  const sorted = rows
    .filter(
      ({ openedAt, settledAt }) => !Number.isNaN(openedAt.getTime()) && !Number.isNaN(settledAt.getTime()),
    )
    .sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
  const from = sorted[Math.floor(sorted.length * (1 - JUDGED_SHARE))]?.openedAt;
  const later = from === undefined ? [] : sorted.filter(({ openedAt }) => openedAt >= from);
  const earlier = sorted.filter(({ openedAt, settledAt }) => from && openedAt < from && settledAt < from);
  const model = fitEscalation(earlier, priorRate);
  const judge = (probability: (row: EscalationRow) => number): Judged[] =>
    later.map((row) => ({ probability: probability(row), outcome: row.escalated }));
  const byModel = judge(({ facts }) => predictEscalation(model, facts).probability);
  const byRate = judge(() => model.rate);
  const escalated = later.filter((row) => row.escalated).length;
  const gain = gainOf(byModel, byRate);
  const enough =
    model.basis === 'fit' &&
    later.length >= MIN_JUDGED &&
    Math.min(escalated, later.length - escalated) >= MIN_JUDGED_OF_EACH;
  const calibration = calibrationBins(byModel);
  const ece = eceOf(byModel);
  const calibrated = byModel.length >= ECE_FROM ? ece! <= MOST_ECE : calibrationTest(calibration) > LEAST_P;
  const better = gain !== null && gain.low > 0;
  const reason = !enough ? 'few_cases' : !better ? 'no_better' : calibrated ? 'better' : 'not_calibrated';
  return {
    trained: earlier.length,
    n: later.length,
    escalated,
    auc: aucOf(byModel),
    brier: brierOf(byModel),
    ece,
    baseRateBrier: brierOf(byRate),
    gain,
    calibration,
    verdict: { shown: reason === 'better', reason },
  };
}

/** The model that is learned from all cases, and the proof by which it is shown or hidden. */
export function proveEscalation(rows: readonly EscalationRow[]): {
  model: EscalationModel;
  report: EscalationReport;
} {
  return { model: fitEscalation(rows), report: backtestEscalation(rows) };
}

/** Mean of the paired differences of squared errors, with its normal interval; null below 2 cases. */
function gainOf(byModel: readonly Judged[], byRate: readonly Judged[]): EscalationReport['gain'] {
  const n = byModel.length;
  if (n < 2) return null;
  const gains = byModel.map(({ probability, outcome }, i) => {
    const came = Number(outcome);
    return (byRate[i]!.probability - came) ** 2 - (probability - came) ** 2;
  });
  const value = gains.reduce((sum, gain) => sum + gain, 0) / n;
  const variance = gains.reduce((sum, gain) => sum + (gain - value) ** 2, 0) / (n - 1);
  const margin = Z_95 * Math.sqrt(variance / n);
  return { value, low: value - margin, high: value + margin };
}
