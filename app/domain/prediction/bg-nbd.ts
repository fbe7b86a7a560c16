/**
 * The BG/NBD model: Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science 24(2). While
 * a buyer is active they buy as a Poisson process; rates differ between buyers as a Gamma distribution. After each
 * repeat they are lost for good with a chance that differs as a Beta distribution. Here is its fit, and what follows
 * from the parameters of it and of MBG/NBD (mbg-nbd.ts), which differs only in one more occasion to be lost.
 */
import { fitDropout } from './drop-out-fit.ts';
import { occasions, type DropoutFit, type DropoutModel, type DropoutParameters } from './drop-out.ts';
import { requireCounts, type PurchaseCounts } from './purchase-counts.ts';
import { betaMean } from './special-functions.ts';

/** Up to here the terms of the sum below fall fast, and its first does not underflow. */
const LONGEST_SUM = 0.9;
const LEAST_LOG = -500;
/** Share of the sum at which a term ends it: above what rounding leaves of 0 after so many terms. */
const ENOUGH = 1e-12;
const MOST_TERMS = 10_000;

export type { DropoutFit, DropoutModel, DropoutParameters };

/** Maximum likelihood of BG/NBD; deterministic, and the same for any order of the buyers. See `fitDropout`. */
export function fitBgNbd(buyers: readonly PurchaseCounts[]): DropoutFit {
  return fitDropout('bgnbd', buyers);
}

/**
 * P(the buyer is not lost at `age`). No measure of churn: under BG/NBD it is 1 for everybody without a repeat,
 * however long ago they bought.
 */
export function probabilityActive(
  model: DropoutModel,
  { r, alpha, a, b }: DropoutParameters,
  { repeats, recency, age }: PurchaseCounts,
): number {
  const chances = occasions(model, repeats);
  if (chances === 0) return 1;
  const odds =
    (a / (b + chances - 1)) * Math.exp((r + repeats) * Math.log1p((age - recency) / (alpha + recency)));
  return 1 / (1 + odds);
}

/** P(no purchase in (age, age + horizon]). */
export function probabilityOfNone(
  model: DropoutModel,
  p: DropoutParameters,
  buyer: PurchaseCounts,
  horizon: number,
): number {
  requireSituation(p, buyer, horizon);
  const active = probabilityActive(model, p, buyer);
  const idle = -(p.r + buyer.repeats) * Math.log1p(horizon / (p.alpha + buyer.age));
  return 1 + active * Math.expm1(idle);
}

/** Expected purchases in (age, age + horizon]. */
export function expectedPurchases(
  model: DropoutModel,
  p: DropoutParameters,
  buyer: PurchaseCounts,
  horizon: number,
): number {
  requireSituation(p, buyer, horizon);
  if (horizon === 0) return 0;
  const shape = p.r + buyer.repeats;
  const reach = horizon / (p.alpha + buyer.age);
  const kept = p.b + occasions(model, buyer.repeats);
  return probabilityActive(model, p, buyer) * purchasesWhileActive(shape, reach, p.a, kept);
}

/** E[X(t)]: expected repeats of somebody of whom only the first purchase is known, within `time` of it. */
export function expectedRepeatsFromBirth(model: DropoutModel, p: DropoutParameters, time: number): number {
  return expectedPurchases(model, p, { repeats: 0, recency: 0, age: 0 }, time);
}

/**
 * P(0), P(1), … P(most) purchases in (age, age + horizon]. Purchases are the smaller of two counts: those that an
 * active buyer's rate would bring (negative binomial), and those up to the one at which they are lost (beta-geometric).
 */
export function purchaseDistribution(
  model: DropoutModel,
  p: DropoutParameters,
  buyer: PurchaseCounts,
  horizon: number,
  most: number,
): number[] {
  requireSituation(p, buyer, horizon);
  const active = probabilityActive(model, p, buyer);
  const shape = p.r + buyer.repeats;
  const kept = p.b + occasions(model, buyer.repeats);
  const reach = horizon / (p.alpha + buyer.age);
  const logGrowth = Math.log(reach) - Math.log1p(reach);
  const distribution = [probabilityOfNone(model, p, buyer, horizon)];
  // In logarithms, because the chance of 0 underflows for a buyer of thousands of purchases.
  let logWanted = -shape * Math.log1p(reach);
  let wantedMore = -Math.expm1(logWanted);
  let staying = 1;
  for (let count = 1; count <= most; count += 1) {
    logWanted += Math.log((shape + count - 1) / count) + logGrowth;
    const lostHere = (staying * p.a) / (p.a + kept + count - 1);
    staying -= lostHere;
    const wanted = Math.exp(logWanted);
    distribution.push(active * (wanted * staying + Math.max(0, wantedMore) * lostHere));
    wantedMore -= wanted;
  }
  return distribution;
}

/**
 * Expected purchases of a buyer who is active at `age`. Their rate is Gamma(shape, alpha + age) and, apart from it,
 * their chance to be lost at a purchase Beta(a, kept); `reach` is horizon / (alpha + age). The papers write this mean as
 * a hypergeometric function over a - 1, which has a pole at a = 1 and overflows for frequent buyers. Here it is the sum
 * over counts of P(rate would bring so many) P(not lost before), all terms positive; where that is long (far horizons,
 * thousands of purchases), the mean over the chance p of (1 - (1 + p reach)^-shape) / p, which is the same.
 */
function purchasesWhileActive(shape: number, reach: number, a: number, kept: number): number {
  const growth = reach / (1 + reach);
  const logNone = -shape * Math.log1p(reach);
  if (growth > LONGEST_SUM || logNone < LEAST_LOG) {
    return betaMean(a, kept, 1 / ((shape + 1) * reach), (chance) => {
      return -Math.expm1(-shape * Math.log1p(chance * reach)) / chance;
    });
  }
  let wanted = Math.exp(logNone);
  let wantedMore = -Math.expm1(logNone);
  let staying = 1;
  let sum = 0;
  for (let count = 1; wantedMore > ENOUGH * sum && count < MOST_TERMS; count += 1) {
    sum += wantedMore * staying;
    wanted *= ((shape + count - 1) / count) * growth;
    wantedMore -= wanted;
    staying *= (kept + count - 1) / (a + kept + count - 1);
  }
  return sum;
}

function requireSituation(p: DropoutParameters, buyer: PurchaseCounts, horizon: number): void {
  for (const [name, value] of Object.entries(p)) {
    if (!(value > 0 && value < Infinity)) {
      throw new RangeError(
        `The parameter ${name} must be a positive number, not ${value}: fit the model again.`,
      );
    }
  }
  requireCounts(buyer, 'The buyer');
  if (!(horizon >= 0 && horizon < Infinity)) {
    throw new RangeError(`The horizon must be a length of time from 0, not ${horizon}.`);
  }
}
