/** Logistic regression with a ridge penalty: P(yes) = 1 / (1 + e^-(b0 + b x)). Deterministic, no chance involved. */
import { z } from 'zod';
import { invertPositive, solvePositive } from './cholesky.ts';

/** A fitted regression as plain JSON. Features are centred and scaled before the coefficients are applied. */
export const logisticModelSchema = z.object({
  intercept: z.number(),
  /** Per feature, in log-odds per standard deviation. */
  coefficients: z.array(z.number()),
  /** Means and standard deviations of the features in the data; a constant feature has the scale 1. */
  centres: z.array(z.number()),
  scales: z.array(z.number().positive()),
  /** Of (intercept, coefficients): the inverse of the penalised information. */
  covariance: z.array(z.array(z.number())),
  n: z.number().int(),
  positives: z.number().int(),
  converged: z.boolean(),
});
export type LogisticModel = z.infer<typeof logisticModelSchema>;

export interface LogisticRow {
  features: readonly number[];
  outcome: boolean;
}

const MOST_STEPS = 60;
const FLAT = 1e-10;
/** Beyond this log-odds are as good as certain; exp stays finite. */
const MOST_LOG_ODDS = 35;

/** 1 / (1 + e^-x). */
export function logistic(logOdds: number): number {
  const held = Math.min(MOST_LOG_ODDS, Math.max(-MOST_LOG_ODDS, logOdds));
  return 1 / (1 + Math.exp(-held));
}

/**
 * Penalised maximum likelihood by Newton steps that are halved until they help (iteratively reweighted least squares;
 * Hastie, Tibshirani & Friedman 4.4.1). The penalty is ridge / 2 x the sum of squared coefficients of the standardised
 * features; the intercept is free.
 * @param ridge 0 = plain maximum likelihood, which has no end where the outcomes can be told apart without error
 * @returns null where one of the outcomes never comes
 * @throws RangeError for a feature that is not finite or rows of different lengths
 */
export function fitLogistic(rows: readonly LogisticRow[], ridge: number): LogisticModel | null {
  const n = rows.length;
  const positives = rows.filter(({ outcome }) => outcome).length;
  if (positives === 0 || positives === n) return null;
  const { centres, scales } = standardOf(rows);
  const inputs = rows.map(({ features }) => [1, ...features.map((x, k) => (x - centres[k]!) / scales[k]!)]);
  const outcomes = rows.map(({ outcome }) => Number(outcome));
  let point = [Math.log(positives / (n - positives)), ...centres.map(() => 0)];
  let here = evaluate(inputs, outcomes, point, ridge);
  let converged = false;
  for (let step = 0; step < MOST_STEPS && !converged; step += 1) {
    converged = Math.max(...here.gradient.map(Math.abs)) < FLAT * n;
    const move = solvePositive(here.information, here.gradient);
    if (converged || move === null) break;
    let moved = false;
    for (let share = 1; share > 1e-6 && !moved; share /= 2) {
      const next = point.map((value, k) => value + share * move[k]!);
      const there = evaluate(inputs, outcomes, next, ridge);
      if (there.logLikelihood > here.logLikelihood) [point, here, moved] = [next, there, true];
    }
    // Nothing better within the last digits: as good as arrived.
    if (!moved) converged = Math.max(...here.gradient.map(Math.abs)) < 1e-6 * n;
    if (!moved) break;
  }
  const covariance = invertPositive(here.information) ?? here.information.map((row) => row.map(() => 0));
  const [intercept = 0, ...coefficients] = point;
  return { intercept, coefficients, centres, scales, covariance, n, positives, converged };
}

/** P(yes) of a case with these features, 0-1. */
export function logisticProbability(model: LogisticModel, features: readonly number[]): number {
  return logistic(logOddsOf(model, features));
}

/**
 * The interval of P(yes) that the uncertainty of the coefficients leaves (Wald, on the scale of log-odds).
 * @param z the normal quantile of the level, e.g. 1.2816 for 80%
 */
export function logisticInterval(
  model: LogisticModel,
  features: readonly number[],
  z: number,
): { low: number; high: number } {
  const x = [1, ...standardised(model, features)];
  let variance = 0;
  for (let i = 0; i < x.length; i += 1) {
    for (let j = 0; j < x.length; j += 1) variance += x[i]! * x[j]! * model.covariance[i]![j]!;
  }
  const logOdds = logOddsOf(model, features);
  const margin = z * Math.sqrt(Math.max(0, variance));
  return { low: logistic(logOdds - margin), high: logistic(logOdds + margin) };
}

/** What each feature adds to the log-odds of a case whose features are the means: with the intercept they are its log-odds. */
export function logisticContributions(model: LogisticModel, features: readonly number[]): number[] {
  return standardised(model, features).map((x, k) => model.coefficients[k]! * x);
}

function logOddsOf(model: LogisticModel, features: readonly number[]): number {
  return logisticContributions(model, features).reduce((sum, part) => sum + part, model.intercept);
}

function standardised({ centres, scales }: LogisticModel, features: readonly number[]): number[] {
  return centres.map((centre, k) => ((features[k] ?? centre) - centre) / scales[k]!);
}

function standardOf(rows: readonly LogisticRow[]): { centres: number[]; scales: number[] } {
  const width = rows[0]?.features.length ?? 0;
  for (const { features } of rows) {
    if (features.length !== width || !features.every(Number.isFinite)) {
      throw new RangeError(
        `A row of a logistic regression needs ${width} finite features, as the first row has.`,
      );
    }
  }
  const centres = Array.from({ length: width }, (_, k) => mean(rows, (features) => features[k]!));
  const scales = centres.map((centre, k) => {
    const deviation = Math.sqrt(mean(rows, (features) => (features[k]! - centre) ** 2));
    return deviation > 1e-12 * Math.max(1, Math.abs(centre)) ? deviation : 1;
  });
  return { centres, scales };
}

function mean(rows: readonly LogisticRow[], of: (features: readonly number[]) => number): number {
  let sum = 0;
  for (const { features } of rows) sum += of(features);
  return sum / rows.length;
}

function evaluate(
  inputs: readonly (readonly number[])[],
  outcomes: readonly number[],
  point: readonly number[],
  ridge: number,
): { logLikelihood: number; gradient: number[]; information: number[][] } {
  const penalties = point.map((_, k) => (k === 0 ? 0 : ridge));
  const gradient = point.map((value, k) => -penalties[k]! * value);
  const information = point.map((_, i) => point.map((__, j) => (i === j ? penalties[i]! : 0)));
  let logLikelihood = -0.5 * point.reduce((sum, value, k) => sum + penalties[k]! * value * value, 0);
  inputs.forEach((x, row) => {
    let logOdds = 0;
    for (let k = 0; k < x.length; k += 1) logOdds += x[k]! * point[k]!;
    const p = logistic(logOdds);
    const y = outcomes[row]!;
    logLikelihood += Math.log(y === 1 ? p : 1 - p);
    const weight = p * (1 - p);
    for (let i = 0; i < x.length; i += 1) {
      gradient[i]! += (y - p) * x[i]!;
      for (let j = 0; j <= i; j += 1) information[i]![j]! += weight * x[i]! * x[j]!;
    }
  });
  for (let i = 0; i < point.length; i += 1) {
    for (let j = 0; j < i; j += 1) information[j]![i] = information[i]![j]!;
  }
  return { logLikelihood, gradient, information };
}
