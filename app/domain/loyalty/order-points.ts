import { isFullyRefunded, refundsOf } from '../core/kept.ts';
import type { OrderState } from '../core/state.ts';
import { isPaid } from './points.ts';
import type { OrderForPoints } from './points.ts';

/** The stored order in the words of the points rules. */
export function orderForPoints(order: OrderState, returnWindowClosed: boolean): OrderForPoints {
  return {
    orderId: order.orderId,
    test: order.test,
    paid: order.paidAt !== null || isPaid(order.financialStatus),
    cancelled: order.cancelledAt !== null,
    lines: order.lines,
    refundedLines: order.refunds.flatMap((refund) => refund.lines),
    returnWindowClosed,
  };
}

/** Whether the order may count as a purchase of the tier: it was not free, and something of it was kept. */
export function isKeptPurchase(order: OrderState): boolean {
  return order.totalMinor > 0 && !isFullyRefunded(refundsOf(order));
}
