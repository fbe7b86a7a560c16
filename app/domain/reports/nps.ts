import { type Estimate, notEnough, Z_95 } from './estimate.ts';

/** Answers to the 0-10 question by group: 9-10, 7-8, 0-6. */
export interface NpsCounts {
  promoters: number;
  passives: number;
  detractors: number;
}

/** Groups 0-10 ratings, each with how often it was given. */
export function countNps(ratings: Iterable<{ rating: number; count: number }>): NpsCounts {
  const counts = { promoters: 0, passives: 0, detractors: 0 };
  for (const { rating, count } of ratings) {
    if (rating >= 9) counts.promoters += count;
    else if (rating >= 7) counts.passives += count;
    else counts.detractors += count;
  }
  return counts;
}

/**
 * Net Promoter Score, % promoters - % detractors in -100..100, with its 95% interval from the
 * multinomial variance (p + d - (p - d)^2) / n (domain.md section 3), held within the scale.
 *
 * When all answers fall in one group that variance is 0, and five promoters would "prove" an
 * NPS of exactly 100. There the variance of the adjusted counts is taken (3 more answers,
 * split 3/4, 6/4, 3/4: the adjusted Wald interval for the NPS, Rocks 2016).
 */
export function npsEstimate(counts: NpsCounts): Estimate {
  const { promoters, passives, detractors } = counts;
  const n = promoters + passives + detractors;
  const tooFew = notEnough(n);
  if (tooFew !== null) return tooFew;
  const value = (100 * (promoters - detractors)) / n;
  const oneGroupOnly = Math.max(promoters, passives, detractors) === n;
  const variance = oneGroupOnly
    ? npsVariance(promoters + 0.75, detractors + 0.75, n + 3)
    : npsVariance(promoters, detractors, n);
  const margin = 100 * Z_95 * Math.sqrt(variance);
  return {
    outcome: 'shown',
    n,
    value,
    low: Math.max(-100, value - margin),
    high: Math.min(100, value + margin),
  };
}

function npsVariance(promoters: number, detractors: number, n: number): number {
  const net = (promoters - detractors) / n;
  return Math.max(0, (promoters + detractors) / n - net * net) / n;
}
