import type { DomainEvent } from '../domain/core/events.ts';
import type { StoredEvent } from '../infra/db/line.repo.server.ts';
import type { Deps } from './deps.ts';

type ReadOutcome =
  | { outcome: 'read'; event: DomainEvent }
  | { outcome: 'ignored'; reason: string }
  | { outcome: 'unreadable'; reason: string };

/** What staff did that the line has to decide on; their other acts are stored as done. */
const STAFF_ACTS: Record<string, 'answer_held' | 'answer_restored' | undefined> = {
  'response.quarantine': 'answer_held',
  'response.restore': 'answer_restored',
};

/** A stored row in the words of the domain: an answer, an act of staff on one, a timer that fired, or the fact in a delivery's bytes. */
export function readEvent(deps: Pick<Deps, 'mapWebhook'>, stored: StoredEvent): ReadOutcome {
  if (stored.source === 'answer' && stored.refId) {
    return { outcome: 'read', event: { kind: 'answer', responseId: stored.refId } };
  }
  if (stored.source === 'staff' && stored.refId) {
    const kind = STAFF_ACTS[stored.topic];
    if (kind) return { outcome: 'read', event: { kind, responseId: stored.refId } };
  }
  if (stored.topic === 'answer.due' && stored.refId) {
    return { outcome: 'read', event: { kind: 'answer', responseId: stored.refId } };
  }
  if (stored.topic === 'contact.due') return { outcome: 'read', event: { kind: 'contact_due' } };
  if (stored.topic === 'reminder.due' && stored.refId) {
    return { outcome: 'read', event: { kind: 'reminder_due', invitationId: stored.refId } };
  }
  if (stored.topic === 'points.approve' && stored.orderId) {
    return { outcome: 'read', event: { kind: 'points_due', orderId: stored.orderId } };
  }
  if (!stored.body)
    return { outcome: 'ignored', reason: 'The bytes of this delivery are no longer kept (30 days).' };
  const mapped = deps.mapWebhook(stored.topic, stored.body, stored.occurredAt);
  if (mapped.outcome === 'mapped') return { outcome: 'read', event: { kind: 'fact', fact: mapped.fact } };
  return mapped;
}
