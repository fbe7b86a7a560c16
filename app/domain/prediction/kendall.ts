/** Kendall's statistic: how often the later of two values is the lower one, when there is no trend at all. */

const distributions: number[][] = [];

/**
 * P(at most k of the pairs run downwards) for k = 0 … n(n-1)/2, when all orders of n values are equally likely: exact,
 * by adding one value at a time (Kendall 1938; the numbers of permutations by their inversions).
 * @param n from 1; the work grows with n cubed, and distributions are kept
 */
export function discordantCdf(n: number): readonly number[] {
  const kept = distributions[n];
  if (kept !== undefined) return kept;
  let chances = [1];
  for (let size = 2; size <= n; size += 1) {
    // The new value may stand in front of 0 … size - 1 of the others, each as likely.
    const next = Array.from({ length: (size * (size - 1)) / 2 + 1 }, () => 0);
    chances.forEach((chance, k) => {
      for (let more = 0; more < size; more += 1) next[k + more]! += chance / size;
    });
    chances = next;
  }
  let sum = 0;
  return (distributions[n] = chances.map((chance) => Math.min(1, (sum += chance))));
}
