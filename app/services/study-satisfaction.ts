import type { ShopState } from '../domain/core/state.ts';
import { shownStages, type SatisfactionReport } from '../domain/prediction/satisfaction-backtest.ts';
import {
  MIN_BLENDED,
  satisfactionModelSchema,
  type SatisfactionStages,
} from '../domain/prediction/satisfaction-model.ts';
import { poolStages } from '../domain/prediction/satisfaction-prior.ts';
import type { ClaimedRun, FinishedRun } from '../infra/db/model-runs.repo.server.ts';
import type { Compute } from './computations.ts';
import type { Deps } from './deps.ts';

/** Orders that a model learns from, and that are the past of those that are predicted. */
export const SENT_ORDERS = { days: 730, limit: 60_000 };
/** Other shops, those of the most answers, that a prior is pooled from. */
const OTHER_SHOPS = 50;

const SENTENCES: Record<SatisfactionReport['verdict']['reason'], string> = {
  better: 'On newer orders the predictions were better than chance and than any single fact.',
  few_answers: 'Not enough data: too few orders were rated to learn from, or to judge predictions by.',
  no_better: 'On newer orders the predictions were not surely better than chance, or than one share for all.',
  not_above_single: 'On newer orders the predictions were not surely better than the best single fact.',
  not_calibrated:
    'On newer orders the predictions put orders in the right sequence, but their shares were off.',
};

type StudyDeps = Pick<Deps, 'modelRuns' | 'sentOrders'> & { compute: Compute };

/**
 * Reads what became of a shop's orders up to the run's moment, and fits and judges the model of dissatisfaction on it. It
 * is kept if orders of one stage or another, delivered or on their way, may be predicted by it.
 */
export async function studySatisfaction(
  deps: StudyDeps,
  shop: ShopState,
  run: ClaimedRun,
): Promise<FinishedRun> {
  const orders = await deps.sentOrders.recent(shop.id, run.asOf, SENT_ORDERS);
  const rated = orders.filter(({ answers }) => answers.length > 0);
  if (rated.length < MIN_BLENDED.rated) {
    const low = rated.filter(({ answers }) => answers.some((answer) => answer.low)).length;
    const data = { orders: orders.length, rated: rated.length, low };
    return { status: 'hidden', data, parameters: null, report: null, reason: SENTENCES.few_answers };
  }
  const { model, report } = await deps.compute('satisfaction', {
    ...{ orders, asOf: run.asOf, seed: run.seed },
    prior: await readPrior(deps, shop.id, run.asOf),
  });
  const data = { orders: orders.length, rated: model.rated, low: model.low };
  const parameters = { ...model, shownStages: shownStages(report) };
  return parameters.shownStages.length > 0
    ? { status: 'kept', data, parameters, report, reason: null }
    : { status: 'hidden', data, parameters, report, reason: SENTENCES[report.verdict.reason] };
}

/** What other shops' own answers taught; models of another version are passed over. */
async function readPrior(deps: StudyDeps, shopId: string, until: Date): Promise<SatisfactionStages | null> {
  const which = { until, limit: OTHER_SHOPS };
  const others = await deps.modelRuns.othersKept(shopId, 'satisfaction', which);
  return poolStages(others.flatMap((parameters) => satisfactionModelSchema.safeParse(parameters).data ?? []));
}
