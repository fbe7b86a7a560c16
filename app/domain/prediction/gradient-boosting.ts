/**
 * Gradient boosting of small regression trees for the logistic loss (Friedman 2001; splits by second derivatives as in
 * Chen & Guestrin 2016). Features are cut into at most 255 bins; an unknown value (NaN) goes to the side where it
 * gains more. Deterministic for a seed.
 */
import { z } from 'zod';
import { binColumn, type BinnedColumn } from './gradient-boosting-bins.ts';
import { childOf, growTree, treeSchema, treeValue, type BoostedTree } from './gradient-boosting-tree.ts';
import { logistic } from './logistic.ts';
import { seededRandom } from './seeded-random.ts';

/** A fitted ensemble as plain JSON: log-odds = start (+ the offset of the case) + the sum of the trees. */
export const boostingModelSchema = z.object({
  start: z.number(),
  trees: z.array(treeSchema),
});
export type BoostingModel = z.infer<typeof boostingModelSchema>;

export interface BoostingOptions {
  rounds: number;
  /** The share of each tree's step that is taken. */
  learningRate: number;
  /** Most splits from the root to a leaf. */
  depth: number;
  /** Fewest rows on either side of a split. */
  minLeaf: number;
  /** Pulls the values of leaves to 0: counts as that much second derivative (4 rows of probability 0.5 have 1). */
  ridge: number;
  /** Shares of rows and of columns that each tree sees. */
  rowShare: number;
  columnShare: number;
  seed: number;
}

/**
 * @param rows features per case, NaN = unknown, all of one length
 * @param outcomes one per row
 * @param offsets log-odds per row that are known already: the trees learn what these leave, and `start` is 0. Without
 *   them the trees start from the log-odds of all rows together.
 * @throws RangeError without both outcomes, or with another number of outcomes than rows
 */
export function fitBoosting(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  options: BoostingOptions,
  offsets?: readonly number[],
): BoostingModel {
  const n = rows.length;
  const positives = outcomes.filter(Boolean).length;
  if (outcomes.length !== n || positives === 0 || positives === n)
    throw new RangeError('Boosting needs one outcome for each row, and both outcomes among them.');
  const random = seededRandom(options.seed);
  const columns = rows[0]!.map((_, k) => binColumn(rows.map((row) => row[k]!)));
  const start = offsets ? 0 : Math.log(positives / (n - positives));
  const margins = offsets ? Float64Array.from(offsets) : new Float64Array(n).fill(start);
  const gradients = new Float64Array(n);
  const curvatures = new Float64Array(n);
  const trees: BoostedTree[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    for (let i = 0; i < n; i += 1) {
      const p = logistic(margins[i]!);
      gradients[i] = Number(outcomes[i]) - p;
      curvatures[i] = p * (1 - p);
    }
    const seen = sample(n, options.rowShare, random);
    const offered = sample(columns.length, options.columnShare, random);
    const tree = growTree({ columns, offered, gradients, curvatures }, seen, options);
    trees.push(tree);
    addTree(tree, columns, margins);
  }
  return { start, trees };
}

/** Log-odds of a case, without its offset. */
export function boostedLogOdds(model: BoostingModel, features: readonly number[]): number {
  return model.trees.reduce((sum, tree) => sum + treeValue(tree, features), model.start);
}

/** The same after each of some numbers of trees, given in ascending order. */
export function stagedLogOdds(
  model: BoostingModel,
  features: readonly number[],
  rounds: readonly number[],
): number[] {
  let sum = model.start;
  let done = 0;
  return rounds.map((end) => {
    for (; done < Math.min(end, model.trees.length); done += 1)
      sum += treeValue(model.trees[done]!, features);
    return sum;
  });
}

/**
 * What each feature added to the log-odds of a case: along the way through a tree each split's change of the node's
 * value belongs to the feature that was asked (Saabas 2014). `base` + the contributions = the log-odds.
 */
export function boostedContributions(
  model: BoostingModel,
  features: readonly number[],
): { base: number; contributions: number[] } {
  const contributions = features.map(() => 0);
  let base = model.start;
  for (const tree of model.trees) {
    let node = 0;
    base += tree.value[0]!;
    while (tree.left[node]! > 0) {
      const next = childOf(tree, node, features[tree.feature[node]!]!);
      contributions[tree.feature[node]!]! += tree.value[next]! - tree.value[node]!;
      node = next;
    }
  }
  return { base, contributions };
}

function addTree(tree: BoostedTree, columns: readonly BinnedColumn[], margins: Float64Array): void {
  for (let i = 0; i < margins.length; i += 1) {
    let node = 0;
    while (tree.left[node]! > 0) node = childOf(tree, node, columns[tree.feature[node]!]!.values[i]!);
    margins[i]! += tree.value[node]!;
  }
}

/** A share of 0..n-1, at least one, without repetition, in ascending order. */
function sample(n: number, share: number, random: () => number): Int32Array {
  const wanted = Math.min(n, Math.max(1, Math.round(share * n)));
  const chosen = new Int32Array(wanted);
  for (let i = 0, found = 0; i < n && found < wanted; i += 1)
    if (random() * (n - i) < wanted - found) chosen[found++] = i;
  return chosen;
}
