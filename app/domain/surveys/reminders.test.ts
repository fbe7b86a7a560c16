import { describe, expect, it } from 'vitest';
import { base } from '#tests/factories/contacts.ts';
import { DAY_MS, HOUR_MS } from '../core/calendar.ts';
import type { ContactState, CustomerState, InvitationState, Snapshot } from '../core/state.ts';
import { decideReminder, linkDaysLeft, obstacleToReminder, reminderTime } from './reminders.ts';

const at = (text: string) => new Date(`${text}Z`);
const SENT = at('2026-03-06T09:00:00');
const DUE = at('2026-03-11T09:00:00');
const later = (ms: number) => new Date(DUE.getTime() + ms);
const BERLIN = 'Europe/Berlin';

describe('when', () => {
  const policy = { reminderDays: 3, quietHours: { startHour: 21, endHour: 8 } };
  it.each([
    ['the same hour three days later', '2026-03-06T09:00:00', '2026-03-09T09:00:00'],
    ['by the clock, when clocks change', '2026-03-27T09:00:00', '2026-03-30T08:00:00'],
    ['in the morning after a mail at night', '2026-03-06T21:30:00', '2026-03-10T07:00:00'],
    ['in the morning of a mail before dawn', '2026-03-06T03:00:00', '2026-03-09T07:00:00'],
  ])('%s', (_name, sent, due) => {
    expect(reminderTime(at(sent), policy, BERLIN)).toEqual(at(due));
  });

  it('never, where nobody is to be reminded', () => {
    expect(reminderTime(SENT, { ...policy, reminderDays: null }, BERLIN)).toBeNull();
  });

  it.each([
    [60, 0, 60],
    [60, 5 * DAY_MS, 55],
    [60, 5 * DAY_MS + 1, 54],
    [5, 5 * DAY_MS, 0],
  ])('a link of %i days has after %i ms %i whole days left', (days, passed, left) => {
    expect(linkDaysLeft(SENT, days, new Date(SENT.getTime() + passed))).toBe(left);
  });
});

const customer = {
  ...{ id: 'c1', key: 'c:1', shopifyId: '1', email: 'ada@example.com', firstName: 'Ada', lastName: null },
  ...{ phone: null, locale: 'en', countryCode: 'FR', timeZone: null, profileToldAt: {}, consent: null },
  ...{
    unsubscribedAt: null,
    surveysOffAt: null,
    redactedAt: null,
    tier: 'starter',
    health: null,
    createdAt: SENT,
  },
} satisfies CustomerState;
const invitation: InvitationState = {
  ...{
    id: 'i1',
    kind: 'delivery',
    customerId: 'c1',
    orderId: '1001',
    sequence: 0,
    subjectId: null,
    experimentId: null,
    arm: null,
    status: 'sent',
    reason: null,
  },
  ...{ channel: 'email', firstDueAt: SENT, dueAt: SENT, assumed: false, decidedAt: SENT, sentAt: SENT },
  answeredAt: null,
};
const survey = (when: Date): ContactState => ({
  ...{ actionId: 'a', topic: 'survey', marketing: false, surveyKind: 'usage', metric: null, at: when },
});

describe('what stands against it', () => {
  const settings: Parameters<typeof obstacleToReminder>[0]['policy'] = {
    ...base.policy,
    surveyConsent: 'any',
    strictConsentCountries: [],
    reminderDays: 5,
    surveyLinkDays: 60,
  };
  const check: Parameters<typeof obstacleToReminder>[0] = {
    ...{ invitation, customer, order: null, otherSurveys: [], mailedAboutOrder: 0 },
    ...{ hasOpenCase: false, shop: { status: 'installed', timeZone: BERLIN, liveSurveys: [] } },
    ...{ policy: settings, resent: false, now: DUE },
  };
  it('nothing, on its day', () => expect(obstacleToReminder(check)).toBeNull());

  it.each<[string | null, string, Partial<typeof check>]>([
    ['redacted', 'the invitation is gone', { invitation: null }],
    ['redacted', 'the customer is gone', { customer: null }],
    ['page_only', 'it was offered on a page', { invitation: { ...invitation, kind: 'post_purchase' } }],
    ['already_answered', 'it has an answer', { invitation: { ...invitation, answeredAt: DUE } }],
    ['unsubscribed', 'they unsubscribed', { customer: { ...customer, unsubscribedAt: DUE } }],
    ['open_case', 'a case is open', { hasOpenCase: true }],
    ['reminders_off', 'it was switched off', { policy: { ...settings, reminderDays: null } }],
    ['link_expired', 'the link has a few hours', { policy: { ...settings, surveyLinkDays: 5 } }],
    [null, 'the link has a day', { policy: { ...settings, surveyLinkDays: 6 } }],
    ['other_survey', 'another was sent since', { otherSurveys: [survey(at('2026-03-08T09:00:00'))] }],
    ['survey_cap', 'another was sent before', { otherSurveys: [survey(at('2026-03-05T09:00:00'))] }],
    [null, 'another was sent long before', { otherSurveys: [survey(at('2026-02-20T09:00:00'))] }],
    [null, 'it is a week late', { now: later(7 * DAY_MS) }],
    ['too_late', 'it is more than a week late', { now: later(7 * DAY_MS + 2 * HOUR_MS) }],
    [null, 'staff send it so late', { now: later(8 * DAY_MS), resent: true }],
  ])('%s: %s', (reason, _name, over) => {
    expect(obstacleToReminder({ ...check, ...over })).toBe(reason);
  });
});

describe('when its time has come', () => {
  const decided = (over: Partial<Snapshot>) =>
    decideReminder('i1', { now: DUE, customer, invitations: [invitation], ...over } as Snapshot, () => 'new');

  it('is one action, whose key is the invitation’s', () => {
    expect(decided({}).actions).toEqual([
      {
        ...{ kind: 'send_survey_reminder', payload: { invitationId: 'i1' }, id: 'new', dueAt: DUE },
        ...{ dedupeKey: 'survey-reminder:i1', customerId: 'c1', orderId: '1001' },
      },
    ]);
  });

  it('is about no order where its survey is about none', () => {
    const quarterly = { ...invitation, kind: 'relationship', sequence: 1 } as const;
    expect(decided({ invitations: [quarterly] }).actions[0]).toMatchObject({ orderId: null });
  });

  it.each<[string, Partial<Snapshot>]>([
    ['is answered', { invitations: [{ ...invitation, answeredAt: SENT }] }],
    ['is gone', { invitations: [] }],
    ['is nobody’s', { customer: null }],
    ['is of somebody who was erased', { customer: { ...customer, redactedAt: SENT } }],
  ])('is nothing where the survey %s, and the event says why', (_name, over) => {
    const changes = decided(over);
    expect(changes.actions).toEqual([]);
    expect(changes.ignoredBecause).toMatch(/\.$/);
  });
});
