import { type Estimate, notEnough } from './estimate.ts';
import { tQuantile975 } from './t-quantile.ts';

/** All that a mean and its interval need: what one SQL aggregate returns. */
export interface RatingSums {
  n: number;
  sum: number;
  sumOfSquares: number;
}

/** Sums raw ratings. */
export function sumRatings(ratings: Iterable<number>): RatingSums {
  const sums = { n: 0, sum: 0, sumOfSquares: 0 };
  for (const rating of ratings) {
    sums.n += 1;
    sums.sum += rating;
    sums.sumOfSquares += rating * rating;
  }
  return sums;
}

/**
 * Mean of ratings with its t interval at 95% (domain.md section 3), in the unit of the rating.
 * @param scale when given, the interval is held within it (a CSAT of 5.2 does not exist)
 */
export function meanEstimate(sums: RatingSums, scale?: { min: number; max: number }): Estimate {
  const { n, sum, sumOfSquares } = sums;
  const tooFew = notEnough(n);
  if (tooFew !== null) return tooFew;
  const value = sum / n;
  const variance = Math.max(0, sumOfSquares - sum * value) / (n - 1);
  const margin = tQuantile975(n - 1) * Math.sqrt(variance / n);
  return {
    outcome: 'shown',
    n,
    value,
    low: Math.max(scale?.min ?? -Infinity, value - margin),
    high: Math.min(scale?.max ?? Infinity, value + margin),
  };
}
