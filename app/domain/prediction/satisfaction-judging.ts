/** How good predictions of low ratings were, in the figures a shop owner and an analyst ask for. */
import { z } from 'zod';
import { aucDifference } from './auc-difference.ts';
import { aucOf, brierOf, eceOf, outcomeRate, type Judged } from './metrics.ts';

const share = z.number().min(0).max(1);
const intervalSchema = z.object({ low: z.number(), high: z.number() });

/** Figures of one set of predictions; null where it cannot be told. */
export const judgementSchema = z.object({
  auc: share.nullable(),
  /** Share of right calls at the threshold. */
  accuracy: share.nullable(),
  /** Of those called low, the share that was; of those that were low, the share called. */
  precision: share.nullable(),
  recall: share.nullable(),
  brier: share.nullable(),
  /** Share of low ratings among the judged. */
  baseRate: share.nullable(),
});
export type Judgement = z.infer<typeof judgementSchema>;

export const modelJudgementSchema = judgementSchema.extend({
  n: z.number().int(),
  threshold: share,
  /** Called low at the threshold. */
  called: z.number().int(),
  ece: share.nullable(),
  /** 95% intervals: of the AUC by DeLong, of the accuracy by Wilson. */
  aucInterval: intervalSchema.nullable(),
  accuracyInterval: intervalSchema.nullable(),
});
export type ModelJudgement = z.infer<typeof modelJudgementSchema>;

/** What care for a share of the orders would reach. */
export const careSchema = z.object({
  /** Of all judged, those of the highest probability. */
  share,
  n: z.number().int(),
  leastProbability: share,
  precision: share,
  recall: share,
});
export type Care = z.infer<typeof careSchema>;

/**
 * Called low from here on: more likely low than not. With calibrated probabilities no other threshold is right more often.
 */
export const LOW_THRESHOLD = 0.5;
const CARE_SHARES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
const Z_95 = 1.959963984540054;

/** The six figures that model and baselines share. */
export function judge(cases: readonly Judged[], threshold = LOW_THRESHOLD): Judgement {
  const called = cases.filter(({ probability }) => probability >= threshold);
  const hit = called.filter(({ outcome }) => outcome).length;
  const low = cases.filter(({ outcome }) => outcome).length;
  const right = hit + (cases.length - called.length - (low - hit));
  const ratio = (count: number, of: number) => (of === 0 ? null : count / of);
  return {
    auc: aucOf(cases),
    accuracy: ratio(right, cases.length),
    precision: ratio(hit, called.length),
    recall: ratio(hit, low),
    brier: brierOf(cases),
    baseRate: outcomeRate(cases),
  };
}

/** The same with calibration and intervals. */
export function judgeModel(cases: readonly Judged[], threshold = LOW_THRESHOLD): ModelJudgement {
  const judgement = judge(cases, threshold);
  // Against a guess that is 0.5 for everyone, whose AUC has no spread, the difference is the AUC's own interval.
  const apart = aucDifference(
    cases,
    cases.map(({ outcome }) => ({ probability: 0.5, outcome })),
    Z_95,
  );
  const { accuracy } = judgement;
  return {
    ...judgement,
    n: cases.length,
    threshold,
    called: cases.filter(({ probability }) => probability >= threshold).length,
    ece: eceOf(cases),
    aucInterval: apart && { low: Math.max(0, 0.5 + apart.low), high: Math.min(1, 0.5 + apart.high) },
    accuracyInterval: accuracy === null ? null : wilsonInterval(accuracy * cases.length, cases.length),
  };
}

/** 95% interval of a share of `n` > 0 cases (Wilson 1927). */
export function wilsonInterval(successes: number, n: number): { low: number; high: number } {
  const value = successes / n;
  const z2 = Z_95 * Z_95;
  const scale = 1 + z2 / n;
  const centre = (value + z2 / (2 * n)) / scale;
  const margin = (Z_95 * Math.sqrt((value * (1 - value)) / n + z2 / (4 * n * n))) / scale;
  return { low: Math.max(0, centre - margin), high: Math.min(1, centre + margin) };
}

/** Precision and recall if the orders of the highest probability were cared for, for some shares of all; ties by order. */
export function careCurve(cases: readonly Judged[]): Care[] {
  const sorted = [...cases].sort((a, b) => b.probability - a.probability);
  const low = cases.filter(({ outcome }) => outcome).length;
  if (low === 0) return [];
  return CARE_SHARES.flatMap((wanted) => {
    const first = sorted.slice(0, Math.round(wanted * sorted.length));
    if (first.length === 0) return [];
    const hit = first.filter(({ outcome }) => outcome).length;
    return {
      share: wanted,
      n: first.length,
      leastProbability: first.at(-1)!.probability,
      precision: hit / first.length,
      recall: hit / low,
    };
  });
}

export const calibrationBinSchema = z.object({ n: z.number().int(), predicted: share, actual: share });
