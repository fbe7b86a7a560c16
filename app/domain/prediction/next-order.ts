/** When a customer's next order is to be expected. */
import { countsOf } from './purchase-features.ts';
import { expectedOrders, type PurchaseModel } from './purchase-model.ts';
import type { PurchaseSummary } from './purchase-summary.ts';

/** How many gaps of the shop's typical customer are mixed with the customer's own (domain.md section 7). */
const PSEUDO_GAPS = 3;
const SHORTEST_GAP_DAYS = 1;
const YEAR_DAYS = 365;

export interface NextOrder {
  /** The day around which the next order comes, if one comes; whole days since 1970-01-01, after `asOfDay`. */
  day: number;
  /** `gap`: the last order and the typical gap. `model`: that day is over, so what is left of the year is halved. */
  basis: 'gap' | 'model';
  /** Days since the typical gap was over; 0 where it is not. */
  overdueDays: number;
}

/**
 * The customer's typical days between two orders: the median of their own gaps together with 3 pseudo-gaps of the shop's
 * typical gap where that is known, as the health score has it. Gaps under a day are left out.
 * @returns at least 1; null when neither is known
 */
export function typicalGapOf(gaps: readonly number[], shopTypicalGapDays: number | null): number | null {
  const known = gaps.filter((gap) => gap >= SHORTEST_GAP_DAYS);
  if (shopTypicalGapDays !== null && shopTypicalGapDays > 0 && Number.isFinite(shopTypicalGapDays)) {
    for (let i = 0; i < PSEUDO_GAPS; i += 1) known.push(Math.max(SHORTEST_GAP_DAYS, shopTypicalGapDays));
  }
  if (known.length === 0) return null;
  known.sort((a, b) => a - b);
  const middle = known.length >> 1;
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2;
}

/**
 * The next order of a customer as of the summary's day. Until the typical gap is over it is that far after the last
 * order. Afterwards it is the day by which half of those who still order within a year have done so, by the model; so it
 * moves on as the silence lasts.
 * @returns null where the typical gap is unknown, or is over and there is no model
 */
export function nextOrder(
  summary: PurchaseSummary,
  typicalGapDays: number | null,
  model: PurchaseModel | null,
): NextOrder | null {
  if (typicalGapDays === null) return null;
  const { asOfDay, lastDay } = summary;
  const due = lastDay + Math.round(typicalGapDays);
  if (due > asOfDay) return { day: due, basis: 'gap', overdueDays: 0 };
  if (model === null) return null;
  const buyer = countsOf(summary);
  const half = expectedOrders(model, buyer, YEAR_DAYS).chance / 2;
  let low = 0;
  let high = YEAR_DAYS;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (expectedOrders(model, buyer, middle).chance < half) low = middle;
    else high = middle;
  }
  return { day: asOfDay + high, basis: 'model', overdueDays: asOfDay - due };
}
