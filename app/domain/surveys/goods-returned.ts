/** Which returns an order has seen, whoever told of them: refunds of what came back, and the returns themselves. */
import type { OrderLineFact, RefundFact, ReturnFact } from '../core/facts.ts';
import type { OrderState, ReturnState } from '../core/state.ts';

export interface GoodsReturned {
  /** What the survey about it is stored under: 'return:<id>', or 'refund:<id>' while no return is known that it belongs to. */
  subjectId: string;
  /** The subject, and whatever it may have been stored under before it was known whole. */
  names: string[];
  /** When it was shown first. */
  shownAt: Date;
}

/** Announced, and then nothing came of it: goods that come back belong to another one if there is one. */
const ENDED: readonly ReturnState['status'][] = ['declined', 'cancelled'];

/**
 * Each return that has been shown, by its first showing: a refund of goods that came back, or that the return was
 * processed or closed. A refund belongs to the return that holds the same lines, as many units of them as are not
 * spoken for; one that fits none is a return of its own. A refund without goods that came back (goodwill, shipping,
 * cancelled items) shows none.
 */
export function goodsReturned(
  refunds: readonly RefundFact[],
  returns: readonly ReturnState[],
): GoodsReturned[] {
  const open = returns
    .toSorted((a, b) => rank(a) - rank(b) || byText(a.returnId, b.returnId))
    .map((entry) => ({
      returnId: entry.returnId,
      shownAt: entry.shownAt,
      // Nothing is known of what it holds until a delivery says so.
      lines: entry.lines.length > 0 ? unitsOf(entry.lines) : null,
      refundIds: [] as string[],
    }));
  const alone: GoodsReturned[] = [];
  const told = refunds
    .map((refund) => ({ ...refund, lines: refund.lines.filter(({ returned }) => returned) }))
    .filter(({ lines }) => lines.length > 0)
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || byText(a.refundId, b.refundId));
  for (const { refundId, createdAt, lines } of told) {
    const back = unitsOf(lines);
    const fitting = open.filter((entry) => entry.lines !== null && meet(entry.lines, back));
    const owners = fitting.length > 0 ? fitting : open.filter((entry) => entry.lines === null).slice(0, 1);
    for (const owner of owners) {
      owner.refundIds.push(refundId);
      if (!owner.shownAt || createdAt < owner.shownAt) owner.shownAt = createdAt;
    }
    const name = `refund:${refundId}`;
    if (owners.length === 0) alone.push({ subjectId: name, names: [name], shownAt: createdAt });
  }
  const whole = open.flatMap(({ returnId, shownAt, refundIds }): GoodsReturned[] => {
    const subjectId = `return:${returnId}`;
    const names = [subjectId, ...refundIds.map((id) => `refund:${id}`)];
    return shownAt ? [{ subjectId, names, shownAt }] : [];
  });
  return [...whole, ...alone].toSorted(
    (a, b) => a.shownAt.getTime() - b.shownAt.getTime() || byText(a.subjectId, b.subjectId),
  );
}

/**
 * The first line of the order that a return is of; null: it is not known which came back.
 * @param subjectId as the survey about it is stored under
 * @param returnLines what the return holds, where the subject is one
 */
export function lineReturned(
  subjectId: string | null,
  { lines, refunds }: Pick<OrderState, 'lines' | 'refunds'>,
  returnLines: ReturnFact['lines'] | null,
): OrderLineFact | null {
  const refund = refunds.find(({ refundId }) => subjectId === `refund:${refundId}`);
  const back = refund ? refund.lines.filter(({ returned }) => returned) : (returnLines ?? []);
  return lines.find(({ lineId }) => back.some((each) => each.lineId === lineId)) ?? null;
}

const rank = ({ status }: ReturnState): number => (ENDED.includes(status) ? 1 : 0);

function unitsOf(lines: readonly { lineId: string; quantity: number }[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
}

/** Crosses the units that both have off both lists; whether there were any. */
function meet(held: Map<string, number>, back: Map<string, number>): boolean {
  let any = false;
  for (const [lineId, quantity] of back) {
    const both = Math.min(held.get(lineId) ?? 0, quantity);
    if (both === 0) continue;
    held.set(lineId, held.get(lineId)! - both);
    back.set(lineId, quantity - both);
    any = true;
  }
  return any;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
