import type { AnswerInput, OrderInput, RatingInput, ScoreInputs, ScoreMetric } from './inputs.ts';
import { clampPoints, DAY_MS, RATING_MEMORY_DAYS } from './numbers.ts';

/** An answer on the common scale: 0-100 points, higher is better. */
export interface KnownAnswer {
  id: string;
  metric: ScoreMetric;
  points: number;
  atMs: number;
  orderId: string | null;
  lineId: string | null;
}

export interface KnownRating {
  points: number;
  atMs: number;
}

export interface KnownOrder {
  order: OrderInput;
  atMs: number;
}

/**
 * The part of the inputs that counts at one moment: nothing from the future, no rating
 * older than 24 months, only paid orders that were not cancelled; oldest first.
 */
export interface KnownFacts {
  nowMs: number;
  answers: KnownAnswer[];
  orders: KnownOrder[];
  reviews: KnownRating[];
  resolutions: KnownRating[];
  /** All that were paid at some time, cancelled ones too: a chargeback on one is one all the same. */
  paidOrders: KnownOrder[];
  lastSeenMs: number | null;
  /** null: the pixel does not run. */
  pixelOnSinceMs: number | null;
  inputs: ScoreInputs;
}

/**
 * Puts a raw rating on 0-100 points, higher is better (domain.md section 3, table of measures).
 * @returns null for a rating that is no number; ratings beyond their scale are held at its ends
 */
export function normaliseRating(metric: ScoreMetric, rating: number): number | null {
  if (!Number.isFinite(rating)) return null;
  switch (metric) {
    case 'nps':
      return clampPoints(10 * rating);
    case 'ces_support':
    case 'ces_return':
      return clampPoints((100 * (7 - rating)) / 6);
    default:
      return clampPoints(25 * (rating - 1));
  }
}

/** The answers that count at `now`, on the common scale, sorted by (time, id). */
export function knownAnswers(answers: readonly AnswerInput[], now: Date): KnownAnswer[] {
  const nowMs = now.getTime();
  const known: KnownAnswer[] = [];
  for (const { id, metric, rating, answeredAt, orderId, lineId } of answers) {
    const atMs = answeredAt.getTime();
    const points = normaliseRating(metric, rating);
    if (points !== null && isRemembered(atMs, nowMs))
      known.push({ id, metric, points, atMs, orderId, lineId });
  }
  return known.sort((a, b) => a.atMs - b.atMs || compareIds(a.id, b.id));
}

/** The orders that count at `now` (paid, not cancelled, not in the future), sorted by (time, id). */
export function knownOrders(orders: readonly OrderInput[], now: Date): KnownOrder[] {
  return paidOrders(orders, now).filter(({ order }) => !order.cancelled);
}

function paidOrders(orders: readonly OrderInput[], now: Date): KnownOrder[] {
  const nowMs = now.getTime();
  const known: KnownOrder[] = [];
  for (const order of orders) {
    const atMs = order.createdAt.getTime();
    if (order.paid && atMs <= nowMs) known.push({ order, atMs });
  }
  return known.sort((a, b) => a.atMs - b.atMs || compareIds(a.order.orderId, b.order.orderId));
}

/** Picks what counts at `now` out of the inputs. */
export function knownFacts(inputs: ScoreInputs, now: Date): KnownFacts {
  const nowMs = now.getTime();
  const past = (at: Date | null): number | null =>
    at !== null && at.getTime() <= nowMs ? at.getTime() : null;
  const paid = paidOrders(inputs.orders, now);
  return {
    nowMs,
    answers: knownAnswers(inputs.answers, now),
    orders: paid.filter(({ order }) => !order.cancelled),
    paidOrders: paid,
    reviews: knownRatings(inputs.reviews, nowMs),
    resolutions: knownRatings(inputs.resolutions, nowMs),
    lastSeenMs: past(inputs.lastSeenAt),
    pixelOnSinceMs: past(inputs.pixelOnSince),
    inputs,
  };
}

/** When the next future-dated entry of the inputs begins to count (epoch ms); Infinity if there is none. */
export function nextArrivalMs(inputs: ScoreInputs, nowMs: number): number {
  let next = Infinity;
  const consider = (at: Date): void => {
    if (at.getTime() > nowMs) next = Math.min(next, at.getTime());
  };
  for (const answer of inputs.answers) consider(answer.answeredAt);
  for (const order of inputs.orders) consider(order.createdAt);
  for (const review of inputs.reviews) consider(review.at);
  for (const resolution of inputs.resolutions) consider(resolution.at);
  for (const { sentAt, clickedAt } of inputs.emailEngagement?.surveys ?? []) {
    consider(sentAt);
    if (clickedAt !== null) consider(clickedAt);
  }
  if (inputs.lastSeenAt !== null) consider(inputs.lastSeenAt);
  if (inputs.pixelOnSince !== null) consider(inputs.pixelOnSince);
  return next;
}

/** When the next of the known ratings gets older than 24 months (epoch ms); Infinity if there is none. */
export function nextRatingExpiryMs(facts: KnownFacts): number {
  let oldest = Infinity;
  for (const list of [facts.answers, facts.reviews, facts.resolutions]) {
    for (const { atMs } of list) oldest = Math.min(oldest, atMs);
  }
  return oldest + RATING_MEMORY_DAYS * DAY_MS;
}

function knownRatings(ratings: readonly RatingInput[], nowMs: number): KnownRating[] {
  const known: KnownRating[] = [];
  for (const { rating, at } of ratings) {
    const atMs = at.getTime();
    const points = normaliseRating('csat_support', rating);
    if (points !== null && isRemembered(atMs, nowMs)) known.push({ points, atMs });
  }
  return known.sort((a, b) => a.atMs - b.atMs || a.points - b.points);
}

function isRemembered(atMs: number, nowMs: number): boolean {
  return atMs <= nowMs && nowMs - atMs < RATING_MEMORY_DAYS * DAY_MS;
}

/** Shopify ids are decimal text without leading zeros: a shorter one is the smaller number. */
function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
