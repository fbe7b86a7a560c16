/** What has come between the decision to send a survey, or a reminder of it, and its sending. */
import { DAY_MS, HOUR_MS } from '../core/calendar.ts';
import type { ContactState, CustomerState, InvitationState, OrderState, ShopState } from '../core/state.ts';
import { latestCapEnd } from './contact-caps.ts';
import type { LedgerEntry } from './contact-caps.ts';
import { contactCustomer, contactOrder, contactShop, lastingObstacle } from './eligibility.ts';
import type { ContactPolicy } from './eligibility.ts';
import { aboutOrder } from './plan-contacts.ts';
import type { ContactReason } from './reasons.ts';

export interface SendCheck {
  invitation: InvitationState | null;
  customer: CustomerState | null;
  /** The order that the invitation is about. */
  order: OrderState | null;
  /** The messages about other surveys that the customer was sent, or may have been. */
  otherSurveys: ContactState[];
  /** How many other surveys about the same order were mailed to them. */
  mailedAboutOrder: number;
  hasOpenCase: boolean;
  shop: Pick<ShopState, 'status' | 'timeZone' | 'liveSurveys'>;
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
  const { invitation, customer, order, policy, shop } = check;
  if (!invitation || !customer) return 'redacted';
  const orderId = aboutOrder(invitation);
  const about = { kind: invitation.kind, orderId, answered: invitation.answeredAt !== null };
  const lasting = lastingObstacle(about, {
    customer: contactCustomer(customer, check.hasOpenCase),
    orders: order ? [contactOrder(order)] : [],
    mailed: new Map(orderId === null ? [] : [[orderId, check.mailedAboutOrder]]),
    shop: contactShop(shop, check.now),
    policy,
  });
  return lasting ?? (check.hasOpenCase ? 'open_case' : null);
}

/** The cap that other surveys set and that has not ended; null: none binds. */
export function capAtSend(check: SendCheck): ContactReason | null {
  const { invitation, policy, now } = check;
  const cap = invitation && latestCapEnd(invitation.kind, ledgerOf(check), policy);
  return cap && cap.endsAt > now.getTime() ? cap.reason : null;
}

const ledgerOf = ({ otherSurveys }: SendCheck): LedgerEntry[] =>
  otherSurveys.map(({ at, ...entry }) => ({ ...entry, sentAt: at }));

function isTooLate({ invitation, policy: { caps }, now }: SendCheck): boolean {
  if (!invitation) return false;
  const { firstDueAt, decidedAt } = invitation;
  const fresh = decidedAt !== null && now.getTime() - decidedAt.getTime() <= FRESH_MS;
  return !fresh && now.getTime() > firstDueAt.getTime() + caps.maxDeferDays * DAY_MS;
}
