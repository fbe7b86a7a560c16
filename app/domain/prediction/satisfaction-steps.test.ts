import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solvePositive } from './cholesky.ts';
import { solveWithin } from './satisfaction-steps.ts';

const MATRIX = [
  [4, 1, 0],
  [1, 3, 1],
  [0, 1, 2],
];

test('where all are free it is the step of Newton', () => {
  const step = solveWithin(MATRIX, [1, -2, 3], [0, 0, 0], [0, 0, 0]);
  solvePositive(MATRIX, [1, -2, 3])!.forEach((value, k) => expect(step[k]).toBeCloseTo(value, 8));
});

describe('within signs', () => {
  test('by hand: one coordinate ends at 0, the other at its best beside', () => {
    // Free it is (1, -1); with the second held at 0 the first is 1 / 2.
    const matrix = [
      [2, 1],
      [1, 2],
    ];
    expect(solveWithin(matrix, [1, -1], [0, 0], [0, 1])).toEqual([0.5, 0]);
    expect(solveWithin(matrix, [1, -1], [0, 3], [0, 1])[1]).toBeCloseTo(-1, 8);
    expect(solveWithin([[2]], [6], [-1], [-1])).toEqual([1]);
  });

  test('no other step that keeps to them is better', () => {
    const part = fc.double({ min: -5, max: 5, noNaN: true });
    const three = fc.tuple(part, part, part);
    const worth = (right: readonly number[], step: readonly number[]) =>
      step.reduce(
        (sum, value, i) =>
          sum + value * (right[i]! - MATRIX[i]!.reduce((row, cell, j) => row + cell * step[j]!, 0) / 2),
        0,
      );
    fc.assert(
      fc.property(
        three,
        three,
        three,
        fc.array(fc.constantFrom(-1, 0, 1), { minLength: 3, maxLength: 3 }),
        (right, from, other, signs) => {
          const held = (values: readonly number[]) =>
            values.map((value, k) => (signs[k] === 0 ? value : signs[k]! * Math.abs(value)));
          const point = held(from);
          const step = solveWithin(MATRIX, right, point, signs);
          step.forEach((value, k) => expect(signs[k]! * (point[k]! + value)).toBeGreaterThanOrEqual(0));
          const elsewhere = held(other).map((value, k) => value - point[k]!);
          expect(worth(right, step)).toBeGreaterThanOrEqual(worth(right, elsewhere) - 1e-6);
        },
      ),
    );
  });
});
