import { chunksOf } from '../domain/core/chunks.ts';
import type { FiredTimer } from '../infra/db/due-work.repo.server.ts';
import type { Job } from '../infra/queue/jobs.ts';
import type { Deps } from './deps.ts';
import { rollUpStats } from './roll-up-stats.ts';
import { planPredictions } from './fit-model.ts';
import { refreshScores } from './refresh-scores.ts';

/** Timers and actions per turn: small enough for one statement, large enough for a busy hour. */
const BATCH = 500;
/** Shops with due scores per turn. */
const SHOPS = 20;
/** Events in one job, as many as one transaction takes. */
const EVENTS_AT_ONCE = 100;

/**
 * One turn of business time: due timers become events, postponed actions run, customers whose score moves with
 * time are scored again, and the shop's own statistics are renewed daily.
 * @returns how many rows it moved; 0 = nothing is due any more
 */
export async function tick(
  deps: Pick<
    Deps,
    | 'dueWork'
    | 'upkeep'
    | 'producer'
    | 'scores'
    | 'scorePass'
    | 'modelRuns'
    | 'sentOrders'
    | 'shops'
    | 'newId'
    | 'log'
  >,
  _input: object,
): Promise<{ fired: number }> {
  const due = await deps.dueWork.look(BATCH);
  const [events, woken] = await Promise.all([
    due.timers > 0 ? deps.dueWork.fireTimers(Array.from({ length: due.timers }, () => deps.newId())) : [],
    due.actions ? deps.dueWork.wakeActions(BATCH) : [],
  ]);
  await deps.producer.enqueue([
    ...jobsOf(events),
    ...woken.map(({ shopId, id }) => ({ name: 'action.run' as const, payload: { shopId, actionId: id } })),
  ]);
  if (due.stats)
    for (const shopId of await deps.upkeep.shopsWithOldStats()) {
      await rollUpStats(deps, { shopId });
      await planPredictions(deps, { shopId });
    }

  let scored = 0;
  if (due.scores || due.stats) {
    for (const { shopId, crowd } of await deps.scores.dueShops(SHOPS)) {
      // A crowd has its own job, beside which the tick goes on.
      if (crowd) await deps.producer.enqueue([{ name: 'score.refresh', payload: { shopId } }]);
      else scored += await refreshed(deps, shopId);
    }
  }
  return { fired: events.length + woken.length + scored };
}

/** A shop that cannot be scored must not keep those behind it waiting. */
async function refreshed(
  deps: Parameters<typeof refreshScores>[0] & Pick<Deps, 'log'>,
  shopId: string,
): Promise<number> {
  try {
    return (await refreshScores(deps, { shopId })).saved;
  } catch (error) {
    deps.log.error(
      { err: error, shopId },
      'The scores of a shop could not be renewed; the next turn tries again.',
    );
    return 0;
  }
}

/** What fell due at one shop goes together. */
function jobsOf(events: readonly FiredTimer[]): Job[] {
  return [...Map.groupBy(events, ({ shopId }) => shopId)].flatMap(([shopId, due]) =>
    chunksOf(due, EVENTS_AT_ONCE).map((chunk) => ({
      name: 'events.process' as const,
      payload: { shopId, eventIds: chunk.map(({ id }) => id) },
    })),
  );
}
