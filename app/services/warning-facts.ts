import { DAY_MS } from '../domain/core/calendar.ts';
import { hasEscalated } from '../domain/cases/escalated.ts';
import { adoptionTempoDays, type GroupFacts } from '../domain/prediction/groups.ts';
import type { HighValueFacts } from '../domain/prediction/high-value-signs.ts';
import type { ReferralFacts } from '../domain/prediction/referral-propensity.ts';
import type { SatisfactionPoint } from '../domain/prediction/trajectory.ts';
import type { WarningFacts } from '../domain/prediction/warning-indicators.ts';
import { behaviourInputs, clicksIn, typicalGapDays } from '../domain/scoring/behaviour.ts';
import type { BroughtFriends } from '../domain/referral/brought-friends.ts';
import type { ScoreInputs } from '../domain/scoring/inputs.ts';
import { type KnownAnswer, type KnownFacts, knownFacts } from '../domain/scoring/known.ts';
import { decayedMean, meanOrNull } from '../domain/scoring/numbers.ts';
import type { ForecastData } from '../infra/db/reads/prediction-views.ts';

const HOUR_MS = 3_600_000;
/** As many orders as the mean order value of the health score looks back on. */
const RECENT_ORDERS = 3;

type Beside = { referral: { invited: boolean } & BroughtFriends } & Pick<
  ForecastData,
  'casesLast30Days' | 'coursesLast90Days' | 'oldestOpenCaseAt' | 'helpPagesRead' | 'firstDeliveredAt'
>;

/** What is known of a customer now, in the words of the rules that explain. */
export function explainingFacts(
  inputs: ScoreInputs,
  beside: Beside,
  now: Date,
): {
  warning: WarningFacts;
  highValue: HighValueFacts;
  answers: SatisfactionPoint[];
  groups: GroupFacts;
  referral: ReferralFacts;
} {
  const known = knownFacts(inputs, now);
  return {
    warning: warningFacts(known, beside),
    highValue: highValueFacts(known, beside, now),
    answers: known.answers.map(({ atMs, points }) => ({ at: new Date(atMs), points })),
    groups: {
      orders: known.orders.length,
      firstOrderAt: known.orders[0]?.order.createdAt ?? null,
      lastOrderAt: known.orders.at(-1)?.order.createdAt ?? null,
      qualifiedReferrals: beside.referral.qualifiedReferrals,
    },
    referral: {
      npsPoints: decayedMean(known.answers.filter(({ metric }) => metric === 'nps')),
      // Codes are handed on, not links.
      linkVisits: 0,
      ...beside.referral,
    },
  };
}

function warningFacts(
  known: KnownFacts,
  { casesLast30Days, coursesLast90Days, oldestOpenCaseAt }: Beside,
): WarningFacts {
  const { nowMs, orders, answers, inputs } = known;
  const clicks = behaviourInputs(known).engagement === null ? null : clicksIn(known);
  const last = orders.at(-1);
  const values = orders.map(({ order }) => order.netMinor - order.refundedNetMinor);
  const days = (since: number) => (nowMs - since) / DAY_MS;
  return {
    npsDropPoints: npsDrop(answers.filter(({ metric }) => metric === 'nps')),
    csatMean: starsOf(decayedMean(answers.filter(isCsat))),
    clicksLast30Days: clicks?.last30Days ?? null,
    clicksPrevious30Days: clicks?.previous30Days ?? null,
    daysSinceVisit: wasWatched(known) ? days(known.lastSeenMs!) : null,
    contactsLast30Days: casesLast30Days,
    escalatedLast90Days: coursesLast90Days.filter(hasEscalated).length,
    oldestUnresolvedHours: oldestOpenCaseAt ? (nowMs - Date.parse(oldestOpenCaseAt)) / HOUR_MS : 0,
    daysSinceOrder: last ? days(last.atMs) : null,
    typicalGapDays: typicalGapDays(orders, inputs.shopTypicalGapDays),
    recentOrderValueMinor: meanOrNull(values.slice(-RECENT_ORDERS)),
    earlierOrderValueMinor: meanOrNull(values.slice(0, -RECENT_ORDERS)),
    // No source of public reviews or complaints is connected.
    worstReviewRating: null,
    publicComplaintsLast90Days: null,
  };
}

function highValueFacts(
  { orders, answers, nowMs, inputs }: KnownFacts,
  { firstDeliveredAt, helpPagesRead, referral }: Beside,
  now: Date,
): HighValueFacts {
  const first = orders[0];
  const second = orders[1];
  const delivered = firstDeliveredAt === null ? null : new Date(firstDeliveredAt);
  const aboutFirst = answers.filter(
    (answer) => isCsat(answer) && first !== undefined && answer.orderId === first.order.orderId,
  );
  return {
    firstCsat: starsOf(meanOrNull(aboutFirst.map(({ points }) => points))),
    adoptionTempoDays: adoptionTempoDays(
      { firstDeliveredAt: delivered, secondOrderAt: second ? second.order.createdAt : null },
      now,
    ),
    daysSinceFirstDelivery: delivered && delivered <= now ? (nowMs - delivered.getTime()) / DAY_MS : null,
    typicalGapDays: inputs.shopTypicalGapDays,
    helpPagesRead,
    // Not connected yet.
    socialInteractions: null,
    referrals: referral.invited ? referral.qualifiedReferrals : null,
  };
}

/**
 * Whether the days since the last visit are an absence, and not a silence: the score knows the input, and the pixel has
 * been running for all of them.
 */
const wasWatched = (known: KnownFacts): boolean =>
  behaviourInputs(known).site !== null && known.pixelOnSinceMs! <= known.lastSeenMs!;

/** How far the newest rating lies below the mean of the earlier ones; null below two. */
function npsDrop(ratings: readonly KnownAnswer[]): number | null {
  const newest = ratings.at(-1);
  const earlier = meanOrNull(ratings.slice(0, -1).map(({ points }) => points));
  return newest === undefined || earlier === null ? null : earlier - newest.points;
}

const isCsat = ({ metric }: KnownAnswer): boolean => metric.startsWith('csat_');

/** Points of 100 as the 1-5 they came from. */
const starsOf = (points: number | null): number | null => (points === null ? null : 1 + points / 25);
