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
const CLICK_WINDOW_DAYS = 30;
/** Only a mail that lay there for so long without a click was passed by. */
const REACTION_MS = 7 * DAY_MS;
const SITE_FULL_DAYS = 30;
const SITE_ZERO_DAYS = 120;

/** The inputs of the behaviour part, 0-100 each, null = unknown (domain.md section 3, health). */
export function behaviourInputs(facts: KnownFacts): BehaviourInputs {
  return {
    purchase_timing: purchaseTimingPoints(facts),
    engagement: engagementPoints(facts),
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
 * Infinity if it never does.
 */
export function behaviourChangesAtMs(facts: KnownFacts): number {
  const { nowMs } = facts;
  const rhythm = purchaseRhythm(facts);
  const timing =
    rhythm === null
      ? Infinity
      : rampChangesAtMs(nowMs, rhythm.lastMs + rhythm.gapMs, rhythm.lastMs + 3 * rhythm.gapMs);
  return Math.min(engagementChangesAtMs(facts), timing, siteChangesAtMs(facts));
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
 * 100 min(1, clicks of the last 30 days / of the 30 before); unknown below 4 mails sent, when
 * there was no click in either (who never clicked has not turned away), and when the last 30
 * days brought no mail to click in (who was not asked has not turned away either). That the
 * clicks are fewer is said only once one of these mails is 7 days old, so that a mail does not
 * lower a score by going out; that they are not, at once. Which of these it is does not depend
 * on the last 30 days' clicks, but that enough of them make it known at 100: fewer never give
 * more points.
 */
function engagementPoints(facts: KnownFacts): number | null {
  const mailsMs = recentMails(facts);
  if (mailsMs.length === 0) return null;
  const { last30Days, previous30Days } = clicksIn(facts);
  if (last30Days + previous30Days === 0) return null;
  if (last30Days >= previous30Days) return 100;
  return mailsMs.some((sentMs) => sentMs + REACTION_MS <= facts.nowMs)
    ? clampPoints((100 * last30Days) / previous30Days)
    : null;
}

/** When the survey mails of the last 30 days were sent; none below 4 mails in all. */
function recentMails({ inputs, nowMs }: KnownFacts): number[] {
  const email = inputs.emailEngagement;
  if (email === null || email.sentTotal < ENGAGEMENT_MIN_MAILS) return [];
  return email.surveys.map(({ sentAt }) => sentAt.getTime()).filter((atMs) => isWithin(atMs, nowMs, 0));
}

/** Clicks of the last 30 days and of the 30 before: a survey that was mailed and opened by a person is one. */
export function clicksIn(facts: KnownFacts): { last30Days: number; previous30Days: number } {
  const clicks = clickTimes(facts);
  const count = (windowsAgo: number) =>
    clicks.filter((atMs) => isWithin(atMs, facts.nowMs, windowsAgo)).length;
  return { last30Days: count(0), previous30Days: count(1) };
}

/** Whether it was within the last 30 days, or the 30 days that lie so many windows before. */
function isWithin(atMs: number, nowMs: number, windowsAgo: number): boolean {
  const ageMs = nowMs - windowsAgo * CLICK_WINDOW_DAYS * DAY_MS - atMs;
  return ageMs >= 0 && ageMs < CLICK_WINDOW_DAYS * DAY_MS;
}

/**
 * When the next click slides out of its window, a mail has been passed by, or engagement ends: epoch ms, Infinity if
 * time alone never makes it known or another one.
 */
export function engagementChangesAtMs(facts: KnownFacts): number {
  const { nowMs } = facts;
  const mailsMs = recentMails(facts);
  const { last30Days, previous30Days } = clicksIn(facts);
  if (mailsMs.length === 0 || last30Days + previous30Days === 0) return Infinity;
  const windowMs = CLICK_WINDOW_DAYS * DAY_MS;
  const clickEnds = clickTimes(facts).flatMap((atMs) => [atMs + windowMs, atMs + 2 * windowMs]);
  const passedBy = mailsMs.map((sentMs) => sentMs + REACTION_MS);
  const said = passedBy.filter((atMs) => atMs <= nowMs).map((atMs) => atMs - REACTION_MS);
  let mailsChangeAtMs = Math.max(...(last30Days >= previous30Days ? mailsMs : said)) + windowMs;
  // Fewer clicks, and every mail came within 7 days: unknown until the first of them is older.
  if (mailsChangeAtMs === -Infinity) mailsChangeAtMs = Math.min(...passedBy);
  return Math.min(mailsChangeAtMs, ...clickEnds.filter((endMs) => endMs > nowMs));
}

const clickTimes = ({ inputs }: KnownFacts): number[] =>
  (inputs.emailEngagement?.surveys ?? []).flatMap(({ clickedAt }) => clickedAt?.getTime() ?? []);

/**
 * 100 if seen within 30 days, linear down to 120 days, at which it is unknown: who is silent for longer may as well
 * have withdrawn their consent or shop without logging in. Unknown too while the pixel does not run; and silence of
 * more than 30 days says nothing where the pixel did not run through all of it.
 */
function sitePoints(facts: KnownFacts): number | null {
  if (facts.lastSeenMs === null || facts.nowMs >= siteEndMs(facts)) return null;
  const days = (facts.nowMs - facts.lastSeenMs) / DAY_MS;
  return clampPoints((100 * (SITE_ZERO_DAYS - days)) / (SITE_ZERO_DAYS - SITE_FULL_DAYS));
}

/** From when on the last visit says nothing any more; -Infinity: it never did. */
function siteEndMs({ lastSeenMs, pixelOnSinceMs }: KnownFacts): number {
  if (lastSeenMs === null || pixelOnSinceMs === null) return -Infinity;
  return lastSeenMs + (pixelOnSinceMs <= lastSeenMs ? SITE_ZERO_DAYS : SITE_FULL_DAYS) * DAY_MS;
}

function siteChangesAtMs(facts: KnownFacts): number {
  const endMs = siteEndsAtMs(facts);
  if (endMs === Infinity || facts.lastSeenMs === null) return Infinity;
  return rampChangesAtMs(facts.nowMs, facts.lastSeenMs + SITE_FULL_DAYS * DAY_MS, endMs);
}

/** When the site input is unknown by time alone, and with it less of the score known: epoch ms, Infinity if it is unknown now. */
export function siteEndsAtMs(facts: KnownFacts): number {
  return sitePoints(facts) === null ? Infinity : siteEndMs(facts);
}

/** A value that stands still, falls between two moments, then stands still for ever. */
function rampChangesAtMs(nowMs: number, startMs: number, endMs: number): number {
  if (nowMs < startMs) return startMs;
  return nowMs < endMs ? nowMs : Infinity;
}
