import { NOT_INSTALLED } from '../domain/core/actions.ts';
import type { DomainEvent } from '../domain/core/events.ts';
import type { StoredEvent } from '../infra/db/line.repo.server.ts';
import type { Job, JobPayload } from '../infra/queue/jobs.ts';
import { applyShopFact, isShopFact } from './apply-shop-fact.ts';
import { decideEvent, type DecideDeps } from './decide-events.ts';
import type { Deps } from './deps.ts';
import { readEvent } from './read-event.ts';

export type ProcessOutcome =
  | { outcome: 'processed'; actionIds: string[]; scored: boolean }
  | { outcome: 'ignored' | 'unreadable'; reason: string }
  | { outcome: 'already_done' | 'not_found' };

type LineDeps = DecideDeps &
  Pick<Deps, 'intake' | 'producer' | 'mapWebhook' | 'shops' | 'clock' | 'metrics' | 'config'>;

/**
 * The middle of the line: one stored event + what is known + now -> decide() -> state and action rows in one
 * transaction -> the ids of the new actions to the queue. Run twice or cut off half-way, it gives the same rows.
 * @throws AppError (retryable) when the customer was merged while it ran
 */
export async function processEvent(
  deps: LineDeps,
  { shopId, eventId }: { shopId: string; eventId: string },
): Promise<ProcessOutcome> {
  const stored = await deps.line.findEvent(shopId, eventId);
  if (!stored) return { outcome: 'not_found' };
  if (stored.status !== 'received') return { outcome: 'already_done' };
  const done = await processStored(deps, stored);
  deps.metrics.countEvent(stored.source, done.outcome);
  return done;
}

/** Several events of a shop that came at the same moment. One that fails is left to the queue, which tries it again. */
export async function processEvents(
  deps: LineDeps & Pick<Deps, 'log'>,
  { shopId, eventIds }: JobPayload<'events.process'>,
): Promise<void> {
  const ends = await Promise.allSettled(eventIds.map((eventId) => processEvent(deps, { shopId, eventId })));
  const failed = eventIds.filter((_id, index) => ends[index]!.status === 'rejected');
  if (failed.length === 0) return;
  const why = ends.find((end) => end.status === 'rejected');
  deps.log.warn(
    { err: why?.reason, shopId, events: failed.length },
    'Events are left to be tried one by one.',
  );
  await deps.producer.enqueueAgain(oneByOne({ shopId, eventIds: failed }));
}

/** The jobs that process the same events each by itself. One that is decided already is left alone there. */
export function oneByOne({
  shopId,
  eventIds,
}: JobPayload<'events.process'>): Extract<Job, { name: 'event.process' }>[] {
  return eventIds.map((eventId) => ({ name: 'event.process', payload: { shopId, eventId } }));
}

async function processStored(deps: LineDeps, stored: StoredEvent): Promise<ProcessOutcome> {
  const read = readEvent(deps, stored);
  if (read.outcome === 'unreadable') {
    await deps.intake.markFailed(stored.shop.id, stored.id, read.reason);
    return read;
  }
  if (read.outcome !== 'read') return ignore(deps, stored, read.reason);
  const { event } = read;
  if (event.kind === 'fact' && isShopFact(event.fact)) return applyShopFact(deps, stored, event.fact);
  if (stored.shop.status !== 'installed') return ignore(deps, stored, NOT_INSTALLED);
  return decideAndHandOn(deps, stored, event);
}

async function decideAndHandOn(
  deps: LineDeps,
  stored: StoredEvent,
  event: DomainEvent,
): Promise<ProcessOutcome> {
  const decision = await decideEvent({ id: stored.id, deps, stored, event });
  if (decision.outcome === 'already_done') return decision;
  const { changes, actionIds, moved } = decision;
  if (changes.ignoredBecause) return { outcome: 'ignored', reason: changes.ignoredBecause };
  const shopId = stored.shop.id;
  await deps.producer.enqueue([
    ...actionIds.map((actionId) => ({ name: 'action.run' as const, payload: { shopId, actionId } })),
    ...moved.map((customerId) => ({ name: 'customer.score' as const, payload: { shopId, customerId } })),
    // On a simulated clock a day is over before the wait is, and the daily prediction has come.
    ...(movesParcel(event) && !deps.config.simulatedClock
      ? [{ name: 'orders.follow' as const, payload: { shopId } }]
      : []),
  ]);
  return { outcome: 'processed', actionIds, scored: moved.length > 0 };
}

/** Shipped, delivered or promised anew: what is predicted of the order is another figure now. */
const movesParcel = (event: DomainEvent): boolean =>
  event.kind === 'fact' && (event.fact.kind === 'fulfillment' || event.fact.kind === 'fulfillment_event');

async function ignore(
  deps: Pick<Deps, 'intake'>,
  stored: StoredEvent,
  reason: string,
): Promise<ProcessOutcome> {
  await deps.intake.markIgnored(stored.shop.id, stored.id, reason);
  return { outcome: 'ignored', reason };
}
