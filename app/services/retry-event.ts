import type { Deps } from './deps.ts';

export type RetryEventOutcome = { outcome: 'queued'; count: number } | { outcome: 'nothing_failed' };

/**
 * Sends failed events through the line again: one, or (eventId null) up to 500 of them. The
 * rows change first, so that an enqueue that is lost is made up for by the sweep.
 */
export async function retryEvent(
  deps: Pick<Deps, 'acts' | 'producer'>,
  input: { shopId: string; eventId: string | null },
): Promise<RetryEventOutcome> {
  const ids = await deps.acts.replayEvents(input.shopId, input.eventId);
  if (ids.length === 0) return { outcome: 'nothing_failed' };
  await deps.producer.enqueue(
    ids.map((eventId) => ({ name: 'event.process' as const, payload: { shopId: input.shopId, eventId } })),
  );
  return { outcome: 'queued', count: ids.length };
}
