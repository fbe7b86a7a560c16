/**
 * Logistic regression for a few hundred low answers among dozens of columns: each coefficient has a prior of its own,
 * and a direction where there can be but one (who waits longer is not happier for it). Both say what is known before
 * any answer, and leave the answers to say the rest. Deterministic, no chance involved.
 */
import { z } from 'zod';
import { solveWithin } from './satisfaction-steps.ts';
import { logistic } from './logistic.ts';
import { fitShrunk } from './shrunk-regression.ts';

/** A fitted regression as plain JSON: log-odds = intercept + sum of coefficient x (column - centre) / scale. */
export const regressionSchema = z.object({
  intercept: z.number(),
  /** In log-odds per standard deviation. */
  coefficients: z.array(z.number()),
  /** Means and standard deviations of the columns in the data; a constant column has the scale 1. */
  centres: z.array(z.number()),
  scales: z.array(z.number().positive()),
});
export type Regression = z.infer<typeof regressionSchema>;

/** What is known of a coefficient before any answer. */
export interface Term {
  /** 1: never below 0; -1: never above; 0: either. */
  sign: -1 | 0 | 1;
  /** 1 / variance of its prior around 0, in log-odds per unit of the column; null: `USUAL_RIDGE`. */
  ridge: number | null;
}

/** In log-odds per standard deviation of a column a coefficient is taken to lie within about +-0.2: 1 / 0.2^2, rounded. */
const USUAL_RIDGE = 20;
/** What the belief that log-odds spread as fitted weighs, as second derivative: some 100 rows. */
const SPREAD_WEIGHT = 10;
const MOST_STEPS = 60;
const FLAT = 1e-9;

/**
 * Penalised maximum likelihood by Newton steps within the signs (proximal Newton: Lee, Sun & Saunders 2014), halved until
 * they help. Strong priors get the proportions between columns right and press all of them towards 0; how far log-odds
 * spread is one figure, which the same answers tell well, so it is fitted last, from the spread as it is (1, never less
 * at the maximum). Without that the chances of the worst orders would come out too low.
 * @param columns per row, NaN = unknown: counts as the mean of the column
 * @returns null where one of the outcomes never comes
 */
export function fitRegression(
  columns: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  terms: readonly Term[],
): Regression | null {
  const n = columns.length;
  const positives = outcomes.filter(Boolean).length;
  if (positives === 0 || positives === n) return null;
  const { inputs, centres, scales } = standardised(columns, terms.length);
  const cases: Cases = { inputs, outcomes, width: terms.length + 1 };
  // The intercept is free.
  const ridges = [
    0,
    ...terms.map(({ ridge }, k) => (ridge === null ? USUAL_RIDGE : ridge / scales[k]! ** 2)),
  ];
  const signs = [0, ...terms.map(({ sign }) => sign)];
  let point = [Math.log(positives / (n - positives)), ...terms.map(() => 0)];
  let here = evaluate(cases, ridges, point);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const move = solveWithin(here.information, here.gradient, point, signs);
    // What the step promises to first order; at the maximum within the signs nothing.
    const promise = move.reduce((sum, value, k) => sum + value * here.gradient[k]!, 0);
    if (promise < FLAT * n) break;
    let moved = false;
    for (let share = 1; share > 1e-6 && !moved; share /= 2) {
      const next = point.map((value, k) => value + share * move[k]!);
      const there = evaluate(cases, ridges, next);
      if (there.fit > here.fit) [point, here, moved] = [next, there, true];
    }
    if (!moved) break;
  }
  const [intercept, ...coefficients] = spread(cases, point);
  return { intercept: intercept!, coefficients, centres, scales };
}

/** What each column adds to the log-odds; an unknown one counts as its mean in the data, so that it says nothing. */
export function regressionSteps(model: Regression, columns: readonly number[]): number[] {
  return columns.map((value, k) =>
    Number.isNaN(value) ? 0 : (model.coefficients[k]! * (value - model.centres[k]!)) / model.scales[k]!,
  );
}

/** Rows of (1, standardised columns), one behind the other. */
interface Cases {
  inputs: Float64Array;
  outcomes: readonly boolean[];
  width: number;
}

function standardised(columns: readonly (readonly number[])[], count: number) {
  const width = count + 1;
  const inputs = new Float64Array(columns.length * width).fill(1);
  const centres: number[] = [];
  const scales: number[] = [];
  for (let k = 0; k < count; k += 1) {
    let [sum, squares, known] = [0, 0, 0];
    for (const row of columns) if (!Number.isNaN(row[k]!)) [sum, known] = [sum + row[k]!, known + 1];
    const centre = known > 0 ? sum / known : 0;
    for (const row of columns) if (!Number.isNaN(row[k]!)) squares += (row[k]! - centre) ** 2;
    const deviation = Math.sqrt(squares / columns.length);
    const scale = deviation > 1e-12 * Math.max(1, Math.abs(centre)) ? deviation : 1;
    columns.forEach((row, i) => {
      inputs[i * width + k + 1] = Number.isNaN(row[k]!) ? 0 : (row[k]! - centre) / scale;
    });
    centres.push(centre);
    scales.push(scale);
  }
  return { inputs, centres, scales };
}

function logOddsOf({ inputs, width }: Cases, row: number, point: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < width; k += 1) sum += inputs[row * width + k]! * point[k]!;
  return sum;
}

function evaluate(cases: Cases, ridges: readonly number[], point: readonly number[]) {
  const { inputs, outcomes, width } = cases;
  const gradient = point.map((value, k) => -ridges[k]! * value);
  const lower = new Float64Array(width * width);
  let fit = -0.5 * point.reduce((sum, value, k) => sum + ridges[k]! * value * value, 0);
  for (let i = 0, at = 0; i < outcomes.length; i += 1, at += width) {
    const p = logistic(logOddsOf(cases, i, point));
    fit += Math.log(outcomes[i] ? p : 1 - p);
    const rest = Number(outcomes[i]) - p;
    const weight = p * (1 - p);
    for (let j = 0; j < width; j += 1) {
      const x = inputs[at + j]!;
      gradient[j]! += rest * x;
      for (let k = 0; k <= j; k += 1) lower[j * width + k]! += weight * x * inputs[at + k]!;
    }
  }
  const information = point.map((_, j) =>
    point.map((__, k) => lower[Math.max(j, k) * width + Math.min(j, k)]! + (j === k ? ridges[j]! : 0)),
  );
  return { fit, gradient, information };
}

/** The point with its log-odds stretched about their mean, and moved, so that they fit the outcomes best. */
function spread(cases: Cases, point: readonly number[]): number[] {
  const n = cases.outcomes.length;
  const logOdds = Float64Array.from({ length: n }, (_, i) => logOddsOf(cases, i, point));
  const mean = logOdds.reduce((sum, value) => sum + value, 0) / n;
  const features = new Float64Array(2 * n).fill(1);
  logOdds.forEach((value, i) => (features[2 * i + 1] = value - mean));
  const { coefficients } = fitShrunk(
    'logistic',
    {
      ...{ features, width: 2, offsets: new Float64Array(n).fill(mean) },
      ...{ outcomes: Float64Array.from(cases.outcomes, Number), weights: new Float64Array(n).fill(1) },
    },
    [
      { mean: 0, precision: 1e-6 },
      { mean: 1, precision: SPREAD_WEIGHT },
    ],
  );
  const [shift, stretch] = [coefficients[0]!, coefficients[1]!];
  return point.map((value, k) => (k === 0 ? mean + shift + stretch * (value - mean) : stretch * value));
}
