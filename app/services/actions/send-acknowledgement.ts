import { acknowledgementObstacle } from '../../domain/cases/acknowledgement.ts';
import { resolveLocale } from '../../domain/core/locales.ts';
import { formatMoney } from '../../domain/core/money.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { claimMessage, frameOf, sendMessage } from './message.ts';

/**
 * Tells an unhappy customer that the complaint was read, by when a person answers, and the
 * recovery code if there is one. A service message: no caps, and unsubscribing from surveys
 * and offers does not stop it.
 */
export function sendAcknowledgement(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop } = action;
  return sendMessage(deps, action, {
    async prepare() {
      const claim = await claimMessage(
        deps,
        action,
        { topic: 'case', marketing: false },
        {
          obstacle: ({ customer, openCase }) =>
            acknowledgementObstacle({ shopStatus: shop.status, customer, hasCase: openCase !== null }),
        },
      );
      if (claim.outcome !== 'claimed') return claim;
      const { customer, email } = claim;
      const { order, openCase } = claim.context;
      if (!openCase) return { outcome: 'skip', reason: 'no_open_case' };
      const grant = await deps.grants.confirmed(shop.id, action.payload['discountActionId'] ?? null);
      const frame = frameOf(shop);
      // The language of the order that the mail is about; the customer may have bought in another one since.
      const locale = resolveLocale(order?.locale ?? customer.locale);
      const rendered = deps.renderMessage('acknowledgement', {
        locale,
        brandName: frame.brandName,
        brandColour: frame.brandColour,
        firstName: customer.firstName,
        orderName: order?.known ? order.name : null,
        caseNumber: openCase.number,
        answerBy: openCase.dueAt,
        timeZone: customer.timeZone ?? shop.timeZone,
        recovery: grant && {
          code: grant.code,
          amount: formatMoney(grant.amountMinor, grant.currency, locale),
          expiresAt: grant.expiresAt,
        },
        replies: frame.replyTo !== null,
      });
      return {
        outcome: 'send',
        mail: { to: email, fromName: frame.brandName, replyTo: frame.replyTo, ...rendered },
      };
    },
    finish: ({ contact }) => deps.actionContext.endContact(shop.id, action.id, contact),
  });
}
