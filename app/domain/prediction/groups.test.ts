import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adoptionTempoDays, CUSTOMER_GROUPS, type GroupFacts, groupMoment, groupsOf } from './groups.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const MOMENT = groupMoment(NOW);
const at = (iso: string) => new Date(`${iso}Z`);
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const customer = (of: Partial<GroupFacts>): GroupFacts => ({
  orders: 1,
  firstOrderAt: daysAgo(100),
  lastOrderAt: daysAgo(100),
  qualifiedReferrals: 0,
  ...of,
});

describe('groupsOf', () => {
  test.each<[string, Partial<GroupFacts>, string[]]>([
    ['nobody bought', { orders: 0, firstOrderAt: null, lastOrderAt: null }, []],
    [
      'advocate without an order',
      { orders: 0, firstOrderAt: null, lastOrderAt: null, qualifiedReferrals: 1 },
      ['advocate'],
    ],
    ['29.9 days', { firstOrderAt: daysAgo(29.9), lastOrderAt: daysAgo(29.9) }, ['new', 'active']],
    ['30 days', { firstOrderAt: daysAgo(30), lastOrderAt: daysAgo(30) }, ['active']],
    [
      'a year less a second',
      { lastOrderAt: at('2025-06-01T12:00:01'), firstOrderAt: at('2025-06-01T12:00:01') },
      ['active'],
    ],
    [
      'a year',
      { lastOrderAt: at('2025-06-01T12:00:00'), firstOrderAt: at('2025-06-01T12:00:00') },
      ['long_tenured'],
    ],
    ['old and back again', { firstOrderAt: daysAgo(900), orders: 3 }, ['active', 'long_tenured']],
    ['loyal', { firstOrderAt: daysAgo(20), lastOrderAt: NOW, orders: 4 }, ['new', 'active', 'loyal']],
    [
      'loyal, long gone',
      { firstOrderAt: daysAgo(900), lastOrderAt: daysAgo(800), orders: 9 },
      ['long_tenured', 'loyal'],
    ],
    ['from the future', { firstOrderAt: daysAgo(-1), lastOrderAt: daysAgo(-1), orders: 5 }, []],
    [
      'last order from the future',
      { firstOrderAt: daysAgo(10), lastOrderAt: daysAgo(-9) },
      ['new', 'active'],
    ],
    [
      '10,000 orders on one day',
      { firstOrderAt: NOW, lastOrderAt: NOW, orders: 10_000 },
      ['new', 'active', 'loyal'],
    ],
    ['no date', { firstOrderAt: new Date(Number.NaN), lastOrderAt: new Date(Number.NaN) }, []],
  ])('%s', (_, of, groups) => {
    expect(groupsOf(customer(of), MOMENT)).toEqual(groups);
  });

  test('a new customer is active; whoever ordered once is active or long-tenured, never both', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 * 24 }), fc.nat({ max: 9 }), (hours, orders) => {
        const once = daysAgo(hours / 24);
        const groups = groupsOf(customer({ firstOrderAt: once, lastOrderAt: once, orders }), MOMENT);
        if (groups.includes('new')) expect(groups).toContain('active');
        expect(groups.includes('active')).not.toBe(groups.includes('long_tenured'));
        expect(CUSTOMER_GROUPS.filter((group) => groups.includes(group))).toEqual(groups);
      }),
    );
  });

  test('on a leap day the year began on 28 February', () => {
    expect(groupMoment(at('2028-02-29T08:00:00')).yearSince).toEqual(at('2027-02-28T08:00:00'));
  });
});

test.each<[Date | null, Date | null, number | null]>([
  [daysAgo(40), daysAgo(28), 12],
  [daysAgo(40), daysAgo(39.5), 0.5],
  [daysAgo(40), daysAgo(45), 0],
  [null, daysAgo(45), null],
  [daysAgo(40), null, null],
  [daysAgo(40), daysAgo(-1), null],
  [daysAgo(-1), daysAgo(5), null],
  [new Date(Number.NaN), daysAgo(5), null],
])('adoption tempo: delivered %s, second order %s: %s days', (firstDeliveredAt, secondOrderAt, days) => {
  expect(adoptionTempoDays({ firstDeliveredAt, secondOrderAt }, NOW)).toBe(days);
});
