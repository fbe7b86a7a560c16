import type { Deps } from './deps.ts';
import { rollUpStats } from './roll-up-stats.ts';
import { scoreCustomers } from './score-customer.ts';

/** Timers and customers per turn: small enough for one statement, large enough for a busy hour. */
const BATCH = 500;

/**
 * One turn of business time: due timers become events, postponed actions run, customers whose score moves with
 * time are scored again, and the shop's own statistics are renewed daily.
 * @returns how many rows it moved; 0 = nothing is due any more
 */
export async function tick(
  deps: Pick<Deps, 'upkeep' | 'producer' | 'scores' | 'shops' | 'metrics' | 'newId'>,
  _input: object,
): Promise<{ fired: number }> {
  const [events, woken] = await Promise.all([
    deps.upkeep.fireTimers(Array.from({ length: BATCH }, () => deps.newId())),
    deps.upkeep.wakeActions(BATCH),
  ]);
  await deps.producer.enqueue([
    ...events.map(({ shopId, id }) => ({
      name: 'event.process' as const,
      payload: { shopId, eventId: id },
    })),
    ...woken.map(({ shopId, id }) => ({ name: 'action.run' as const, payload: { shopId, actionId: id } })),
  ]);
  for (const shopId of await deps.upkeep.shopsWithOldStats()) await rollUpStats(deps, { shopId });

  let scored = 0;
  for (const { shopId, customerIds } of await deps.scores.due(BATCH)) {
    scored += (await scoreCustomers(deps, shopId, customerIds)).saved;
  }
  return { fired: events.length + woken.length + scored };
}
