/** How many orders a buyer may make, around what is expected: the distribution behind every interval. */
import { z } from 'zod';
import { normalCdf } from './normal.ts';
import { correctedAnswer, type Corrections } from './purchase-corrections.ts';
import type { WindowPlan, WindowRow } from './purchase-windows.ts';

/**
 * With the corrected chance there is an order, and after it further ones: negative binomial with a variance of
 * `dispersion` x their mean (from 1), then recalibrated by quantiles (Kuleshov, Fenner & Ermon 2018): where earlier
 * windows had shares of further orders below each 20th of that distribution other than a 20th, these shares count.
 */
export const spreadSchema = z.object({
  dispersion: z.number().positive(),
  /** Cumulative shares at 0, 1/20 … 1: what of the truth lay below these quantiles. */
  quantiles: z.array(z.number().min(0).max(1)),
});
export type Spread = z.infer<typeof spreadSchema>;

const BINS = 20;
/** Rows that the uniform shares count as. */
const UNIFORM_ROWS = 100;
/** From here on a negative binomial is as good as normal. */
const NORMAL_FROM = 100;

export const EVEN_SPREAD: Spread = {
  dispersion: 1,
  quantiles: Array.from({ length: BINS + 1 }, (_, i) => i / BINS),
};

/** P(N <= count) for count from -1: `chance` of an order, `further` expected after it. */
export function cumulative(
  { dispersion, quantiles }: Spread,
  chance: number,
  further: number,
  count: number,
): number {
  if (count < 0) return 0;
  if (count === 0) return 1 - chance;
  return 1 - chance + chance * recalibrated(quantiles, furtherCumulative(dispersion, further, count - 1));
}

/** The smallest count that P(N <= count) reaches `share` at, 0 < share < 1. */
export function quantileOf(spread: Spread, chance: number, further: number, share: number): number {
  if (1 - chance >= share) return 0;
  // Doubling, then halving: about a dozen steps however many orders.
  let high = 1;
  while (cumulative(spread, chance, further, high) < share && high < 1e6) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (cumulative(spread, chance, further, middle) < share) low = middle;
    else high = middle;
  }
  return high;
}

/** Variance of the number of orders. */
export function varianceOf({ dispersion }: Spread, chance: number, further: number): number {
  const mean = 1 + further;
  return chance * (dispersion * further + mean * mean) - (chance * mean) ** 2;
}

/** The spread over a horizon other than the one it was learnt over: heterogeneity grows with time. */
export function spreadOver(spread: Spread, days: number, windowDays: number): Spread {
  if (days === windowDays || spread.dispersion <= 1) return spread;
  return { ...spread, dispersion: 1 + ((spread.dispersion - 1) * days) / windowDays };
}

/**
 * Learns dispersion (the Pearson statistic) and quantile shares (the mean of their uniform distribution over each
 * count's share: Czado, Gneiting & Held 2009) from the rows in which an order came.
 * @param shifts the levels of the windows
 */
export function fitSpread(
  rows: readonly WindowRow[],
  corrections: Corrections,
  { weight }: WindowPlan,
  shifts: readonly number[],
): Spread {
  const seen = rows.flatMap((row) =>
    row.purchases > 0
      ? [
          {
            count: row.purchases - 1,
            further: correctedAnswer(corrections, row, shifts[row.window] ?? 0).further,
          },
        ]
      : [],
  );
  if (seen.length === 0) return EVEN_SPREAD;
  const pearson = seen.reduce((sum, { count, further }) => sum + (count - further) ** 2 / further, 0);
  const dispersion = (UNIFORM_ROWS / 10 + weight * pearson) / (UNIFORM_ROWS / 10 + weight * seen.length);
  const shares = new Float64Array(BINS).fill(UNIFORM_ROWS / BINS);
  for (const { count, further } of seen) {
    const below = count === 0 ? 0 : furtherCumulative(dispersion, further, count - 1);
    const upTo = Math.max(below + 1e-9, furtherCumulative(dispersion, further, count));
    for (let bin = 0; bin < BINS; bin += 1) {
      const overlap = Math.min(upTo, (bin + 1) / BINS) - Math.max(below, bin / BINS);
      if (overlap > 0) shares[bin]! += (weight * overlap) / (upTo - below);
    }
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  const quantiles = [0];
  shares.forEach((share, bin) => quantiles.push(Math.min(1, quantiles[bin]! + share / total)));
  quantiles[BINS] = 1;
  return { dispersion, quantiles };
}

/** P(further orders <= count) of the negative binomial with this mean and variance dispersion x mean. */
function furtherCumulative(dispersion: number, mean: number, count: number): number {
  // Less spread than Poisson is left to the quantiles.
  const spread = Math.max(1, dispersion);
  if (mean > NORMAL_FROM) return normalCdf((count + 0.5 - mean) / Math.sqrt(spread * mean));
  const over = spread - 1;
  const size = over > 1e-6 ? mean / over : Infinity;
  let term = size === Infinity ? Math.exp(-mean) : Math.exp(-size * Math.log(spread));
  let sum = term;
  for (let k = 0; k < count && sum < 1 - 1e-12; k += 1) {
    term *= size === Infinity ? mean / (k + 1) : (((size + k) / (k + 1)) * over) / spread;
    sum += term;
  }
  return Math.min(1, sum);
}

function recalibrated(quantiles: readonly number[], share: number): number {
  const at = share * BINS;
  const bin = Math.min(BINS - 1, Math.floor(at));
  return quantiles[bin]! + (at - bin) * (quantiles[bin + 1]! - quantiles[bin]!);
}
