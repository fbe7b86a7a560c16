/** Columns of numbers cut into bins, so that a tree looks at bins instead of values. */

/** Bin 0 holds what is unknown; bin b > 0 holds values up to `edges[b - 1]`. */
export interface BinnedColumn {
  values: Float64Array;
  bins: Uint8Array;
  /** Upper ends of the bins from 1 on, ascending; the last is Infinity. */
  edges: number[];
}

const MOST_BINS = 255;

/**
 * Cuts at the quantiles of the known values, halfway between two that occur, so that equal values stay together. A
 * column of few distinct values has one bin for each.
 */
export function binColumn(column: readonly number[]): BinnedColumn {
  const values = Float64Array.from(column);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  const step = Math.max(1, sorted.length / MOST_BINS);
  let due = step;
  for (let i = 1; i < sorted.length; i += 1) {
    const [below, here] = [sorted[i - 1]!, sorted[i]!];
    if (here === below || i < due) continue;
    edges.push(below + (here - below) / 2);
    while (due <= i) due += step;
  }
  edges.push(Infinity);
  return { values, bins: Uint8Array.from(values, (value) => binOf(edges, value)), edges };
}

function binOf(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}
