/** Predicted and actual orders of buyers in tenths, most expected first. */
import { z } from 'zod';
import { gammaCumulative, gammaQuantile, Z_80 } from './normal.ts';

export const decileSchema = z.object({
  n: z.number().int(),
  /** Orders of the tenth, and the 80% interval of their number in whole orders. */
  predicted: z.number(),
  actual: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Decile = z.infer<typeof decileSchema>;

/** What a decile needs of a buyer. */
export interface CountedBuyer {
  expected: number;
  /** Variance of the number of orders, this buyer's chance alone. */
  variance: number;
  actual: number;
}

const TENTHS = 10;
/** What lies below the upper bound. */
const HELD = 0.9;

/**
 * Ten groups of about equal numbers by what was expected of them; fewer where there are fewer buyers.
 * @param totalDeviation of the logarithm of totals, which all buyers of the window share
 */
export function decilesOf(buyers: readonly CountedBuyer[], totalDeviation: number): Decile[] {
  const sorted = [...buyers].sort((one, other) => other.expected - one.expected);
  const deciles: Decile[] = [];
  for (let tenth = 0; tenth < TENTHS; tenth += 1) {
    const group = sorted.slice(
      Math.round((tenth * sorted.length) / TENTHS),
      Math.round(((tenth + 1) * sorted.length) / TENTHS),
    );
    if (group.length > 0) deciles.push(groupOf(group, totalDeviation));
  }
  return deciles;
}

/**
 * The 80% interval of a total in whole orders, its bounds among them: a Gamma distribution, whose variance is that of
 * the buyers' own chances and of what they share. A bound is the whole number beyond which there is as nearly as can be
 * a tenth: rounded outwards, intervals of a few orders would hold 90%.
 */
export function totalInterval(
  predicted: number,
  variance: number,
  totalDeviation: number,
): { low: number; high: number } {
  if (predicted <= 0) return { low: 0, high: 0 };
  const spread = variance + (predicted * totalDeviation) ** 2;
  const below = (count: number) => (count <= 0 ? 0 : gammaCumulative(predicted, spread, count - 0.5));
  const nearest = (share: number, z: number) => {
    const count = Math.floor(gammaQuantile(predicted, spread, z) + 0.5);
    return share - below(count) <= below(count + 1) - share ? count : count + 1;
  };
  const low = nearest(1 - HELD, -Z_80);
  return { low, high: Math.max(low, nearest(HELD, Z_80) - 1) };
}

/** Share of the groups whose actual orders lie in their interval; null without groups. */
export function decileCoverage(deciles: readonly Decile[]): number | null {
  if (deciles.length === 0) return null;
  return deciles.filter(({ actual, low, high }) => actual >= low && actual <= high).length / deciles.length;
}

function groupOf(group: readonly CountedBuyer[], totalDeviation: number): Decile {
  let predicted = 0;
  let variance = 0;
  let actual = 0;
  for (const buyer of group) {
    predicted += buyer.expected;
    variance += buyer.variance;
    actual += buyer.actual;
  }
  return { n: group.length, predicted, actual, ...totalInterval(predicted, variance, totalDeviation) };
}
