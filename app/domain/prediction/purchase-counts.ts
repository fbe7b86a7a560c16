/** What the counting models know of a buyer: how often, when last, and for how long we have been watching. */

/** One buyer as the counting models see them; purchases of one day are one. Any one unit of time. */
export interface PurchaseCounts {
  /** Days with a purchase after the first such day. */
  repeats: number;
  /** From the first purchase to the last; 0 without repeats. */
  recency: number;
  /** From the first purchase to the end of the observation. */
  age: number;
}

/** The days on which a buyer bought again, and what they spent on the average one; the first day is left out. */
export interface SpendCounts {
  /** Such days of known value. */
  repeats: number;
  /** 0 without any. */
  meanValue: number;
}

/** Buyers with equal counts, as one. */
export interface WeightedCounts extends PurchaseCounts {
  buyers: number;
}

/**
 * Counts of one buyer from the days of their purchases, which may repeat and come in any order.
 * @param days whole days on any one calendar
 * @param endDay the last day that is seen; later purchases are not counted
 * @param unitDays length of the unit of time: 1 for days, 7 for weeks
 * @returns null where nothing was bought up to `endDay`
 */
export function countPurchases(
  days: readonly number[],
  endDay: number,
  unitDays: number,
): PurchaseCounts | null {
  const seen = new Set<number>();
  let first = Infinity;
  let last = -Infinity;
  for (const day of days) {
    if (day > endDay) continue;
    seen.add(day);
    if (day < first) first = day;
    if (day > last) last = day;
  }
  if (seen.size === 0) return null;
  return {
    repeats: seen.size - 1,
    recency: (last - first) / unitDays,
    age: (endDay - first) / unitDays,
  };
}

/**
 * Spend of one buyer. What is bought on one day is one purchase of the sum; where no part of a day's value is known the
 * day does not count.
 * @param purchases in any order; value null: not known
 * @param endDay the last day that is seen
 */
export function countSpend(
  purchases: readonly { day: number; value: number | null }[],
  endDay: number,
): SpendCounts {
  const first = purchases.reduce((earliest, { day }) => Math.min(earliest, day), Infinity);
  const totals = new Map<number, number>();
  for (const { day, value } of purchases) {
    if (day > first && day <= endDay && value !== null) totals.set(day, (totals.get(day) ?? 0) + value);
  }
  const repeats = totals.size;
  const sum = [...totals.values()].reduce((total, value) => total + value, 0);
  return { repeats, meanValue: repeats === 0 ? 0 : sum / repeats };
}

/**
 * Buyers with equal counts folded together, in an order that does not depend on theirs: a fit is then fast, and the
 * same to the last bit whoever comes first.
 * @throws RangeError for counts that cannot be: it names the place in the list
 */
export function foldBuyers(buyers: readonly PurchaseCounts[]): WeightedCounts[] {
  const folded = new Map<string, WeightedCounts>();
  buyers.forEach((buyer, index) => {
    requireCounts(buyer, `Buyer ${index + 1} of ${buyers.length}`);
    const { repeats, recency, age } = buyer;
    const key = `${repeats} ${recency} ${age}`;
    const known = folded.get(key);
    if (known) known.buyers += 1;
    else folded.set(key, { repeats, recency, age, buyers: 1 });
  });
  return [...folded.values()].sort(
    (one, other) => one.repeats - other.repeats || one.recency - other.recency || one.age - other.age,
  );
}

/**
 * @param who begins the sentence of the error
 * @throws RangeError unless repeats is a whole number and 0 <= recency <= age, both 0 where they must be
 */
export function requireCounts({ repeats, recency, age }: PurchaseCounts, who: string): void {
  const counted = Number.isSafeInteger(repeats) && repeats >= 0;
  const timed = recency >= 0 && recency <= age && Number.isFinite(age);
  if (counted && timed && (repeats > 0 || recency === 0)) return;
  throw new RangeError(
    `${who} has impossible counts (repeats ${repeats}, recency ${recency}, age ${age}): repeats is a whole number, ` +
      'recency lies between 0 and age, and is 0 without repeats.',
  );
}
