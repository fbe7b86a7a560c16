import { currencyExponent } from '../../domain/core/money.ts';
import { isKeptPurchase, orderForPoints } from '../../domain/loyalty/order-points.ts';
import { approvalDueAt, diffLedger, targetPoints } from '../../domain/loyalty/points.ts';
import { parseSettings } from '../../domain/shop-settings/settings.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { OrderLedger, Posting } from '../../infra/db/points.repo.server.ts';
import type { SharedWork } from '../../infra/db/transactions.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';

/**
 * Brings the ledger to what the order's present state is worth and posts only the
 * difference, under the customer's lock: whatever the order of arrival, the sum is the same.
 */
export async function postPoints(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop } = action;
  const posted = await deps.transactions.share(postTogether, shop.id, { id: action.id, deps, action });
  if (posted.outcome === 'unknown')
    return { status: 'skipped', reason: 'The order or its customer is not known.' };
  if (posted.rescore) {
    const payload = { shopId: shop.id, customerId: posted.posting.customerId };
    await deps.producer.enqueue([{ name: 'customer.score', payload }]);
  }
  return { status: 'done', result: { entries: posted.posting.entries.length } };
}

type Posted = { outcome: 'unknown' } | { outcome: 'posted'; posting: Posting; rescore: boolean };

const postTogether: SharedWork<{ id: string; deps: Deps; action: ClaimedAction }, Posted> = async (
  shopId,
  transaction,
  items,
  patienceMs,
) => {
  const { points } = items[0]!.deps;
  const actions = items.map(({ action }) => ({ actionId: action.id, orderId: orderOf(action) }));
  const ledgers = await points.lockAndLoad(shopId, transaction, actions, patienceMs);
  if (ledgers === 'busy') return items.map(() => 'alone');
  const results = items.map(({ deps, action }): Posted | 'alone' => {
    const ledger = ledgers.get(action.id);
    return ledger === undefined ? 'alone' : postingOf(deps, action, ledger);
  });
  const postings = results.flatMap((result) =>
    result !== 'alone' && result.outcome === 'posted' ? [result.posting] : [],
  );
  await points.post(shopId, transaction, postings);
  return results;
};

const orderOf = (action: ClaimedAction) => action.payload['orderId'] ?? '';

function postingOf(
  { newId }: Pick<Deps, 'newId'>,
  action: ClaimedAction,
  ledger: OrderLedger | null,
): Posted {
  const { shop, now } = action;
  if (!ledger?.customerId || !ledger.order.known) return { outcome: 'unknown' };
  const dueAt = approvalDueAt(ledger.order.deliveredAt, parseSettings(shop.settings).returnWindowDays);
  const closed = dueAt !== null && dueAt <= now;
  const target = targetPoints(orderForPoints(ledger.order, closed), currencyExponent(shop.currency));
  // A purchase counts for the tier once its window is closed and something of it was kept.
  const counts = !target.voided && isKeptPurchase(ledger.order);
  const kept = closed && counts && ledger.order.approvedAt === null;
  const lost = !counts && ledger.order.approvedAt !== null;
  const approvedAt = kept ? now : lost ? null : ledger.order.approvedAt;
  const posting = {
    orderId: orderOf(action),
    customerId: ledger.customerId,
    actionId: action.id,
    entries: diffLedger(ledger.entries, target).map((entry) => ({ ...entry, id: newId() })),
    approvedAt,
    rescore: approvedAt?.getTime() !== ledger.order.approvedAt?.getTime(),
    at: now,
  };
  return { outcome: 'posted', posting, rescore: kept || lost };
}
