/** The gap between two orders that is typical of a shop (domain.md section 7). */

/** Fewer gaps than this say nothing about a shop. */
export const MIN_SHOP_GAPS = 20;
/** The stored gap stays until the measured one is so much longer or shorter: each change scores everybody again. */
export const GAP_MOVED_SHARE = 0.1;

/**
 * The shop's typical gap in days: the median over its customers' gaps, null below 20 of them.
 * @param stored the gap that the present scores were made with, null if none was known
 * @param measured all gaps of at least a day, as they are now
 */
export function shopGapDays(
  stored: number | null,
  measured: { count: number; medianDays: number | null },
): number | null {
  const { count, medianDays } = measured;
  if (medianDays === null || count < MIN_SHOP_GAPS) return null;
  if (stored === null) return medianDays;
  return Math.abs(medianDays - stored) >= GAP_MOVED_SHARE * stored ? medianDays : stored;
}
