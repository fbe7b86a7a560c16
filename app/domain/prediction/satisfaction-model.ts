/**
 * P(low rating) of an order before anyone answers (domain.md section 4), from the shop's own answers as far as they carry.
 *
 * An order is worth predicting anew whenever something becomes known of it: when it is placed, when it ships, when it is
 * delivered (before the receipt survey goes out), and while it is on its way when its promise passes and 1, 3 and 7 days
 * later. Each prediction is of one moment, `asOf`, and takes the past of seller, category and region as of that moment.
 */
import { z } from 'zod';
import { logistic } from './logistic.ts';
import { satisfactionFeatures, typicalValueOf } from './satisfaction-features.ts';
import { deliveryHistory, type DeliveryHistory, type OrderHistory } from './satisfaction-history.ts';
import { gatherContributions, type Contribution } from './satisfaction-reasons.ts';
import {
  ANSWER_LAG_DAYS,
  answerKnownAt,
  lowKnownAt,
  ratedBy,
  type DeliveryRecord,
  type RatedDelivery,
} from './satisfaction-record.ts';
import { rulesLogOdds } from './satisfaction-rules.ts';
import { STAGES, type Stage } from './satisfaction-basis.ts';
import {
  fitStage,
  fitStageRegression,
  stageLogOdds,
  stageModelSchema,
  type StageLogOdds,
  type StageRow,
} from './satisfaction-stage.ts';

/** From so many rated orders, and low ones among them, on a shop's answers count beside the prior ... */
export const MIN_BLENDED = { rated: 100, low: 10 };
/** ... and from so many on they stand alone. */
export const MIN_OWN = { rated: 1_000, low: 60 };
/** Rated orders that the prior weighs. */
const PRIOR_RATED = 500;
/** Low answers, as expected, that weigh against a shop's own level. */
const PRIOR_LOW = 10;
/** Days after the order at which an order on its way is looked at, for learning and for judging. */
const LOOKS_DAYS = [1, 3, 6, 10, 15, 21, 28, 40, 60];
/** Rated orders that a stage learns from, evenly drawn from all: more would add time and little else. */
const MOST_ORDERS: Readonly<Record<Stage, number>> = { delivered: 100_000, on_its_way: 25_000 };
const DAY_MS = 86_400_000;

const stagesSchema = z.object({ delivered: stageModelSchema, on_its_way: stageModelSchema.nullable() });
/** What was learnt of orders at each stage; of those on their way it may be nothing. */
export type SatisfactionStages = z.infer<typeof stagesSchema>;

/** Models of another version are fitted anew. */
export const SATISFACTION_MODEL_VERSION = 'satisfaction-2';

/** A fitted model as plain JSON. */
export const satisfactionModelSchema = z.object({
  version: z.literal(SATISFACTION_MODEL_VERSION),
  /** What its predictions rest on: own answers, own and prior, the pooled prior, or the rules. */
  basis: z.enum(['own', 'blended', 'pooled', 'rules']),
  seed: z.number().int(),
  answerLagDays: z.number().positive(),
  /** Median order, in minor units. */
  typicalValueMinor: z.number().positive(),
  /** Rated orders that were known at the fit. */
  rated: z.number().int(),
  low: z.number().int(),
  own: stagesSchema.nullable(),
  /** null = the rules are the prior. */
  prior: stagesSchema.nullable(),
  /** Weight of the own log-odds, 0-1; the rest is the prior's. */
  ownWeight: z.number().min(0).max(1),
  /** Added to the prior's log-odds: the level of this shop against what the prior expects. */
  priorShift: z.number(),
});
export type SatisfactionModel = z.infer<typeof satisfactionModelSchema>;

/** As a run keeps it: beside the stages that it may predict, because they passed their back-test. */
export const keptSatisfactionModelSchema = satisfactionModelSchema.extend({
  shownStages: z.array(z.enum(STAGES)),
});
export type KeptSatisfactionModel = z.infer<typeof keptSatisfactionModelSchema>;

export interface SatisfactionPrediction {
  /** Of a low rating, 0-1. */
  probability: number;
  stage: Stage;
  basis: SatisfactionModel['basis'];
  /** Log-odds before anything is known of the order; with the contributions they add up to those of the prediction. */
  base: number;
  /** The greatest first. */
  contributions: Contribution[];
}

export interface FitOptions {
  /** Answers known later are not learned from. */
  asOf: Date;
  seed: number;
  /** What other shops taught (satisfaction-prior.ts). */
  prior?: SatisfactionStages | null;
  answerLagDays?: number;
}

/**
 * Learns from a shop's orders, going down the ladder as far as its answers require: own fit from 1,000 rated orders and
 * 60 low ones on; own regression blended with the prior (weight n / (n + 500)) from 100 and 10 on; else the prior at the
 * shop's level. Deterministic for a seed; the order of the deliveries does not matter.
 */
export function fitSatisfactionModel(
  deliveries: readonly RatedDelivery[],
  { asOf, seed, prior, answerLagDays = ANSWER_LAG_DAYS }: FitOptions,
): SatisfactionModel {
  const history = deliveryHistory(deliveries, answerLagDays);
  const known = deliveries
    .map((delivery) => ratedBy(delivery, asOf, answerLagDays))
    .filter(({ low }) => low !== null)
    .sort((a, b) => momentOf(a.record) - momentOf(b.record) || (a.record.id < b.record.id ? -1 : 1));
  const typicalValueMinor = typicalValueOf(
    deliveries.map(({ record }) => record).filter(({ orderedAt }) => orderedAt <= asOf),
  );
  const rows = (stage: Stage): StageRow[] =>
    known
      .filter((_, i) => i % Math.ceil(known.length / MOST_ORDERS[stage]) === 0)
      .flatMap((delivery) =>
        looksAt(delivery, stage, answerLagDays)
          .filter((look) => look <= asOf)
          .map((look) => ({
            facts: satisfactionFeatures(
              delivery.record,
              look,
              history.at(delivery.record, look),
              typicalValueMinor,
            ),
            low: delivery.low === true,
            at: look.getTime(),
            knownAt: (delivery.low ? lowKnownAt : answerKnownAt)(delivery, answerLagDays),
          })),
      )
      .sort((a, b) => a.at - b.at);
  const low = known.filter((delivery) => delivery.low).length;
  const reaches = (least: { rated: number; low: number }) =>
    known.length >= least.rated && low >= least.low && known.length - low >= least.low;
  const model: SatisfactionModel = {
    version: SATISFACTION_MODEL_VERSION,
    basis: prior ? 'pooled' : 'rules',
    seed,
    answerLagDays,
    typicalValueMinor,
    rated: known.length,
    low,
    own: null,
    prior: prior ?? null,
    ownWeight: 0,
    priorShift: 0,
  };
  if (reaches(MIN_OWN)) {
    const delivered = fitStage('delivered', rows('delivered'), seed);
    const onItsWay = fitStageRegression('on_its_way', rows('on_its_way'));
    if (delivered)
      return { ...model, basis: 'own', own: { delivered, on_its_way: onItsWay }, prior: null, ownWeight: 1 };
  }
  const level = { ...model, priorShift: levelAgainst(model, known, history, asOf) };
  if (!reaches(MIN_BLENDED)) return level;
  const delivered = fitStageRegression('delivered', rows('delivered'));
  if (!delivered) return level;
  const onItsWay = fitStageRegression('on_its_way', rows('on_its_way'));
  const ownWeight = known.length / (known.length + PRIOR_RATED);
  return { ...level, basis: 'blended', own: { delivered, on_its_way: onItsWay }, ownWeight };
}

/**
 * The prediction for an order at a moment: delivered by then, or still on its way, when it counts as if it came now.
 * @param history what was known of others by `asOf` (`deliveryHistory(...).at`, or SQL)
 */
export function predictSatisfaction(
  model: SatisfactionModel,
  record: DeliveryRecord,
  asOf: Date,
  history: OrderHistory,
): SatisfactionPrediction {
  const stage: Stage = record.deliveredAt !== null && record.deliveredAt <= asOf ? 'delivered' : 'on_its_way';
  const { base, contributions } = logOddsAt(model, record, asOf, history, stage);
  const gathered = gatherContributions(contributions);
  const logOdds = gathered.reduce((sum, [, part]) => sum + part, base);
  return { probability: logistic(logOdds), stage, basis: model.basis, base, contributions: gathered };
}

function logOddsAt(
  model: SatisfactionModel,
  record: DeliveryRecord,
  asOf: Date,
  history: OrderHistory,
  stage: Stage,
): StageLogOdds {
  const facts = satisfactionFeatures(record, asOf, history, model.typicalValueMinor);
  const by = (stages: SatisfactionStages | null): StageLogOdds | null => {
    const fitted = stages?.[stage] ?? stages?.delivered;
    return fitted ? stageLogOdds(fitted, facts) : null;
  };
  const own = by(model.own);
  const rules = () => {
    const { base, parts } = rulesLogOdds(record, asOf);
    return { base, contributions: parts };
  };
  const prior = model.ownWeight === 1 && own ? null : (by(model.prior) ?? rules());
  if (own === null || prior === null) {
    const only = own ?? prior!;
    return own ? only : { ...only, base: only.base + model.priorShift };
  }
  const weigh = (part: StageLogOdds, weight: number): Contribution[] =>
    part.contributions.map(([reason, step]) => [reason, weight * step]);
  return {
    base: model.ownWeight * own.base + (1 - model.ownWeight) * (prior.base + model.priorShift),
    contributions: [...weigh(own, model.ownWeight), ...weigh(prior, 1 - model.ownWeight)],
  };
}

/** How a shop's low answers compare with what its prior expects, as log-odds, shrunk to 0. */
function levelAgainst(
  model: SatisfactionModel,
  known: readonly RatedDelivery[],
  history: DeliveryHistory,
  asOf: Date,
): number {
  let [low, expected] = [0, 0];
  for (const { record, low: isLow } of known) {
    if (record.deliveredAt === null || record.deliveredAt > asOf) continue;
    const past = history.at(record, record.deliveredAt);
    expected += predictSatisfaction(model, record, record.deliveredAt, past).probability;
    low += Number(isLow);
  }
  return Math.log((low + PRIOR_LOW) / (expected + PRIOR_LOW));
}

const momentOf = ({ deliveredAt, orderedAt }: DeliveryRecord) => (deliveredAt ?? orderedAt).getTime();

/** The moments at which an order is learned from: its delivery, or fixed ages while it was on its way and unanswered. */
export function looksAt(delivery: RatedDelivery, stage: Stage, lagDays: number): Date[] {
  const { orderedAt, deliveredAt } = delivery.record;
  if (stage === 'delivered') return deliveredAt ? [deliveredAt] : [];
  const end = Math.min(deliveredAt?.getTime() ?? Infinity, answerKnownAt(delivery, lagDays));
  return LOOKS_DAYS.map((days) => new Date(orderedAt.getTime() + days * DAY_MS)).filter(
    (look) => look.getTime() < end,
  );
}
