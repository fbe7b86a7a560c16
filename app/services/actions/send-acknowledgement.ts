import { formatMoney } from '../../domain/core/money.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { frameOf, sendMessage } from './message.ts';

/**
 * Tells an unhappy customer that the complaint was read, by when a person answers, and the
 * recovery code if there is one. A service message: no caps, but never to the erased or
 * to those who unsubscribed.
 */
export function sendAcknowledgement(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  return sendMessage(deps, action, {
    async prepare() {
      const { customer, order, openCase } = await deps.actionContext.load(shop.id, {
        actionId: action.id,
        customerId: action.customerId,
        orderId: action.orderId,
        responseId: action.payload['responseId'] ?? null,
        invitationId: null,
      });
      if (shop.status !== 'installed') return { outcome: 'skip', reason: 'shop_uninstalled' };
      if (!customer || customer.redactedAt) return { outcome: 'skip', reason: 'redacted' };
      if (!customer.email) return { outcome: 'skip', reason: 'no_email' };
      if (customer.unsubscribedAt || customer.consent?.state === 'unsubscribed') {
        return { outcome: 'skip', reason: 'unsubscribed' };
      }
      // This action waits for the one that opens the case: none now means it was closed or erased.
      if (!openCase) return { outcome: 'skip', reason: 'no_open_case' };
      const grant = await deps.grants.confirmed(shop.id, action.payload['discountActionId'] ?? null);
      const frame = frameOf(shop);
      const rendered = deps.renderMessage('acknowledgement', {
        // The language of the order that the mail is about; the customer may have bought in another one since.
        locale: order?.locale ?? customer.locale,
        brandName: frame.brandName,
        brandColour: frame.brandColour,
        firstName: customer.firstName,
        orderName: order?.known ? order.name : null,
        caseNumber: openCase.number,
        answerBy: openCase.dueAt,
        timeZone: customer.timeZone ?? shop.timeZone,
        recovery: grant && {
          code: grant.code,
          amount: formatMoney(grant.amountMinor, grant.currency, order?.locale ?? customer.locale ?? 'en'),
          expiresAt: grant.expiresAt,
        },
        replies: frame.replyTo !== null,
      });
      await deps.actionContext.addContact(shop.id, {
        actionId: action.id,
        customerId: customer.id,
        topic: 'case',
        marketing: false,
        now,
      });
      return {
        outcome: 'send',
        mail: { to: customer.email, fromName: frame.brandName, replyTo: frame.replyTo, ...rendered },
      };
    },
    finish: ({ contact }) => deps.actionContext.endContact(shop.id, action.id, contact),
  });
}
