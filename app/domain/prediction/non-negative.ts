const MOST_ROUNDS = 10_000;
const SETTLED = 1e-12;

/**
 * The x >= 0 that makes x'Ax / 2 - b'x least, for a symmetric, positive definite A: least squares whose coefficients
 * cannot be negative, from its normal equations. One coordinate after the other is put at its best until none moves
 * (the function is convex, so this ends at the only minimum). Deterministic.
 */
export function nonNegativeLeastSquares(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] {
  const x = right.map(() => 0);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let moved = 0;
    let largest = 0;
    for (let i = 0; i < x.length; i += 1) {
      let rest = right[i]!;
      for (let j = 0; j < x.length; j += 1) if (j !== i) rest -= matrix[i]![j]! * x[j]!;
      const next = Math.max(0, rest / matrix[i]![i]!);
      moved = Math.max(moved, Math.abs(next - x[i]!));
      largest = Math.max(largest, next);
      x[i] = next;
    }
    if (moved <= SETTLED * largest) break;
  }
  return x;
}
