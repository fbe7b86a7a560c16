/** Ratings: their scales, what they measure, and where an answer leads. */
import type { Metric, Route, Scale } from './contract.ts';

/** Smallest and largest whole answer of each scale (domain.md section 3). */
export const SCALE_RANGE: Record<Scale, { min: number; max: number }> = {
  nps: { min: 0, max: 10 },
  csat: { min: 1, max: 5 },
  ces: { min: 1, max: 7 },
};

/** The scale on which a metric is asked. */
export const SCALE_OF_METRIC: Record<Metric, Scale> = {
  nps: 'nps',
  csat_product: 'csat',
  csat_delivery: 'csat',
  csat_purchase: 'csat',
  csat_support: 'csat',
  confidence_purchase: 'csat',
  ces_support: 'ces',
  ces_return: 'ces',
  csat_website: 'csat',
  csat_store: 'csat',
};

/** Whether `value` is a whole number on `scale`. */
export function isOnScale(scale: Scale, value: number): boolean {
  const { min, max } = SCALE_RANGE[scale];
  return Number.isInteger(value) && value >= min && value <= max;
}

/** Every answer of a scale, in order. */
export function scaleValues(scale: Scale): number[] {
  const { min, max } = SCALE_RANGE[scale];
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

/**
 * Low, middle or high (domain.md section 2): low = NPS 0-6, CSAT 1-2, CES 5-7; high = NPS 9-10, CSAT 5, CES 1-2.
 * A value off the scale raises a RangeError: answers are validated before they get here.
 */
export function routeOf(scale: Scale, value: number): Route {
  assertOnScale(scale, value);
  if (scale === 'nps') return value <= 6 ? 'low' : value >= 9 ? 'high' : 'middle';
  if (scale === 'csat') return value <= 2 ? 'low' : value === 5 ? 'high' : 'middle';
  return value >= 5 ? 'low' : value <= 2 ? 'high' : 'middle';
}

/** Raises a RangeError that names scale and value when the value is off the scale. */
export function assertOnScale(scale: Scale, value: number): void {
  if (isOnScale(scale, value)) return;
  const { min, max } = SCALE_RANGE[scale];
  throw new RangeError(`A ${scale} answer is a whole number from ${min} to ${max}, but got ${value}.`);
}

/** A stored rating with its scale; null where an answer has none. */
export function ratingOf(answer: {
  metric: Metric | null;
  rating: number | null;
}): { scale: Scale; value: number } | null {
  const { metric, rating } = answer;
  return metric === null || rating === null ? null : { scale: SCALE_OF_METRIC[metric], value: rating };
}
