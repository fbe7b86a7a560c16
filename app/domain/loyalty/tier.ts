/** Loyalty tiers (domain.md section 7): Starter, Regular, VIP at 0, 3 and 8 approved purchases in 12 months. */
import { addMonths } from '../core/calendar.ts';

export const TIERS = ['starter', 'regular', 'vip'] as const;
export type Tier = (typeof TIERS)[number];

/** What staff and shoppers read. */
export const TIER_NAMES: Record<Tier, string> = { starter: 'Starter', regular: 'Regular', vip: 'VIP' };

export interface TierPolicy {
  /** Approved purchases in 12 months from which on a customer is Regular, and VIP. */
  regularAt: number;
  vipAt: number;
}

export interface TierStanding {
  tier: Tier;
  /** Approved purchases in the last 12 months. */
  purchases: number;
  /** The next tier and how many purchases are missing; null at the top. */
  next: { tier: Tier; missing: number } | null;
}

/** An order whose points are approved and not fully taken back. */
export interface ApprovedPurchase {
  orderId: string;
  purchasedAt: Date;
}

/**
 * The tier at `now`. A purchase counts from its own date for 12 calendar months (UTC), once per order;
 * purchases dated after `now` don't count yet.
 */
export function tierStanding(approved: ApprovedPurchase[], now: Date, policy: TierPolicy): TierStanding {
  const since = addMonths(now, -12, 'UTC');
  const counted = approved.filter((purchase) => purchase.purchasedAt > since && purchase.purchasedAt <= now);
  const purchases = new Set(counted.map((purchase) => purchase.orderId)).size;
  if (purchases >= policy.vipAt) return { tier: 'vip', purchases, next: null };
  if (purchases >= policy.regularAt) {
    return { tier: 'regular', purchases, next: { tier: 'vip', missing: policy.vipAt - purchases } };
  }
  return { tier: 'starter', purchases, next: { tier: 'regular', missing: policy.regularAt - purchases } };
}
