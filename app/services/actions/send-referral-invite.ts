import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { frameOf, sendMessage } from './message.ts';

/** Gives a promoter their code. Marketing: only with marketing consent and within the cap of 30 days. */
export function sendReferralInvite(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  return sendMessage(deps, action, {
    async prepare() {
      const { customer, hasOpenCase, recentMarketing, invitedToRefer } = await deps.actionContext.load(
        shop.id,
        {
          actionId: action.id,
          customerId: action.customerId,
          orderId: action.orderId,
          responseId: null,
          invitationId: null,
        },
      );
      const frame = frameOf(shop);
      if (shop.status !== 'installed') return { outcome: 'skip', reason: 'shop_uninstalled' };
      if (!customer || customer.redactedAt) return { outcome: 'skip', reason: 'redacted' };
      if (!customer.email) return { outcome: 'skip', reason: 'no_email' };
      if (customer.unsubscribedAt) return { outcome: 'skip', reason: 'unsubscribed' };
      if (customer.consent?.state !== 'subscribed')
        return { outcome: 'skip', reason: 'no_marketing_consent' };
      if (invitedToRefer) return { outcome: 'skip', reason: 'already_invited' };
      if (hasOpenCase) return { outcome: 'skip', reason: 'open_case' };
      if (recentMarketing >= frame.settings.caps.marketingPer30Days)
        return { outcome: 'skip', reason: 'marketing_cap' };
      const code = await deps.grants.referralCode(shop.id, customer.id);
      if (!code) return { outcome: 'skip', reason: 'no_referral_code' };

      const unsubscribeUrl = `${deps.config.appUrl}/u/${shop.id}/${deps.tokens.unsubscribeToken(shop.id, customer.id)}`;
      const rendered = deps.renderMessage('referral_invitation', {
        locale: customer.locale,
        brandName: frame.brandName,
        brandColour: frame.brandColour,
        firstName: customer.firstName,
        code,
        shareUrl: `https://${shop.domain}/discount/${encodeURIComponent(code)}`,
        unsubscribeUrl,
      });
      await deps.actionContext.addContact(shop.id, {
        actionId: action.id,
        customerId: customer.id,
        topic: 'referral',
        marketing: true,
        now,
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
    finish: ({ contact }) => deps.actionContext.endContact(shop.id, action.id, contact),
  });
}
