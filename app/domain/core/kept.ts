/** What of an order the shopper kept: the one reading of "given back" for surveys, points and tiers. */
import type { OrderState } from './state.ts';

interface Units {
  lineId: string;
  quantity: number;
}

export interface RefundedOrder {
  financialStatus: string | null;
  lines: Units[];
  refundedLines: Units[];
  /** What was charged and what was given back in all, minor units; left out where only the units are known. */
  money?: { totalMinor: number; refundedMinor: number };
}

/** Units of a line that the shopper still has or waits for. */
export function keptQuantity(line: Units, refundedLines: Units[]): number {
  const gone = refundedLines.filter((refunded) => refunded.lineId === line.lineId);
  return Math.max(0, line.quantity - gone.reduce((sum, refunded) => sum + refunded.quantity, 0));
}

/**
 * Nothing of the order is left with the shopper: refunded or voided as a whole, every unit of
 * every line given back (a shipping fee that stays paid keeps no purchase), or all of the money.
 */
export function isFullyRefunded({ financialStatus, lines, refundedLines, money }: RefundedOrder): boolean {
  if (financialStatus === 'refunded' || financialStatus === 'voided') return true;
  if (lines.length > 0 && lines.every((line) => keptQuantity(line, refundedLines) === 0)) return true;
  return money !== undefined && money.totalMinor > 0 && money.refundedMinor >= money.totalMinor;
}

/**
 * What refunds took from the items, minor units, net of discounts, tax and shipping as the order's
 * subtotal is: their lines, and of a refund without lines (goodwill) the items' share of the payment.
 */
export function refundedNetMinor(
  order: Pick<OrderState, 'subtotalMinor' | 'totalMinor'> & {
    refunds: { amountMinor: number; lines: { netMinor: number }[] }[];
  },
): number {
  const share = order.totalMinor > 0 ? order.subtotalMinor / order.totalMinor : 0;
  return order.refunds.reduce((sum, { amountMinor, lines }) => {
    const taken =
      lines.length > 0 ? lines.reduce((net, line) => net + line.netMinor, 0) : amountMinor * share;
    return sum + Math.round(taken);
  }, 0);
}

/** The stored order with all its refunds, as isFullyRefunded reads it. */
export function refundsOf(
  order: Pick<OrderState, 'financialStatus' | 'lines' | 'refunds' | 'totalMinor'>,
): RefundedOrder {
  const refundedMinor = order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0);
  return {
    financialStatus: order.financialStatus,
    lines: order.lines,
    refundedLines: order.refunds.flatMap((refund) => refund.lines),
    money: { totalMinor: order.totalMinor, refundedMinor },
  };
}
