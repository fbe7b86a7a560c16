import { MESSAGE_ACTIONS } from '../domain/core/actions.ts';
import type { Deps } from './deps.ts';

/** Machine time after which a row without progress counts as lost by the queue. */
const LOST_AFTER_SECONDS = 30;
const BATCH = 1_000;

export interface ReconcileOutcome {
  events: number;
  actions: number;
  unknown: number;
  customers: number;
  imports: number;
  fits: number;
}

/**
 * The sweep behind the queue: re-dispatches rows whose job was lost and settles claims
 * that ran out. Harmless to run at any time, on any number of hosts: jobs carry the row's
 * id, and a row that is done is left alone.
 */
export async function reconcile(
  deps: Pick<Deps, 'upkeep' | 'imports' | 'modelRuns' | 'producer'>,
  _input: object,
): Promise<ReconcileOutcome> {
  const claims = await deps.upkeep.expiredClaims(MESSAGE_ACTIONS, BATCH);
  const actions = [...claims.runnable, ...(await deps.upkeep.lostActions(LOST_AFTER_SECONDS, BATCH))];
  const events = await deps.upkeep.lostEvents(LOST_AFTER_SECONDS, BATCH);
  const customers = await deps.upkeep.staleCustomers(BATCH);
  const imports = await deps.imports.lost(LOST_AFTER_SECONDS, BATCH);
  const fits = await deps.modelRuns.lost(LOST_AFTER_SECONDS, BATCH);
  await deps.producer.enqueueAgain([
    ...events.map(({ shopId, id }) => ({ name: 'event.process' as const, payload: { shopId, eventId: id } })),
    ...actions.map(({ shopId, id }) => ({ name: 'action.run' as const, payload: { shopId, actionId: id } })),
    ...customers.map(({ shopId, id }) => ({
      name: 'customer.score' as const,
      payload: { shopId, customerId: id },
    })),
    ...imports.map(({ shopId, id }) => ({
      name: 'answers.import' as const,
      payload: { shopId, importId: id },
    })),
    ...fits.map((payload) => ({ name: 'model.fit' as const, payload })),
  ]);
  return {
    events: events.length,
    actions: actions.length,
    unknown: claims.unknown,
    customers: customers.length,
    imports: imports.length,
    fits: fits.length,
  };
}
