import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyOrder } from '../core/apply-order-fact.ts';
import { DAY_MS } from '../core/calendar.ts';
import type { OrderState } from '../core/state.ts';
import { broughtFriends } from './brought-friends.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const order = (more: Partial<OrderState> = {}): OrderState => ({
  ...emptyOrder('1'),
  ...{ known: true, paidAt: daysAgo(50), deliveredAt: daysAgo(40), totalMinor: 1_000, subtotalMinor: 1_000 },
  ...more,
});
const by = (friendId: string, more: Partial<OrderState> = {}) => ({ friendId, order: order(more) });
const counts = (...redeemed: ReturnType<typeof by>[]) => {
  const { qualifiedReferrals, pendingReferrals } = broughtFriends(redeemed, 30, NOW);
  return [qualifiedReferrals, pendingReferrals];
};
const refunded = (amountMinor: number) => ({
  refunds: [{ refundId: 'r', orderId: '1', createdAt: daysAgo(10), amountMinor, lines: [] }],
});
const chargeback = (status: string): Partial<OrderState> => ({
  disputes: [
    {
      ...{ disputeId: 'd', orderId: '1', type: 'chargeback', status },
      ...{ initiatedAt: daysAgo(5), sourceUpdatedAt: daysAgo(5) },
    },
  ],
});

describe('a friend', () => {
  it.each<[string, Partial<OrderState>, [qualified: number, pending: number]]>([
    ['who kept the order beyond the return window', {}, [1, 0]],
    ['on the day the window closes', { deliveredAt: daysAgo(30) }, [1, 0]],
    ['who may still return it', { deliveredAt: daysAgo(29) }, [0, 1]],
    ['whose order is on its way', { deliveredAt: null }, [0, 1]],
    ['who has not paid', { paidAt: null }, [0, 0]],
    ['whose order was cancelled', { cancelledAt: daysAgo(20) }, [0, 0]],
    ['who gave a part back', refunded(400), [1, 0]],
    ['who gave all of it back', refunded(1_000), [0, 0]],
    ['who charged it back', chargeback('lost'), [0, 0]],
    ['whose chargeback the shop won', chargeback('won'), [1, 0]],
    ['of a test', { test: true }, [0, 0]],
  ])('%s', (_name, more, expected) => {
    expect(counts(by('friend', more))).toEqual(expected);
  });

  it('counts once, by the best of their orders', () => {
    expect(counts(by('a'), by('a', { deliveredAt: null }), by('b', { deliveredAt: null }))).toEqual([1, 1]);
    expect(counts()).toEqual([0, 0]);
  });
});

it('is counted the same in whatever order the orders are read, and more orders never take one away', () => {
  const some = fc.record({
    friendId: fc.constantFrom('a', 'b', 'c'),
    order: fc.constantFrom(order(), order({ deliveredAt: null }), order({ cancelledAt: daysAgo(1) })),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 8 }), some, (redeemed, another) => {
      const found = broughtFriends(redeemed, 30, NOW);
      expect(broughtFriends(redeemed.toReversed(), 30, NOW)).toEqual(found);
      const more = broughtFriends([...redeemed, another], 30, NOW);
      expect(more.qualifiedReferrals).toBeGreaterThanOrEqual(found.qualifiedReferrals);
      const all = ({ qualifiedReferrals, pendingReferrals }: typeof found) =>
        qualifiedReferrals + pendingReferrals;
      expect(all(more)).toBeGreaterThanOrEqual(all(found));
    }),
  );
});
