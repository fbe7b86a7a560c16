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
  const { refundedMinor, chargebacks } = paymentsIn(facts);
  // Without a refund the share is 0 whichever orders are in the window.
  if (refundedMinor <= 0 && chargebacks === 0) return Infinity;
  const counted = [...withinYear(facts.orders, facts.nowMs), ...chargedBack(facts)];
  return Math.min(...counted.map(({ atMs }) => atMs + PAYMENT_WINDOW_DAYS * DAY_MS));
}

/**
 * When payment is unknown by time alone, and with it less of the score known: epoch ms, Infinity if never. That is for
 * whom nothing counts but a chargeback on a cancelled order.
 */
export function paymentEndsAtMs(facts: KnownFacts): number {
  if (facts.orders.length > 0) return Infinity;
  const ends = chargedBack(facts).map(({ atMs }) => atMs + PAYMENT_WINDOW_DAYS * DAY_MS);
  return ends.length === 0 ? Infinity : Math.max(...ends);
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
 * of them, or on one of that time that was paid and cancelled. A refund counts at the date of its order, so that both sides of the share speak of
 * the same orders. Known (100) from the first paid order, so that a first refund lowers it.
 */
function paymentPoints(facts: KnownFacts): number | null {
  const { chargebacks, paidMinor, refundedMinor } = paymentsIn(facts);
  if (chargebacks > 0) return 0;
  if (facts.orders.length === 0) return null;
  if (refundedMinor <= 0) return 100;
  return paidMinor <= 0 ? 0 : clampPoints(100 * (1 - refundedMinor / paidMinor));
}

/** What was paid and refunded for the orders of the last 365 days, minor units, and how many of them saw a chargeback. */
export function paymentsIn(facts: KnownFacts): {
  paidMinor: number;
  refundedMinor: number;
  chargebacks: number;
} {
  const sums = { paidMinor: 0, refundedMinor: 0, chargebacks: chargedBack(facts).length };
  for (const { order } of withinYear(facts.orders, facts.nowMs)) {
    sums.paidMinor += order.paidMinor;
    sums.refundedMinor += order.refundedMinor;
  }
  return sums;
}

/** With a chargeback that counts: also cancelled ones, as shops cancel what was charged back. */
function chargedBack(facts: KnownFacts): KnownOrder[] {
  return withinYear(facts.paidOrders, facts.nowMs).filter(({ order }) => order.chargeback);
}

function withinYear(orders: readonly KnownOrder[], nowMs: number): KnownOrder[] {
  return orders.filter(({ atMs }) => nowMs - atMs < PAYMENT_WINDOW_DAYS * DAY_MS);
}
