/** What is known of a buyer at a moment, in a handful of numbers that one aggregate over their orders gives. */
import { z } from 'zod';

/** One order; orders of one day are one purchase. */
export interface PurchaseRecord {
  /** Whole days since 1970-01-01, in the shop's calendar. */
  day: number;
  /** Net of refunds, in minor units; below 0 counts as 0, null is unknown. */
  valueMinor: number | null;
}

/** All orders of one buyer, in any order. */
export interface PurchaseHistory {
  /** Any text that tells buyers apart; which buyers a large shop's model is learnt from depends on it. */
  id: string;
  orders: readonly PurchaseRecord[];
}

/** Fixed-size facts of one buyer at the end of `asOfDay`, from nothing later than it. Days are whole. */
export const purchaseSummarySchema = z.object({
  asOfDay: z.number().int(),
  firstDay: z.number().int(),
  lastDay: z.number().int(),
  /** Days with at least one order. */
  purchaseDays: z.number().int().positive(),
  /** Sum over consecutive purchase days of the squared days between them. */
  squaredGapDays: z.number().int().nonnegative(),
  /** Of the purchase days after the first: those whose value is known, and the sum of these values. */
  valuedRepeats: z.number().int().nonnegative(),
  repeatValueMinor: z.number().int().nonnegative(),
});
export type PurchaseSummary = z.infer<typeof purchaseSummarySchema>;

interface PurchaseDay {
  day: number;
  valueMinor: number | null;
}

/**
 * The summary of a history, null where nothing was ordered up to `asOfDay`. A day's value is the sum of its orders'
 * known values, each at least 0; a day on which no value is known has none.
 * @throws RangeError for days or values that are no whole numbers
 */
export function summarisePurchases({ id, orders }: PurchaseHistory, asOfDay: number): PurchaseSummary | null {
  const days = purchaseDaysOf(id, orders, asOfDay);
  const first = days[0];
  if (first === undefined) return null;
  let summary: PurchaseSummary | null = null;
  for (const day of days) summary = withPurchaseDay(summary, day);
  return summary && { ...summary, asOfDay };
}

/**
 * The summary after one more purchase day, which is later than all of those in it: how a summary is kept up to date
 * without reading the history again.
 * @param summary null for the first purchase
 * @throws RangeError for a day that is not later
 */
export function withPurchaseDay(
  summary: PurchaseSummary | null,
  { day, valueMinor }: PurchaseDay,
): PurchaseSummary {
  if (summary === null) {
    return {
      asOfDay: day,
      firstDay: day,
      lastDay: day,
      purchaseDays: 1,
      squaredGapDays: 0,
      valuedRepeats: 0,
      repeatValueMinor: 0,
    };
  }
  if (!(day > summary.lastDay)) {
    throw new RangeError(
      `Day ${day} is not after the last purchase day, ${summary.lastDay}: summarise the history.`,
    );
  }
  return {
    ...summary,
    asOfDay: Math.max(summary.asOfDay, day),
    lastDay: day,
    purchaseDays: summary.purchaseDays + 1,
    squaredGapDays: summary.squaredGapDays + (day - summary.lastDay) ** 2,
    valuedRepeats: summary.valuedRepeats + (valueMinor === null ? 0 : 1),
    repeatValueMinor: summary.repeatValueMinor + Math.max(0, valueMinor ?? 0),
  };
}

/** Distinct days with an order up to `asOfDay`, oldest first, with what was spent on them. */
export function purchaseDaysOf(
  id: string,
  orders: readonly PurchaseRecord[],
  asOfDay: number,
): PurchaseDay[] {
  const byDay = new Map<number, number | null>();
  for (const { day, valueMinor } of orders) {
    if (!Number.isSafeInteger(day) || (valueMinor !== null && !Number.isSafeInteger(valueMinor))) {
      throw new RangeError(
        `An order of buyer ${id} has day ${day} and value ${valueMinor}: both are whole numbers, or the value is null.`,
      );
    }
    if (day > asOfDay) continue;
    const known = byDay.get(day) ?? null;
    const value = valueMinor === null ? null : Math.max(0, valueMinor);
    byDay.set(day, known === null ? value : known + (value ?? 0));
  }
  return [...byDay.entries()].map(([day, valueMinor]) => ({ day, valueMinor })).sort((a, b) => a.day - b.day);
}
