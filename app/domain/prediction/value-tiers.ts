/** Value tiers by LTV: A the top 10%, B down to the top 25%, C the rest (domain.md sections 4 and 5). */

export type ValueTier = 'A' | 'B' | 'C';

/** Of fewer customers the top 10% would be one person or nobody. */
export const MIN_TIERED_CUSTOMERS = 20;
const TOP_PERCENT = { A: 10, B: 25 } as const;

/**
 * The tier of one customer by their place among those whose value is known. Customers of equal value are never parted: a
 * value is in a tier only if all who are worth as much or more fit into it, so that a tier never holds more than its
 * share. A value of 0 or less is always C.
 * @returns null in a shop of under 20 such customers
 * @param atLeast customers who are worth as much or more, this one among them
 */
export function valueTierByPlace({
  valueMinor,
  customers,
  atLeast,
}: {
  valueMinor: number;
  customers: number;
  atLeast: number;
}): ValueTier | null {
  if (customers < MIN_TIERED_CUSTOMERS) return null;
  const within = (percent: number) => valueMinor > 0 && atLeast <= Math.floor((customers * percent) / 100);
  if (within(TOP_PERCENT.A)) return 'A';
  return within(TOP_PERCENT.B) ? 'B' : 'C';
}
