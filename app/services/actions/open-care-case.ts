import { careTitle, decideCare } from '../../domain/flows/proactive-care.ts';
import { toldReasons } from '../../domain/prediction/satisfaction-reasons.ts';
import { carePolicy, parseSettings } from '../../domain/shop-settings/settings.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';

/**
 * Opens a case because an order is likely to get a low rating: staff get in touch, the customer is sent nothing. Decided
 * again under the locks, since an answer, a case or the day's last place may have come between.
 */
export function openCareCase(
  deps: Pick<Deps, 'cases' | 'transactions'>,
  action: ClaimedAction,
): Promise<Performed> {
  const { shop, now } = action;
  const orderId = action.payload['orderId'] ?? '';
  return deps.transactions.run(async (transaction) => {
    const context = await deps.cases.lockForCare(shop.id, transaction, { orderId, actionId: action.id });
    const { facts, customerId, orderName, valueMinor } = context;
    // Tried again after a crash: whatever staff did with the case meanwhile stands.
    if (context.opened) return { status: 'done', result: { caseId: action.id } };
    const policy = carePolicy(parseSettings(shop.settings));
    const decision = decideCare({ facts, policy, now });
    if (decision.outcome === 'none') return { status: 'skipped', reason: decision.sentence };
    const { lowProbability, stage, usualShare, reasons } = decision.prediction;
    const prediction = { lowProbability, stage, usualShare, reasons: toldReasons(reasons) };
    const opened = {
      id: action.id,
      orderId,
      customerId,
      title: careTitle(orderName),
      prediction,
      valueMinor,
    };
    await deps.cases.openForCare(shop.id, transaction, { ...opened, openedAt: now, dueAt: decision.dueAt });
    return { status: 'done', result: { caseId: action.id } };
  });
}
