import type { Scale } from './contract.ts';
import { assertOnScale } from './routing.ts';

/**
 * An answer on 0-100, higher is better (domain.md section 3): NPS 10 r, CSAT 25 (r-1), CES 100 (7-r)/6.
 * Not rounded. A value off the scale raises a RangeError.
 */
export function normalise(scale: Scale, value: number): number {
  assertOnScale(scale, value);
  if (scale === 'nps') return 10 * value;
  if (scale === 'csat') return 25 * (value - 1);
  return (100 * (7 - value)) / 6;
}
