/** Whether predictions of orders are good enough to be shown, from their back-test, and why not. */
import { z } from 'zod';
import type { CalibrationBin } from './metrics.ts';
import type { JudgedBuyer, PurchaseMetrics } from './purchase-metrics.ts';
import type { NoModelReason } from './purchase-model-fit.ts';
import { seededRandom } from './seeded-random.ts';

const n = z.number();

const reasonSchema = z.discriminatedUnion('code', [
  /** `skill` is 1 - Brier / base-rate Brier, `bar` what it had to reach. */
  z.object({ code: z.literal('passed'), skill: n, bar: n }),
  z.object({ code: z.literal('too_few_buyers'), buyers: n, needed: n }),
  z.object({ code: z.literal('too_few_repeats'), repeats: n, needed: n }),
  z.object({ code: z.literal('too_short_history'), historyDays: n, needed: n }),
  /** Of `buyers` so few did otherwise that nothing can be told apart. */
  z.object({ code: z.literal('nearly_all_order'), buyers: n, others: n }),
  z.object({ code: z.literal('nearly_none_order'), buyers: n, others: n }),
  z.object({ code: z.literal('too_little_skill'), skill: n, bar: n }),
  z.object({ code: z.literal('skill_may_be_chance'), skill: n, z: n }),
  z.object({ code: z.literal('not_calibrated'), ece: n, limit: n }),
  z.object({ code: z.literal('calibration_test_failed'), p: n, limit: n }),
  /** `off` is predicted / actual orders - 1, `limit` how far from 0 that may be. */
  z.object({ code: z.literal('totals_off'), off: n, limit: n }),
]);
export type VerdictReason = z.infer<typeof reasonSchema>;

export const verdictSchema = z.object({
  shown: z.boolean(),
  /** What customers' predictions rest on; with `rules` there are none. */
  level: z.enum(['own', 'pooled', 'rules']),
  /** Fewer than 1,000 buyers were held out: said on the screen. */
  littleData: z.boolean(),
  reason: reasonSchema,
});
export type Verdict = z.infer<typeof verdictSchema>;

/** The bar of features.md: Brier 15% below the base rate's. */
const LEAST_SKILL = 0.15;
/** Below this the numbers tell customers apart by next to nothing, whatever they are measured against. */
const LEAST_OF_ALL = 0.02;
/** The bar holds where at least this share did what fewer did. */
const BALANCED_SHARE = 0.1;
const LEAST_OTHERS = 5;
/** One-sided 5%. */
const SKILL_Z = 1.645;
export const MOST_ECE = 0.05;
export const ECE_FROM = 1_000;
export const LEAST_P = 0.01;
/** Of the orders that came: what the predicted total may be off by, where chance does not explain it. */
const MOST_OFF = 0.2;
/** Two-sided 1%, the level of the test of calibration. */
const TOTAL_Z = 2.5758293035489004;

/**
 * How far below the base rate's Brier score a model must be. 15% where between 10% and 90% order. Where nearly nobody
 * does (or nearly everybody), a share m of the rarer outcome, no model reaches 15%: one that finds the same multiple of
 * the base rate among its best tenth has a skill that is proportional to m / (1 - m). So the bar falls with that, to 2%
 * at the least, and a skill beyond chance is asked for beside it.
 */
export function skillBar(share: number): number {
  const rarer = Math.min(share, 1 - share);
  const balanced = BALANCED_SHARE / (1 - BALANCED_SHARE);
  return Math.max(LEAST_OF_ALL, LEAST_SKILL * Math.min(1, rarer / (1 - rarer) / balanced));
}

/** The verdict where there is no model. */
export function noModelVerdict(reason: NoModelReason): Verdict {
  return { shown: false, level: 'rules', littleData: true, reason };
}

/** With the buyer's id, since one who is judged in several windows is one buyer, and the variance of the orders. */
type OneOf = JudgedBuyer & { buyer: string; variance: number };

/**
 * The verdict on a back-test: enough of both outcomes, skill above its bar and beyond chance, and calibrated: an ECE of
 * at most 0.05 from 1,000 held-out buyers up, below them a test over the bins with p above 0.01. Last of all the totals:
 * predicted orders at most 20% off those that came, or no more than chance explains. What is hidden falls back to rules.
 */
export function judgePredictions(
  metrics: PurchaseMetrics,
  judged: readonly OneOf[],
  bins: readonly CalibrationBin[],
  level: 'own' | 'pooled',
): Verdict {
  const buyers = new Set(judged.map(({ buyer }) => buyer)).size;
  const reason = reasonOf(metrics, judged, bins, buyers);
  const shown = reason.code === 'passed';
  return { shown, level: shown ? level : 'rules', littleData: buyers < ECE_FROM, reason };
}

function reasonOf(
  { brier, baseRateBrier, ece }: PurchaseMetrics,
  judged: readonly OneOf[],
  bins: readonly CalibrationBin[],
  buyers: number,
): VerdictReason {
  if (buyers < 2 * LEAST_OTHERS) return { code: 'too_few_buyers', buyers, needed: 2 * LEAST_OTHERS };
  const didOrder = (did: boolean) =>
    new Set(judged.filter(({ actual }) => actual > 0 === did).map(({ buyer }) => buyer)).size;
  const [ordered, rest] = [didOrder(true), didOrder(false)];
  if (rest < LEAST_OTHERS) return { code: 'nearly_all_order', buyers, others: rest };
  if (ordered < LEAST_OTHERS) return { code: 'nearly_none_order', buyers, others: ordered };
  const share = judged.filter(({ actual }) => actual > 0).length / judged.length;
  const bar = skillBar(share);
  const skill = 1 - brier! / baseRateBrier!;
  if (skill < bar) return { code: 'too_little_skill', skill, bar };
  const beyond = skillZ(judged, share);
  if (beyond < SKILL_Z) return { code: 'skill_may_be_chance', skill, z: beyond };
  if (buyers >= ECE_FROM) {
    if (ece! > MOST_ECE) return { code: 'not_calibrated', ece: ece!, limit: MOST_ECE };
  } else {
    const p = calibrationTest(bins);
    if (p <= LEAST_P) return { code: 'calibration_test_failed', p, limit: LEAST_P };
  }
  const off = totalOff(judged);
  if (off !== null) return { code: 'totals_off', off, limit: MOST_OFF };
  return { code: 'passed', skill, bar };
}

/** How many standard errors the mean squared error lies below the base rate's. */
function skillZ(judged: readonly OneOf[], share: number): number {
  const { sum, variance } = clustered(judged, ({ chance, actual }) => {
    const outcome = Number(actual > 0);
    return (share - outcome) ** 2 - (chance - outcome) ** 2;
  });
  return variance === 0 ? 0 : sum / Math.sqrt(variance);
}

/**
 * Predicted / actual orders of all windows - 1 where that is too far off and not by chance; else null. Chance is the
 * greater of two variances of a total: what the model itself says of single buyers, and what they differ by. A good or
 * bad season is none: whoever is told too many orders is told so for whatever reason.
 */
function totalOff(judged: readonly OneOf[]): number | null {
  const total = (of: (one: OneOf) => number) => judged.reduce((sum, one) => sum + of(one), 0);
  const [predicted, actual] = [total(({ expected }) => expected), total((one) => one.actual)];
  const off = predicted / actual - 1;
  const seen = clustered(judged, (one) => one.expected - one.actual).variance;
  const said = total(({ variance }) => variance);
  const beyond = Math.abs(predicted - actual) > TOTAL_Z * Math.sqrt(Math.max(seen, said));
  return Math.abs(off) > MOST_OFF && beyond ? off : null;
}

/** The sum of a figure and the variance of that sum, where the windows of a buyer are one lot. */
function clustered(judged: readonly OneOf[], of: (one: OneOf) => number): { sum: number; variance: number } {
  const byBuyer = new Map<string, number>();
  for (const one of judged) byBuyer.set(one.buyer, (byBuyer.get(one.buyer) ?? 0) + of(one));
  const lots = [...byBuyer.values()];
  const sum = lots.reduce((all, lot) => all + lot, 0);
  const squares = lots.reduce((all, lot) => all + (lot - sum / lots.length) ** 2, 0);
  return { sum, variance: (lots.length * squares) / (lots.length - 1) };
}

/** Lots of orders by which calibration is tested; p is right to about a fifth at its limit. */
const LOTS = 2_000;
const LOTS_SEED = 1;

/**
 * The p-value of calibration: squared distances over the bins of the orders that came from those predicted, in units of
 * their variance (Hosmer & Lemeshow), against what the same sum comes to where the predictions are true. That is found by
 * lot, always the same ones: where few orders are expected the sum is far from the chi-square of the textbook.
 */
export function calibrationTest(bins: readonly CalibrationBin[]): number {
  const random = seededRandom(LOTS_SEED);
  const terms = bins.map(({ n: size, predicted, actual }) => {
    const term = (came: number) =>
      (came - size * predicted) ** 2 / Math.max(1e-9, size * predicted * (1 - predicted));
    return { found: term(actual * size), ofLot: binomialLots(size, predicted, term) };
  });
  const found = terms.reduce((sum, one) => sum + one.found, 0);
  // A sum that is met exactly is as far off, whatever its last digits are.
  const asFar = found * (1 - 1e-9);
  let farther = 0;
  for (let lot = 0; lot < LOTS; lot += 1) {
    let sum = 0;
    for (const { ofLot } of terms) sum += ofLot(random());
    if (sum >= asFar) farther += 1;
  }
  return (farther + 1) / (LOTS + 1);
}

/** The term of a binomial number, by a uniform lot. */
function binomialLots(size: number, chance: number, term: (came: number) => number): (lot: number) => number {
  const cumulative: number[] = [];
  const values: number[] = [];
  const held = Math.min(1 - 1e-12, Math.max(1e-12, chance));
  // Relative to the most likely number, below and above which the terms of the distribution fall.
  const most = Math.min(size, Math.floor((size + 1) * held));
  const odds = held / (1 - held);
  const weights = new Float64Array(size + 1);
  weights[most] = 1;
  for (let k = most; k > 0; k -= 1) weights[k - 1] = (weights[k]! * k) / ((size - k + 1) * odds);
  for (let k = most; k < size; k += 1) weights[k + 1] = (weights[k]! * (size - k) * odds) / (k + 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  weights.forEach((weight, came) => {
    if (weight === 0) return;
    sum += weight / total;
    cumulative.push(sum);
    values.push(term(came));
  });
  return (lot) => {
    let [low, high] = [0, cumulative.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! < lot) low = middle + 1;
      else high = middle;
    }
    return values[low]!;
  };
}
