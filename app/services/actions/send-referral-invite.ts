import { quietUntil } from '../../domain/core/calendar.ts';
import { inviteObstacle } from '../../domain/referral/invitation.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { claimMessage, frameOf, sendMessage } from './message.ts';
import { stoppableMail } from './stoppable-mail.ts';

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
      const { customer } = claim;
      const code = claim.context.referralCode ?? '';
      return stoppableMail(deps, action, claim, frame, {
        list: 'referral',
        render: (unsubscribeUrl) =>
          deps.renderMessage('referral_invitation', {
            locale: customer.locale,
            brandName: frame.brandName,
            brandColour: frame.brandColour,
            firstName: customer.firstName,
            code,
            percentOff: frame.settings.referral.percent,
            shareUrl: `https://${shop.domain}/discount/${encodeURIComponent(code)}`,
            unsubscribeUrl,
          }),
      });
    },
    finish: ({ contact }) => deps.actionContext.endContact(shop.id, action.id, contact),
  });
}
