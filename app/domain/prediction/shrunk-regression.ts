/** Regressions of weighted cases that start from what is believed before the data: logistic, and Poisson by its logarithm. */
import { invertPositive, solvePositive } from './cholesky.ts';

export type RegressionFamily = 'logistic' | 'poisson';

/** Cases by column, all of the same length. */
export interface RegressionCases {
  /** The features of case i begin at i x width. */
  features: Float64Array;
  width: number;
  /** 0 or 1; counts for Poisson. */
  outcomes: Float64Array;
  weights: Float64Array;
  /** What is added to the linear predictor whatever the coefficients. */
  offsets: Float64Array;
}

export interface ShrunkRegression {
  coefficients: number[];
  /** Inverse of the penalised information: the spread that the data leave. */
  covariance: number[][];
}

const MOST_STEPS = 60;
const FLAT = 1e-9;
/** Linear predictors beyond are held, so that exp stays finite. */
const MOST_PREDICTOR = 30;

/** 1 / (1 + e^-x), without overflow. */
export const expit = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));
/** ln (p / (1 - p)), for p held away from 0 and 1. */
export const logit = (p: number) => Math.log(p / (1 - p));

/**
 * The coefficients at which weighted likelihood x normal prior has its maximum, by Newton steps that are halved until
 * they help (iteratively reweighted least squares, McCullagh & Nelder 1989, chapter 2). Deterministic.
 * @param priors per feature: the mean and the precision (1 / variance) of its coefficient; precisions are positive
 */
export function fitShrunk(
  family: RegressionFamily,
  cases: RegressionCases,
  priors: readonly { mean: number; precision: number }[],
): ShrunkRegression {
  let point = priors.map(({ mean }) => mean);
  let here = evaluate(family, cases, priors, point);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (Math.max(...here.gradient.map(Math.abs)) < FLAT * (1 + cases.outcomes.length)) break;
    const move = solvePositive(here.information, here.gradient);
    if (move === null) break;
    let moved = false;
    for (let share = 1; share > 1e-5 && !moved; share /= 2) {
      const next = point.map((value, k) => value + share * move[k]!);
      const there = evaluate(family, cases, priors, next);
      if (there.fit > here.fit) [point, here, moved] = [next, there, true];
    }
    if (!moved) break;
  }
  const covariance =
    invertPositive(here.information) ??
    priors.map((_, i) => priors.map(({ precision }, j) => (i === j ? 1 / precision : 0)));
  return { coefficients: point, covariance };
}

function evaluate(
  family: RegressionFamily,
  { features, width, outcomes, weights, offsets }: RegressionCases,
  priors: readonly { mean: number; precision: number }[],
  point: readonly number[],
): { fit: number; gradient: number[]; information: number[][] } {
  const gradient = new Float64Array(width);
  const information = new Float64Array(width * width);
  let fit = 0;
  for (let i = 0, at = 0; i < outcomes.length; i += 1, at += width) {
    let predictor = offsets[i]!;
    for (let k = 0; k < width; k += 1) predictor += features[at + k]! * point[k]!;
    predictor = Math.min(MOST_PREDICTOR, Math.max(-MOST_PREDICTOR, predictor));
    const [y, w] = [outcomes[i]!, weights[i]!];
    let mean: number;
    let curvature: number;
    if (family === 'logistic') {
      mean = expit(predictor);
      curvature = w * mean * (1 - mean);
      fit +=
        w * (y * predictor - (predictor > 0 ? predictor : 0) - Math.log1p(Math.exp(-Math.abs(predictor))));
    } else {
      mean = Math.exp(predictor);
      curvature = w * mean;
      fit += w * (y * predictor - mean);
    }
    const residual = w * (y - mean);
    for (let j = 0; j < width; j += 1) {
      const x = features[at + j]!;
      if (x === 0) continue;
      gradient[j]! += residual * x;
      for (let k = 0; k <= j; k += 1) information[j * width + k]! += curvature * x * features[at + k]!;
    }
  }
  priors.forEach(({ mean, precision }, k) => {
    fit -= (precision * (point[k]! - mean) ** 2) / 2;
    gradient[k]! -= precision * (point[k]! - mean);
    information[k * width + k]! += precision;
  });
  return {
    fit,
    gradient: [...gradient],
    information: priors.map((_, j) =>
      priors.map((__, k) => information[Math.max(j, k) * width + Math.min(j, k)]!),
    ),
  };
}
