import type { EmailEngagementInput } from './inputs.ts';
import type { KnownFacts, KnownOrder } from './known.ts';
import { clampPoints, DAY_MS, meanOrNull, medianOrNull } from './numbers.ts';

export interface BehaviourInputs {
  purchase_timing: number | null;
  engagement: number | null;
  site: number | null;
  reviews: number | null;
}

/** How many gaps of the shop's typical customer are mixed with the customer's own (domain.md section 7). */
const PSEUDO_GAPS = 3;
/** Orders less than a day apart are one occasion to buy, not a rhythm. */
export const SHORTEST_GAP_DAYS = 1;
const ENGAGEMENT_MIN_MAILS = 4;
const SITE_FULL_DAYS = 30;
const SITE_ZERO_DAYS = 120;

/** The inputs of the behaviour part, 0-100 each, null = unknown (domain.md section 3, health). */
export function behaviourInputs(facts: KnownFacts): BehaviourInputs {
  return {
    purchase_timing: purchaseTimingPoints(facts),
    engagement: engagementPoints(facts.inputs.emailEngagement),
    site: sitePoints(facts),
    reviews: meanOrNull(facts.reviews.map((review) => review.points)),
  };
}

/**
 * The customer's typical days between two orders: the median of their own gaps together with
 * 3 pseudo-gaps of the shop's typical gap when that is known (domain.md section 7).
 * Own gaps under a day are left out. Always at least 1 day; null when neither is known.
 * @param orders oldest first
 */
export function typicalGapDays(
  orders: readonly KnownOrder[],
  shopTypicalGapDays: number | null,
): number | null {
  const gaps: number[] = [];
  if (shopTypicalGapDays !== null && shopTypicalGapDays > 0 && Number.isFinite(shopTypicalGapDays)) {
    for (let i = 0; i < PSEUDO_GAPS; i += 1) gaps.push(Math.max(SHORTEST_GAP_DAYS, shopTypicalGapDays));
  }
  for (let i = 1; i < orders.length; i += 1) {
    const gap = ((orders[i] as KnownOrder).atMs - (orders[i - 1] as KnownOrder).atMs) / DAY_MS;
    if (gap >= SHORTEST_GAP_DAYS) gaps.push(gap);
  }
  return medianOrNull(gaps);
}

/**
 * When the behaviour part changes by time alone: epoch ms, `nowMs` if it is changing already,
 * Infinity if it never does. Counted clicks slide out of their 30-day windows at times the
 * counts don't tell, so they are taken as changing until none is left.
 */
export function behaviourChangesAtMs(facts: KnownFacts): number {
  const { nowMs } = facts;
  const email = facts.inputs.emailEngagement;
  const clicksMayExpire = engagementPoints(email) !== null && email !== null && totalClicks(email) > 0;
  const rhythm = purchaseRhythm(facts);
  const timing =
    rhythm === null
      ? Infinity
      : rampChangesAtMs(nowMs, rhythm.lastMs + rhythm.gapMs, rhythm.lastMs + 3 * rhythm.gapMs);
  const seenMs = facts.lastSeenMs;
  const site =
    seenMs === null
      ? Infinity
      : rampChangesAtMs(nowMs, seenMs + SITE_FULL_DAYS * DAY_MS, seenMs + SITE_ZERO_DAYS * DAY_MS);
  return Math.min(clicksMayExpire ? nowMs : Infinity, timing, site);
}

/** 100 up to 1x the typical gap since the last order, linear to 0 at 3x. */
function purchaseTimingPoints(facts: KnownFacts): number | null {
  const rhythm = purchaseRhythm(facts);
  if (rhythm === null) return null;
  return clampPoints(50 * (3 - (facts.nowMs - rhythm.lastMs) / rhythm.gapMs));
}

function purchaseRhythm(facts: KnownFacts): { lastMs: number; gapMs: number } | null {
  const last = facts.orders[facts.orders.length - 1];
  const gapDays = typicalGapDays(facts.orders, facts.inputs.shopTypicalGapDays);
  return last === undefined || gapDays === null ? null : { lastMs: last.atMs, gapMs: gapDays * DAY_MS };
}

/**
 * 100 min(1, clicks of the last 30 days / of the 30 before); unknown below 4 mails sent, and
 * when there was no click in either: who never clicked has not turned away.
 */
function engagementPoints(email: EmailEngagementInput | null): number | null {
  if (email === null || email.sentTotal < ENGAGEMENT_MIN_MAILS || totalClicks(email) <= 0) return null;
  if (email.clicksPrevious30Days <= 0) return 100;
  return clampPoints((100 * email.clicksLast30Days) / email.clicksPrevious30Days);
}

function totalClicks(email: EmailEngagementInput): number {
  return email.clicksLast30Days + email.clicksPrevious30Days;
}

/** 100 if seen within 30 days, linear to 0 at 120. */
function sitePoints(facts: KnownFacts): number | null {
  if (facts.lastSeenMs === null) return null;
  const days = (facts.nowMs - facts.lastSeenMs) / DAY_MS;
  return clampPoints((100 * (SITE_ZERO_DAYS - days)) / (SITE_ZERO_DAYS - SITE_FULL_DAYS));
}

/** A value that stands still, falls between two moments, then stands still for ever. */
function rampChangesAtMs(nowMs: number, startMs: number, endMs: number): number {
  if (nowMs < startMs) return startMs;
  return nowMs < endMs ? nowMs : Infinity;
}
