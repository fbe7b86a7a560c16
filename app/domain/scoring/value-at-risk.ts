import type { OrderInput } from './inputs.ts';
import { knownOrders } from './known.ts';
import { DAY_MS } from './numbers.ts';

/** The merchant's margin until set (domain.md section 12). */
export const DEFAULT_MARGIN_SHARE = 0.4;

const REVENUE_WINDOW_DAYS = 365;

export interface ValueAtRisk {
  amountMinor: number;
  /** Says on the screen that this is the rule, not a prediction. */
  basis: 'rule';
}

/**
 * Revenue of the 12 months before `now` in minor units: paid orders that were not cancelled,
 * items net of discounts less what of them was refunded, no order below 0.
 */
export function revenueLast12MonthsMinor(orders: readonly OrderInput[], now: Date): number {
  let revenue = 0;
  for (const { order, atMs } of knownOrders(orders, now)) {
    if (now.getTime() - atMs >= REVENUE_WINDOW_DAYS * DAY_MS) continue;
    revenue += Math.max(0, order.netMinor - order.refundedNetMinor);
  }
  return revenue;
}

/**
 * Value at risk before predictions exist (domain.md section 4):
 * (100 - health) / 100 x revenue of the last 12 months x margin share, rounded half up.
 * @param health 0-100 with 1 decimal; null (no score) gives null
 * @param marginShare 0-1, to the hundredth of a percent
 */
export function valueAtRiskByRule(
  health: number | null,
  revenueLast12MonthsMinor: number,
  marginShare: number,
): ValueAtRisk | null {
  if (health === null) return null;
  // Whole numbers up to the one division: tenths of a health point, basis points of margin.
  const lostTenths = Math.round((100 - health) * 10);
  const marginBasisPoints = Math.round(marginShare * 10_000);
  const product = lostTenths * marginBasisPoints * Math.max(0, revenueLast12MonthsMinor);
  return { amountMinor: Math.floor(product / 10_000_000 + 0.5), basis: 'rule' };
}
