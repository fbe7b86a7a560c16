/**
 * Solves A x = b for a symmetric, positive definite A by Cholesky's decomposition.
 * @returns null where A is not positive definite (singular, or not finite)
 */
export function solvePositive(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] | null {
  const lower = decompose(matrix);
  return lower && substitute(lower, right);
}

/** The inverse of a symmetric, positive definite matrix; null where it is not. */
export function invertPositive(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower = decompose(matrix);
  return (
    lower &&
    matrix.map((_, column) =>
      substitute(
        lower,
        matrix.map((__, row) => Number(row === column)),
      ),
    )
  );
}

function decompose(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k += 1) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i !== j) lower[i]![j] = sum / lower[j]![j]!;
      // What rounding leaves of a true 0 is not positive either.
      else if (sum > 1e-13 * matrix[i]![i]! && Number.isFinite(sum)) lower[i]![i] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}

function substitute(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const solution = [...right];
  for (let i = 0; i < solution.length; i += 1) {
    for (let k = 0; k < i; k += 1) solution[i]! -= lower[i]![k]! * solution[k]!;
    solution[i]! /= lower[i]![i]!;
  }
  for (let i = solution.length - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < solution.length; k += 1) solution[i]! -= lower[k]![i]! * solution[k]!;
    solution[i]! /= lower[i]![i]!;
  }
  return solution;
}
