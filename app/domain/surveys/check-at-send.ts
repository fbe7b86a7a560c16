/** What has come between the decision to send a survey and its sending. */
import type { ContactState, CustomerState, InvitationState, OrderState } from '../core/state.ts';
import { contactCustomer, contactOrder, lastingObstacle, latestCapEnd } from './eligibility.ts';
import type { ContactInput, ContactPolicy } from './eligibility.ts';
import type { ContactReason } from './reasons.ts';

export interface SendCheck {
  invitation: InvitationState | null;
  customer: CustomerState | null;
  /** The order that the invitation is about. */
  order: OrderState | null;
  /** Every other survey message of the customer that was sent, or may have been. */
  otherSurveys: ContactState[];
  hasOpenCase: boolean;
  shop: { status: string; timeZone: string };
  policy: ContactPolicy;
  now: Date;
}

/**
 * The rules of eligibility.ts once more, for one survey that is about to go out; null = it may.
 * Seconds after the decision little has changed; when staff send a refused mail again, days have
 * passed and another survey may stand in its place. Waiting is over by now, so a cap or an open
 * case ends it. Quiet hours and the time that it may be late are left to who pressed Resend.
 */
export function obstacleAtSend(check: SendCheck): ContactReason | null {
  const { invitation, customer, order, policy, shop, now } = check;
  if (!invitation || !customer) return 'redacted';
  const due = {
    invitationId: invitation.id,
    // A quarterly repeat is about the customer, whatever became of the order that began the series.
    orderId: invitation.sequence > 0 ? null : invitation.orderId,
    kind: invitation.kind,
    firstDueAt: invitation.firstDueAt,
    answered: invitation.answeredAt !== null,
    deferredFor: null,
  };
  const input: ContactInput = {
    invitations: [due],
    ledger: check.otherSurveys.map(({ at, ...entry }) => ({ ...entry, sentAt: at })),
    customer: contactCustomer(customer, check.hasOpenCase),
    orders: order ? [contactOrder(order)] : [],
    shop: { installed: shop.status === 'installed' },
    timeZone: customer.timeZone ?? shop.timeZone,
    policy,
    now,
  };
  const obstacle = lastingObstacle(due, input);
  if (obstacle) return obstacle;
  if (check.hasOpenCase) return 'open_case';
  const cap = latestCapEnd(due.kind, input.ledger, policy);
  return cap && cap.endsAt > now.getTime() ? cap.reason : null;
}
