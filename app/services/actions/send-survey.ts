import { quietUntil } from '../../domain/core/calendar.ts';
import { obstacleAtSend } from '../../domain/surveys/check-at-send.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { renderableSurvey } from '../survey-context.ts';
import { claimMessage, frameOf, listIdOf, sendMessage } from './message.ts';

/** Mails one survey link. Whether the customer may still be asked is checked again here, at send time. */
export function sendSurvey(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  const invitationId = action.payload['invitationId'] ?? '';
  // Staff who send it again answer for the hour and the delay.
  const resent = action.payload['resent'] === 'true';
  return sendMessage(deps, action, {
    async prepare() {
      const frame = frameOf(shop);
      const claim = await claimMessage(
        deps,
        action,
        { topic: 'survey', marketing: false },
        {
          obstacle: (context) => obstacleAtSend({ ...context, shop, policy: frame.settings, resent, now }),
          quietUntil: ({ timeZone }) =>
            resent ? null : quietUntil(now, timeZone ?? shop.timeZone, frame.settings.quietHours),
        },
      );
      if (claim.outcome !== 'claimed') return claim;
      const { customer, email } = claim;
      const { order, invitation } = claim.context;
      if (!invitation || invitation.kind === 'post_purchase') return { outcome: 'skip', reason: 'page_only' };
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
      // The language of the order that the mail is about; the customer may have bought in another one since.
      const locale = order?.locale ?? customer.locale;
      const [first] = renderableSurvey(shop, kind, locale).view.questions;
      const rendered = deps.renderMessage('survey_invitation', {
        locale,
        brandName: frame.brandName,
        brandColour: frame.brandColour,
        surveyKind: kind,
        firstName: customer.firstName,
        orderName: order?.name ?? '',
        productTitle: order?.lines[0]?.title ?? null,
        surveyUrl: `${appUrl}/s/${shop.id}/${token}`,
        question: first?.values ? { ...first, values: first.values, ends: first.ends ?? null } : null,
        linkDays: days,
        unsubscribeUrl,
      });
      return {
        outcome: 'send',
        mail: {
          to: email,
          fromName: frame.brandName,
          replyTo: frame.replyTo,
          unsubscribeUrl,
          listId: listIdOf('surveys', shop.id, deps.config.appUrl),
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
