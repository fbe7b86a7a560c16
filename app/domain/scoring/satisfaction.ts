import type { CsiComponents } from './csi.ts';
import type { KnownAnswer, KnownFacts } from './known.ts';
import { clampPoints, DAY_MS, meanOrNull } from './numbers.ts';

export interface SatisfactionInputs {
  nps: number | null;
  trend: number | null;
  resolutions: number | null;
  product: number | null;
}

const TREND_MIN_ANSWERS = 3;
const TREND_MIN_SPAN_DAYS = 1;
const TREND_POINTS_PER_SLOPE_POINT = 2.5;

/** The inputs of the satisfaction part, 0-100 each, null = unknown (domain.md section 3, health). */
export function satisfactionInputs(facts: KnownFacts, csi: CsiComponents): SatisfactionInputs {
  return {
    nps: csi.nps,
    trend: trendPoints(facts.answers),
    resolutions: meanOrNull(facts.resolutions.map((resolution) => resolution.points)),
    product: csi.product,
  };
}

/**
 * clamp(50 + 2.5 x slope), slope = least-squares line through all remembered answers in points
 * per 30 days (domain.md section 3). The ratings of one response are one answer, their mean: the
 * pages of one survey are no development. Unknown below 3 answers, and when all of them were given
 * within one day: dividing by minutes would make 0 or 100 of any difference.
 *
 * Monotone in the newest answer: a least-squares slope is a sum of (t - mean t) x value, and
 * the newest time is never before the mean, so a lower newest value never raises the slope.
 * @param ratings oldest first
 */
export function trendPoints(ratings: readonly KnownAnswer[]): number | null {
  const answers = perResponse(ratings);
  const first = answers[0];
  const last = answers[answers.length - 1];
  if (first === undefined || last === undefined || answers.length < TREND_MIN_ANSWERS) return null;
  if (last.atMs - first.atMs < TREND_MIN_SPAN_DAYS * DAY_MS) return null;
  const monthsSinceFirst = (answer: TimedPoints): number => (answer.atMs - first.atMs) / (30 * DAY_MS);
  let timeSum = 0;
  for (const answer of answers) timeSum += monthsSinceFirst(answer);
  const meanTime = timeSum / answers.length;
  let covariance = 0;
  let variance = 0;
  for (const answer of answers) {
    const fromMean = monthsSinceFirst(answer) - meanTime;
    covariance += fromMean * answer.points;
    variance += fromMean * fromMean;
  }
  return clampPoints(50 + TREND_POINTS_PER_SLOPE_POINT * (covariance / variance));
}

interface TimedPoints {
  atMs: number;
  points: number;
}

/** The mean rating of each response, in the order in which they were given. */
function perResponse(ratings: readonly KnownAnswer[]): TimedPoints[] {
  const byResponse = new Map<string, { atMs: number; points: number[] }>();
  for (const { id, atMs, points } of ratings) {
    const response = id.split('/')[0] ?? id;
    const known = byResponse.get(response);
    if (known) known.points.push(points);
    else byResponse.set(response, { atMs, points: [points] });
  }
  return [...byResponse.values()].map(({ atMs, points }) => ({ atMs, points: meanOrNull(points) ?? 0 }));
}
