/**
 * The Gamma-Gamma model of spend: Fader & Hardie (2013), "The Gamma-Gamma model of monetary value" (note 025 at
 * brucehardie.com). The values of a buyer's purchases are Gamma(p, rate nu), and nu differs between buyers as
 * Gamma(q, rate v); how much someone spends has nothing to do with how often they buy.
 */
import { minimise, type Evaluation } from './minimise.ts';
import type { SpendCounts } from './purchase-counts.ts';
import { digamma, logGamma } from './special-functions.ts';

/** `v` is in the unit of the values; p and q have none. With q > 1 the mean over all buyers is p v / (q - 1). */
export interface SpendParameters {
  p: number;
  q: number;
  v: number;
}

export interface SpendFit {
  parameters: SpendParameters;
  /** Natural logarithm of the density of the means, in the unit of the values. */
  logLikelihood: number;
  /** Those fitted: with a repeat and a mean above 0. */
  customers: number;
  /** Those without. */
  leftOut: number;
  /** The likelihood has its maximum at the parameters. Otherwise `note` says what happened. */
  converged: boolean;
  /** A sentence, or null for a fit like any other. */
  note: string | null;
}

interface Folded extends SpendCounts {
  buyers: number;
}

/** Two buyers are the least that can differ. */
const LEAST_BUYERS = 2;
/** ln(p, q - 1, v / mean value). */
const STARTS = [
  [6, 3, 0.5],
  [1, 1, 1],
  [20, 10, 0.5],
].map((start) => start.map(Math.log));
const LIMITS = [
  [1e-3, 1e4],
  [1e-3, 1e4],
  [1e-6, 1e6],
].map(([low, high]) => [Math.log(low!), Math.log(high!)] as const);
/** Whoever comes within a factor of 2 of a limit is on the way there, over a likelihood too flat to go on. */
const NEAR = Math.log(2);

/**
 * Maximum likelihood over ln p, ln (q - 1) and ln v, in values relative to their mean: a change of currency changes v
 * and nothing else. q stays above 1, so that every expectation exists. Deterministic, and the same for any order of
 * the buyers. Samples without a maximum (all spend alike) end at wide limits, not converged, and the note says why.
 * @throws RangeError for repeats or means that are no numbers
 */
export function fitGammaGamma(buyers: readonly SpendCounts[]): SpendFit {
  buyers.forEach((buyer, index) => requireSpend(buyer, `Buyer ${index + 1} of ${buyers.length}`));
  const fitted = buyers.filter(({ repeats, meanValue }) => repeats > 0 && meanValue > 0);
  const customers = fitted.length;
  const leftOut = buyers.length - customers;
  const folded = fold(fitted);
  const scale =
    folded.reduce((sum, one) => sum + one.buyers * one.meanValue, 0) / Math.max(1, customers) || 1;
  const relative = folded.map((one) => ({ ...one, meanValue: one.meanValue / scale }));
  const best = minimise((point) => meanLoss(relative, customers, point), STARTS, LIMITS);
  const [p, aboveOne, relativeV] = best.point.map(Math.exp) as [number, number, number];
  const note = noteOf(customers, best.settled, best.point);
  return {
    parameters: { p, q: 1 + aboveOne, v: relativeV * scale },
    logLikelihood: -best.value * customers - customers * Math.log(scale),
    customers,
    leftOut,
    converged: note === null,
    note,
  };
}

/**
 * Expected value of a buyer's next purchases, in the unit of v: their own mean, drawn towards that of all buyers, the
 * less the more they bought (Fader & Hardie 2013, equation 5). Without a repeat it is the mean of all buyers.
 * @throws RangeError for values that are no numbers, and for parameters under which there is no mean (q <= 1)
 */
export function expectedMeanValue({ p, q, v }: SpendParameters, buyer: SpendCounts): number {
  requireSpend(buyer, 'The buyer');
  if (!(p > 0 && q > 1 && v > 0 && p + q + v < Infinity)) {
    throw new RangeError(`No mean exists for p ${p}, q ${q}, v ${v}: p and v must be above 0, q above 1.`);
  }
  const { repeats } = buyer;
  const value = repeats > 0 ? Math.max(0, buyer.meanValue) : 0;
  return (p * (v + repeats * value)) / (p * repeats + q - 1);
}

function requireSpend({ repeats, meanValue }: SpendCounts, who: string): void {
  if (Number.isSafeInteger(repeats) && repeats >= 0 && Number.isFinite(meanValue)) return;
  throw new RangeError(
    `${who} has impossible figures (repeats ${repeats}, mean value ${meanValue}): repeats is a whole number, the mean ` +
      'a number.',
  );
}

function fold(buyers: readonly SpendCounts[]): Folded[] {
  const folded = new Map<string, Folded>();
  for (const { repeats, meanValue } of buyers) {
    const key = `${repeats} ${meanValue}`;
    const known = folded.get(key);
    if (known) known.buyers += 1;
    else folded.set(key, { repeats, meanValue, buyers: 1 });
  }
  return [...folded.values()].sort(
    (one, other) => one.repeats - other.repeats || one.meanValue - other.meanValue,
  );
}

/**
 * Minus the mean log-likelihood, and its gradient, at ln p, ln (q - 1), ln v. One buyer's, with x repeats of mean z
 * (Fader & Hardie 2013, equation 1a):
 *   ln Gamma(px + q) - ln Gamma(px) - ln Gamma(q) + q ln v + (px - 1) ln z + px ln x - (px + q) ln (v + xz)
 */
function meanLoss(folded: readonly Folded[], customers: number, point: readonly number[]): Evaluation {
  const [p, aboveOne, v] = point.map(Math.exp) as [number, number, number];
  const q = 1 + aboveOne;
  const ofQ = { log: logGamma(q), slope: digamma(q) };
  // Sorted by repeats: what depends on them alone is worked out once for each number.
  let known = { repeats: 0, log: 0, slopeSum: 0, slopeOwn: 0 };
  let [total, byP, byQ, byV] = [0, 0, 0, 0];
  for (const { repeats: x, meanValue: z, buyers } of folded) {
    if (known.repeats !== x) {
      const own = p * x;
      known = {
        repeats: x,
        log: logGamma(own + q) - logGamma(own) + own * Math.log(x),
        slopeSum: digamma(own + q),
        slopeOwn: digamma(own) - Math.log(x),
      };
    }
    const logSum = Math.log(v + x * z);
    const logMean = Math.log(z);
    const shape = p * x + q;
    total += buyers * (known.log - ofQ.log + q * Math.log(v) + (p * x - 1) * logMean - shape * logSum);
    byP += buyers * x * (known.slopeSum - known.slopeOwn + logMean - logSum);
    byQ += buyers * (known.slopeSum - ofQ.slope + Math.log(v) - logSum);
    byV += buyers * (q / v - shape / (v + x * z));
  }
  const per = -1 / Math.max(1, customers);
  return { value: total * per, gradient: [byP * p * per, byQ * aboveOne * per, byV * v * per] };
}

/** What is unusual about the end of a fit, or null. */
function noteOf(customers: number, settled: boolean, point: readonly number[]): string | null {
  if (customers < LEAST_BUYERS) {
    return 'Fewer than two buyers have a repeat with a value above 0, so there is nothing to compare.';
  }
  const low = LIMITS.map(([limit], index) => point[index]! < limit + NEAR);
  const high = LIMITS.map(([, limit], index) => point[index]! > limit - NEAR);
  if (high[1] || high[2]) return 'All buyers seem to spend alike: how they differ cannot be learnt.';
  if (high[0]) return 'Each buyer seems to spend the same every time: how that varies cannot be learnt.';
  if (low[1]) return 'A few buyers spend so much more than others that no mean can be relied on.';
  if (low[0] || low[2]) return 'The values fit no such model: they are too few or too uneven.';
  return settled ? null : 'The likelihood has no clear maximum: the data are too few or too uniform.';
}
