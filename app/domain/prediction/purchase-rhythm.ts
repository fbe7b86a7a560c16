/**
 * How buyers of a shop come back: the MBG/CNBD-k model of Reutterer, Platzer & Schröder (2021), "Leveraging purchase
 * regularity for predicting customer behavior the easy way", International Journal of Research in Marketing 38(3). As
 * MBG/NBD (mbg-nbd.ts), but the time between two purchases is Erlang with k stages, so that k = 1 is a Poisson process
 * and a large k is a fixed rhythm: whoever is long overdue is then known to be lost, and whoever is nearly due buys soon.
 * Its sibling BG/CNBD-k (Platzer & Reutterer 2016, "Ticking away the moments", Marketing Science 35(5), describe the
 * idea) loses nobody before a first repeat; which of the two a shop's buyers are like, their purchases tell.
 */
import { expectedPurchases, probabilityOfNone } from './bg-nbd.ts';
import { occasions, type DropoutModel, type DropoutParameters } from './drop-out.ts';
import type { PurchaseCounts } from './purchase-counts.ts';

/** A fitted rhythm. Purchase stages come at a rate that is Gamma(r, alpha in days), k of them make a purchase. */
export interface Rhythm extends DropoutParameters {
  stages: number;
  /** Whether buyers can be lost right after their first purchase (`mbgnbd`), or after a repeat only (`bgnbd`). */
  dropout: DropoutModel;
}

/** More stages are hardly told from a fixed rhythm by data in whole days. */
export const MOST_STAGES = 24;

/**
 * The number of stages k that the gaps of the buyers speak for, by the method of moments: a buyer's n gaps divided by
 * their sum are Dirichlet(k, …, k), so the sum of their squares is on average (k + 1) / (n k + 1). One purchase rate per
 * buyer cancels out, and only those with two gaps or more count.
 * @returns a whole number from 1, which it is as well where nobody has two gaps
 */
export function stagesOf(
  buyers: readonly { gaps: number; sumOfGaps: number; sumOfSquares: number }[],
): number {
  const known = buyers.filter(({ gaps, sumOfGaps }) => gaps > 1 && sumOfGaps > 0);
  const byGaps = new Map<number, { buyers: number; share: number }>();
  for (const { gaps, sumOfGaps, sumOfSquares } of known) {
    const sum = byGaps.get(gaps) ?? { buyers: 0, share: 0 };
    byGaps.set(gaps, { buyers: sum.buyers + 1, share: sum.share + sumOfSquares / (sumOfGaps * sumOfGaps) });
  }
  // Larger than what k stages would give: too uneven for k.
  const tooUneven = (k: number) => {
    let excess = 0;
    for (const [n, { buyers, share }] of byGaps) excess += (share - (buyers * (k + 1)) / (n * k + 1)) * n;
    return excess > 0;
  };
  if (byGaps.size === 0) return 1;
  let stages = 1;
  while (stages < MOST_STAGES && !tooUneven(stages + 0.5)) stages += 1;
  return stages;
}

/**
 * P(the next stage-k gap is longer than `silence`), for a rate of Gamma(shape, reach - silence): 1 minus the
 * regularised incomplete Beta function at silence / reach, a finite sum for whole k.
 */
function gapLongerThan(stages: number, shape: number, silence: number, reach: number): number {
  const z = silence / reach;
  let term = Math.exp(shape * Math.log1p(-z));
  let sum = term;
  for (let j = 1; j < stages; j += 1) {
    term *= ((shape + j - 1) / j) * z;
    sum += term;
  }
  return Math.min(1, sum);
}

/** P(at least one purchase in (age, age + horizon]), 0-1; ages in days. */
export function chanceOfPurchase(
  { r, alpha, a, b, stages, dropout }: Rhythm,
  { repeats, recency, age }: PurchaseCounts,
  horizon: number,
): number {
  const shape = r + stages * repeats;
  const silence = age - recency;
  const silentSoFar = gapLongerThan(stages, shape, silence, alpha + age);
  // So long a silence that its chance is 0 in the machine's numbers: lost for certain.
  if (silentSoFar <= 0) return 0;
  const silentOn = gapLongerThan(stages, shape, silence + horizon, alpha + age + horizon);
  const comes = Math.max(0, 1 - silentOn / silentSoFar);
  const chances = occasions(dropout, repeats);
  if (chances === 0) return comes;
  const kept = (b + chances - 1) * silentSoFar;
  return (kept / (a + kept)) * comes;
}

/** Further purchases that count as none; keeps their logarithm finite. */
const LEAST_FURTHER = 1e-3;
/** Below this chance of a purchase the quotient of two of the machine's roundings would be left. */
const LEAST_SOME = 1e-9;

/**
 * Expected purchases in (age, age + horizon] after a first one there, given that there is one. For k > 1 the renewals
 * are counted as a Poisson process of the same pace: what that leaves out is a matter of calibration.
 */
export function furtherPurchases(rhythm: Rhythm, buyer: PurchaseCounts, horizon: number): number {
  const { r, alpha, a, b, stages, dropout } = rhythm;
  // Parameters with one stage under which the buyer's pace is Gamma(r + k x, k (alpha + age)), as it is here.
  const alike = {
    r: r + (stages - 1) * buyer.repeats,
    alpha: stages * alpha + (stages - 1) * buyer.age,
    a,
    b,
  };
  const some = 1 - probabilityOfNone(dropout, alike, buyer, horizon);
  if (some <= LEAST_SOME) return LEAST_FURTHER;
  return Math.max(LEAST_FURTHER, expectedPurchases(dropout, alike, buyer, horizon) / some - 1);
}
