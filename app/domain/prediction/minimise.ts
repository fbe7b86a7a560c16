/** Smooth functions of a few variables at their least: damped Newton steps from fixed starts, no chance involved. */
import { solvePositive } from './cholesky.ts';

export interface Evaluation {
  value: number;
  gradient: number[];
}

export interface Minimum {
  point: number[];
  value: number;
  /** The gradient vanished; false where the steps or the precision ran out first. */
  settled: boolean;
}

export type Limits = readonly (readonly [low: number, high: number])[];

const MOST_STEPS = 200;
/** Largest gradient that counts as none, for functions of about unit scale. */
const FLAT = 1e-9;
/** Gradient at which it is clear which start leads lowest. */
const ROUGH = 1e-4;
/** What the last digits of a sum of many terms may hide. */
const NEARLY_FLAT = 1e-6;
const DIFFERENCE = 1e-5;
/** Longest step, in the units of the variables (logarithms, here: a factor of 7). */
const LONGEST_STEP = 2;
const MOST_DAMPING = 1e12;

/**
 * The least of `objective`: all starts are followed down by Levenberg-Marquardt damped Newton steps, the lowest of them
 * to the end; the Hessian comes from differences of the gradient. Beyond `limits` a growing penalty is added, so that
 * a function without a minimum still ends, a little outside of them; `value` is without it. Deterministic.
 */
export function minimise(
  objective: (point: readonly number[]) => Evaluation,
  starts: readonly (readonly number[])[],
  limits: Limits,
): Minimum {
  const fenced = (point: readonly number[]) => withPenalty(objective(point), point, limits);
  const found = starts.map((start) => descend(fenced, start, ROUGH));
  const lowest = found.reduce((one, other) => (other.value < one.value ? other : one));
  const best = descend(fenced, lowest.point, FLAT);
  return { ...best, value: objective(best.point).value };
}

function withPenalty({ value, gradient }: Evaluation, point: readonly number[], limits: Limits): Evaluation {
  let total = value;
  const slope = [...gradient];
  limits.forEach(([low, high], index) => {
    const excess = Math.max(point[index]! - high, 0) + Math.min(point[index]! - low, 0);
    total += excess * excess;
    slope[index]! += 2 * excess;
  });
  return { value: total, gradient: slope };
}

function descend(
  objective: (point: readonly number[]) => Evaluation,
  start: readonly number[],
  flat: number,
): Minimum {
  let point = [...start];
  let here = objective(point);
  let damping = 1e-3;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (steepest(here) < flat) return { point, value: here.value, settled: true };
    const hessian = hessianAt(objective, point, here.gradient);
    let moved = false;
    while (!moved && damping < MOST_DAMPING) {
      const move = newtonStep(hessian, here.gradient, damping);
      const next = move && point.map((value, index) => value + move[index]!);
      const there = next && objective(next);
      if (next && there && there.value < here.value && there.gradient.every(Number.isFinite)) {
        [point, here, moved] = [next, there, true];
        damping = Math.max(damping / 10, 1e-12);
      } else damping *= 4;
    }
    if (!moved) break;
  }
  return { point, value: here.value, settled: steepest(here) < NEARLY_FLAT };
}

const steepest = ({ gradient }: Evaluation) => Math.max(...gradient.map(Math.abs));

function hessianAt(
  objective: (point: readonly number[]) => Evaluation,
  point: readonly number[],
  gradient: readonly number[],
): number[][] {
  const rows = point.map((value, index) => {
    const moved = point.with(index, value + DIFFERENCE);
    return objective(moved).gradient.map((slope, other) => (slope - gradient[other]!) / DIFFERENCE);
  });
  return rows.map((row, i) => row.map((value, j) => (value + rows[j]![i]!) / 2));
}

/** The step that solves (H + damping x scale) step = -gradient, no longer than allowed; null where there is none. */
function newtonStep(hessian: number[][], gradient: readonly number[], damping: number): number[] | null {
  const scale = Math.max(...hessian.map((row, index) => Math.abs(row[index]!)));
  // Where the function is flat in all directions the scale is 0, and any step will do.
  const lift = damping * (scale + 1e-12);
  const step = solvePositive(
    hessian.map((row, i) => row.map((value, j) => (i === j ? value + lift : value))),
    gradient.map((slope) => -slope),
  );
  const length = Math.max(...(step ?? []).map(Math.abs));
  return step && length > LONGEST_STEP ? step.map((part) => (part * LONGEST_STEP) / length) : step;
}
