/** Whom a customer brought: the friends who ordered by their code (domain.md sections 5 and 7). */
import { chargebackAt } from '../core/apply-order-fact.ts';
import { DAY_MS } from '../core/calendar.ts';
import { isFullyRefunded, refundsOf } from '../core/kept.ts';
import type { OrderState } from '../core/state.ts';

/** What tells of an order whether something of it was kept. */
type KeptOrder = Parameters<typeof refundsOf>[0] &
  Pick<OrderState, 'paidAt' | 'cancelledAt' | 'deliveredAt' | 'test' | 'disputes'>;

/** An order that carries the customer's referral code, by somebody else. */
export interface RedeemedOrder {
  friendId: string;
  order: KeptOrder;
}

export interface BroughtFriends {
  /** Friends of whose orders something was kept beyond the return window. */
  qualifiedReferrals: number;
  /** Friends who ordered and may still return it. */
  pendingReferrals: number;
}

/**
 * Counts friends, not orders: each once, by the best of their orders. An order counts if it was paid, is no test, and
 * neither cancelled, given back as a whole nor charged back. It qualifies `returnWindowDays` after its delivery.
 */
export function broughtFriends(
  redeemed: readonly RedeemedOrder[],
  returnWindowDays: number,
  now: Date,
): BroughtFriends {
  const closedBefore = now.getTime() - returnWindowDays * DAY_MS;
  const counted = redeemed.filter(({ order }) => isPurchase(order));
  const qualified = new Set(
    counted
      .filter(({ order }) => order.deliveredAt !== null && order.deliveredAt.getTime() <= closedBefore)
      .map(({ friendId }) => friendId),
  );
  const friends = new Set(counted.map(({ friendId }) => friendId));
  return { qualifiedReferrals: qualified.size, pendingReferrals: friends.size - qualified.size };
}

const isPurchase = (order: KeptOrder): boolean =>
  order.paidAt !== null &&
  order.cancelledAt === null &&
  !order.test &&
  chargebackAt(order) === null &&
  !isFullyRefunded(refundsOf(order));
