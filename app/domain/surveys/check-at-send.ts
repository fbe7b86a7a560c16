/** What has come between the decision to send a survey, or a reminder of it, and its sending. */
import { DAY_MS, HOUR_MS } from '../core/calendar.ts';
import type { ContactState, CustomerState, InvitationState, OrderState } from '../core/state.ts';
import { contactCustomer, contactOrder, lastingObstacle, latestCapEnd } from './eligibility.ts';
import type { ContactInput, ContactPolicy, DueInvitation, LedgerEntry } from './eligibility.ts';
import type { ContactReason } from './reasons.ts';

export interface SendCheck {
  invitation: InvitationState | null;
  customer: CustomerState | null;
  /** The order that the invitation is about. */
  order: OrderState | null;
  /** The messages about other surveys that the customer was sent, or may have been. */
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
  const obstacle = standingObstacle(check);
  if (obstacle) return obstacle;
  if (!check.resent && isTooLate(check)) return 'too_late';
  return capAtSend(check);
}

/** What stands against any mail about the survey, whenever it goes out. */
export function standingObstacle(check: SendCheck): ContactReason | null {
  const asked = askedAgain(check);
  if (!asked) return 'redacted';
  return lastingObstacle(asked.due, asked.input) ?? (check.hasOpenCase ? 'open_case' : null);
}

/** The cap that other surveys set and that has not ended; null: none binds. */
export function capAtSend(check: SendCheck): ContactReason | null {
  const { invitation, policy, now } = check;
  const cap = invitation && latestCapEnd(invitation.kind, ledgerOf(check), policy);
  return cap && cap.endsAt > now.getTime() ? cap.reason : null;
}

/** The survey in the words of eligibility.ts; null: the invitation or the customer is gone. */
function askedAgain(check: SendCheck): { due: DueInvitation; input: ContactInput } | null {
  const { invitation, customer, order, policy, shop, now } = check;
  if (!invitation || !customer) return null;
  const due: DueInvitation = {
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
    ledger: ledgerOf(check),
    customer: contactCustomer(customer, check.hasOpenCase),
    orders: order ? [contactOrder(order)] : [],
    shop: { installed: shop.status === 'installed' },
    timeZone: customer.timeZone ?? shop.timeZone,
    policy,
    now,
  };
  return { due, input };
}

const ledgerOf = ({ otherSurveys }: SendCheck): LedgerEntry[] =>
  otherSurveys.map(({ at, ...entry }) => ({ ...entry, sentAt: at }));

function isTooLate({ invitation, policy: { caps }, now }: SendCheck): boolean {
  if (!invitation) return false;
  const { firstDueAt, decidedAt } = invitation;
  const fresh = decidedAt !== null && now.getTime() - decidedAt.getTime() <= FRESH_MS;
  return !fresh && now.getTime() > firstDueAt.getTime() + caps.maxDeferDays * DAY_MS;
}
