import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '#tests/factories/contacts.ts';
import { emptyOrder } from '../core/apply-order-fact.ts';
import { DAY_MS } from '../core/calendar.ts';
import type { ContactState, CustomerState, InvitationState, OrderState, ShopState } from '../core/state.ts';
import type { ContactScene } from './plan-contacts.ts';
import { whyAsked } from './why-asked.ts';

const NOW = new Date('2026-06-10T12:00:00Z');
const day = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

const customer: CustomerState = {
  ...{ id: 'c1', key: 'c:1', shopifyId: '1', email: 'ada@example.com', firstName: 'Ada', lastName: null },
  ...{ phone: null, locale: 'en', countryCode: 'FR', timeZone: null, profileToldAt: {}, consent: null },
  ...{ unsubscribedAt: null, surveysOffAt: null, redactedAt: null, tier: 'starter', health: null },
  createdAt: day(-400),
};
const shop: ShopState = {
  ...{ id: 's1', domain: 'a.myshopify.com', status: 'installed', name: 'A', currency: 'EUR' },
  ...{
    pixelOnSince: null,
    timeZone: 'UTC',
    settings: {},
    exchangedAt: null,
    medianTransitDays: null,
    typicalGapDays: null,
  },
  ...{ liveSurveys: [], liveExperiments: [] },
};
const order = (orderId: string, over: Partial<OrderState> = {}): OrderState => ({
  ...{ ...emptyOrder(orderId), known: true, placedAt: day(-20), totalMinor: 1_000, financialStatus: 'paid' },
  ...over,
});
const invitation = (over: Partial<InvitationState>): InvitationState => ({
  ...{ id: 'i', kind: 'delivery', customerId: 'c1', orderId: '1', sequence: 0, subjectId: null },
  ...{ experimentId: null, arm: null, status: 'scheduled', reason: null, channel: 'email' },
  ...{ firstDueAt: day(1), dueAt: day(1), assumed: false, decidedAt: null, sentAt: null, answeredAt: null },
  ...over,
});
const mailed = (days: number, over: Partial<ContactState> = {}): ContactState => ({
  ...{ actionId: `a${days}`, topic: 'survey', marketing: false, surveyKind: 'delivery', metric: null },
  at: day(days),
  ...over,
});
const scene = (over: Partial<ContactScene> = {}): ContactScene => ({
  ...{ now: NOW, shop, customer, orders: [order('1')], invitations: [], contacts: [], openCases: [] },
  ...over,
});
const asked = (over: Partial<ContactScene>, settings = defaultPolicy) => whyAsked(scene(over), settings);
const kindOf = (kind: string, over: Partial<ContactScene>, settings = defaultPolicy) =>
  asked(over, settings).kinds.find((one) => one.kind === kind)!;

describe('whether one may ask at all', () => {
  it.each<[string, Partial<CustomerState>, string | null]>([
    ['somebody in France', {}, null],
    ['no address', { email: null }, 'no_email'],
    ['unsubscribed', { unsubscribedAt: day(-1) }, 'unsubscribed'],
    ['no surveys', { surveysOffAt: day(-1) }, 'surveys_stopped'],
    ['strict country', { countryCode: 'DE' }, 'consent_missing'],
    [
      'strict country, subscribed',
      { countryCode: 'DE', consent: { state: 'subscribed', updatedAt: null } },
      null,
    ],
  ])('%s', (_name, over, reason) => {
    const got = asked({ customer: { ...customer, ...over } });
    expect(got.barred).toBe(reason);
    for (const { ifDue } of got.kinds)
      expect(ifDue).toEqual(reason ? { outcome: 'hold', reason, until: null } : { outcome: 'send' });
  });
});

it('names the kinds that are on, or were asked', () => {
  const kinds = (over: Partial<ContactScene>) => asked(over).kinds.map(({ kind }) => kind);
  expect(kinds({})).toEqual(['delivery', 'usage', 'relationship', 'return']);
  expect(kinds({ invitations: [invitation({ kind: 'support', status: 'sent' })] })).toContain('support');
});

it('tells the last decision and the next plan apart', () => {
  const invitations = [
    invitation({ id: '1', status: 'sent', sentAt: day(-9), decidedAt: day(-9), answeredAt: day(-8) }),
    invitation({ id: '2', status: 'suppressed', orderId: '2', reason: 'survey_cap', decidedAt: day(-3) }),
    invitation({ id: '3', orderId: '3', dueAt: day(5), firstDueAt: day(5) }),
    invitation({ id: '4', orderId: '4', dueAt: day(4), firstDueAt: day(4) }),
    invitation({ id: '5', kind: 'delivery', channel: 'page', status: 'sent', sentAt: day(-1) }),
  ];
  expect(kindOf('delivery', { invitations })).toMatchObject({
    last: { status: 'suppressed', orderId: '2', reason: 'survey_cap', at: day(-3) },
    next: { orderId: '4', dueAt: day(4), reason: null },
  });
});

it('says that the arm of an experiment is not mailed', () => {
  const arms = [{ id: 'a', weight: 1, channel: 'on_site' as const }];
  const experiment = { id: 'e', kind: 'delivery' as const, arms };
  const about = { shop: { ...shop, liveExperiments: [experiment] } };
  const inArm = { ...about, invitations: [invitation({ experimentId: 'e', arm: 'a' })] };
  expect(kindOf('delivery', inArm).ifDue).toEqual({ outcome: 'hold', reason: 'on_site', until: null });
  expect(kindOf('delivery', { ...about, invitations: [invitation({})] }).ifDue).toEqual({ outcome: 'send' });
});

describe('what becomes of the planned one at its time', () => {
  const planned = (days: number) => ({
    invitations: [invitation({ firstDueAt: day(days), dueAt: day(days) })],
  });
  it.each<[string, Partial<ContactScene>, object]>([
    ['nothing against it', planned(1), { outcome: 'send' }],
    [
      'its order was cancelled',
      { ...planned(1), orders: [order('1', { cancelledAt: day(-1) })] },
      { outcome: 'hold', reason: 'order_cancelled', until: null },
    ],
    [
      'asked lately: it would have to wait too long',
      { ...planned(1), contacts: [mailed(-2)] },
      { outcome: 'hold', reason: 'survey_cap', until: day(12) },
    ],
    [
      'asked lately: it waits until the end of the cap, at its hour',
      { ...planned(1), contacts: [mailed(-9)] },
      { outcome: 'defer', reason: 'survey_cap', until: new Date('2026-06-16T10:00:00Z') },
    ],
    ['asked lately: the cap is over by then', { ...planned(6), contacts: [mailed(-9)] }, { outcome: 'send' }],
    [
      'an open case',
      { ...planned(1), openCases: [{ id: 'k', orderId: null, responseId: null }] },
      { outcome: 'defer', reason: 'open_case', until: day(2) },
    ],
    [
      'now is at night, its time is not',
      { ...planned(2), now: new Date('2026-06-10T22:00:00Z') },
      { outcome: 'send' },
    ],
    [
      'its time is over, and it is night',
      { ...planned(-0.5), now: new Date('2026-06-10T22:00:00Z') },
      { outcome: 'defer', reason: 'quiet_hours', until: new Date('2026-06-11T08:00:00Z') },
    ],
    [
      'it was put off, and has waited as long as it may by then',
      {
        invitations: [
          invitation({ status: 'deferred', reason: 'open_case', firstDueAt: day(-6), dueAt: day(2) }),
        ],
      },
      { outcome: 'hold', reason: 'open_case', until: null },
    ],
  ])('%s', (_name, over, expected) => {
    expect(kindOf('delivery', over).ifDue).toEqual(expected);
  });
});

describe('what would become of one that is due now, where none is planned', () => {
  it.each<[string, Partial<ContactScene>, object]>([
    [
      'as one about another order',
      { invitations: [invitation({ status: 'sent', sentAt: day(-30), answeredAt: day(-30) })] },
      { outcome: 'send' },
    ],
    [
      'asked lately: until the end of the cap, however far that is',
      { contacts: [mailed(-2)] },
      { outcome: 'hold', reason: 'survey_cap', until: day(12) },
    ],
    [
      'at night',
      { now: new Date('2026-06-10T22:00:00Z') },
      { outcome: 'defer', reason: 'quiet_hours', until: new Date('2026-06-11T08:00:00Z') },
    ],
    [
      'paused',
      {
        shop: {
          ...shop,
          liveSurveys: [{ id: 'v', kind: 'delivery', version: 1, position: 1, paused: true }],
        },
      },
      { outcome: 'hold', reason: 'survey_paused', until: null },
    ],
  ])('%s', (_name, over, expected) => {
    expect(kindOf('delivery', over).ifDue).toEqual(expected);
  });

  it('ends with the quarterly question where that ends', () => {
    const relationship = (id: string, sentAt: Date) =>
      invitation({ id, kind: 'relationship', status: 'sent', sentAt });
    const invitations = [relationship('1', day(-200)), relationship('2', day(-100))];
    const silent = { outcome: 'hold', reason: 'silent', until: null };
    expect(kindOf('relationship', { invitations }).ifDue).toEqual(silent);
    const answered = invitations.map((entry) => ({ ...entry, answeredAt: day(-90) }));
    expect(kindOf('relationship', { invitations: answered }).ifDue).toEqual({ outcome: 'send' });
  });
});

it('names the usual hour, and where it comes from', () => {
  const orders = [1, 2, 3].map((n) => order(String(n), { placedAt: new Date(`2026-05-0${n}T19:00:00Z`) }));
  expect(asked({ orders }).habit).toEqual({ hour: 19, acts: 3 });
  expect(asked({ orders }, { ...defaultPolicy, sendAtHabit: false }).habit).toBeNull();
});
