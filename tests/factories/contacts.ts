/** A customer whom nothing keeps from being asked, at noon, for tests of the contact rules. */
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { DEFAULT_SETTINGS } from '#app/domain/shop-settings/settings.ts';
import type { LedgerEntry } from '#app/domain/surveys/contact-caps.ts';
import type { MessageSurveyKind } from '#app/domain/surveys/contract.ts';
import type { ContactDecision, ContactInput, DueInvitation } from '#app/domain/surveys/eligibility.ts';
import type { ContactsPolicy } from '#app/domain/surveys/plan-contacts.ts';
import type { SchedulePolicy } from '#app/domain/surveys/schedule.ts';

/** What a shop has that changed nothing. */
export const defaultPolicy: ContactsPolicy & SchedulePolicy = DEFAULT_SETTINGS;

export const NOON = new Date('2026-06-10T12:00:00Z');
export const ago = (days: number, from = NOON) => new Date(from.getTime() - days * DAY_MS);

export const invitation = (over: Partial<DueInvitation> = {}): DueInvitation => ({
  invitationId: 'i1',
  orderId: '1',
  kind: 'delivery',
  firstDueAt: NOON,
  sendHour: 12,
  answered: false,
  deferredFor: null,
  ...over,
});
/** Mailed so many days before noon. */
export const asked = (days: number, kind: MessageSurveyKind = 'delivery', topic = 'survey'): LedgerEntry => ({
  sentAt: ago(days),
  topic,
  surveyKind: kind,
  metric: kind === 'relationship' ? 'nps' : 'csat_delivery',
});
export const base: ContactInput = {
  invitations: [invitation()],
  ledger: [],
  customer: {
    email: 'a@example.com',
    redacted: false,
    unsubscribed: false,
    surveysOff: false,
    marketingState: 'not_subscribed',
    countryCode: 'FR',
    hasOpenCase: false,
  },
  orders: [{ orderId: '1', cancelled: false, fullyRefunded: false, test: false }],
  mailed: new Map(),
  shop: { installed: true, paused: [] },
  timeZone: 'UTC',
  policy: {
    surveys: {
      post_purchase: { enabled: true },
      delivery: { enabled: true },
      usage: { enabled: true },
      relationship: { enabled: true },
      support: { enabled: true },
      return: { enabled: true },
      milestone: { enabled: true },
      website: { enabled: true },
      storefront: { enabled: true },
    },
    quietHours: { startHour: 21, endHour: 8 },
    caps: { surveyDays: 14, npsDays: 90, perOrder: 3, maxDeferDays: 7 },
    surveyConsent: 'subscribed_in_strict_countries',
    strictConsentCountries: ['DE'],
  },
  now: NOON,
};
export const customer = (over: Partial<ContactInput['customer']>) => ({
  customer: { ...base.customer, ...over },
});
export const orderState = (over: object) => ({
  orders: [{ orderId: '1', cancelled: false, fullyRefunded: false, test: false, ...over }],
});

/** A decision in a line. */
export const brief = (decision: ContactDecision | undefined) =>
  decision &&
  `${decision.outcome} ${decision.reason}${decision.outcome === 'defer' ? ` ${decision.until.toISOString().slice(0, 16)}` : ''}`;
