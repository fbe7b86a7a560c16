/** The recovery offer: how much an unhappy customer is given back, and whether (domain.md sections 7 and 12). */
import { DAY_MS, monthKey, monthStart } from '../core/calendar.ts';
import { readableCode } from '../core/readable-code.ts';

export interface CompensationPolicy {
  enabled: boolean;
  /** Percent of the order for severity 1, 2 and 3. */
  percentBySeverity: [number, number, number];
  /** Most that one offer gives, in whole units of shop money. */
  maxUnits: number;
  /** One offer per customer in so many days. */
  cooldownDays: number;
  /** Share of last month's revenue that a month may spend, in percent. */
  budgetPercent: number;
  codeValidDays: number;
}

export interface CompensationRequest {
  severity: 1 | 2 | 3;
  /** What the order comes to, minor units; null when the answer isn't about an order. */
  orderTotalMinor: number | null;
  /** Already given back for this order, minor units: only what the customer really paid is compensated. */
  orderRefundedMinor: number;
  /** The order and the customer are confirmed (an answer from checkout is not, until a webhook confirms it). */
  verified: boolean;
  /** Why the customer would never hear of a code; null = the acknowledgement will carry it. */
  unheard: UnheardReason | null;
  /** The customer's newest offer, null if none. */
  lastOfferAt: Date | null;
  /** Reserved and spent in this budget period so far, minor units. */
  committedMinor: number;
  /** Revenue of the calendar month before, minor units; null in the shop's first month. */
  lastMonthRevenueMinor: number | null;
  /** Revenue of this calendar month so far, minor units. */
  thisMonthRevenueMinor: number;
  /** Decimals of the shop's currency. */
  currencyExponent: number;
  shopTimeZone: string;
  policy: CompensationPolicy;
  now: Date;
}

export const NO_OFFER_REASONS = {
  disabled: 'Recovery discounts are switched off in the settings.',
  unverified: 'The answer is not yet confirmed to come from the buyer of this order.',
  unsubscribed:
    'The customer unsubscribed from surveys and offers: the acknowledgement goes out without one.',
  unreachable: 'The acknowledgement cannot be sent, so the customer would never hear of the code.',
  acknowledged: 'The acknowledgement is settled already, so the customer would never hear of the code.',
  no_order: 'The answer is not about an order, so there is nothing to measure an offer by.',
  order_refunded: 'The order was refunded in full: nothing is left to compensate.',
  recent_offer: 'The customer had an offer too recently.',
  budget_exhausted: 'The budget of this month is used up.',
  amount_too_small: 'The offer would round to nothing.',
} as const;

export type NoOfferReason = keyof typeof NO_OFFER_REASONS;
export type UnheardReason = Extract<NoOfferReason, 'unsubscribed' | 'unreachable' | 'acknowledged'>;

export type CompensationDecision =
  | {
      outcome: 'offer';
      amountMinor: number;
      /** The percentage it came from, before the maximum. */
      percent: number;
      /** Shop-local calendar month, e.g. "2026-03". */
      budgetPeriod: string;
      /** What the period may spend in all: the reservation is one conditional update against it. */
      budgetMinor: number;
      expiresAt: Date;
    }
  | { outcome: 'none'; reason: NoOfferReason; sentence: string };

/** Severity 1-3 gives 5, 10 or 15% of the order, at most 25 units, floored to minor units. */
export function decideCompensation(request: CompensationRequest): CompensationDecision {
  const { policy, now } = request;
  if (!policy.enabled) return none('disabled');
  if (!request.verified) return none('unverified');
  if (request.unheard) return none(request.unheard);
  if (request.orderTotalMinor === null) return none('no_order');
  const paidMinor = request.orderTotalMinor - request.orderRefundedMinor;
  if (paidMinor <= 0) return none('order_refunded');
  if (request.lastOfferAt && now.getTime() - request.lastOfferAt.getTime() < policy.cooldownDays * DAY_MS) {
    return none('recent_offer');
  }
  const percent = policy.percentBySeverity[request.severity - 1] ?? 0;
  const maxMinor = Math.floor(policy.maxUnits * 10 ** request.currencyExponent);
  const amountMinor = Math.min(percentOf(paidMinor, percent), maxMinor);
  if (amountMinor <= 0) return none('amount_too_small');
  const budgetMinor = monthlyBudgetMinor(request);
  if (request.committedMinor + amountMinor > budgetMinor) return none('budget_exhausted');
  return {
    outcome: 'offer',
    amountMinor,
    percent,
    budgetPeriod: monthKey(now, request.shopTimeZone),
    budgetMinor,
    expiresAt: new Date(now.getTime() + policy.codeValidDays * DAY_MS),
  };
}

/** What a month may spend: 1% of last month's revenue; in the first month of the revenue so far. Minor units. */
export function monthlyBudgetMinor(
  request: Pick<CompensationRequest, 'lastMonthRevenueMinor' | 'thisMonthRevenueMinor' | 'policy'>,
): number {
  const revenue = request.lastMonthRevenueMinor ?? request.thisMonthRevenueMinor;
  return Math.max(0, percentOf(revenue, request.policy.budgetPercent));
}

/**
 * The budget period of `now` and where to sum revenue: last month is [lastMonthStart, thisMonthStart), this month from there,
 * both up to `countedUntil`: orders of the last 24 hours are still being paid, refunded and delivered late.
 */
export function budgetPeriod(
  now: Date,
  shopTimeZone: string,
): { key: string; thisMonthStart: Date; lastMonthStart: Date; countedUntil: Date } {
  return {
    countedUntil: new Date(now.getTime() - DAY_MS),
    key: monthKey(now, shopTimeZone),
    thisMonthStart: monthStart(now, 0, shopTimeZone),
    lastMonthStart: monthStart(now, -1, shopTimeZone),
  };
}

/** The single-use code of an offer, always the same for the same action: "already exists" then means done. */
export function recoveryCode(actionId: string): string {
  return readableCode(actionId, 'SORRY');
}

/** Floored. Percentages may have decimals (0.5), so hundredths of a percent keep it in integers. */
function percentOf(amountMinor: number, percent: number): number {
  return Math.floor((amountMinor * Math.round(percent * 100)) / 10_000);
}

function none(reason: NoOfferReason): CompensationDecision {
  return { outcome: 'none', reason, sentence: NO_OFFER_REASONS[reason] };
}

/** What an offer waits for: budgets go to who complained first. */
export interface BeforeOffer {
  /** An earlier answer of the shop is not processed yet. */
  answers: boolean;
  /** Earlier offers that are not decided yet. */
  offers: number;
}

const TURN_MS = 40;
const LONGEST_TURN_MS = 4_000;

/**
 * Machine milliseconds until an offer looks again whether it is its turn; null when it is. Behind
 * an answer that is tried again for minutes the looks become rare, an eighth of the wait so far;
 * behind other offers each waits as long as its place in the line, so that the line moves on
 * quickly once it moves. `waitedMs` null: simulated time, in which a wait has no age.
 */
export function turnWaitMs({ answers, offers }: BeforeOffer, waitedMs: number | null): number | null {
  if (!answers && offers === 0) return null;
  if (waitedMs === null) return TURN_MS;
  const ms = answers ? waitedMs / 8 : offers * TURN_MS;
  return Math.round(Math.min(LONGEST_TURN_MS, Math.max(TURN_MS, ms)));
}
