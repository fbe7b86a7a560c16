/** How good predictions of orders were, against what buyers did. A figure that does not exist is null, never NaN. */
import { z } from 'zod';
import { aucOf, brierOf, calibrationBins, eceOf, outcomeRate, type CalibrationBin } from './metrics.ts';
import { seededRandom } from './seeded-random.ts';

/** One buyer: what was predicted for a window, and what came. */
export interface JudgedBuyer {
  /** P(at least one order). */
  chance: number;
  /** Expected purchase days. */
  expected: number;
  /** Purchase days that came. */
  actual: number;
  /** P(N < actual) and P(N <= actual), as predicted. */
  below: number;
  upTo: number;
}

const figure = z.number().nullable();

/** One row of the table of a back-test. */
export const purchaseMetricsSchema = z.object({
  name: z.string(),
  /** P(a buyer who ordered was given more than one who did not); null where all or none ordered. */
  auc: figure,
  brier: figure,
  /** Brier score of one probability for all, the share who ordered: what has to be beaten. */
  baseRateBrier: figure,
  /** Expected calibration error over ten bins of equal numbers. */
  ece: figure,
  predictedTotal: figure,
  actualTotal: z.number(),
  /** Share of all orders made by the tenth of buyers of whom most was expected; ties count in part. */
  topDecileShare: figure,
  /** Share of buyers whose randomised PIT lies in the central 80% (0.1 to 0.9). */
  intervalCoverage: figure,
});
export type PurchaseMetrics = z.infer<typeof purchaseMetricsSchema>;

const PIT_BINS = 10;
const LOW = 0.1;
const HIGH = 0.9;

/** All figures of one model. Without buyers every one that needs some is null. */
export function measure(name: string, judged: readonly JudgedBuyer[], seed: number): PurchaseMetrics {
  const cases = casesOf(judged);
  const rate = outcomeRate(cases);
  const pit = randomisedPit(judged, seed);
  const inside = pit.filter((value) => value >= LOW && value <= HIGH).length;
  return {
    name,
    auc: aucOf(cases),
    brier: brierOf(cases),
    baseRateBrier: rate === null ? null : rate * (1 - rate),
    ece: eceOf(cases),
    predictedTotal: judged.length === 0 ? null : sumOf(judged, ({ expected }) => expected),
    actualTotal: sumOf(judged, ({ actual }) => actual),
    topDecileShare: topShare(judged),
    intervalCoverage: pit.length === 0 ? null : inside / pit.length,
  };
}

/** The row of a model that could not be made from these data. */
export function unmeasured(name: string, judged: readonly { actual: number }[]): PurchaseMetrics {
  return {
    ...measure(name, [], 0),
    actualTotal: sumOf(judged, ({ actual }) => actual),
  };
}

/** Calibration of the chance of an order in ten bins of equal numbers. */
export const chanceBins = (judged: readonly JudgedBuyer[]): CalibrationBin[] =>
  calibrationBins(casesOf(judged));

/**
 * The probability integral transform of every buyer: where in the predicted distribution what came lies, uniform within
 * the step of a count (Brockwell 2007). With true distributions these are uniform in [0, 1].
 */
export function randomisedPit(judged: readonly JudgedBuyer[], seed: number): number[] {
  const random = seededRandom(seed);
  return judged.map(({ below, upTo }) => below + random() * (upTo - below));
}

/** Shares of buyers in tenths of the PIT, which are 0.1 each for true distributions; empty without buyers. */
export function pitHistogram(judged: readonly JudgedBuyer[], seed: number): number[] {
  if (judged.length === 0) return [];
  const counts = Array.from({ length: PIT_BINS }, () => 0);
  for (const value of randomisedPit(judged, seed)) {
    counts[Math.min(PIT_BINS - 1, Math.floor(value * PIT_BINS))]! += 1;
  }
  return counts.map((count) => count / judged.length);
}

/**
 * Share of the orders that the tenth with the highest expectation made. Where buyers of equal expectation lie across the
 * border, each counts with the chance to be drawn. Null without orders.
 */
function topShare(judged: readonly JudgedBuyer[]): number | null {
  const total = sumOf(judged, ({ actual }) => actual);
  if (total === 0) return null;
  const sorted = [...judged].sort((one, other) => other.expected - one.expected);
  let room = judged.length / 10;
  let captured = 0;
  for (let from = 0; from < sorted.length && room > 0;) {
    let to = from;
    let orders = 0;
    while (to < sorted.length && sorted[to]!.expected === sorted[from]!.expected) {
      orders += sorted[to]!.actual;
      to += 1;
    }
    const taken = Math.min(room, to - from);
    captured += (orders * taken) / (to - from);
    room -= taken;
    from = to;
  }
  return captured / total;
}

const casesOf = (judged: readonly JudgedBuyer[]) =>
  judged.map(({ chance, actual }) => ({ probability: chance, outcome: actual > 0 }));

const sumOf = <T>(list: readonly T[], of: (one: T) => number) => list.reduce((sum, one) => sum + of(one), 0);
