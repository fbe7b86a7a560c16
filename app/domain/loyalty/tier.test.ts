import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIER_NAMES, TIERS, tierStanding } from './tier.ts';

const now = new Date('2026-06-15T12:00:00Z');
const policy = { regularAt: 3, vipAt: 8 };
const purchases = (count: number, iso = '2026-01-01T00:00:00Z') =>
  Array.from({ length: count }, (_, index) => ({ orderId: `${iso}-${index}`, purchasedAt: new Date(iso) }));

describe('tierStanding', () => {
  it.each([
    [0, 'starter', { tier: 'regular', missing: 3 }],
    [2, 'starter', { tier: 'regular', missing: 1 }],
    [3, 'regular', { tier: 'vip', missing: 5 }],
    [7, 'regular', { tier: 'vip', missing: 1 }],
    [8, 'vip', null],
    [30, 'vip', null],
  ])('%i purchases: %s', (count, tier, next) => {
    expect(tierStanding(purchases(count), now, policy)).toEqual({ tier, purchases: count, next });
  });

  it('counts 12 months, each order once, nothing from the future', () => {
    const list = [
      ...purchases(2),
      ...purchases(2),
      ...purchases(5, '2025-06-15T12:00:00Z'),
      ...purchases(1, '2025-06-15T12:00:01Z'),
      ...purchases(5, '2026-06-15T12:00:01Z'),
    ];
    expect(tierStanding(list, now, policy)).toMatchObject({ tier: 'regular', purchases: 3 });
  });

  it("never falls with one purchase more, and doesn't depend on the order", () => {
    const list = fc.array(fc.integer({ min: -20, max: 500 }), { maxLength: 12 });
    const rank = (tier: (typeof TIERS)[number]) => TIERS.indexOf(tier);
    fc.assert(
      fc.property(list, fc.integer({ min: 0, max: 300 }), (ages, more) => {
        const made = ages.map((days, index) => ({
          orderId: String(index),
          purchasedAt: new Date(now.getTime() - days * 86_400_000),
        }));
        const one = { orderId: 'more', purchasedAt: new Date(now.getTime() - more * 86_400_000) };
        const before = tierStanding(made, now, policy);
        expect(rank(tierStanding([one, ...made], now, policy).tier)).toBeGreaterThanOrEqual(
          rank(before.tier),
        );
        expect(tierStanding([...made].reverse(), now, policy)).toEqual(before);
      }),
    );
    expect(TIERS.map((tier) => TIER_NAMES[tier])).toEqual(['Starter', 'Regular', 'VIP']);
  });
});
