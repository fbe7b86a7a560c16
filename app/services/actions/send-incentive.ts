import { resolveLocale, type Locale } from '../../domain/core/locales.ts';
import { formatMoney } from '../../domain/core/money.ts';
import { rewardMailObstacle } from '../../domain/surveys/incentives.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { StoredReward } from '../../infra/db/rewards.repo.server.ts';
import type { MessageData } from '../../infra/messages/render-message.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { claimMessage, frameOf, sendMessage } from './message.ts';
import { stoppableMail } from './stoppable-mail.ts';

/**
 * Brings what completing a survey earned, or says that none was left. It keeps a promise: no caps, no quiet hours, and
 * unsubscribing from surveys and offers does not stop it.
 */
export function sendIncentive(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop } = action;
  return sendMessage(deps, action, {
    async prepare() {
      const reward = await deps.rewards.ofAction(shop.id, action.payload['rewardActionId'] ?? '');
      if (!reward || reward.status === 'reserved') return { outcome: 'skip', reason: 'no_reward' };
      const claim = await claimMessage(
        deps,
        action,
        { topic: 'reward', marketing: false },
        { obstacle: ({ customer }) => rewardMailObstacle({ shopStatus: shop.status, customer }) },
      );
      if (claim.outcome !== 'claimed') return claim;
      const { customer, context } = claim;
      const frame = frameOf(shop);
      // The language of the order that was asked about; the customer may have bought in another one since.
      const locale = resolveLocale(context.order?.locale ?? customer.locale);
      return stoppableMail(deps, action, claim, frame, {
        list: 'surveys',
        render: (unsubscribeUrl) =>
          deps.renderMessage('incentive_reward', {
            locale,
            brandName: frame.brandName,
            brandColour: frame.brandColour,
            firstName: customer.firstName,
            reward: inWords(reward, locale),
            timeZone: customer.timeZone ?? shop.timeZone,
            unsubscribeUrl,
          }),
      });
    },
    finish: ({ contact }) => deps.actionContext.endContact(shop.id, action.id, contact),
  });
}

function inWords(reward: StoredReward, locale: Locale): MessageData['incentive_reward']['reward'] {
  const { status, kind, worth, currency, code, expiresAt } = reward;
  if (status === 'gone') return null;
  if (code === null || expiresAt === null) return { points: worth };
  const amount =
    kind === 'percent_off'
      ? new Intl.NumberFormat(locale, { style: 'percent' }).format(worth / 100)
      : formatMoney(worth, currency, locale);
  return { code, amount, expiresAt };
}
