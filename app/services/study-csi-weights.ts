import { createHash } from 'node:crypto';
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
import type { AnswerInput } from '../domain/scoring/inputs.ts';
import type { ClaimedRun, FinishedRun } from '../infra/db/model-runs.repo.server.ts';
import type { Compute } from './computations.ts';
import type { Deps } from './deps.ts';
import { ratingsOf } from './score-inputs.ts';

/** Customers that are read: enough that their intervals are a few points wide. */
const CUSTOMERS = 10_000;
const CUSTOMERS_AT_ONCE = 500;
/** Within so many days of an answer an order counts as buying again. */
const OUTCOME_DAYS = 90;

type StudyDeps = Pick<Deps, 'modelData'> & { compute: Compute };

/**
 * Learns the weights of the satisfaction index from a shop's own outcomes, and judges them beside the default. They are
 * shown and used by nothing: what every score is made with never changes by itself.
 */
export async function studyCsiWeights(
  deps: StudyDeps,
  shop: ShopState,
  run: ClaimedRun,
): Promise<FinishedRun> {
  const { asOf, seed } = run;
  const settledBy = new Date(asOf.getTime() - OUTCOME_DAYS * DAY_MS);
  const ids = await deps.modelData.drawRaters(shop.id, settledBy, { asOf, seed, limit: CUSTOMERS });
  const outcomes: CsiOutcome[] = [];
  for (const chunk of chunksOf(ids, CUSTOMERS_AT_ONCE)) {
    const said = await deps.modelData.answersOf(shop.id, chunk, settledBy, asOf);
    const bought = await deps.modelData.buyerOrders(shop.id, chunk, asOf);
    const answersOf = new Map(said.map((one) => [one.customerId, one.answers.flatMap(ratingsOf)]));
    const ordersOf = new Map(bought.map((one) => [one.customerId, one.orders]));
    // In the order of the lot, by which the intervals come out the same.
    for (const id of chunk) {
      const answers = answersOf.get(id) ?? [];
      const at = drawMoment(answers, (moment) => `${seed}:${id}:${moment}`);
      if (at) outcomes.push(outcomeOf(answers, ordersOf.get(id) ?? [], at));
    }
  }
  const report = await deps.compute('csiWeights', { outcomes, seed: run.seed });
  const data = { customers: report.n, repurchased: report.repurchased };
  return report.outcome === 'learned'
    ? { status: 'kept', data, parameters: report, report, reason: null }
    : { status: 'hidden', data, parameters: null, report, reason: sentenceOf(report) };
}

/**
 * One of the moments at which a customer answered and the index was known, by lot. Not the last: who bought again was asked
 * again, so the last one is mostly one after which nothing came, and customers who stay would seem to leave.
 * @param lotOf text that tells a moment of this customer, in ms, from all others
 */
function drawMoment(answers: readonly AnswerInput[], lotOf: (moment: number) => string): Date | null {
  const moments = [...new Set(answers.map(({ answeredAt }) => answeredAt.getTime()))]
    .filter((moment) => csiOf(answers, new Date(moment)).value !== null)
    .map((moment) => ({ moment, lot: createHash('sha256').update(lotOf(moment)).digest('hex') }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1));
  return moments[0] ? new Date(moments[0].moment) : null;
}

/** The index as it stood at a moment, with nothing in it that was said later, and whether they bought again. */
function outcomeOf(
  answers: readonly AnswerInput[],
  orders: readonly { createdAt: Date }[],
  at: Date,
): CsiOutcome {
  const settledAt = new Date(at.getTime() + OUTCOME_DAYS * DAY_MS);
  const repurchased = orders.some(({ createdAt }) => createdAt > at && createdAt <= settledAt);
  return { at, components: csiOf(answers, at).components, repurchased, settledAt };
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
