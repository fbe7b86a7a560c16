import { quietUntil } from '../../domain/core/calendar.ts';
import { inviteObstacle } from '../../domain/referral/invitation.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { claimMessage, frameOf, listIdOf, sendMessage } from './message.ts';

/** Gives a promoter their code. Marketing: only with marketing consent and within the cap of 30 days. */
export function sendReferralInvite(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop } = action;
  return sendMessage(deps, action, {
    async prepare() {
      const frame = frameOf(shop);
      const claim = await claimMessage(
        deps,
        action,
        { topic: 'referral', marketing: true },
        {
          obstacle: (context) =>
            inviteObstacle({
              ...context,
              shopStatus: shop.status,
              alreadyInvited: context.invitedToRefer,
              marketingCap: frame.settings.caps.marketingPer30Days,
            }),
          quietUntil: ({ timeZone }) =>
            quietUntil(action.now, timeZone ?? shop.timeZone, frame.settings.quietHours),
        },
      );
      if (claim.outcome !== 'claimed') return claim;
      const { customer, email } = claim;
      const code = claim.context.referralCode ?? '';
      const unsubscribeUrl = `${deps.config.appUrl}/u/${shop.id}/${deps.tokens.unsubscribeToken(shop.id, customer.id)}`;
      const rendered = deps.renderMessage('referral_invitation', {
        locale: customer.locale,
        brandName: frame.brandName,
        brandColour: frame.brandColour,
        firstName: customer.firstName,
        code,
        percentOff: frame.settings.referral.percent,
        shareUrl: `https://${shop.domain}/discount/${encodeURIComponent(code)}`,
        unsubscribeUrl,
      });
      return {
        outcome: 'send',
        mail: {
          to: email,
          fromName: frame.brandName,
          replyTo: frame.replyTo,
          unsubscribeUrl,
          listId: listIdOf('referral', shop.id, deps.config.appUrl),
          ...rendered,
        },
      };
    },
    finish: ({ contact }) => deps.actionContext.endContact(shop.id, action.id, contact),
  });
}
