/**
 * Whether, at its due time, a survey may be sent to a customer. Everything is decided for one customer
 * at once and in one canonical order, so that the result doesn't depend on which job came first.
 */
import { DAY_MS, outsideQuietHours } from '../core/calendar.ts';
import type { QuietHours } from '../core/calendar.ts';
import { isFullyRefunded, refundsOf } from '../core/kept.ts';
import type { CustomerState, OrderSummary, ShopState } from '../core/state.ts';
import { isMessageKind, ORDER_KINDS } from './contract.ts';
import type { SurveyKind } from './contract.ts';
import { afterCap, latestCapEnd } from './contact-caps.ts';
import type { Caps, LedgerEntry } from './contact-caps.ts';
import { editionsOf } from './live-surveys.ts';
import { metricOf } from './main-metric.ts';
import type { ContactReason } from './reasons.ts';

export interface DueInvitation {
  invitationId: string;
  /** null: not about an order (the quarterly relationship survey). */
  orderId: string | null;
  kind: SurveyKind;
  /** When it was first due; deferral counts from here. */
  firstDueAt: Date;
  /** Local hour at which it goes out once a cap has ended: see send-habit.ts. */
  sendHour: number;
  /** This survey of this order has an answer, whatever the surface. */
  answered: boolean;
  /** Why it was deferred the last time, null if never: kept as the reason should it expire. */
  deferredFor: ContactReason | null;
}

export interface ContactCustomer {
  email: string | null;
  redacted: boolean;
  /** Unsubscribed by our own link: from everything, or from surveys alone. */
  unsubscribed: boolean;
  surveysOff: boolean;
  /** Shopify's e-mail marketing state, null if unknown. */
  marketingState:
    'not_subscribed' | 'pending' | 'subscribed' | 'unsubscribed' | 'redacted' | 'invalid' | null;
  countryCode: string | null;
  hasOpenCase: boolean;
}

export interface ContactPolicy {
  surveys: Record<SurveyKind, { enabled: boolean }>;
  quietHours: QuietHours;
  caps: Caps;
  /**
   * German courts treat satisfaction surveys by e-mail as advertising (Federal Court of Justice, 10 July 2018,
   * VI ZR 225/17), which needs consent: in the strict countries only subscribers are asked.
   */
  surveyConsent: 'any' | 'subscribed_in_strict_countries';
  strictConsentCountries: string[];
}

/** The stored customer as these rules see them. */
export function contactCustomer(customer: CustomerState, hasOpenCase: boolean): ContactCustomer {
  return {
    email: customer.email,
    redacted: customer.redactedAt !== null,
    unsubscribed: customer.unsubscribedAt !== null,
    surveysOff: customer.surveysOffAt !== null,
    marketingState: customer.consent?.state ?? null,
    countryCode: customer.countryCode,
    hasOpenCase,
  };
}

/** A stored order as these rules see it. */
export function contactOrder(order: OrderSummary): ContactOrder {
  return {
    orderId: order.orderId,
    cancelled: order.cancelledAt !== null,
    fullyRefunded: isFullyRefunded(refundsOf(order)),
    test: order.test,
  };
}

/** The shop as these rules see it at `now`. */
export function contactShop(
  { status, liveSurveys }: Pick<ShopState, 'status' | 'liveSurveys'>,
  now: Date,
): ContactShop {
  const kinds = new Set(liveSurveys.map(({ kind }) => kind));
  const paused = [...kinds].filter((kind) => editionsOf(liveSurveys, kind, 0, now).length === 0);
  return { installed: status === 'installed', paused };
}

interface ContactShop {
  installed: boolean;
  /** Kinds of which every survey of the shop's own is paused, so that nothing is asked. */
  paused: readonly SurveyKind[];
}

interface ContactOrder {
  orderId: string;
  cancelled: boolean;
  fullyRefunded: boolean;
  test: boolean;
}

export interface ContactInput {
  invitations: DueInvitation[];
  ledger: LedgerEntry[];
  customer: ContactCustomer;
  /** The orders that the invitations are about, as they stand now. */
  orders: ContactOrder[];
  /** Surveys about an order that were mailed before, by order: see mailedByOrder. */
  mailed: ReadonlyMap<string, number>;
  shop: ContactShop;
  /** The recipient's if known, else the shop's. */
  timeZone: string;
  policy: ContactPolicy;
  now: Date;
}

export type ContactDecision = { invitationId: string } & (
  | { outcome: 'send'; reason: 'due' }
  /** For good. */
  | { outcome: 'suppress'; reason: ContactReason }
  /** Decide again at `until`, which is later than now and at most maxDeferDays after first due. */
  | { outcome: 'defer'; until: Date; reason: ContactReason }
  /** It waited as long as it may; `reason` is what it waited for. */
  | { outcome: 'expire'; reason: ContactReason }
);

const PRIORITY: Record<SurveyKind, number> = {
  support: 0,
  return: 1,
  delivery: 2,
  usage: 3,
  milestone: 4,
  relationship: 5,
  // Never sent.
  post_purchase: 6,
  website: 6,
  storefront: 6,
};

/** About what went wrong, so that they are asked whatever became of the order. */
const LOOKING_BACK: readonly SurveyKind[] = ['support', 'return'];

/** How long an open case holds a survey back before it is looked at again. */
const CASE_RECHECK_MS = DAY_MS;

/** Send priority (domain.md section 12): case > delivery > usage > relationship, then order id and invitation id as text. */
export function byPriority(a: DueInvitation, b: DueInvitation): number {
  return (
    PRIORITY[a.kind] - PRIORITY[b.kind] ||
    asText(a.orderId ?? '', b.orderId ?? '') ||
    asText(a.invitationId, b.invitationId)
  );
}

/**
 * One decision per invitation, in canonical order. Caps (1 survey in 14 days, 1 NPS in 90) count what the ledger
 * holds and what this very decision sends. A survey whose cap ends too late for it is suppressed at once.
 */
export function decideContact(input: ContactInput): ContactDecision[] {
  const ledger = [...input.ledger];
  const mailed = new Map(input.mailed);
  return [...input.invitations].sort(byPriority).map((invitation) => {
    const decision = decideOne(invitation, ledger, { ...input, mailed });
    if (decision.outcome === 'send') {
      const { orderId } = invitation;
      if (orderId && ORDER_KINDS.includes(invitation.kind))
        mailed.set(orderId, (mailed.get(orderId) ?? 0) + 1);
      const { kind } = invitation;
      const metric = metricOf(kind);
      ledger.push({ sentAt: input.now, topic: 'survey', surveyKind: kind, metric, pending: true });
    }
    return decision;
  });
}

function decideOne(invitation: DueInvitation, ledger: LedgerEntry[], input: ContactInput): ContactDecision {
  const { invitationId } = invitation;
  const { now, policy, timeZone } = input;
  const obstacle = lastingObstacle(invitation, input);
  if (obstacle) return { invitationId, outcome: 'suppress', reason: obstacle };

  const limit = invitation.firstDueAt.getTime() + policy.caps.maxDeferDays * DAY_MS;
  if (now.getTime() > limit)
    return { invitationId, outcome: 'expire', reason: invitation.deferredFor ?? 'too_late' };
  if (now < invitation.firstDueAt) {
    // Asked too early (a clock or a schedule moved): it simply waits for its time.
    return {
      invitationId,
      outcome: 'defer',
      until: invitation.firstDueAt,
      reason: invitation.deferredFor ?? 'due',
    };
  }

  const cap = latestCapEnd(invitation.kind, ledger, policy);
  if (cap && cap.endsAt > now.getTime()) {
    const { quietHours } = policy;
    const until = afterCap(cap, { now, timeZone, sendHour: invitation.sendHour, quietHours });
    if (until.getTime() > limit) return { invitationId, outcome: 'suppress', reason: cap.reason };
    return { invitationId, outcome: 'defer', until, reason: cap.reason };
  }
  const free = outsideQuietHours(now, timeZone, policy.quietHours);
  const wait = input.customer.hasOpenCase
    ? { ms: Math.min(now.getTime() + CASE_RECHECK_MS, limit), reason: 'open_case' as const }
    : { ms: Math.min(free.getTime(), limit), reason: 'quiet_hours' as const };
  if (!input.customer.hasOpenCase && free.getTime() === now.getTime()) {
    return { invitationId, outcome: 'send', reason: 'due' };
  }
  if (wait.ms <= now.getTime()) return { invitationId, outcome: 'expire', reason: wait.reason };
  return { invitationId, outcome: 'defer', until: new Date(wait.ms), reason: wait.reason };
}

/** What no waiting would change, the most telling reason first. */
export function lastingObstacle(
  invitation: Pick<DueInvitation, 'kind' | 'orderId' | 'answered'>,
  input: Pick<ContactInput, 'customer' | 'orders' | 'mailed' | 'shop' | 'policy'>,
): ContactReason | null {
  const { customer, policy, shop, mailed } = input;
  const { kind, orderId } = invitation;
  if (!shop.installed) return 'shop_uninstalled';
  if (customer.redacted || customer.marketingState === 'redacted') return 'redacted';
  if (!isMessageKind(kind)) return 'page_only';
  const order = input.orders.find((candidate) => candidate.orderId === orderId);
  if (order?.test) return 'test_order';
  if (!LOOKING_BACK.includes(kind)) {
    if (order?.cancelled) return 'order_cancelled';
    if (order?.fullyRefunded) return 'order_refunded';
  }
  if (invitation.answered) return 'already_answered';
  if (!policy.surveys[kind].enabled) return 'survey_off';
  if (shop.paused.includes(kind)) return 'survey_paused';
  const about = orderId !== null && ORDER_KINDS.includes(kind) ? (mailed.get(orderId) ?? 0) : 0;
  if (about >= policy.caps.perOrder) return 'order_cap';
  return obstacleToPerson(customer, policy);
}

/** Why nobody may mail surveys to this person, whatever they are about; null = one may. */
export function obstacleToPerson(
  customer: Omit<ContactCustomer, 'hasOpenCase'>,
  policy: Pick<ContactPolicy, 'surveyConsent' | 'strictConsentCountries'>,
): ContactReason | null {
  if (customer.redacted || customer.marketingState === 'redacted') return 'redacted';
  if (!customer.email) return 'no_email';
  if (customer.marketingState === 'invalid') return 'invalid_email';
  // Who told the shop to stop its mails means ours as well.
  if (customer.unsubscribed || customer.marketingState === 'unsubscribed') return 'unsubscribed';
  if (customer.surveysOff) return 'surveys_stopped';
  if (policy.surveyConsent === 'subscribed_in_strict_countries' && customer.marketingState !== 'subscribed') {
    const country = (customer.countryCode ?? '').toUpperCase();
    if (policy.strictConsentCountries.includes(country)) return 'consent_missing';
  }
  return null;
}

function asText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
