import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { ActionContext } from '../../infra/db/action-context.repo.server.ts';
import type { ContactReason } from '../../domain/surveys/reasons.ts';
import { orderForSurveys } from '../../domain/surveys/plan-invitations.ts';
import { isFullyRefunded } from '../../domain/surveys/schedule.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { frameOf, sendMessage } from './message.ts';

/** Mails one survey link. Whether the customer may still be asked is checked again here, at send time. */
export function sendSurvey(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  const invitationId = action.payload['invitationId'] ?? '';
  return sendMessage(deps, action, {
    async prepare() {
      const context = await deps.actionContext.load(shop.id, {
        actionId: action.id,
        customerId: action.customerId,
        orderId: action.orderId,
        responseId: null,
        invitationId,
      });
      const { customer, order, invitation } = context;
      const obstacle = obstacleTo(context, shop.status);
      if (obstacle || !customer?.email || !invitation || invitation.kind === 'post_purchase') {
        return { outcome: 'skip', reason: obstacle ?? 'redacted' };
      }
      const frame = frameOf(shop);
      const { token, hash } = deps.tokens.newLinkToken();
      const days = frame.settings.surveyLinkDays;
      const { kind, orderId } = invitation;
      await deps.links.insert(shop.id, {
        tokenHash: hash,
        invitationId,
        kind,
        customerId: customer.id,
        orderId,
        days,
      });
      const { appUrl } = deps.config;
      const unsubscribeUrl = `${appUrl}/u/${shop.id}/${deps.tokens.unsubscribeToken(shop.id, customer.id)}`;
      const rendered = deps.renderMessage('survey_invitation', {
        // The language of the order that the mail is about; the customer may have bought in another one since.
        locale: order?.locale ?? customer.locale,
        brandName: frame.brandName,
        brandColour: frame.brandColour,
        surveyKind: kind,
        firstName: customer.firstName,
        orderName: order?.name ?? '',
        productTitle: order?.lines[0]?.title ?? null,
        surveyUrl: `${appUrl}/s/${shop.id}/${token}`,
        linkDays: days,
        unsubscribeUrl,
      });
      return {
        outcome: 'send',
        mail: {
          to: customer.email,
          fromName: frame.brandName,
          replyTo: frame.replyTo,
          unsubscribeUrl,
          ...rendered,
        },
      };
    },
    finish: ({ contact, reason }) =>
      deps.actionContext.endInvitation(shop.id, {
        actionId: action.id,
        invitationId,
        contact,
        status: contact === 'failed' ? 'suppressed' : 'sent',
        reason: contact === 'unknown' ? 'unknown' : reason,
        now,
      }),
  });
}

/** What has come between the decision and now. */
function obstacleTo(context: ActionContext, shopStatus: string): ContactReason | null {
  const { customer, order, invitation } = context;
  if (shopStatus !== 'installed') return 'shop_uninstalled';
  if (!customer || customer.redactedAt) return 'redacted';
  if (!customer.email) return 'no_email';
  if (customer.unsubscribedAt || customer.consent?.state === 'unsubscribed') return 'unsubscribed';
  if (customer.consent?.state === 'invalid') return 'invalid_email';
  if (customer.consent?.state === 'redacted') return 'redacted';
  if (invitation?.answeredAt) return 'already_answered';
  if (order?.cancelledAt) return 'order_cancelled';
  if (order && isFullyRefunded(orderForSurveys(order, null))) return 'order_refunded';
  const refundedMinor = order?.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0) ?? 0;
  if (order && order.totalMinor > 0 && refundedMinor >= order.totalMinor) return 'order_refunded';
  return null;
}
