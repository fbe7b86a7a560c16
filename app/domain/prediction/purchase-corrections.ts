/**
 * What earlier windows teach about the rhythm's answers: two small regressions, of whether an order came and of how many
 * more came after it, each a correction of the rhythm's own answer that is 0 until the data say otherwise. A window has a
 * level of its own, so that a good or bad season is not taken for a trait of buyers.
 */
import { z } from 'zod';
import type { WindowPlan, WindowRow } from './purchase-windows.ts';
import type { RhythmAnswer } from './purchase-features.ts';
import type { PurchasePrior } from './purchase-prior.ts';
import { expit, fitShrunk } from './shrunk-regression.ts';

/** level + sum of slopes x (trait - centre) is added to the rhythm's answer. Slopes in the order of `SLOPES`. */
export const correctionSchema = z.object({
  level: z.number(),
  slopes: z.array(z.number()),
  centres: z.array(z.number()),
});
export type Correction = z.infer<typeof correctionSchema>;

export interface Corrections {
  chance: Correction;
  further: Correction;
  /** Standard deviation of the level of `chance`, from the data. */
  levelDeviation: number;
  /** How much windows differ in level: a standard deviation of log-odds. */
  windowDeviation: number;
}

/** What totals of a steady shop are off by from one quarter to the next; it counts as so many windows. */
export const USUAL_DEVIATION = 0.12;
export const USUAL_WINDOWS = 2;
/** Rounds in which the deviation of the windows and their levels are fitted to each other. */
const ROUNDS = 2;
/** e to this power is more orders than anybody makes. */
const MOST_LOG = 8;

/** What is added to the rhythm's answer of a buyer with these traits. */
export function correctionOf(
  { level, slopes, centres }: Correction,
  answer: number,
  traits: readonly number[],
): number {
  let sum = level + slopes[0]! * (answer - centres[0]!);
  for (let k = 0; k < traits.length; k += 1) sum += slopes[k + 1]! * (traits[k]! - centres[k + 1]!);
  return sum;
}

/**
 * The corrected answer: P(an order), and the orders expected after it.
 * @param shift a level beside the corrections
 * @param ahead what is corrected, where that is the rhythm's answer over another length than the windows had
 */
export function correctedAnswer(
  { chance, further }: Pick<Corrections, 'chance' | 'further'>,
  { answer, traits }: Pick<WindowRow, 'answer' | 'traits'>,
  shift: number,
  ahead: RhythmAnswer = answer,
): { chance: number; further: number } {
  return {
    chance: expit(ahead.chance + shift + correctionOf(chance, answer.chance, traits)),
    further: Math.exp(
      Math.min(MOST_LOG, ahead.further + shift + correctionOf(further, answer.further, traits)),
    ),
  };
}

/** Fits both corrections; without rows they are the prior's means. */
export function fitCorrections(
  rows: readonly WindowRow[],
  plan: WindowPlan,
  prior: PurchasePrior,
): Corrections {
  const windows = plan.starts.length;
  const centres = centresOf(rows, (row) => row.answer.chance);
  const width = centres.length + 1;
  let variance = mixedVariance(rawSquares(rows, windows), plan);
  let fitted = {
    coefficients: prior.chance.map(({ mean }) => mean),
    covariance: [[prior.chance[0]!.deviation ** 2]],
  };
  for (let round = 0; round < ROUNDS && rows.length > 0; round += 1) {
    // Overlapping windows share their fate: all of them together tell no more of the level than the independent ones.
    const precision = plan.independent / (windows * variance);
    fitted = fitShrunk('logistic', casesOf(rows, centres, plan, 'chance', windows), [
      ...prior.chance.map(beliefOf),
      ...plan.starts.map(() => ({ mean: 0, precision })),
    ]);
    let squares = 0;
    for (let k = width; k < width + windows; k += 1) {
      squares += fitted.coefficients[k]! ** 2 + fitted.covariance[k]![k]!;
    }
    variance = mixedVariance(squares / windows, plan);
  }
  const levels = fitted.coefficients.slice(width);
  return {
    chance: { level: fitted.coefficients[0]!, slopes: fitted.coefficients.slice(1, width), centres },
    further: fitFurther(rows, plan, prior, levels),
    levelDeviation: Math.sqrt(fitted.covariance[0]![0]!),
    windowDeviation: Math.sqrt(variance),
  };
}

/** What windows differ by, seen in `independent` of them, mixed with what is usual. */
function mixedVariance(seen: number, { independent }: WindowPlan): number {
  return (USUAL_WINDOWS * USUAL_DEVIATION ** 2 + independent * seen) / (USUAL_WINDOWS + independent);
}

/** The first guess: the variance over windows of the logarithm of orders that came to orders that the rhythm expected. */
function rawSquares(rows: readonly WindowRow[], windows: number): number {
  const sums = Array.from({ length: windows }, () => ({ expected: 1, actual: 1 }));
  for (const { window, answer, purchases } of rows) {
    sums[window]!.expected += expit(answer.chance) * (1 + Math.exp(answer.further));
    sums[window]!.actual += purchases;
  }
  const ratios = sums.map(({ expected, actual }) => Math.log(actual / expected));
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / Math.max(1, windows);
  return ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / Math.max(1, windows);
}

function fitFurther(
  rows: readonly WindowRow[],
  plan: WindowPlan,
  prior: PurchasePrior,
  levels: readonly number[],
): Correction {
  const came = rows.filter(({ purchases }) => purchases > 0);
  const centres = centresOf(came, (row) => row.answer.further);
  const cases = casesOf(came, centres, plan, 'further', 0);
  came.forEach(({ window }, i) => (cases.offsets[i]! += levels[window] ?? 0));
  const { coefficients } = fitShrunk('poisson', cases, prior.further.map(beliefOf));
  return { level: coefficients[0]!, slopes: coefficients.slice(1), centres };
}

const beliefOf = ({ mean, deviation }: { mean: number; deviation: number }) => ({
  mean,
  precision: 1 / deviation ** 2,
});

function centresOf(rows: readonly WindowRow[], answer: (row: WindowRow) => number): number[] {
  const sums = [0, 0, 0, 0];
  for (const row of rows) {
    sums[0]! += answer(row);
    row.traits.forEach((trait, k) => (sums[k + 1]! += trait));
  }
  return sums.map((sum) => sum / Math.max(1, rows.length));
}

/** One case per row: 1, the centred answer and traits, and a column per window where those have levels. */
function casesOf(
  rows: readonly WindowRow[],
  centres: readonly number[],
  { weight }: WindowPlan,
  part: 'chance' | 'further',
  windows: number,
) {
  const width = centres.length + 1 + windows;
  const features = new Float64Array(rows.length * width);
  const outcomes = new Float64Array(rows.length);
  const offsets = new Float64Array(rows.length);
  rows.forEach(({ answer, traits, purchases, window }, i) => {
    const at = i * width;
    features[at] = 1;
    features[at + 1] = answer[part] - centres[0]!;
    traits.forEach((trait, k) => (features[at + 2 + k] = trait - centres[k + 1]!));
    if (windows > 0) features[at + centres.length + 1 + window] = 1;
    outcomes[i] = part === 'chance' ? Number(purchases > 0) : purchases - 1;
    offsets[i] = answer[part];
  });
  return { features, width, outcomes, weights: new Float64Array(rows.length).fill(weight), offsets };
}
