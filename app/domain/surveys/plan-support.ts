import { ignored, NOTHING, type Changes } from '../core/actions.ts';
import { HOUR_MS } from '../core/calendar.ts';
import type { Assign } from '../core/experiment-arms.ts';
import type { NewId } from '../core/events.ts';
import type { CaseSummary, InvitationState, Snapshot } from '../core/state.ts';
import { contactTimer } from './decide-contacts.ts';
import { isOpen } from './plan-invitations.ts';
import type { ContactReason } from './reasons.ts';
import type { SchedulePolicy } from './schedule.ts';
import { plannedFor, subjectInvitation, withdrawn } from './subject-invitation.ts';

/**
 * The survey about a case, once in its life: `delayHours` after it was resolved, at whatever hour that is outside the
 * night. Resolved again before it was sent, it counts from there; reopened before, it waits for the next time. Who has said
 * nothing asked for no help, and is not asked how it was. Goes by how the case stands now, so that acts that are read late or twice come to the same.
 */
export function decideSupport(
  snapshot: Snapshot,
  policy: Pick<SchedulePolicy, 'surveys'>,
  { newId, assign }: { newId: NewId; assign: Assign },
): Changes {
  const { case: about, customer, invitations, now } = snapshot;
  if (!about) return ignored('The case was erased before this was read.');
  if (!customer || customer.redactedAt) return ignored('Nobody is known who could be asked about this case.');
  if (about.sourceKind === 'prediction')
    return ignored('The case was opened for a prediction, and its customer has asked for nothing.');
  const existing = invitations.find(({ kind, subjectId }) => kind === 'support' && subjectId === about.id);
  const { enabled, delayHours } = policy.surveys.support;
  const dueAt = about.resolvedAt && new Date(about.resolvedAt.getTime() + delayHours * HOUR_MS);
  const changed = existing
    ? supportAfter(existing, enabled ? dueAt : 'survey_off', now)
    : enabled && dueAt && newSupport(about, customer.id, { id: newId(), dueAt, arm: assign('support') });
  if (!changed) return NOTHING;
  const timers = [contactTimer(customer.id, invitations, [changed])];
  return { ...NOTHING, invitations: [changed], timers };
}

/**
 * What is undone when the case is resolved once more, or the settings change back. One that was reopened while its mail was
 * on the way ends as any open case; a limit that was reached at the first time may have room at the next.
 */
const REVIVABLE: readonly (string | null)[] = [
  'case_reopened',
  'open_case',
  'survey_off',
  'survey_cap',
] satisfies ContactReason[];

/** @param dueAt null: the case is open again */
function supportAfter(
  existing: InvitationState,
  dueAt: Date | 'survey_off' | null,
  now: Date,
): InvitationState | null {
  if (dueAt === null || dueAt === 'survey_off')
    return isOpen(existing) ? withdrawn(existing, dueAt ?? 'case_reopened', now) : null;
  const revived = existing.status === 'suppressed' && REVIVABLE.includes(existing.reason);
  const moved = isOpen(existing) && existing.firstDueAt.getTime() !== dueAt.getTime();
  return revived || moved ? plannedFor(existing, dueAt) : null;
}

/** Cases have numbers of their own in a shop, also those that are about no order. */
function newSupport(
  { id: subjectId, orderId, number: sequence }: CaseSummary,
  customerId: string,
  planned: { id: string; dueAt: Date; arm: ReturnType<Assign> },
): InvitationState {
  const about = { kind: 'support' as const, customerId, orderId: orderId ?? '', sequence, subjectId };
  return subjectInvitation({ ...about, ...planned });
}
