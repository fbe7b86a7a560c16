import type { DomainEvent } from '../domain/core/events.ts';
import type { StoredEvent } from '../infra/db/line.repo.server.ts';
import type { Deps } from './deps.ts';

type ReadOutcome =
  | { outcome: 'read'; event: DomainEvent }
  | { outcome: 'ignored'; reason: string }
  | { outcome: 'unreadable'; reason: string };

/** What staff did that the line has to decide on; their other acts are stored as done. */
const STAFF_ACTS: Record<string, ((id: string) => DomainEvent) | undefined> = {
  'response.quarantine': (responseId) => ({ kind: 'answer_held', responseId }),
  'response.restore': (responseId) => ({ kind: 'answer_restored', responseId }),
  'case.resolve': (caseId) => ({ kind: 'case_resolved', caseId }),
  'case.close': (caseId) => ({ kind: 'case_closed', caseId }),
  'case.reopen': (caseId) => ({ kind: 'case_reopened', caseId }),
};

/** A stored row in the words of the domain: an answer, an act of staff on one, a timer that fired, or the fact in a delivery's bytes. */
export function readEvent(deps: Pick<Deps, 'mapWebhook'>, stored: StoredEvent): ReadOutcome {
  if (stored.source === 'answer' && stored.refId) {
    return { outcome: 'read', event: { kind: 'answer', responseId: stored.refId } };
  }
  if (stored.source === 'staff' && stored.refId) {
    const event = STAFF_ACTS[stored.topic]?.(stored.refId);
    if (event) return { outcome: 'read', event };
  }
  if (stored.topic === 'answer.due' && stored.refId) {
    return { outcome: 'read', event: { kind: 'answer', responseId: stored.refId } };
  }
  if (stored.topic === 'milestone.reached' && stored.refId) {
    return { outcome: 'read', event: { kind: 'milestone_reached', milestone: stored.refId } };
  }
  if (stored.topic === 'unhappiness.predicted')
    return { outcome: 'read', event: { kind: 'unhappiness_predicted' } };
  if (stored.topic === 'return.due') return { outcome: 'read', event: { kind: 'return_due' } };
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
