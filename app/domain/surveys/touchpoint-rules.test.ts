import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../core/calendar.ts';
import type { InvitationState } from '../core/state.ts';
import type { MessageSurveyKind, SurveyKind } from './contract.ts';
import { chooseOpenSurvey } from './choose-open-survey.ts';
import { decideContact } from './eligibility.ts';
import type { ContactInput } from './eligibility.ts';
import { metricOf } from './main-metric.ts';
import { aboutOrder } from './plan-contacts.ts';

const NOW = new Date('2026-06-10T12:00:00Z');
const on = { enabled: true };
const policy: ContactInput['policy'] = {
  surveys: {
    ...{ post_purchase: on, delivery: on, usage: on, relationship: on, support: on, return: on },
    ...{ milestone: on, website: on, storefront: on },
  },
  quietHours: { startHour: 21, endHour: 8 },
  caps: { surveyDays: 14, npsDays: 90, perOrder: 3, maxDeferDays: 7 },
  surveyConsent: 'any',
  strictConsentCountries: [],
};

/** The outcome for one survey that is due now. @param asked what was mailed how many days ago */
function decided(
  kind: MessageSurveyKind,
  over: Partial<ContactInput> = {},
  asked: [MessageSurveyKind, number][] = [],
) {
  const about = kind === 'relationship' || kind === 'milestone' ? null : '1';
  const [decision] = decideContact({
    invitations: [
      {
        ...{ invitationId: 'i1', orderId: about, kind, firstDueAt: NOW, sendHour: 12 },
        ...{ answered: false, deferredFor: null },
      },
    ],
    ledger: asked.map(([surveyKind, days]) => ({
      sentAt: new Date(NOW.getTime() - days * DAY_MS),
      topic: 'survey',
      surveyKind,
      metric: metricOf(surveyKind),
    })),
    customer: {
      ...{ email: 'ada@example.com', redacted: false, unsubscribed: false, surveysOff: false },
      ...{ marketingState: 'subscribed', countryCode: 'FR', hasOpenCase: false },
    },
    orders: [{ orderId: '1', cancelled: false, fullyRefunded: false, test: false }],
    mailed: new Map(),
    shop: { installed: true, paused: [] },
    timeZone: 'UTC',
    policy,
    now: NOW,
    ...over,
  });
  return `${decision!.outcome} ${decision!.reason}`;
}

const order = (over: object) => ({
  orders: [{ orderId: '1', cancelled: false, fullyRefunded: false, test: false, ...over }],
});

describe('who is asked about what went wrong', () => {
  it.each<[string, MessageSurveyKind, object, string]>([
    ['a return that ended in a full refund', 'return', { fullyRefunded: true }, 'send due'],
    ['a return of an order that was cancelled after', 'return', { cancelled: true }, 'send due'],
    ['help with an order that was refunded', 'support', { fullyRefunded: true }, 'send due'],
    ['help with an order that was cancelled', 'support', { cancelled: true }, 'send due'],
    ['help with a test order', 'support', { test: true }, 'suppress test_order'],
    [
      'the delivery of an order that was refunded',
      'delivery',
      { fullyRefunded: true },
      'suppress order_refunded',
    ],
  ])('%s', (_what, kind, over, expected) => {
    expect(decided(kind, order(over))).toBe(expected);
  });
});

describe('how often', () => {
  it.each<[string, MessageSurveyKind, [MessageSurveyKind, number][], string]>([
    ['help, the day after another survey', 'support', [['delivery', 1]], 'send due'],
    ['help, two days after other help', 'support', [['support', 2]], 'suppress survey_cap'],
    ['help, two weeks after other help', 'support', [['support', 14]], 'send due'],
    ['a delivery, the day after help', 'delivery', [['support', 1]], 'suppress survey_cap'],
    ['a return, the day after another survey', 'return', [['delivery', 1]], 'suppress survey_cap'],
    [
      'a relationship survey, 60 days after a milestone',
      'relationship',
      [['milestone', 60]],
      'suppress nps_cap',
    ],
    [
      'a milestone, 60 days after a relationship survey',
      'milestone',
      [['relationship', 60]],
      'suppress nps_cap',
    ],
    ['a milestone, 60 days after a delivery survey', 'milestone', [['delivery', 60]], 'send due'],
    ['a milestone, 91 days after another', 'milestone', [['milestone', 91]], 'send due'],
  ])('%s', (_what, kind, asked, expected) => {
    expect(decided(kind, {}, asked)).toBe(expected);
  });
});

it.each<[InvitationState['kind'], number, string, string | null]>([
  ['delivery', 0, '1', '1'],
  ['relationship', 0, '1', '1'],
  ['relationship', 2, '1', null],
  ['return', 1, '1', '1'],
  ['support', 17, '1', '1'],
  ['support', 17, '', null],
  ['milestone', 2, '1', null],
])('a %s survey, number %i, of order "%s" is about order %s', (kind, sequence, orderId, expected) => {
  const invitation = { kind, sequence, orderId } as InvitationState;
  expect(aboutOrder(invitation)).toBe(expected);
});

it('a page does not come up with a case, a return or a milestone', () => {
  const placed = new Date(NOW.getTime() - 100 * DAY_MS);
  const bought = {
    ...{ orderId: '1', placedAt: placed, deliveredAt: placed, cancelled: false, test: false },
    answered: ['usage', 'delivery', 'relationship', 'post_purchase'] as const,
  };
  const wish = (kind: SurveyKind | null, named = false) =>
    chooseOpenSurvey([bought], policy.surveys, NOW, { kind, named });
  for (const kind of ['support', 'return', 'milestone', 'website', 'storefront'] as const)
    for (const named of [false, true])
      expect(wish(kind, named)).toEqual({ outcome: 'none', reason: 'nothing_due' });
  expect(wish('usage', true)).toMatchObject({ outcome: 'open', kind: 'usage' });
  expect(wish(null)).toEqual({ outcome: 'none', reason: 'already_answered' });
});
