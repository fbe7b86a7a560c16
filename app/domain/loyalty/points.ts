/**
 * Loyalty points of an order: the target for its present state, and the entries that lead an append-only
 * ledger there. Targets don't remember, so refunds may arrive in any order and twice (domain.md section 7).
 */
import { DAY_MS } from '../core/calendar.ts';

export type Bucket = 'pending' | 'approved';

export type PointsReason = 'earn' | 'adjust' | 'clawback' | 'cancel' | 'approve_out' | 'approve_in';

export interface OrderForPoints {
  orderId: string;
  test: boolean;
  /** Paid in full at some time, whatever was refunded since. */
  paid: boolean;
  cancelled: boolean;
  /** Lines as ordered; netMinor = all units net of every discount, without tax and shipping. */
  lines: { lineId: string; quantity: number; netMinor: number }[];
  /** Every refunded line of every refund; money given back without lines (goodwill) takes no points. */
  refundedLines: { lineId: string; quantity: number; netMinor: number }[];
  /** Delivery + return window are over; see approvalDueAt. */
  returnWindowClosed: boolean;
}

export interface LineTarget {
  lineId: string;
  pending: number;
  approved: number;
}

export interface PointsTarget {
  orderId: string;
  lines: LineTarget[];
  /** Why points may be lower than before, for the reason of new entries. */
  voided: boolean;
  refundedLineIds: string[];
}

/** A posted row. Points are signed whole numbers; a row is never changed. */
export interface PointsEntry {
  lineId: string;
  bucket: Bucket;
  points: number;
  reason: PointsReason;
  /** Unique per shop as (sourceKind, sourceId, reason): a concurrent second posting collides instead of doubling. */
  sourceKind: 'order_line';
  /** `<order>/<line>/<how many rows the line had before>`. */
  sourceId: string;
}

/** Whether an order counts as paid: paid in full at some time, whatever was refunded since. */
export function isPaid(financialStatus: string | null): boolean {
  return ['paid', 'partially_refunded', 'refunded'].includes(financialStatus ?? '');
}

/** When pending points become approved: `returnWindowDays` (30) after delivery; null while not delivered. */
export function approvalDueAt(deliveredAt: Date | null, returnWindowDays: number): Date | null {
  return deliveredAt && new Date(deliveredAt.getTime() + returnWindowDays * DAY_MS);
}

/**
 * The points each line of the order should hold now: 1 per whole unit of shop money of what was not refunded,
 * floored per line. `currencyExponent`: decimals of the currency (2 for EUR, 0 for JPY). Test, unpaid
 * and cancelled orders hold none. A line refunded in all its units holds none, whatever rounding left over.
 */
export function targetPoints(order: OrderForPoints, currencyExponent: number): PointsTarget {
  const unitMinor = 10 ** currencyExponent;
  const counts = order.paid && !order.cancelled && !order.test;
  const lines = order.lines.map(({ lineId, quantity, netMinor }) => {
    const refunds = order.refundedLines.filter((refund) => refund.lineId === lineId);
    const unitsLeft = quantity - refunds.reduce((sum, refund) => sum + refund.quantity, 0);
    const refundedMinor = refunds.reduce((sum, refund) => sum + Math.max(0, refund.netMinor), 0);
    const keptMinor = counts && unitsLeft > 0 ? Math.max(0, netMinor - refundedMinor) : 0;
    const points = Math.floor(keptMinor / unitMinor);
    return {
      lineId,
      pending: order.returnWindowClosed ? 0 : points,
      approved: order.returnWindowClosed ? points : 0,
    };
  });
  const refundedLineIds = [...new Set(order.refundedLines.map((refund) => refund.lineId))];
  return { orderId: order.orderId, lines, voided: !counts, refundedLineIds };
}

/**
 * The rows to append so that per line and bucket the sum of all rows is the target. `existing` = every row of
 * this order; rows of lines that the order no longer has are taken back. Nothing to do gives no rows.
 */
export function diffLedger(existing: PointsEntry[], target: PointsTarget): PointsEntry[] {
  const wanted = new Map(target.lines.map((line) => [line.lineId, line]));
  const lineIds = new Set([...wanted.keys(), ...existing.map((entry) => entry.lineId)]);
  return [...lineIds].flatMap((lineId) => {
    const rows = existing.filter((entry) => entry.lineId === lineId);
    const moves = movesFor(balanceOf(rows), wanted.get(lineId) ?? { lineId, pending: 0, approved: 0 }, {
      first: rows.length === 0,
      voided: target.voided,
      refunded: target.refundedLineIds.includes(lineId),
    });
    return moves.map((move, index) => ({
      ...move,
      lineId,
      sourceKind: 'order_line' as const,
      sourceId: `${target.orderId}/${lineId}/${rows.length + index}`,
    }));
  });
}

/** Sum of rows per bucket. */
export function balanceOf(rows: Pick<PointsEntry, 'bucket' | 'points'>[]): Record<Bucket, number> {
  const balance = { pending: 0, approved: 0 };
  for (const row of rows) balance[row.bucket] += row.points;
  return balance;
}

type Move = Pick<PointsEntry, 'bucket' | 'points' | 'reason'>;

/**
 * First the amount, then the bucket. New points always enter as pending and lost points leave from where they
 * are, approved first: the history reads as it happened, and no bucket goes below zero on the way.
 */
function movesFor(
  has: Record<Bucket, number>,
  wants: LineTarget,
  about: { first: boolean; voided: boolean; refunded: boolean },
): Move[] {
  const moves: Move[] = [];
  const now = { ...has };
  const post = (bucket: Bucket, points: number, reason: PointsReason) => {
    if (points === 0) return;
    now[bucket] += points;
    moves.push({ bucket, points, reason });
  };
  const change = wants.pending + wants.approved - has.pending - has.approved;
  if (change > 0) post('pending', change, about.first ? 'earn' : 'adjust');
  if (change < 0) {
    const reason = about.voided ? 'cancel' : about.refunded ? 'clawback' : 'adjust';
    const fromApproved = Math.min(-change, Math.max(0, now.approved));
    post('approved', -fromApproved, reason);
    post('pending', change + fromApproved, reason);
  }
  const toApprove = wants.approved - now.approved;
  if (toApprove > 0) {
    post('pending', -toApprove, 'approve_out');
    post('approved', toApprove, 'approve_in');
  } else if (toApprove < 0) {
    // The return window opened again, for example by a late second shipment.
    post('approved', toApprove, 'adjust');
    post('pending', -toApprove, 'adjust');
  }
  return moves;
}
