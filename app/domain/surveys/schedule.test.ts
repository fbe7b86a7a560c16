import { describe, expect, it } from 'vitest';
import type { OrderForSurveys, RepeatPolicy } from './schedule.ts';
import { desiredInvitations, nextQuarterlyRelationship } from './schedule.ts';

const policy: RepeatPolicy = {
  sendHour: 10,
  caps: { npsDays: 90 },
  surveys: {
    post_purchase: { enabled: true },
    delivery: { enabled: true, delayDays: 1 },
    usage: { enabled: true, delayDays: 10 },
    relationship: { enabled: true, delayDays: 45, repeatDays: 90 },
    support: { enabled: true, delayHours: 1 },
    return: { enabled: true, delayDays: 0 },
    milestone: { enabled: true, anniversaries: true },
    website: { enabled: true },
    storefront: { enabled: true },
  },
};
const at = (iso: string) => new Date(iso);
const order = (over: Partial<OrderForSurveys> = {}): OrderForSurveys => ({
  orderId: '9007199254740993',
  createdAt: at('2026-03-01T15:00:00Z'),
  cancelledAt: null,
  financialStatus: 'paid',
  test: false,
  channel: 'web',
  lines: [{ lineId: 'a', quantity: 2, requiresShipping: true }],
  refundedLines: [],
  shipments: [
    {
      fulfillmentId: 'f',
      status: 'success',
      createdAt: at('2026-03-02T08:00:00Z'),
      lineIds: ['a'],
      markedDeliveredAt: null,
      events: [{ status: 'delivered', happenedAt: at('2026-03-20T23:30:00Z'), estimatedDeliveryAt: null }],
    },
  ],
  medianTransitDays: null,
  ...over,
});
const planned = (input: OrderForSurveys, zone = 'Europe/Berlin', rules = policy) => {
  const result = desiredInvitations(input, rules, zone);
  if (result.outcome === 'none') return result.reason;
  return result.invitations.map(
    ({ kind, dueAt, assumed }) => `${kind} ${dueAt.toISOString().slice(0, 16)}${assumed ? ' assumed' : ''}`,
  );
};

describe('desiredInvitations', () => {
  it('counts local days at 10:00: 1 and 10 after delivery, 45 after purchase, over the start of summer time', () => {
    expect(planned(order())).toEqual([
      'post_purchase 2026-03-01T15:00',
      'delivery 2026-03-22T09:00',
      'usage 2026-03-31T08:00',
      'relationship 2026-04-15T08:00',
    ]);
  });

  it('takes the zone it is given: in New York the parcel came a day earlier', () => {
    expect(planned(order(), 'America/New_York')).toEqual([
      'post_purchase 2026-03-01T15:00',
      'delivery 2026-03-21T14:00',
      'usage 2026-03-30T14:00',
      'relationship 2026-04-15T14:00',
    ]);
  });

  it('says what is assumed and why', () => {
    const noEvents = order({ shipments: order().shipments.map((shipment) => ({ ...shipment, events: [] })) });
    expect(planned(noEvents, 'UTC').slice(1, 3)).toEqual([
      'delivery 2026-03-10T10:00 assumed',
      'usage 2026-03-19T10:00 assumed',
    ]);
    const result = desiredInvitations(noEvents, policy, 'UTC');
    expect(
      result.outcome === 'scheduled' && result.invitations.map((one) => [one.channel, one.reason]),
    ).toEqual([
      ['page', 'Offered on the order page right after checkout.'],
      ['message', '1 day after the assumed delivery, at 10:00.'],
      ['message', '10 days after the assumed delivery, at 10:00.'],
      ['message', '45 days after the purchase, at 10:00.'],
    ]);
  });

  it.each<[string, Partial<OrderForSurveys>, string | string[]]>([
    ['test order', { test: true }, 'test_order'],
    ['cancelled', { cancelledAt: at('2026-03-02T00:00:00Z') }, 'cancelled'],
    ['refunded in full', { financialStatus: 'refunded' }, 'fully_refunded'],
    ['voided', { financialStatus: 'voided' }, 'fully_refunded'],
    [
      'every unit refunded',
      {
        refundedLines: [
          { lineId: 'a', quantity: 1 },
          { lineId: 'a', quantity: 1 },
        ],
      },
      'fully_refunded',
    ],
    [
      'one of two units refunded',
      { refundedLines: [{ lineId: 'a', quantity: 1 }] },
      ['post_purchase', 'delivery', 'usage', 'relationship'],
    ],
    ['not shipped yet', { shipments: [] }, ['post_purchase', 'relationship']],
    [
      'digital',
      { lines: [{ lineId: 'a', quantity: 1, requiresShipping: false }], shipments: [] },
      ['post_purchase', 'usage', 'relationship'],
    ],
    ['in the store', { channel: 'pos' }, ['post_purchase', 'usage', 'relationship']],
  ])('%s', (_name, over, expected) => {
    const got = planned(order(over));
    expect(Array.isArray(got) ? got.map((one) => one.split(' ')[0]) : got).toEqual(expected);
  });

  it('leaves out what the merchant switched off and takes the own delays', () => {
    const own: RepeatPolicy = {
      ...policy,
      sendHour: 18,
      surveys: {
        post_purchase: { enabled: false },
        delivery: { enabled: true, delayDays: 2 },
        usage: { enabled: false, delayDays: 10 },
        relationship: { enabled: false, delayDays: 45, repeatDays: 90 },
        support: { enabled: false, delayHours: 1 },
        return: { enabled: false, delayDays: 0 },
        milestone: { enabled: false, anniversaries: true },
        website: { enabled: false },
        storefront: { enabled: false },
      },
    };
    expect(planned(order(), 'UTC', own)).toEqual(['delivery 2026-03-22T18:00']);
  });
});

describe('nextQuarterlyRelationship', () => {
  it.each([
    ['at the send hour exactly', '2026-01-01T10:00:00Z', '2026-04-01T10:00:00.000Z'],
    ['minutes after it: the next day, not under the cap', '2026-01-01T10:03:00Z', '2026-04-02T10:00:00.000Z'],
    ['in the morning', '2026-01-01T08:30:00Z', '2026-04-01T10:00:00.000Z'],
  ])('%s', (_name, sent, expected) => {
    expect(nextQuarterlyRelationship(at(sent), policy, 'UTC')?.toISOString()).toBe(expected);
  });

  it('waits for a longer NPS cap', () => {
    const sent = at('2026-01-01T10:00:00Z');
    expect(nextQuarterlyRelationship(sent, { ...policy, caps: { npsDays: 180 } }, 'UTC')).toEqual(
      at('2026-06-30T10:00:00Z'),
    );
  });

  it('is none when the survey is off', () => {
    const relationship = { enabled: false, delayDays: 45, repeatDays: 90 };
    expect(
      nextQuarterlyRelationship(
        at('2026-01-01T10:00:00Z'),
        { ...policy, surveys: { ...policy.surveys, relationship } },
        'UTC',
      ),
    ).toBeNull();
  });
});
