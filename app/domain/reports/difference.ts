import type { Estimate } from './estimate.ts';

/** A change between two periods or groups, in the unit of the figures: after - before. */
export type Difference =
  | { outcome: 'not_enough' }
  | { outcome: 'changed' | 'no_real_change'; difference: number; low: number; high: number };

/**
 * Compares two independent estimates of the same figure; "no real change" unless the 95%
 * interval of the difference excludes 0 (domain.md section 3). The interval is made from the
 * two intervals by square-and-add: for shares this is Newcombe's score method (1998, method
 * 10), for symmetric intervals the usual sum of variances.
 */
export function differenceBetween(before: Estimate, after: Estimate): Difference {
  if (before.outcome === 'not_enough' || after.outcome === 'not_enough') return { outcome: 'not_enough' };
  const difference = after.value - before.value;
  const low = difference - Math.hypot(after.value - after.low, before.high - before.value);
  const high = difference + Math.hypot(after.high - after.value, before.value - before.low);
  return { outcome: low > 0 || high < 0 ? 'changed' : 'no_real_change', difference, low, high };
}
