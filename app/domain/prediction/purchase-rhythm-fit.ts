/** Fits the rhythm of a shop (purchase-rhythm.ts), with a prior that small or uniform shops lean on. */
import { occasions } from './drop-out.ts';
import { minimise, type Evaluation } from './minimise.ts';
import { foldBuyers, type PurchaseCounts, type WeightedCounts } from './purchase-counts.ts';
import type { Rhythm } from './purchase-rhythm.ts';
import { digamma, logGamma } from './special-functions.ts';

/** Normal distributions of ln r, ln alpha (days), ln a and ln b over shops. */
export interface RhythmPrior {
  means: readonly number[];
  deviations: readonly number[];
}

/** What of a rhythm is no number to be fitted. */
export type RhythmKind = Pick<Rhythm, 'stages' | 'dropout'>;

/** Keeps logarithms of chances finite. */
const LEAST_SILENT = 1e-300;

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
  kind: RhythmKind,
  prior: RhythmPrior,
  start: Rhythm | null = null,
): Rhythm {
  return fitFolded(foldBuyers(buyers), kind, prior, start).rhythm;
}

/**
 * The rhythm of the drop-out that the buyers' purchases speak for: of the two, which have as many parameters, the one
 * after whose fit they are likelier. Without a difference it is that in which the first purchase may be the last.
 */
export function chooseRhythm(buyers: readonly PurchaseCounts[], stages: number, prior: RhythmPrior): Rhythm {
  const folded = foldBuyers(buyers);
  const [early, late] = (['mbgnbd', 'bgnbd'] as const).map((dropout) =>
    fitFolded(folded, { stages, dropout }, prior, null),
  ) as [Fitted, Fitted];
  return late.loss < early.loss ? late.rhythm : early.rhythm;
}

interface Fitted {
  rhythm: Rhythm;
  loss: number;
}

function fitFolded(
  folded: readonly WeightedCounts[],
  kind: RhythmKind,
  prior: RhythmPrior,
  start: Rhythm | null,
): Fitted {
  const begin = start
    ? [start.r, start.alpha, start.a, start.b].map(Math.log)
    : startOf(folded, kind.stages, prior);
  const least = minimise((point) => lossAt(folded, kind, prior, point), [begin], LIMITS);
  const [r, alpha, a, b] = least.point.map(Math.exp) as [number, number, number, number];
  const { stages, dropout } = kind;
  return { rhythm: { r, alpha, a, b, stages, dropout }, loss: least.value };
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
 * recency t, age T, n = r + kx, S = P(a gap is longer than T - t), and m occasions to be lost before the last purchase:
 *   ln [Gamma(r + kx) / Gamma(r)] + r ln alpha - n ln (alpha + t)
 *   + sum over i < m of ln [(b + i) / (a + b + i)] + ln [(a + (b + m) S) / (a + b + m)]
 * where m = x if the first purchase may be the last; if not, m = x - 1, and the second line is ln S for x = 0.
 */
function lossAt(
  folded: readonly WeightedCounts[],
  { stages, dropout }: RhythmKind,
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
    const logSeen = Math.log(alpha + recency);
    customers += buyers;
    const survived = occasions(dropout, repeats) - 1;
    // Who has had no occasion to be lost is there: as if a were 0.
    const sure = survived < 0;
    const kept = sure ? 1 : b + survived;
    const mixed = Math.max(LEAST_SILENT, (sure ? 0 : a) + kept * silent);
    value += buyers * (known.value + r * logAlpha - shape * logSeen + Math.log(mixed));
    byR += buyers * (known.byR + logAlpha - logSeen + (kept * bySlope) / mixed);
    byAlpha += buyers * (r / alpha - shape / (alpha + recency) + (kept * silentByAlpha) / mixed);
    if (sure) continue;
    const lived = table[survived]!;
    value += buyers * (lived.kept - Math.log(a + kept));
    byA += buyers * (lived.byA + 1 / mixed - 1 / (a + kept));
    byB += buyers * (lived.byB + silent / mixed - 1 / (a + kept));
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

/** What depends on a count alone: at x, the terms of x repeats, those of x survived occasions to be lost, and their slopes. */
function repeatTable(most: number, stages: number, r: number, a: number, b: number) {
  const table: { value: number; byR: number; kept: number; byA: number; byB: number }[] = [];
  const [logGammaR, digammaR] = [logGamma(r), digamma(r)];
  let logKept = 0;
  let byA = 0;
  let byB = 0;
  for (let x = 0; x <= most; x += 1) {
    const shape = r + stages * x;
    const [value, byR] = [logGamma(shape) - logGammaR, digamma(shape) - digammaR];
    table.push({ value, byR, kept: logKept, byA, byB });
    logKept -= Math.log1p(a / (b + x));
    byA -= 1 / (a + b + x);
    byB += 1 / (b + x) - 1 / (a + b + x);
  }
  return table;
}
