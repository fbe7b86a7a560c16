import type { MailList } from '../../infra/db/subscriptions.repo.server.ts';
import type { RenderedMessage } from '../../infra/messages/templates/layout.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { ClaimedMessage, frameOf, PreparedMessage } from './message.ts';

/** What the recipient stops with the link in the mail: a list of its own, or everything. */
const STOPS: Record<'surveys' | 'referral', MailList> = { surveys: 'surveys', referral: 'all' };

/** A mail that its recipient can stop with one click (RFC 8058), once its place in the contact ledger is taken. */
export function stoppableMail(
  deps: Deps,
  { shop }: Pick<ClaimedAction, 'shop'>,
  { customer, email }: Pick<Extract<ClaimedMessage, { outcome: 'claimed' }>, 'customer' | 'email'>,
  frame: ReturnType<typeof frameOf>,
  mail: { list: keyof typeof STOPS; render: (unsubscribeUrl: string) => RenderedMessage },
): PreparedMessage {
  const { appUrl } = deps.config;
  const token = deps.tokens.unsubscribeToken(shop.id, customer.id);
  const unsubscribeUrl = `${appUrl}/u/${shop.id}/${token}${STOPS[mail.list] === 'all' ? '' : `?list=${STOPS[mail.list]}`}`;
  return {
    outcome: 'send',
    mail: {
      ...{ to: email, fromName: frame.brandName, replyTo: frame.replyTo, unsubscribeUrl },
      listId: listIdOf(mail.list, shop.id, appUrl),
      ...mail.render(unsubscribeUrl),
    },
  };
}

/** The list that a mail belongs to, one per shop and kind. */
function listIdOf(list: keyof typeof STOPS, shopId: string, appUrl: string): string {
  return `${list}.${shopId}.${new URL(appUrl).hostname}`;
}
