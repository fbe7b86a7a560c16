/** What has come between the decision to send a survey and its sending. */
import { DAY_MS, HOUR_MS } from '../core/calendar.ts';
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
  /** Staff had it sent again. */
  resent: boolean;
  now: Date;
}

/** So much may pass between decision and sending before the survey's own time limit is looked at again. */
const FRESH_MS = HOUR_MS;

/**
 * The rules of eligibility.ts once more, for one survey that is about to go out; null = it may.
 * Seconds after the decision little has changed; when staff send a refused mail again, days have
 * passed and another survey may stand in its place. Waiting is over by now, so a cap or an open
 * case ends it. How late it may be is left to who pressed Resend; so are the quiet hours, for whose
 * end a message otherwise waits.
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
  if (!check.resent && isTooLate(invitation, policy, now)) return 'too_late';
  const cap = latestCapEnd(due.kind, input.ledger, policy);
  return cap && cap.endsAt > now.getTime() ? cap.reason : null;
}

function isTooLate({ firstDueAt, decidedAt }: InvitationState, { caps }: ContactPolicy, now: Date): boolean {
  const fresh = decidedAt !== null && now.getTime() - decidedAt.getTime() <= FRESH_MS;
  return !fresh && now.getTime() > firstDueAt.getTime() + caps.maxDeferDays * DAY_MS;
}
