import { describe, expect, it } from 'vitest';
import { chooseOpenSurvey, isAskedOn } from './choose-open-survey.ts';
import { SURFACES } from './surfaces.ts';
import type { OpenOrder, SurveySwitches } from './choose-open-survey.ts';

const now = new Date('2026-03-31T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const switches: SurveySwitches = {
  post_purchase: { enabled: true },
  delivery: { enabled: true, delayDays: 1 },
  usage: { enabled: true, delayDays: 10 },
  relationship: { enabled: true, delayDays: 45 },
  support: { enabled: true },
  return: { enabled: true },
  milestone: { enabled: true },
  website: { enabled: true },
  storefront: { enabled: true },
};
const order = (
  id: string,
  placed: number,
  delivered: number | null,
  more: Partial<OpenOrder> = {},
): OpenOrder => ({
  orderId: id,
  placedAt: daysAgo(placed),
  deliveredAt: delivered === null ? null : daysAgo(delivered),
  cancelled: false,
  test: false,
  answered: [],
  ...more,
});
const any = { kind: null, named: false };

describe('chooseOpenSurvey', () => {
  it.each([
    ['just bought', order('1', 0, null), 'post_purchase'],
    ['bought 7 days ago, on its way', order('1', 7, null), 'post_purchase'],
    ['just delivered', order('1', 3, 0), 'delivery'],
    ['delivered 9 days ago', order('1', 12, 9.99), 'delivery'],
    ['in use for 10 days', order('1', 12, 10), 'usage'],
    ['usage answered', order('1', 12, 10, { answered: ['usage'] }), 'delivery'],
    ['45 days, the rest answered', order('1', 45, 20, { answered: ['usage', 'delivery'] }), 'relationship'],
  ])('%s asks %s', (_name, given, kind) => {
    expect(chooseOpenSurvey([given], switches, now, any)).toMatchObject({ outcome: 'open', kind });
  });

  it.each([
    ['no order', [], any, 'no_order'],
    ['only a test order', [order('1', 1, null, { test: true })], any, 'no_order'],
    ['only a cancelled order', [order('1', 1, null, { cancelled: true })], any, 'no_order'],
    ['not delivered yet', [order('1', 1, null)], { kind: 'delivery', named: false }, 'nothing_due'],
    ['bought 8 days ago, on its way', [order('1', 8, null)], any, 'nothing_due'],
    [
      'the newest answered, an older one not',
      [order('2', 3, 1, { answered: ['delivery'] }), order('1', 30, 28)],
      { kind: 'delivery', named: false },
      'already_answered',
    ],
  ] as const)('%s: nothing, and why', (_name, orders, wish, reason) => {
    expect(chooseOpenSurvey(orders, switches, now, wish)).toEqual({ outcome: 'none', reason });
  });

  it('goes on to an older order while the newest has nothing to tell yet', () => {
    const choice = chooseOpenSurvey([order('2', 1, null), order('1', 20, 15)], switches, now, {
      kind: 'usage',
      named: false,
    });
    expect(choice).toMatchObject({ outcome: 'open', order: { orderId: '1' } });
  });

  it('a named order is open for any kind, also early, cancelled or answered, unless switched off', () => {
    const named = order('1', 1, null, { cancelled: true, answered: ['usage'] });
    const wish = { kind: 'usage', named: true } as const;
    expect(chooseOpenSurvey([named], switches, now, wish)).toMatchObject({ outcome: 'open', kind: 'usage' });
    const off = { ...switches, usage: { enabled: false } };
    expect(chooseOpenSurvey([named], off, now, wish)).toEqual({ outcome: 'none', reason: 'survey_off' });
  });
});

it.each([
  ['post_purchase', ['theme', 'checkout', 'order_status', 'customer_account', 'hosted']],
  ['delivery', ['theme', 'order_status', 'customer_account', 'email', 'hosted']],
  ['support', ['email', 'hosted']],
  ['website', ['theme', 'hosted']],
  ['storefront', ['theme', 'hosted', 'kiosk']],
] as const)('%s is asked on %j', (kind, surfaces) => {
  expect(SURFACES.filter((surface) => isAskedOn(kind, surface))).toEqual(surfaces);
});
