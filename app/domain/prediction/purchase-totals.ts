/** How far totals of whole windows lie off what was expected of their buyers: the season, and the width of intervals. */
import { correctedAnswer, USUAL_DEVIATION, USUAL_WINDOWS, type Corrections } from './purchase-corrections.ts';
import { varianceOf, type Spread } from './purchase-spread.ts';
import type { WindowPlan, WindowRow } from './purchase-windows.ts';

/** One earlier window as a report shows it. Totals are orders. */
export interface WindowTotal {
  startDay: number;
  buyers: number;
  predicted: number;
  actual: number;
}

const MOST_SHIFT = 3;

/** Rows by window, in the plan's order. */
export function rowsByWindow(rows: readonly WindowRow[], plan: WindowPlan): WindowRow[][] {
  const byWindow = plan.starts.map((): WindowRow[] => []);
  for (const row of rows) byWindow[row.window]!.push(row);
  return byWindow;
}

/**
 * Per window, the shift of level at which the corrected answers add up to what came: positive where more came than
 * expected. 0 for a window without rows.
 */
export function levelShifts(byWindow: readonly WindowRow[][], corrections: Corrections): number[] {
  return byWindow.map((rows) => {
    if (rows.length === 0) return 0;
    const actual = rows.reduce((sum, { purchases }) => sum + purchases, 0);
    let low = -MOST_SHIFT;
    let high = MOST_SHIFT;
    for (let step = 0; step < 16; step += 1) {
      const middle = (low + high) / 2;
      if (expectedOf(rows, corrections, middle) < actual) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
}

/**
 * The level that the coming window is expected to have beside its corrections: that of the same season in earlier years,
 * in so far as the windows differ more than those of a steady shop do.
 */
export function seasonShift(plan: WindowPlan, shifts: readonly number[]): { shift: number; share: number } {
  const inSeason = shifts.filter((_, window) => plan.starts[window]!.sameSeason);
  if (inSeason.length === 0) return { shift: 0, share: 0 };
  const mean = shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
  const variance = shifts.reduce((sum, shift) => sum + (shift - mean) ** 2, 0) / shifts.length;
  const share = Math.max(0, 1 - USUAL_DEVIATION ** 2 / Math.max(variance, 1e-12));
  return { shift: (share * inSeason.reduce((sum, shift) => sum + shift, 0)) / inSeason.length, share };
}

/** The totals of the windows, predicted by the corrections that they themselves taught. */
export function windowTotals(
  byWindow: readonly WindowRow[][],
  plan: WindowPlan,
  corrections: Corrections,
): WindowTotal[] {
  return byWindow.flatMap((rows, window) =>
    rows.length === 0
      ? []
      : [
          {
            startDay: plan.starts[window]!.day,
            buyers: rows.length,
            predicted: expectedOf(rows, corrections, 0),
            actual: rows.reduce((sum, { purchases }) => sum + purchases, 0),
          },
        ],
  );
}

/**
 * Standard deviation of the logarithm of a coming total around its expectation, beside the chance of single buyers:
 * how much earlier windows differed beyond that chance, mixed with what is usual, and the uncertain level itself.
 * @param seasonKnown share of the differences that the season explains, 0-1
 */
export function totalDeviation(
  byWindow: readonly WindowRow[][],
  plan: WindowPlan,
  corrections: Corrections,
  spread: Spread,
  seasonKnown: number,
): number {
  const usual = USUAL_WINDOWS * USUAL_DEVIATION ** 2;
  let excess = 0;
  let used = 0;
  let responds = 0;
  for (const rows of byWindow) {
    if (rows.length === 0) continue;
    let expected = 0;
    let variance = 0;
    let actual = 0;
    let free = 0;
    for (const row of rows) {
      const { chance, further } = correctedAnswer(corrections, row, 0);
      expected += chance * (1 + further);
      variance += varianceOf(spread, chance, further);
      actual += row.purchases;
      free += chance * (1 - chance) * (1 + further);
    }
    const ratio = Math.log((actual + 1) / (expected + 1));
    excess += Math.max(0, ratio * ratio - variance / (expected + 1) ** 2);
    responds += free / Math.max(1e-9, expected);
    used += 1;
  }
  if (used === 0) return Math.sqrt(usual / USUAL_WINDOWS + corrections.levelDeviation ** 2);
  // The windows taught the level, so one of them is spent.
  const counted = plan.independent - 1;
  const between = (usual + (counted * excess) / used) / (USUAL_WINDOWS + counted);
  const left = seasonKnown > 0 ? Math.max(2 * USUAL_DEVIATION ** 2, (1 - seasonKnown) * between) : between;
  return Math.sqrt(left + (corrections.levelDeviation * (responds / used)) ** 2);
}

function expectedOf(rows: readonly WindowRow[], corrections: Corrections, shift: number): number {
  let sum = 0;
  for (const row of rows) {
    const { chance, further } = correctedAnswer(corrections, row, shift);
    sum += chance * (1 + further);
  }
  return sum;
}
