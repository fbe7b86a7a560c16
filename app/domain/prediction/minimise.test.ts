import { describe, expect, it } from 'vitest';
import { minimise, type Evaluation } from './minimise.ts';

const WIDE = [
  [-50, 50],
  [-50, 50],
] as const;

/** Rosenbrock's curved valley, its least at (1, 1). */
function valley([x, y]: readonly number[]): Evaluation {
  const off = y! - x! * x!;
  return { value: (1 - x!) ** 2 + 100 * off * off, gradient: [-2 * (1 - x!) - 400 * x! * off, 200 * off] };
}

describe('minimise', () => {
  it.each([[[-1.2, 1]], [[10, -10]], [[0, 0]]])('follows a curved valley down from %j', (start) => {
    const { point, value, settled } = minimise(valley, [start], WIDE);
    expect(settled).toBe(true);
    expect(point[0]).toBeCloseTo(1, 8);
    expect(point[1]).toBeCloseTo(1, 8);
    expect(value).toBeLessThan(1e-16);
  });

  it('takes the deepest of several minima', () => {
    // Minima near -1 and 1, the latter deeper.
    const wells = ([x]: readonly number[]): Evaluation => ({
      value: (x! * x! - 1) ** 2 - 0.1 * x!,
      gradient: [4 * x! * (x! * x! - 1) - 0.1],
    });
    const starts = [[-1], [1.2]];
    expect(minimise(wells, starts, [[-9, 9]]).point[0]).toBeCloseTo(1.0122, 3);
    expect(minimise(wells, [starts[0]!], [[-9, 9]]).point[0]).toBeCloseTo(-0.9872, 3);
  });

  it('ends a little outside of its limits where there is no minimum, and tells the value without the penalty', () => {
    const slope = ([x]: readonly number[]): Evaluation => ({ value: -0.01 * x!, gradient: [-0.01] });
    const { point, value } = minimise(slope, [[0]], [[-3, 3]]);
    expect(point[0]).toBeCloseTo(3.005, 6);
    expect(value).toBeCloseTo(-0.03005, 8);
  });

  it('keeps away from where the function is not known', () => {
    const partial = ([x]: readonly number[]): Evaluation =>
      x! > 1.5 ? { value: NaN, gradient: [NaN] } : { value: (x! - 1) ** 2, gradient: [2 * (x! - 1)] };
    expect(minimise(partial, [[-1]], [[-9, 9]])).toMatchObject({
      settled: true,
      point: [expect.closeTo(1, 8)],
    });
  });

  it('does not call a wall a minimum', () => {
    const wall = ([x]: readonly number[]): Evaluation =>
      x! > 1 ? { value: Infinity, gradient: [NaN] } : { value: -x!, gradient: [-1] };
    expect(minimise(wall, [[0]], [[-9, 9]]).settled).toBe(false);
  });
});
