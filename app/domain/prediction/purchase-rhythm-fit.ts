/** Fits the rhythm of a shop (purchase-rhythm.ts), with a prior that small or uniform shops lean on. */
import { minimise, type Evaluation } from './minimise.ts';
import { foldBuyers, type PurchaseCounts, type WeightedCounts } from './purchase-counts.ts';
import type { Rhythm } from './purchase-rhythm.ts';
import { digamma, logGamma } from './special-functions.ts';

/** Normal distributions of ln r, ln alpha (days), ln a and ln b over shops. */
export interface RhythmPrior {
  means: readonly number[];
  deviations: readonly number[];
}

const LIMITS = [
  [-9, 9],
  [-7, 14],
  [-9, 9],
  [-9, 9],
] as const;

/**
 * The parameters that are most likely after the data and the prior: maximum of likelihood x prior density over the
 * logarithms. With many buyers the prior does not matter; without it samples where nobody comes back or nobody is lost
 * have no maximum. Deterministic, and the same for any order of the buyers.
 * @param buyers in days
 * @param start parameters of a similar sample, where the search begins
 */
export function fitRhythm(
  buyers: readonly PurchaseCounts[],
  stages: number,
  prior: RhythmPrior,
  start: Rhythm | null = null,
): Rhythm {
  const folded = foldBuyers(buyers);
  const loss = (point: readonly number[]) => lossAt(folded, stages, prior, point);
  const begin = start
    ? [start.r, start.alpha, start.a, start.b].map(Math.log)
    : startOf(folded, stages, prior);
  const [r, alpha, a, b] = minimise(loss, [begin], LIMITS).point.map(Math.exp) as [
    number,
    number,
    number,
    number,
  ];
  return { r, alpha, a, b, stages };
}

/** The prior's middle, with the pace of this sample. */
function startOf(folded: readonly WeightedCounts[], stages: number, { means }: RhythmPrior): number[] {
  let repeats = 1;
  let days = 1;
  for (const one of folded) {
    repeats += one.buyers * one.repeats;
    days += one.buyers * one.age;
  }
  const [logR = 0, , logA = 0, logB = 0] = means;
  return [logR, logR + Math.log(days / repeats / stages), logA, logB];
}

/**
 * Minus the mean of the log-likelihood and of the prior's share in it, with the gradient. For a buyer with x repeats,
 * recency t, age T, n = r + kx and S = P(a gap is longer than T - t):
 *   ln [Gamma(r + kx) / Gamma(r)] + r ln alpha - n ln (alpha + t)
 *   + sum over i < x of ln [(b + i) / (a + b + i)] + ln [(a + (b + x) S) / (a + b + x)]
 */
function lossAt(
  folded: readonly WeightedCounts[],
  stages: number,
  prior: RhythmPrior,
  point: readonly number[],
): Evaluation {
  const [r, alpha, a, b] = point.map(Math.exp) as [number, number, number, number];
  const table = repeatTable(folded[folded.length - 1]?.repeats ?? 0, stages, r, a, b);
  const logAlpha = Math.log(alpha);
  let value = 0;
  let byR = 0;
  let byAlpha = 0;
  let byA = 0;
  let byB = 0;
  let customers = 0;
  for (const { repeats, recency, age, buyers } of folded) {
    const shape = r + stages * repeats;
    const known = table[repeats]!;
    const reach = alpha + age;
    const z = (age - recency) / reach;
    const logRest = Math.log1p(-z);
    let term = Math.exp(shape * logRest);
    let silent = term;
    let harmonic = 0;
    let bySlope = term * logRest;
    for (let j = 1; j < stages; j += 1) {
      term *= ((shape + j - 1) / j) * z;
      harmonic += 1 / (shape + j - 1);
      silent += term;
      bySlope += term * (logRest + harmonic);
    }
    // d silent / dz x dz / d alpha; the last term above is that of stage k - 1.
    const silentByAlpha = (term * (shape + stages - 1) * z) / ((1 - z) * reach);
    const kept = b + repeats;
    const mixed = a + kept * silent;
    const logSeen = Math.log(alpha + recency);
    customers += buyers;
    value += buyers * (known.value + r * logAlpha - shape * logSeen + Math.log(mixed / (a + kept)));
    byR += buyers * (known.byR + logAlpha - logSeen + (kept * bySlope) / mixed);
    byAlpha += buyers * (r / alpha - shape / (alpha + recency) + (kept * silentByAlpha) / mixed);
    byA += buyers * (known.byA + 1 / mixed - 1 / (a + kept));
    byB += buyers * (known.byB + silent / mixed - 1 / (a + kept));
  }
  const per = -1 / Math.max(1, customers);
  const gradient = [byR * r, byAlpha * alpha, byA * a, byB * b];
  point.forEach((at, index) => {
    const distance = (at - prior.means[index]!) / prior.deviations[index]!;
    value -= (distance * distance) / 2;
    gradient[index]! -= distance / prior.deviations[index]!;
  });
  return { value: value * per, gradient: gradient.map((slope) => slope * per) };
}

/** What depends on the number of repeats alone: at x, the terms of a buyer with x repeats, and their slopes. */
function repeatTable(most: number, stages: number, r: number, a: number, b: number) {
  const table: { value: number; byR: number; byA: number; byB: number }[] = [];
  const [logGammaR, digammaR] = [logGamma(r), digamma(r)];
  let logKept = 0;
  let byA = 0;
  let byB = 0;
  for (let x = 0; x <= most; x += 1) {
    const shape = r + stages * x;
    table.push({ value: logGamma(shape) - logGammaR + logKept, byR: digamma(shape) - digammaR, byA, byB });
    logKept -= Math.log1p(a / (b + x));
    byA -= 1 / (a + b + x);
    byB += 1 / (b + x) - 1 / (a + b + x);
  }
  return table;
}
