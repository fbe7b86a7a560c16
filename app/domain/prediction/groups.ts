/** The groups a customer belongs to by their orders and referrals (domain.md section 5). */
import { addMonths, DAY_MS } from '../core/calendar.ts';

export const CUSTOMER_GROUPS = ['new', 'active', 'long_tenured', 'loyal', 'advocate'] as const;
export type CustomerGroup = (typeof CUSTOMER_GROUPS)[number];

const NEW_DAYS = 30;
const LOYAL_ORDERS = 4;

/** Orders that count: paid, not cancelled, not test orders. */
export interface GroupFacts {
  orders: number;
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
  /** Referrals that were rewarded or are due to be. */
  qualifiedReferrals: number;
}

/** A moment with the two instants that groups are measured from; made once for many customers. */
export interface GroupMoment {
  now: Date;
  newSince: Date;
  /** 12 calendar months (UTC) before. */
  yearSince: Date;
}

/** The instants from which customers are new, active or long-tenured at `now`. */
export function groupMoment(now: Date): GroupMoment {
  return {
    now,
    newSince: new Date(now.getTime() - NEW_DAYS * DAY_MS),
    yearSince: addMonths(now, -12, 'UTC'),
  };
}

/**
 * All groups of a customer, in the order of CUSTOMER_GROUPS; they overlap, and a customer without an order may be an
 * advocate only. New: first order less than 30 days ago. Active: an order within 12 months. Long-tenured: first order
 * 12 months ago or earlier. Loyal: 4 orders or more. Advocate: a qualified referral. An order dated after `now` does
 * not count yet.
 */
export function groupsOf(facts: GroupFacts, { now, newSince, yearSince }: GroupMoment): CustomerGroup[] {
  const first = facts.firstOrderAt !== null && facts.firstOrderAt <= now ? facts.firstOrderAt : null;
  // A last order in the future hides the one before it; the first is known to have been.
  const last = facts.lastOrderAt !== null && facts.lastOrderAt <= now ? facts.lastOrderAt : first;
  const belongs: Record<CustomerGroup, boolean> = {
    new: first !== null && first > newSince,
    active: last !== null && last > yearSince,
    long_tenured: first !== null && first <= yearSince,
    loyal: first !== null && facts.orders >= LOYAL_ORDERS,
    advocate: facts.qualifiedReferrals >= 1,
  };
  return CUSTOMER_GROUPS.filter((group) => belongs[group]);
}

/**
 * Adoption tempo: days from the delivery of the first order to the second order, not rounded; 0 where the second came
 * before the first was delivered. null while one of the two has not happened by `now`.
 */
export function adoptionTempoDays(
  { firstDeliveredAt, secondOrderAt }: { firstDeliveredAt: Date | null; secondOrderAt: Date | null },
  now: Date,
): number | null {
  if (!(firstDeliveredAt && secondOrderAt && firstDeliveredAt <= now && secondOrderAt <= now)) return null;
  return Math.max(0, (secondOrderAt.getTime() - firstDeliveredAt.getTime()) / DAY_MS);
}
