/** Where a customer's satisfaction is going: the robust slope of the normalised answers over time (domain.md section 4). */
import { DAY_MS } from '../core/calendar.ts';
import { discordantCdf } from './kendall.ts';

/** An answer on the common scale: 0-100 points, higher is better. */
export interface SatisfactionPoint {
  at: Date;
  points: number;
}

export type Direction = 'improving' | 'flat' | 'declining';

export type Trajectory =
  | {
      outcome: 'not_enough';
      /** Fewer than 3 days with answers, or all of them within less than 14 days. */
      reason: 'few_days' | 'short_span';
      days: number;
    }
  | {
      outcome: 'shown';
      direction: Direction;
      /** Theil-Sen slope in points per 30 days. */
      slope: number;
      /** 80% interval of the slope or a little more (`coverage`); null below 4 days, which allow none. */
      interval: { low: number; high: number; coverage: number } | null;
      /** How sure each direction is, 0-1; they add up to 1. */
      chances: Readonly<Record<Direction, number>>;
      /** That of the direction. */
      confidence: number;
      /** Days with answers that were looked at. */
      days: number;
    };

/** Three days give a slope its first sign of consistency; two are a difference. */
export const MIN_TRAJECTORY_DAYS = 3;
/** Below half of the unit of the slope, a mood of one week would be stretched to a month. */
export const MIN_TRAJECTORY_SPAN_DAYS = 14;
/** One step of a five-point scale (25 points) in a year: what moves less is flat. */
export const FLAT_POINTS_PER_30_DAYS = 2;
/** The newest days with answers; enough for any customer, and it bounds the work at 1,770 pairs. */
const MOST_DAYS = 60;
/** Ratings drop out after 24 months, as in the satisfaction index (domain.md section 3). */
const MEMORY_DAYS = 730;
const SLOPE_DAYS = 30;
const COVERAGE = 0.8;

/**
 * The median of the slopes of all pairs of days (Theil 1950, Sen 1968), with Sen's interval from the exact distribution
 * of Kendall's statistic. The answers of one UTC day are one point, their mean: the pages of one survey are no
 * development. A direction is as sure as the same statistic makes the slope lie beyond +-2 points per 30 days, with
 * half of the probability of the very value found counted (mid-p).
 * Not counted: answers after `now` or 24 months old, points that are not finite; points are held within 0-100.
 */
export function trajectoryOf(answers: readonly SatisfactionPoint[], now: Date): Trajectory {
  const days = pointsByDay(answers, now);
  const first = days[0];
  const last = days[days.length - 1];
  if (first === undefined || last === undefined || days.length < MIN_TRAJECTORY_DAYS)
    return { outcome: 'not_enough', reason: 'few_days', days: days.length };
  if (last.day - first.day < MIN_TRAJECTORY_SPAN_DAYS)
    return { outcome: 'not_enough', reason: 'short_span', days: days.length };
  const slopes = pairSlopes(days);
  const slope = (slopes[(slopes.length - 1) >> 1]! + slopes[slopes.length >> 1]!) / 2;
  const cdf = discordantCdf(days.length);
  const improving = chanceAbove(slopes, FLAT_POINTS_PER_30_DAYS, cdf);
  const declining = 1 - chanceAbove(slopes, -FLAT_POINTS_PER_30_DAYS, cdf);
  const chances = { improving, flat: Math.max(0, 1 - improving - declining), declining };
  const direction: Direction =
    slope > FLAT_POINTS_PER_30_DAYS ? 'improving' : slope < -FLAT_POINTS_PER_30_DAYS ? 'declining' : 'flat';
  const confidence = chances[direction];
  const interval = slopeInterval(slopes, cdf);
  return { outcome: 'shown', direction, slope, interval, chances, confidence, days: days.length };
}

interface DayPoint {
  /** Whole days since 1970-01-01, UTC. */
  day: number;
  points: number;
}

function pointsByDay(answers: readonly SatisfactionPoint[], now: Date): DayPoint[] {
  const byDay = new Map<number, number[]>();
  for (const { at, points } of answers) {
    const age = now.getTime() - at.getTime();
    if (!(age >= 0 && age < MEMORY_DAYS * DAY_MS) || !Number.isFinite(points)) continue;
    const day = Math.floor(at.getTime() / DAY_MS);
    const held = Math.min(100, Math.max(0, points));
    const known = byDay.get(day);
    if (known) known.push(held);
    else byDay.set(day, [held]);
  }
  return Array.from(byDay, ([day, list]) => ({ day, points: meanOf(list) }))
    .sort((a, b) => a.day - b.day)
    .slice(-MOST_DAYS);
}

/** Summed in the order of size, so that the order of arrival leaves no trace in the last digits. */
function meanOf(values: number[]): number {
  return values.sort((a, b) => a - b).reduce((sum, value) => sum + value, 0) / values.length;
}

/** Points per 30 days of every pair of days, lowest first. */
function pairSlopes(days: readonly DayPoint[]): number[] {
  const slopes: number[] = [];
  days.forEach((later, index) => {
    for (const earlier of days.slice(0, index))
      slopes.push((SLOPE_DAYS * (later.points - earlier.points)) / (later.day - earlier.day));
  });
  return slopes.sort((a, b) => a - b);
}

/**
 * How sure the true slope lies above `limit`: were it the limit itself, every pair's slope would fall below it as often
 * as above. Pairs that lie on it count half.
 */
function chanceAbove(slopes: readonly number[], limit: number, cdf: readonly number[]): number {
  let below = 0;
  for (const slope of slopes) below += slope < limit ? 1 : slope === limit ? 0.5 : 0;
  const upTo = (k: number): number => (k < 0 ? 0 : cdf[Math.min(k, cdf.length - 1)]!);
  return 1 - (upTo(Math.floor(below)) + upTo(Math.ceil(below) - 1)) / 2;
}

/** From the m-th lowest to the m-th highest slope, m as large as the coverage allows; wider than that where values tie. */
function slopeInterval(
  slopes: readonly number[],
  cdf: readonly number[],
): { low: number; high: number; coverage: number } | null {
  let m = 0;
  while (2 * m + 2 <= slopes.length && 1 - 2 * cdf[m]! >= COVERAGE) m += 1;
  if (m === 0) return null;
  return { low: slopes[m - 1]!, high: slopes[slopes.length - m]!, coverage: 1 - 2 * cdf[m - 1]! };
}
