/** One regression tree of a boosted ensemble, grown on binned columns. */
import { z } from 'zod';
import type { BinnedColumn } from './gradient-boosting-bins.ts';

/**
 * Nodes in arrays: the root is 0, the right child follows the left, a leaf has no left child (0). `value` is what a
 * case that ends there gets; inner nodes have one too, so that the way to a leaf can be told as steps.
 */
export const treeSchema = z.object({
  feature: z.array(z.number().int()),
  /** Values up to it go left. */
  threshold: z.array(z.number()),
  unknownLeft: z.array(z.boolean()),
  left: z.array(z.number().int()),
  value: z.array(z.number()),
});
export type BoostedTree = z.infer<typeof treeSchema>;

/** What the tree is fitted to: first derivatives of the log-likelihood, and its curvatures, per row. */
export interface TreeTask {
  columns: readonly BinnedColumn[];
  /** Columns that may be asked. */
  offered: Int32Array;
  gradients: Float64Array;
  curvatures: Float64Array;
}

export interface TreeOptions {
  depth: number;
  minLeaf: number;
  ridge: number;
  learningRate: number;
}

interface Split {
  column: number;
  /** Bins up to it go left. */
  bin: number;
  unknownLeft: boolean;
  gain: number;
}

interface Sums {
  gradient: number;
  curvature: number;
  rows: number;
}

/** A split must gain more than rounding does. */
const LEAST_GAIN = 1e-9;

/** Grows a tree over the given rows, each split the one of greatest gain. */
export function growTree(task: TreeTask, rows: Int32Array, options: TreeOptions): BoostedTree {
  const tree: BoostedTree = { feature: [], threshold: [], unknownLeft: [], left: [], value: [] };
  const add = (own: Int32Array): Sums => {
    const sums = sumOf(task, own);
    tree.feature.push(0);
    tree.threshold.push(0);
    tree.unknownLeft.push(false);
    tree.left.push(0);
    tree.value.push((options.learningRate * sums.gradient) / (sums.curvature + options.ridge));
    return sums;
  };
  const grow = (node: number, own: Int32Array, sums: Sums, depth: number): void => {
    const split = depth > 0 ? bestSplit(task, own, sums, options) : null;
    if (split === null) return;
    const { bins, edges } = task.columns[split.column]!;
    const goesLeft = (row: number) => (bins[row] === 0 ? split.unknownLeft : bins[row]! <= split.bin);
    const left = own.filter(goesLeft);
    const right = own.filter((row) => !goesLeft(row));
    tree.feature[node] = split.column;
    tree.threshold[node] = edges[split.bin - 1]!;
    tree.unknownLeft[node] = split.unknownLeft;
    const place = tree.value.length;
    tree.left[node] = place;
    const [leftSums, rightSums] = [add(left), add(right)];
    grow(place, left, leftSums, depth - 1);
    grow(place + 1, right, rightSums, depth - 1);
  };
  grow(0, rows, add(rows), options.depth);
  return tree;
}

/** The value a case gets from a tree. */
export function treeValue(tree: BoostedTree, features: readonly number[]): number {
  let node = 0;
  while (tree.left[node]! > 0) node = childOf(tree, node, features[tree.feature[node]!]!);
  return tree.value[node]!;
}

/** Where a case goes from an inner node, by its value of the node's feature (NaN = unknown). */
export function childOf(tree: BoostedTree, node: number, value: number): number {
  const goesLeft = Number.isNaN(value) ? tree.unknownLeft[node]! : value <= tree.threshold[node]!;
  return goesLeft ? tree.left[node]! : tree.left[node]! + 1;
}

function sumOf({ gradients, curvatures }: TreeTask, rows: Int32Array): Sums {
  let gradient = 0;
  let curvature = 0;
  for (const row of rows) {
    gradient += gradients[row]!;
    curvature += curvatures[row]!;
  }
  return { gradient, curvature, rows: rows.length };
}

/** Chen & Guestrin's gain; the first of equals, so that the order of columns decides and nothing else. */
function bestSplit(task: TreeTask, rows: Int32Array, all: Sums, options: TreeOptions): Split | null {
  if (rows.length < 2 * options.minLeaf) return null;
  let best: Split | null = null;
  const worth = (gradient: number, curvature: number) => (gradient * gradient) / (curvature + options.ridge);
  const whole = worth(all.gradient, all.curvature);
  // Gathered once per node: the loop over columns is where the time goes.
  const rowGradients = Float64Array.from(rows, (row) => task.gradients[row]!);
  const rowCurvatures = Float64Array.from(rows, (row) => task.curvatures[row]!);
  for (const column of task.offered) {
    const { bins, edges } = task.columns[column]!;
    const gradient = new Float64Array(edges.length + 1);
    const curvature = new Float64Array(edges.length + 1);
    const count = new Int32Array(edges.length + 1);
    for (let i = 0; i < rows.length; i += 1) {
      const bin = bins[rows[i]!]!;
      gradient[bin]! += rowGradients[i]!;
      curvature[bin]! += rowCurvatures[i]!;
      count[bin]! += 1;
    }
    for (const unknownLeft of count[0]! > 0 ? [true, false] : [false]) {
      let g = unknownLeft ? gradient[0]! : 0;
      let c = unknownLeft ? curvature[0]! : 0;
      let n = unknownLeft ? count[0]! : 0;
      for (let bin = 1; bin < edges.length; bin += 1) {
        g += gradient[bin]!;
        c += curvature[bin]!;
        n += count[bin]!;
        if (count[bin] === 0 || n < options.minLeaf) continue;
        if (all.rows - n < options.minLeaf) break;
        const gain = worth(g, c) + worth(all.gradient - g, all.curvature - c) - whole;
        if (gain > (best?.gain ?? LEAST_GAIN)) best = { column, bin, unknownLeft, gain };
      }
    }
  }
  return best;
}
