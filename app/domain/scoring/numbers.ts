/** The few number rules that every score shares. */

export const DAY_MS = 86_400_000;

/** Ratings older than 24 months drop out (domain.md section 3, CSI), counted as 2 x 365 days. */
export const RATING_MEMORY_DAYS = 730;

/** An answer counts half as much as one given 90 days later (domain.md section 3, CSI). */
const HALF_LIFE_DAYS = 90;

/** Limits a value to 0..100 points. */
export function clampPoints(value: number): number {
  return Math.min(100, Math.max(0, value));
}

/**
 * Rounds half up to 1 decimal. The tiny allowance keeps a true half such as 87.35, which
 * binary fractions hold as 87.3499…, from being rounded down.
 */
export function roundToTenth(value: number): number {
  return Math.floor(value * 10 + 0.5 + 1e-9) / 10;
}

/** Plain mean; null for an empty list. */
export function meanOrNull(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Median (mean of the middle two for an even count); null for an empty list. */
export function medianOrNull(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] as number)) / 2;
}

/** Mean of the known values by weight, renormalised over what is known, with the known weight. */
export function weightedMean(entries: readonly { weight: number; value: number | null }[]): {
  value: number | null;
  knownWeight: number;
} {
  let sum = 0;
  let knownWeight = 0;
  for (const { weight, value } of entries) {
    if (value === null) continue;
    sum += weight * value;
    knownWeight += weight;
  }
  return { value: knownWeight === 0 ? null : clampPoints(sum / knownWeight), knownWeight };
}

/** A value in points with its time in epoch milliseconds. */
export interface TimedPoints {
  atMs: number;
  points: number;
}

/**
 * Mean weighted by 0.5^(age / 90 days) (domain.md section 3). Ages are taken against the
 * newest entry instead of now: the common factor cancels, so the mean is the same number,
 * bit for bit, for as long as no entry comes or drops out.
 * @param entries in a fixed order, so that equal input gives an equal result; null when empty
 */
export function decayedMean(entries: readonly TimedPoints[]): number | null {
  let newestMs = -Infinity;
  for (const entry of entries) newestMs = Math.max(newestMs, entry.atMs);
  let sum = 0;
  let weights = 0;
  for (const { atMs, points } of entries) {
    const weight = 0.5 ** ((newestMs - atMs) / (HALF_LIFE_DAYS * DAY_MS));
    sum += weight * points;
    weights += weight;
  }
  return weights === 0 ? null : clampPoints(sum / weights);
}
