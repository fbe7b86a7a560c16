import { currencyExponent } from '../../domain/core/money.ts';
import { isKeptPurchase, orderForPoints } from '../../domain/loyalty/order-points.ts';
import { approvalDueAt, diffLedger, targetPoints } from '../../domain/loyalty/points.ts';
import { parseSettings } from '../../domain/shop-settings/settings.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';

/**
 * Brings the ledger to what the order's present state is worth and posts only the
 * difference, under the customer's lock: whatever the order of arrival, the sum is the same.
 */
export async function postPoints(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  const orderId = action.payload['orderId'] ?? '';
  const settings = parseSettings(shop.settings);
  const posted = await deps.transactions.run(async (transaction) => {
    const ledger = await deps.points.lockAndLoad(shop.id, transaction, orderId);
    if (!ledger?.customerId || !ledger.order.known) return null;
    const dueAt = approvalDueAt(ledger.order.deliveredAt, settings.returnWindowDays);
    const closed = dueAt !== null && dueAt <= now;
    const target = targetPoints(orderForPoints(ledger.order, closed), currencyExponent(shop.currency));
    const entries = diffLedger(ledger.entries, target);
    // A purchase counts for the tier once its window is closed and something of it was kept.
    const counts = !target.voided && isKeptPurchase(ledger.order);
    const kept = closed && counts && ledger.order.approvedAt === null;
    const lost = !counts && ledger.order.approvedAt !== null;
    const approvedAt = kept ? now : lost ? null : ledger.order.approvedAt;
    await deps.points.post(shop.id, transaction, {
      orderId,
      customerId: ledger.customerId,
      actionId: action.id,
      entries: entries.map((entry) => ({ ...entry, id: deps.newId() })),
      approvedAt,
      rescore: approvedAt?.getTime() !== ledger.order.approvedAt?.getTime(),
      at: now,
    });
    return { entries: entries.length, customerId: ledger.customerId, rescore: kept || lost };
  });
  if (!posted) return { status: 'skipped', reason: 'The order or its customer is not known.' };
  if (posted.rescore) {
    await deps.producer.enqueue([
      { name: 'customer.score', payload: { shopId: shop.id, customerId: posted.customerId } },
    ]);
  }
  return { status: 'done', result: { entries: posted.entries } };
}
