/** Maximum likelihood of BG/NBD and MBG/NBD. */
import { occasions, type DropoutFit, type DropoutModel, type DropoutParameters } from './drop-out.ts';
import { minimise, type Evaluation } from './minimise.ts';
import { foldBuyers, type PurchaseCounts, type WeightedCounts } from './purchase-counts.ts';

/** Two buyers are the least that can differ. */
const LEAST_BUYERS = 2;
/** ln(r, alpha / longest age, a, b): a cautious, a lively and a fickle clientele. */
const STARTS = [
  [0.3, 0.1, 0.8, 2.5],
  [2, 1, 0.5, 5],
  [0.5, 0.05, 2, 1],
].map((start) => start.map(Math.log));
const LIMITS = [
  [1e-4, 1e4],
  [1e-6, 1e6],
  [1e-4, 1e4],
  [1e-4, 1e4],
].map(([low, high]) => [Math.log(low!), Math.log(high!)] as const);
/** Whoever comes within a factor of 2 of a limit is on the way there, over a likelihood too flat to go on. */
const NEAR = Math.log(2);

/** What the likelihood needs of the buyers, folded once. */
interface Sample {
  model: DropoutModel;
  folded: readonly WeightedCounts[];
  customers: number;
  /** At i: buyers with more than i repeats. */
  boughtOn: Float64Array;
  /** At i: buyers with more than i occasions to be lost. */
  occasionsOn: Float64Array;
}

/**
 * The parameters that make what the buyers did most likely, found over their logarithms in time relative to the
 * longest age, so that a change of the unit changes alpha and nothing else. Costs a sum over the distinct counts
 * and over the largest number of repeats. Samples without a maximum (nobody buys again, nobody is ever lost,
 * all buy at one pace) end at wide limits, not converged, and the note says why.
 * @throws RangeError for impossible counts
 */
export function fitDropout(model: DropoutModel, buyers: readonly PurchaseCounts[]): DropoutFit {
  const scale = buyers.reduce((longest, { age }) => Math.max(longest, age), 0) || 1;
  const folded = foldBuyers(buyers);
  const sample = sampleOf(
    model,
    folded.map((one) => ({ ...one, recency: one.recency / scale, age: one.age / scale })),
  );
  const repeats = folded.reduce((sum, one) => sum + one.repeats * one.buyers, 0);
  const repeaters = sample.boughtOn[0] ?? 0;
  const best = minimise((point) => meanLoss(sample, point), STARTS, LIMITS);
  const [r, relativeAlpha, a, b] = best.point.map(Math.exp) as [number, number, number, number];
  const parameters = { r, alpha: relativeAlpha * scale, a, b };
  const note = noteOf(sample.customers, repeaters, best.settled, best.point);
  return {
    parameters,
    logLikelihood: -best.value * sample.customers - repeats * Math.log(scale),
    customers: sample.customers,
    repeaters,
    converged: note === null,
    note,
  };
}

/** ln of the density of what the buyers did. Shapes as in `fitDropout`. */
export function dropoutLogLikelihood(
  model: DropoutModel,
  { r, alpha, a, b }: DropoutParameters,
  buyers: readonly PurchaseCounts[],
): number {
  const sample = sampleOf(model, foldBuyers(buyers));
  return -meanLoss(sample, [r, alpha, a, b].map(Math.log)).value * sample.customers;
}

function sampleOf(model: DropoutModel, folded: readonly WeightedCounts[]): Sample {
  const most = folded.reduce((largest, { repeats }) => Math.max(largest, repeats), 0);
  return {
    model,
    folded,
    customers: folded.reduce((sum, { buyers }) => sum + buyers, 0),
    boughtOn: countsAbove(folded, most, ({ repeats }) => repeats),
    occasionsOn: countsAbove(folded, most + 1, ({ repeats }) => occasions(model, repeats)),
  };
}

function countsAbove(
  folded: readonly WeightedCounts[],
  most: number,
  of: (one: WeightedCounts) => number,
): Float64Array {
  const above = new Float64Array(most);
  for (const one of folded) {
    const count = of(one);
    if (count > 0) above[count - 1]! += one.buyers;
  }
  for (let i = most - 2; i >= 0; i -= 1) above[i]! += above[i + 1]!;
  return above;
}

/**
 * Minus the mean log-likelihood, and its gradient, at the logarithms of r, alpha, a, b. One buyer's, with x repeats,
 * recency t, age T and k occasions to be lost (Fader, Hardie & Lee 2005, equation 6; Batislam, Denizel & Filiztekin
 * 2007 for k = x + 1):
 *   ln [Gamma(r + x) / Gamma(r)] + r ln alpha + ln [B(a, b + k) / B(a, b)]
 *   + ln { (alpha + T)^-(r + x) + [k > 0] a / (b + k - 1) (alpha + t)^-(r + x) }
 * The quotients of Gamma functions are products over i < x or i < k, so over the whole sample they are sums over i,
 * with the number of buyers who got beyond i.
 */
function meanLoss(sample: Sample, point: readonly number[]): Evaluation {
  const [r, alpha, a, b] = point.map(Math.exp) as [number, number, number, number];
  let total = sample.customers * r * Math.log(alpha);
  let byR = sample.customers * Math.log(alpha);
  let byAlpha = (sample.customers * r) / alpha;
  let byA = 0;
  let byB = 0;
  sample.boughtOn.forEach((buyers, i) => {
    total += buyers * Math.log(r + i);
    byR += buyers / (r + i);
  });
  sample.occasionsOn.forEach((buyers, i) => {
    total -= buyers * Math.log1p(a / (b + i));
    byA -= buyers / (a + b + i);
    byB += (buyers * a) / ((b + i) * (a + b + i));
  });
  for (const { repeats, recency, age, buyers } of sample.folded) {
    const k = occasions(sample.model, repeats);
    const logAge = Math.log(alpha + age);
    const bought = r + repeats;
    if (k === 0) {
      total -= buyers * bought * logAge;
      byR -= buyers * logAge;
      byAlpha -= (buyers * bought) / (alpha + age);
      continue;
    }
    const logRecency = Math.log(alpha + recency);
    // ln odds of having been lost at the last purchase against being active still.
    const logOdds = Math.log(a / (b + k - 1)) + bought * (logAge - logRecency);
    const lost = 1 / (1 + Math.exp(-logOdds));
    const active = 1 - lost;
    const softPlus = logOdds > 0 ? logOdds + Math.log1p(Math.exp(-logOdds)) : Math.log1p(Math.exp(logOdds));
    total += buyers * (softPlus - bought * logAge);
    byR -= buyers * (active * logAge + lost * logRecency);
    byAlpha -= buyers * bought * (active / (alpha + age) + lost / (alpha + recency));
    byA += (buyers * lost) / a;
    byB -= (buyers * lost) / (b + k - 1);
  }
  const per = -1 / Math.max(1, sample.customers);
  return {
    value: total * per,
    gradient: [byR * r * per, byAlpha * alpha * per, byA * a * per, byB * b * per],
  };
}

/** What is unusual about the end of a fit, or null. */
function noteOf(
  customers: number,
  repeaters: number,
  settled: boolean,
  point: readonly number[],
): string | null {
  if (customers < LEAST_BUYERS) return 'There are fewer than two buyers, so there is nothing to compare.';
  if (repeaters === 0) return 'Nobody bought again, so there is no pace to learn and no loss to see.';
  const low = LIMITS.map(([limit], index) => point[index]! < limit + NEAR);
  const high = LIMITS.map(([, limit], index) => point[index]! > limit - NEAR);
  if (low[2] || (high[3] && !high[2]))
    return 'No loss of buyers can be seen: all who bought again seem active still.';
  if (high[2] || low[3]) return 'How the chance to be lost differs between buyers cannot be learnt.';
  if (high[0] || high[1]) return 'All buyers seem to buy at one pace: how paces differ cannot be learnt.';
  if (low[0] || low[1]) return 'Too few bought again: how paces differ cannot be learnt.';
  return settled ? null : 'The likelihood has no clear maximum: the data are too few or too uniform.';
}
