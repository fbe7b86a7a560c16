/** Below this number of answers no figure is shown (domain.md section 3). */
const MIN_ANSWERS_SHOWN = 5;

/** The standard normal quantile behind a two-sided 95% interval. */
export const Z_95 = 1.959963984540054;

/** A figure with its 95% interval, in the unit of the figure. */
export interface ShownEstimate {
  outcome: 'shown';
  n: number;
  value: number;
  low: number;
  high: number;
}

/** Every aggregate of a report: a figure with n and interval, or the fact that n is below 5. */
export type Estimate = ShownEstimate | { outcome: 'not_enough'; n: number };

/** The outcome for `n` answers that are too few; null when they are enough. */
export function notEnough(n: number): { outcome: 'not_enough'; n: number } | null {
  return n < MIN_ANSWERS_SHOWN ? { outcome: 'not_enough', n } : null;
}
