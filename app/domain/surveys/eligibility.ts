/**
 * Whether, at its due time, a survey may be sent to a customer. Everything is decided for one customer
 * at once and in one canonical order, so that the result doesn't depend on which job came first.
 */
import { DAY_MS, localTime, nextLocalHour, outsideQuietHours } from '../core/calendar.ts';
import type { QuietHours } from '../core/calendar.ts';
import { isFullyRefunded, refundsOf } from '../core/kept.ts';
import type { CustomerState, OrderSummary } from '../core/state.ts';
import type { SurveyKind } from './contract.ts';
import type { ContactReason } from './reasons.ts';

export interface DueInvitation {
  invitationId: string;
  /** null: not about an order (the quarterly relationship survey). */
  orderId: string | null;
  kind: SurveyKind;
  /** When it was first due; deferral counts from here. */
  firstDueAt: Date;
  /** This survey of this order has an answer, whatever the surface. */
  answered: boolean;
  /** Why it was deferred the last time, null if never: kept as the reason should it expire. */
  deferredFor: ContactReason | null;
}

/** A message that was sent, or may have been (state unknown). */
export interface LedgerEntry {
  sentAt: Date;
  /** Only 'survey' counts towards the caps; acknowledgements, service notices and re-asks are exempt. */
  topic: string;
  surveyKind: SurveyKind | null;
  metric: string | null;
}

export interface ContactCustomer {
  email: string | null;
  redacted: boolean;
  /** Unsubscribed by our own link. */
  unsubscribed: boolean;
  /** Shopify's e-mail marketing state, null if unknown. */
  marketingState:
    'not_subscribed' | 'pending' | 'subscribed' | 'unsubscribed' | 'redacted' | 'invalid' | null;
  countryCode: string | null;
  hasOpenCase: boolean;
}

export interface ContactPolicy {
  surveys: Record<SurveyKind, { enabled: boolean }>;
  quietHours: QuietHours;
  /** Local hour at which surveys are sent. */
  sendHour: number;
  caps: { surveyDays: number; npsDays: number; maxDeferDays: number };
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
  shop: { installed: boolean };
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

/** How far back the ledger is needed, in days: as long as the longest cap. */
export function ledgerDays({ caps }: Pick<ContactPolicy, 'caps'>): number {
  return Math.max(caps.surveyDays, caps.npsDays);
}

const PRIORITY: Record<SurveyKind, number> = { delivery: 0, usage: 1, relationship: 2, post_purchase: 3 };

/** How long an open case holds a survey back before it is looked at again. */
const CASE_RECHECK_MS = DAY_MS;

/** Send priority (domain.md section 12): delivery > usage > relationship, then order id and invitation id as text. */
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
  return [...input.invitations].sort(byPriority).map((invitation) => {
    const decision = decideOne(invitation, ledger, input);
    if (decision.outcome === 'send') {
      const metric = invitation.kind === 'relationship' ? 'nps' : null;
      ledger.push({ sentAt: input.now, topic: 'survey', surveyKind: invitation.kind, metric });
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
    const until = outsideQuietHours(
      atSendHour(new Date(cap.endsAt), timeZone, policy.sendHour),
      timeZone,
      policy.quietHours,
    );
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
export function lastingObstacle(invitation: DueInvitation, input: ContactInput): ContactReason | null {
  const { customer, policy, shop } = input;
  if (!shop.installed) return 'shop_uninstalled';
  if (customer.redacted || customer.marketingState === 'redacted') return 'redacted';
  if (invitation.kind === 'post_purchase') return 'page_only';
  const order = input.orders.find((candidate) => candidate.orderId === invitation.orderId);
  if (order?.test) return 'test_order';
  if (order?.cancelled) return 'order_cancelled';
  if (order?.fullyRefunded) return 'order_refunded';
  if (invitation.answered) return 'already_answered';
  if (!policy.surveys[invitation.kind].enabled) return 'survey_off';
  if (!customer.email) return 'no_email';
  if (customer.marketingState === 'invalid') return 'invalid_email';
  // Who told the shop to stop its mails means ours as well.
  if (customer.unsubscribed || customer.marketingState === 'unsubscribed') return 'unsubscribed';
  if (policy.surveyConsent === 'subscribed_in_strict_countries' && customer.marketingState !== 'subscribed') {
    const country = (customer.countryCode ?? '').toUpperCase();
    if (policy.strictConsentCountries.includes(country)) return 'consent_missing';
  }
  return null;
}

/** The cap that binds longest, with its end in milliseconds; null if none ever bound. */
export function latestCapEnd(
  kind: SurveyKind,
  ledger: LedgerEntry[],
  policy: ContactPolicy,
): { endsAt: number; reason: 'survey_cap' | 'nps_cap' } | null {
  const surveys = ledger.filter((entry) => entry.topic === 'survey');
  const lastOf = (entries: LedgerEntry[]) => Math.max(...entries.map((entry) => entry.sentAt.getTime()));
  let cap: { endsAt: number; reason: 'survey_cap' | 'nps_cap' } | null = null;
  if (surveys.length > 0) {
    cap = { endsAt: lastOf(surveys) + policy.caps.surveyDays * DAY_MS, reason: 'survey_cap' };
  }
  const nps = surveys.filter((entry) => entry.metric === 'nps' || entry.surveyKind === 'relationship');
  if (kind === 'relationship' && nps.length > 0) {
    const endsAt = lastOf(nps) + policy.caps.npsDays * DAY_MS;
    if (!cap || endsAt > cap.endsAt) cap = { endsAt, reason: 'nps_cap' };
  }
  return cap;
}

function asText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Caps count whole days of 24 hours: where clocks changed meanwhile, the next send hour after the cap's end. */
function atSendHour(instant: Date, timeZone: string, sendHour: number): Date {
  return localTime(instant, timeZone).hour === sendHour
    ? instant
    : nextLocalHour(instant, timeZone, sendHour);
}
