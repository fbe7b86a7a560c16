/** Whether the predictions of one stage may be shown: judged on newer orders, against what needs no model. */
import { z } from 'zod';
import { aucDifference } from './auc-difference.ts';
import { fitLogistic, logisticProbability } from './logistic.ts';
import { calibrationBins, type Judged } from './metrics.ts';
import { calibrationTest, ECE_FROM, LEAST_P, MOST_ECE } from './purchase-verdict.ts';
import {
  SATISFACTION_FEATURES,
  satisfactionFeatures,
  type SatisfactionFeatures,
} from './satisfaction-features.ts';
import type { DeliveryHistory } from './satisfaction-history.ts';
import {
  calibrationBinSchema,
  careCurve,
  careSchema,
  judge,
  judgementSchema,
  judgeModel,
  modelJudgementSchema,
} from './satisfaction-judging.ts';
import { predictSatisfaction, type SatisfactionModel } from './satisfaction-model.ts';
import { MIN_JUDGED } from './satisfaction-needs.ts';
import type { RatedDelivery } from './satisfaction-record.ts';

const verdictSchema = z.object({
  shown: z.boolean(),
  /**
   * `better`: shown. `few_answers`: too few to learn from or to judge by. `no_better`: not surely better than chance, or
   * not better than the base rate. `not_above_single`: not surely better than the best single fact. `not_calibrated`:
   * ranks, but its probabilities are off.
   */
  reason: z.enum(['better', 'few_answers', 'no_better', 'not_above_single', 'not_calibrated']),
});
export type SatisfactionVerdict = z.infer<typeof verdictSchema>;

const baselineSchema = judgementSchema.extend({ feature: z.string().nullable() });

export const stageReportSchema = z.object({
  model: modelJudgementSchema,
  baselines: z.record(z.string(), baselineSchema),
  /** AUC of the model less that of the best single fact, with its 95% interval. */
  aucGain: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  care: z.array(careSchema),
  calibration: z.array(calibrationBinSchema),
  verdict: verdictSchema,
});
export type StageReport = z.infer<typeof stageReportSchema>;

/** An order at the moment at which it is predicted. */
export interface Look {
  delivery: RatedDelivery;
  moment: Date;
}

const Z_95 = 1.959963984540054;
/** Facts by which one could rank orders without a model. */
const SINGLE = { lateness: 'lateDays', totalDays: 'totalDays' } as const;

/**
 * Judges predictions of newer orders, each order once, so that intervals and tests may take them as independent.
 * @param older the orders from which single facts are made probabilities, with what was known of their answers then
 */
export function judgeStage(
  model: SatisfactionModel,
  history: DeliveryHistory,
  { older, newer }: { older: readonly Look[]; newer: readonly Look[] },
): StageReport {
  const cases = predictAll(model, newer, history);
  const { best, judged: baselines } = baselinesOf(older, newer, history, model.typicalValueMinor);
  const report = {
    model: judgeModel(cases),
    baselines,
    aucGain: aucDifference(cases, best, Z_95),
    care: careCurve(cases),
    calibration: calibrationBins(cases),
  };
  return { ...report, verdict: verdictOf(report, model.basis) };
}

/** Predicts each order at its moment. */
export const predictAll = (
  model: SatisfactionModel,
  looks: readonly Look[],
  history: DeliveryHistory,
): Judged[] =>
  looks.map(({ delivery: { record, low }, moment }) => {
    const { probability } = predictSatisfaction(model, record, moment, history.at(record, moment));
    return { probability, outcome: low === true };
  });

/** What needs no model: everyone satisfied, the base rate, and single facts made probabilities on the older orders. */
function baselinesOf(
  older: readonly Look[],
  newer: readonly Look[],
  history: DeliveryHistory,
  typicalValueMinor: number,
) {
  const factsOf = ({ delivery: { record }, moment }: Look): SatisfactionFeatures =>
    satisfactionFeatures(record, moment, history.at(record, moment), typicalValueMinor);
  const [then, now] = [older.map(factsOf), newer.map(factsOf)];
  const isLow = ({ delivery }: Look) => delivery.low === true;
  const flat = (probability: number): Judged[] =>
    newer.map((look) => ({ probability, outcome: isLow(look) }));
  const rate = older.length === 0 ? 0 : older.filter(isLow).length / older.length;
  const single = SATISFACTION_FEATURES.map((feature) => {
    const known = then.map((facts) => facts[feature]).filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
    const of = (facts: SatisfactionFeatures) => [Number.isNaN(facts[feature]) ? mean : facts[feature]];
    const fit = fitLogistic(
      then.map((facts, i) => ({ features: of(facts), outcome: isLow(older[i]!) })),
      0,
    );
    const cases = now.map((facts, i) => ({
      probability: fit ? logisticProbability(fit, of(facts)) : rate,
      outcome: isLow(newer[i]!),
    }));
    return { feature, cases, judged: { ...judge(cases), feature } };
  });
  // The one that turns out best on the judged orders: a harder bar than the one that seemed best before.
  const best = single.reduce((a, b) => ((b.judged.auc ?? 0) > (a.judged.auc ?? 0) ? b : a));
  const named = (feature: string) => single.find((each) => each.feature === feature)!.judged;
  return {
    best: best.cases,
    judged: {
      alwaysSatisfied: { ...judge(flat(0)), feature: null },
      baseRate: { ...judge(flat(rate)), feature: null },
      lateness: named(SINGLE.lateness),
      totalDays: named(SINGLE.totalDays),
      bestSingle: best.judged,
    },
  };
}

/** Calibration is judged as domain.md section 4 has it: by the ECE from 1,000 orders on, below by a test over the bins. */
function verdictOf(
  { model, baselines, aucGain, calibration }: Omit<StageReport, 'verdict'>,
  basis: SatisfactionModel['basis'],
): SatisfactionVerdict {
  const low = Math.round((model.baseRate ?? 0) * model.n);
  const few = model.n < MIN_JUDGED.rated || low < MIN_JUDGED.low || model.n - low < MIN_JUDGED.low;
  const hidden = (reason: SatisfactionVerdict['reason']) => ({ shown: false, reason });
  if (few || basis === 'rules' || model.auc === null) return hidden('few_answers');
  const better = (model.aucInterval?.low ?? 0) > 0.5 && model.brier! < (baselines['baseRate']?.brier ?? 0);
  if (!better) return hidden('no_better');
  if ((aucGain?.low ?? 0) <= 0) return hidden('not_above_single');
  const calibrated = model.n >= ECE_FROM ? model.ece! <= MOST_ECE : calibrationTest(calibration) > LEAST_P;
  return calibrated ? { shown: true, reason: 'better' } : hidden('not_calibrated');
}
