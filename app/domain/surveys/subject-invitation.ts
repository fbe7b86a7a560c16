import type { InvitationState } from '../core/state.ts';
import type { ContactReason } from './reasons.ts';

/** A planned survey about a case, a return or a milestone. */
export function subjectInvitation(
  about: Pick<InvitationState, 'id' | 'kind' | 'customerId' | 'orderId' | 'sequence' | 'dueAt'> & {
    subjectId: string;
    arm?: { experimentId: string; arm: { id: string } } | null;
  },
): InvitationState {
  const { arm: taken, ...planned } = about;
  return {
    ...planned,
    experimentId: taken?.experimentId ?? null,
    arm: taken?.arm.id ?? null,
    status: 'scheduled',
    reason: null,
    channel: 'email',
    firstDueAt: about.dueAt,
    assumed: false,
    decidedAt: null,
    sentAt: null,
    answeredAt: null,
  };
}

/** The same, planned for `dueAt`. */
export function plannedFor(invitation: InvitationState, dueAt: Date): InvitationState {
  return { ...invitation, status: 'scheduled', reason: null, dueAt, firstDueAt: dueAt, decidedAt: null };
}

/** The same, given up for `reason`. */
export function withdrawn(invitation: InvitationState, reason: ContactReason, now: Date): InvitationState {
  return { ...invitation, status: 'suppressed', reason, decidedAt: now };
}
