import { DAY_MS } from '../domain/core/calendar.ts';
import { chunksOf } from '../domain/core/chunks.ts';
import type { ShopState } from '../domain/core/state.ts';
import {
  type CsiOutcome,
  type LearnedCsiWeights,
  MIN_WEIGHT_CUSTOMERS,
  MIN_WEIGHT_OUTCOMES,
} from '../domain/prediction/csi-weights.ts';
import { csiOf } from '../domain/scoring/csi.ts';
import type { ScoreInputs } from '../domain/scoring/inputs.ts';
import type { ClaimedRun, FinishedRun } from '../infra/db/model-runs.repo.server.ts';
import type { Compute } from './computations.ts';
import type { Deps } from './deps.ts';
import { scoreInputsOf } from './score-inputs.ts';

/** Customers that are read: enough that their intervals are a few points wide. */
const CUSTOMERS = 10_000;
const CUSTOMERS_AT_ONCE = 500;
/** Within so many days of an answer an order counts as buying again. */
const OUTCOME_DAYS = 90;

type StudyDeps = Pick<Deps, 'modelData' | 'scores'> & { compute: Compute };

/**
 * Learns the weights of the satisfaction index from a shop's own outcomes, and judges them beside the default. They are
 * shown and used by nothing: what every score is made with never changes by itself.
 */
export async function studyCsiWeights(
  deps: StudyDeps,
  shop: ShopState,
  run: ClaimedRun,
): Promise<FinishedRun> {
  const settledBy = new Date(run.asOf.getTime() - OUTCOME_DAYS * DAY_MS);
  const ids = await deps.modelData.drawRaters(shop.id, settledBy, { seed: run.seed, limit: CUSTOMERS });
  const outcomes: CsiOutcome[] = [];
  for (const chunk of chunksOf(ids, CUSTOMERS_AT_ONCE)) {
    const loaded = await deps.scores.load(shop.id, chunk);
    const known = new Map(loaded?.sources.map((source) => [source.customerId, source]));
    // In the order of the lot, by which the intervals come out the same.
    for (const id of chunk) {
      const source = known.get(id);
      const outcome = source && outcomeOf(scoreInputsOf(source, shop), settledBy);
      if (outcome) outcomes.push(outcome);
    }
  }
  const report = await deps.compute('csiWeights', { outcomes, seed: run.seed });
  const data = { customers: report.n, repurchased: report.repurchased };
  return report.outcome === 'learned'
    ? { status: 'kept', data, parameters: report, report, reason: null }
    : { status: 'hidden', data, parameters: null, report, reason: sentenceOf(report) };
}

/**
 * The index as it stood after the customer's last answer whose outcome is settled, and whether they bought again.
 * Nothing that was said later is in it. @returns null for who said nothing that the index counts
 */
function outcomeOf({ answers, orders }: ScoreInputs, settledBy: Date): CsiOutcome | null {
  const times = answers
    .map(({ answeredAt }) => answeredAt.getTime())
    .filter((at) => at <= settledBy.getTime());
  if (times.length === 0) return null;
  const at = new Date(Math.max(...times));
  const { components, value } = csiOf(answers, at);
  const settledAt = new Date(at.getTime() + OUTCOME_DAYS * DAY_MS);
  const repurchased = orders.some(
    ({ createdAt, paid, cancelled }) => paid && !cancelled && createdAt > at && createdAt <= settledAt,
  );
  return value === null ? null : { at, components, repurchased, settledAt };
}

type NotEnough = Extract<LearnedCsiWeights, { outcome: 'not_enough' }>;

function sentenceOf({ reason, n, repurchased }: NotEnough): string {
  switch (reason) {
    case 'few_customers':
      return `${n === 1 ? '1 customer' : `${n} customers`} rated you at least ${OUTCOME_DAYS} days ago; ${MIN_WEIGHT_CUSTOMERS} are needed to learn weights from.`;
    case 'few_outcomes':
      return `Of ${n} customers who rated you ${repurchased} bought again within ${OUTCOME_DAYS} days; at least ${MIN_WEIGHT_OUTCOMES} have to, and as many have to stay away.`;
    case 'no_relation':
      return `Of ${n} customers who rated you the satisfied ones did not surely buy again more often, so there is nothing to learn weights from.`;
  }
}
