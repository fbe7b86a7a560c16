/** The surveys of one customer whose time has come. */
import { ignored, NOTHING, type Changes, type NewAction, type TimerChange } from '../core/actions.ts';
import type { NewId } from '../core/events.ts';
import type { InvitationState, Snapshot } from '../core/state.ts';
import { metricOf } from './main-metric.ts';
import { aboutOrder, planContacts } from './plan-contacts.ts';
import type { ContactsPolicy } from './plan-contacts.ts';
import { nextContactDue, withChanges } from './plan-invitations.ts';

/** What goes out takes its place in the contact ledger at once; the rest waits for its next time, or ends with its reason. */
export function decideContacts(snapshot: Snapshot, policy: ContactsPolicy, newId: NewId): Changes {
  const { customer, now } = snapshot;
  if (!customer) return ignored('The customer was erased before the survey was due.');
  const plan = planContacts(snapshot, policy, newId);
  const actions = plan.send.map<NewAction>((invitation) => ({
    kind: 'send_survey',
    payload: { invitationId: invitation.id },
    id: newId(),
    dedupeKey: `survey:${invitation.id}`,
    customerId: customer.id,
    orderId: aboutOrder(invitation),
    dueAt: now,
  }));
  const contacts = plan.send.map((invitation, index) => ({
    actionId: actions[index]!.id,
    customerId: customer.id,
    topic: 'survey' as const,
    marketing: false,
    surveyKind: invitation.kind,
    metric: metricOf(invitation.kind),
    at: now,
  }));
  const timers = [contactTimer(customer.id, snapshot.invitations, plan.changes)];
  return { ...NOTHING, invitations: plan.changes, actions, contacts, timers };
}

/** Wakes when the next of the customer's surveys is due. */
export function contactTimer(
  customerId: string,
  stored: InvitationState[],
  changes: InvitationState[],
): TimerChange {
  return {
    kind: 'contact.due',
    subjectId: customerId,
    dueAt: nextContactDue(withChanges(stored, changes)),
  };
}
