import type { ScoreInputs } from './inputs.ts';
import type { KnownFacts, KnownOrder } from './known.ts';
import { clampPoints, DAY_MS, meanOrNull } from './numbers.ts';

export interface EconomicsInputs {
  order_value: number | null;
  predicted_clv: number | null;
  discounts: number | null;
  payment: number | null;
}

const RECENT_ORDERS = 3;
const PAYMENT_WINDOW_DAYS = 365;

/** The inputs of the economics part, 0-100 each, null = unknown (domain.md section 3, health). */
export function economicsInputs(facts: KnownFacts): EconomicsInputs {
  return {
    order_value: orderValuePoints(facts.orders),
    predicted_clv: predictedClvPoints(facts.inputs.predictedClv),
    discounts: discountPoints(facts.orders),
    payment: paymentPoints(facts),
  };
}

/**
 * When the economics part changes by time alone: epoch ms, `nowMs` if it may be changing
 * already, Infinity if it never does. The prediction of 90 days ago is another one each day.
 */
export function economicsChangesAtMs(facts: KnownFacts): number {
  if (facts.inputs.predictedClv !== null) return facts.nowMs;
  const recent = paymentOrders(facts);
  const oldest = recent[0];
  const spotless = recent.every(({ order }) => order.refundedMinor <= 0 && !order.chargeback);
  // Without a refund the share is 0 whichever orders are in the window.
  return oldest === undefined || spotless ? Infinity : oldest.atMs + PAYMENT_WINDOW_DAYS * DAY_MS;
}

/**
 * clamp(50 + 100 (mean of the last 3 orders / earlier mean - 1)); unknown below 4 orders, or
 * when the earlier ones were all free.
 */
function orderValuePoints(orders: readonly KnownOrder[]): number | null {
  const values = orders.map(({ order }) => order.netMinor);
  const recent = meanOrNull(values.slice(-RECENT_ORDERS));
  const earlier = meanOrNull(values.slice(0, -RECENT_ORDERS));
  if (recent === null || earlier === null || earlier <= 0) return null;
  return clampPoints(50 + 100 * (recent / earlier - 1));
}

/** 50 min(2, now / 90 days ago); unknown without predictions, and when both are 0. */
function predictedClvPoints(clv: ScoreInputs['predictedClv']): number | null {
  if (clv === null) return null;
  if (clv.before90DaysMinor <= 0) return clv.nowMinor > 0 ? 100 : null;
  return clampPoints((50 * clv.nowMinor) / clv.before90DaysMinor);
}

/** 100 (1 - share of orders with a discount). */
function discountPoints(orders: readonly KnownOrder[]): number | null {
  if (orders.length === 0) return null;
  const discounted = orders.filter(({ order }) => order.discountMinor > 0).length;
  return 100 * (1 - discounted / orders.length);
}

/**
 * 100 (1 - refunded / paid) over the orders of the last 365 days, 0 after a chargeback on one
 * of them. A refund counts at the date of its order, so that both sides of the share speak of
 * the same orders. Known (100) from the first paid order, so that a first refund lowers it.
 */
function paymentPoints(facts: KnownFacts): number | null {
  if (facts.orders.length === 0) return null;
  let paid = 0;
  let refunded = 0;
  for (const { order } of paymentOrders(facts)) {
    if (order.chargeback) return 0;
    paid += order.paidMinor;
    refunded += order.refundedMinor;
  }
  if (refunded <= 0) return 100;
  return paid <= 0 ? 0 : clampPoints(100 * (1 - refunded / paid));
}

function paymentOrders(facts: KnownFacts): KnownOrder[] {
  return facts.orders.filter(({ atMs }) => facts.nowMs - atMs < PAYMENT_WINDOW_DAYS * DAY_MS);
}
