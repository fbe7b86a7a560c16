/** The proof of the prediction of dissatisfaction: learned from the older orders, judged on the newer ones. */
import { z } from 'zod';
import { deliveryHistory } from './satisfaction-history.ts';
import { fitSatisfactionModel, looksAt, type SatisfactionStages } from './satisfaction-model.ts';
import { ANSWER_LAG_DAYS, ratedBy, type RatedDelivery } from './satisfaction-record.ts';
import type { Stage } from './satisfaction-basis.ts';
import { judgeStage, stageReportSchema, type Look } from './satisfaction-verdict.ts';
import { seededRandom } from './seeded-random.ts';

/** Of delivered orders, as of their delivery; those on their way are judged by themselves. */
export const satisfactionReportSchema = stageReportSchema.extend({
  /** First order of those judged; what was known later was not learned from. */
  splitAt: z.string().nullable(),
  basis: z.enum(['own', 'blended', 'pooled', 'rules']),
  /** What stands behind the own answers; null = they stand alone. */
  prior: z.enum(['rules', 'another_shop', 'other_shops']).nullable(),
  /** Rated orders learned from, with the low ones among them. */
  trained: z.number().int(),
  trainedLow: z.number().int(),
  /** Trees behind the regression. */
  trees: z.number().int(),
  /** Orders that were on their way, each at one of some fixed ages. */
  onItsWay: stageReportSchema,
});
export type SatisfactionReport = z.infer<typeof satisfactionReportSchema>;

export interface BacktestOptions {
  seed: number;
  /** Part of the orders, in the order they were placed, that is learned from. */
  share?: number;
  answerLagDays?: number;
  prior?: SatisfactionStages | null;
}

/**
 * Splits delivered and rated orders by the time they were placed, learns from what was known when the first of the newer
 * ones was placed, and predicts each newer one as of its delivery, and as of one age at which it was on its way. Pasts of
 * sellers and others go on after the split, as they do in production, but with each order's own moment as their end.
 * Deterministic for a seed.
 */
export function backtestSatisfaction(
  deliveries: readonly RatedDelivery[],
  { seed, share = 0.7, answerLagDays = ANSWER_LAG_DAYS, prior = null }: BacktestOptions,
): SatisfactionReport {
  const rated = inOrderPlaced(deliveries.filter(({ low }) => low !== null));
  const delivered = rated.filter(({ record }) => record.deliveredAt !== null);
  const first = delivered[Math.floor(share * delivered.length)];
  const splitAt = first?.record.orderedAt ?? new Date(0);
  const model = fitSatisfactionModel(deliveries, { asOf: splitAt, seed, prior, answerLagDays });
  const history = deliveryHistory(deliveries, answerLagDays);
  const older = rated
    .map((delivery) => ratedBy(delivery, splitAt, answerLagDays))
    .filter(({ low }) => low !== null);
  const newer = rated.filter(({ record }) => first && record.orderedAt >= splitAt);
  const judged = (looksOf: (orders: readonly RatedDelivery[]) => Look[]) =>
    judgeStage(model, history, {
      older: looksOf(older).filter(({ moment }) => moment <= splitAt),
      newer: looksOf(newer),
    });
  return {
    ...judged(deliveredLooks),
    splitAt: first ? splitAt.toISOString() : null,
    basis: model.basis,
    prior: model.ownWeight === 1 ? null : model.prior ? 'other_shops' : 'rules',
    trained: model.rated,
    trainedLow: model.low,
    trees: model.own?.delivered.boosting?.trees.length ?? 0,
    onItsWay: judged((orders) => looksOnTheWay(orders, { seed, answerLagDays })),
  };
}

/** The stages whose predictions may be shown. */
export function shownStages({ verdict, onItsWay }: SatisfactionReport): Stage[] {
  return [
    ...(verdict.shown ? (['delivered'] as const) : []),
    ...(onItsWay.verdict.shown ? (['on_its_way'] as const) : []),
  ];
}

/** Equal times are told apart by ids, so that the order of arrival does not matter. */
export const inOrderPlaced = (deliveries: readonly RatedDelivery[]): RatedDelivery[] =>
  [...deliveries].sort(
    (a, b) => +a.record.orderedAt - +b.record.orderedAt || (a.record.id < b.record.id ? -1 : 1),
  );

const deliveredLooks = (deliveries: readonly RatedDelivery[]): Look[] =>
  deliveries.flatMap((delivery) => {
    const moment = delivery.record.deliveredAt;
    return moment ? [{ delivery, moment }] : [];
  });

/**
 * Orders that were on their way, each at one age at most: looks at one order share their outcome, and would count as more
 * orders than they are. The age is that of a look at any order, drawn by lot, so that it does not depend on how long this
 * one took; those that had come by then are left out, as they are in production.
 */
function looksOnTheWay(
  deliveries: readonly RatedDelivery[],
  { seed, answerLagDays }: { seed: number; answerLagDays: number },
): Look[] {
  const looks = deliveries.map((delivery) => looksAt(delivery, 'on_its_way', answerLagDays));
  const ageOf = (moment: Date, { record }: RatedDelivery) => +moment - +record.orderedAt;
  const ages = deliveries.flatMap((delivery, i) => looks[i]!.map((moment) => ageOf(moment, delivery)));
  const random = seededRandom(seed);
  return deliveries.flatMap((delivery, i) => {
    const age = ages[Math.floor(random() * ages.length)];
    const moment = looks[i]!.find((look) => ageOf(look, delivery) === age);
    return moment ? [{ delivery, moment }] : [];
  });
}
