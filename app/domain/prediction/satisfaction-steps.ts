/** Newton's step where some coefficients may not change their sign. */

const MOST_ROUNDS = 2_000;
const SETTLED = 1e-10;

/**
 * The step d that makes g'd - d'Hd / 2 greatest, for a symmetric, positive definite H, while point + d keeps to the
 * signs: one coordinate after the other is put at its best until none moves (the function is concave, so this ends at
 * its only maximum). Deterministic.
 * @param signs per coordinate: 1 = never below 0, -1 = never above 0, 0 = free. The point keeps to them.
 */
export function solveWithin(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
  point: readonly number[],
  signs: readonly number[],
): number[] {
  const step = right.map(() => 0);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let moved = 0;
    for (let i = 0; i < step.length; i += 1) {
      let rest = right[i]!;
      for (let j = 0; j < step.length; j += 1) if (j !== i) rest -= matrix[i]![j]! * step[j]!;
      const free = rest / matrix[i]![i]!;
      const next = signs[i]! * (point[i]! + free) < 0 ? 0 - point[i]! : free;
      moved = Math.max(moved, Math.abs(next - step[i]!));
      step[i] = next;
    }
    if (moved <= SETTLED) break;
  }
  return step;
}
