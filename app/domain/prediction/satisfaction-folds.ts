/** Cross-validation of the prediction of dissatisfaction, for comparison with figures that are published that way. */
import { aucOf, type Judged } from './metrics.ts';
import { inOrderPlaced } from './satisfaction-backtest.ts';
import { deliveryHistory } from './satisfaction-history.ts';
import { judgeModel, type ModelJudgement } from './satisfaction-judging.ts';
import { fitSatisfactionModel } from './satisfaction-model.ts';
import { ANSWER_LAG_DAYS, type RatedDelivery } from './satisfaction-record.ts';
import { predictAll } from './satisfaction-verdict.ts';
import { seededRandom } from './seeded-random.ts';

export interface FoldsReport {
  folds: number;
  /** Mean of the AUCs of the folds; null where one of them has one outcome only. */
  auc: number | null;
  foldAucs: (number | null)[];
  /** All orders together, each predicted by the model that had not seen it. */
  pooled: ModelJudgement;
  /** Mean AUC of the folds when ranked by days from order to delivery alone. */
  totalDaysAuc: number | null;
}

const END_OF_TIME = new Date(8.64e15);

/**
 * Each rated order is predicted by a model that learned from the other folds. Folds are drawn by lot, so that a model
 * may have learned from orders placed after the one it predicts: rows count as exchangeable here, which a shop's life is
 * not; the split by time is the honest figure. The answers of a fold enter nothing that predicts it, neither the model
 * nor the pasts of sellers, categories and regions, which come from the other folds and still end at each order's moment.
 */
export function crossValidateSatisfaction(
  deliveries: readonly RatedDelivery[],
  { folds, seed, answerLagDays = ANSWER_LAG_DAYS }: { folds: number; seed: number; answerLagDays?: number },
): FoldsReport {
  const rated = inOrderPlaced(
    deliveries.filter(({ record, low }) => low !== null && record.deliveredAt !== null),
  );
  const random = seededRandom(seed);
  const lots = rated
    .map(({ record, low }) => ({ id: record.id, low: Number(low), lot: random() }))
    .sort((a, b) => a.low - b.low || a.lot - b.lot);
  // Dealt out by outcome, so that each fold has its share of low ratings.
  const foldOf = new Map(lots.map(({ id }, i) => [id, i % folds]));
  const parts = Array.from({ length: folds }, (_, fold) => {
    const own = rated.filter(({ record }) => foldOf.get(record.id) === fold);
    // The orders of the fold stay as deliveries, which are known; their answers do not.
    const others = deliveries.map((delivery) =>
      foldOf.get(delivery.record.id) === fold ? { ...delivery, low: null } : delivery,
    );
    const model = fitSatisfactionModel(others, { asOf: END_OF_TIME, seed, answerLagDays });
    const history = deliveryHistory(others, answerLagDays);
    const looks = own.map((delivery) => ({ delivery, moment: delivery.record.deliveredAt! }));
    const cases = predictAll(model, looks, history);
    const byDays = own.map(({ record, low }): Judged => ({
      probability: record.deliveredAt!.getTime() - record.orderedAt.getTime(),
      outcome: low === true,
    }));
    return { cases, auc: aucOf(cases), totalDays: aucOf(byDays) };
  });
  return {
    folds,
    auc: meanOf(parts.map(({ auc }) => auc)),
    foldAucs: parts.map(({ auc }) => auc),
    pooled: judgeModel(parts.flatMap(({ cases }) => cases)),
    totalDaysAuc: meanOf(parts.map(({ totalDays }) => totalDays)),
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return values.length === 0 ? null : sum / values.length;
}
