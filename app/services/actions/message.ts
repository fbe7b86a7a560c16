import type { CustomerState, ShopState } from '../../domain/core/state.ts';
import { parseSettings } from '../../domain/shop-settings/settings.ts';
import type { ActionContext } from '../../infra/db/action-context.repo.server.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { SharedWork } from '../../infra/db/transactions.server.ts';
import type { OutgoingMail } from '../../infra/messages/mailer.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';

export type PreparedMessage =
  | { outcome: 'send'; mail: Omit<OutgoingMail, 'actionId' | 'date'> }
  | { outcome: 'skip'; reason: string }
  | { outcome: 'postpone'; until: Date; reason: string };

/** What a mail server may take at most: connecting, greeting, and the silence after which it is given up. */
const SENDING_MS = 50_000;

/**
 * The shape of every message: prepare (checks again whether it may go, renders), send,
 * note the end. A fault before the send is certain not to have sent anything and is
 * tried again; a fault after it leaves the claim, and the action becomes `unknown`.
 */
export async function sendMessage(
  deps: Deps,
  action: ClaimedAction,
  message: {
    prepare: () => Promise<PreparedMessage>;
    /** Keeps the ledgers in step with what happened to the message. */
    finish: (end: { contact: 'sent' | 'failed' | 'unknown'; reason: string | null }) => Promise<void>;
  },
): Promise<Performed> {
  let prepared: PreparedMessage;
  try {
    prepared = await message.prepare();
    if (prepared.outcome === 'postpone')
      return { status: 'postponed', reason: prepared.reason, until: prepared.until };
    if (prepared.outcome === 'skip') {
      await message.finish({ contact: 'failed', reason: prepared.reason });
      return { status: 'skipped', reason: prepared.reason };
    }
  } catch (error) {
    return { status: 'retry', reason: error instanceof Error ? error.message : String(error) };
  }
  if (action.leaseLeftMs() < SENDING_MS)
    return { status: 'wait', reason: 'It waited until its claim was nearly over.', waitMs: 1_000 };
  const sent = await deps.mailer.send({ ...prepared.mail, actionId: action.id, date: action.now });
  deps.metrics.countSend(sent.kind);
  switch (sent.kind) {
    case 'sent':
      await message.finish({ contact: 'sent', reason: null });
      return { status: 'done' };
    case 'not_sent':
      return { status: 'retry', reason: sent.reason };
    case 'rejected':
      await message.finish({ contact: 'failed', reason: 'mail_refused' });
      return { status: 'failed', reason: sent.reason };
    case 'unknown':
      await message.finish({ contact: 'unknown', reason: null });
      return { status: 'unknown', reason: sent.reason };
  }
}

export type ClaimedMessage =
  | { outcome: 'claimed'; context: ActionContext; customer: CustomerState; email: string }
  | { outcome: 'skip'; reason: string }
  | { outcome: 'postpone'; until: Date; reason: string };

interface Message {
  id: string;
  deps: Deps;
  action: ClaimedAction;
  ledger: {
    topic: 'survey' | 'survey_reminder' | 'case' | 'referral' | 'reward' | 'review';
    marketing: boolean;
  };
  /** What stands against the message for good. */
  obstacle: (context: ActionContext) => string | null;
  /** Until when the recipient is not to be disturbed; null = now is as good as any time. */
  quietUntil?: (customer: CustomerState) => Date | null;
}

/**
 * Decides under the customer's lock whether a message may go, and gives it its place in the
 * contact ledger in the same transaction: of two that a cap lets pass only one at a time,
 * the second finds the first.
 */
export function claimMessage(
  deps: Deps,
  action: ClaimedAction,
  ledger: Message['ledger'],
  rules: Pick<Message, 'obstacle' | 'quietUntil'>,
): Promise<ClaimedMessage> {
  return deps.transactions.share(claimTogether, action.shop.id, {
    ...{ id: action.id, deps, action, ledger },
    ...rules,
  });
}

const claimTogether: SharedWork<Message, ClaimedMessage> = async (
  shopId,
  transaction,
  messages,
  patienceMs,
) => {
  const { actionContext } = messages[0]!.deps;
  const about = messages.map(({ action: { id, customerId, orderId, payload } }) => ({
    ...{ actionId: id, customerId, orderId },
    responseId: payload['responseId'] ?? null,
    invitationId: payload['invitationId'] ?? null,
  }));
  const contexts = await actionContext.lockAndLoad(shopId, transaction, about, patienceMs);
  if (contexts === 'busy') return messages.map(() => 'alone');
  const claims = messages.map((message) => {
    const context = contexts.get(message.action.id);
    return context ? mayGo(message, context) : 'alone';
  });
  const contacts = messages.flatMap(({ action: { id: actionId, now }, ledger }, index) => {
    const claim = claims[index]!;
    if (claim === 'alone' || claim.outcome !== 'claimed') return [];
    return [{ actionId, customerId: claim.customer.id, ...ledger, now }];
  });
  await actionContext.claimContacts(shopId, transaction, contacts);
  return claims;
};

function mayGo({ obstacle, quietUntil }: Message, context: ActionContext): ClaimedMessage {
  const { customer } = context;
  const reason = obstacle(context);
  if (reason || !customer?.email) return { outcome: 'skip', reason: reason ?? 'no_email' };
  const until = quietUntil?.(customer);
  if (until) return { outcome: 'postpone', until, reason: 'quiet_hours' };
  return { outcome: 'claimed', context, customer, email: customer.email };
}

/** What every mail of a shop looks like and where replies go. */
export function frameOf(shop: ShopState) {
  const settings = parseSettings(shop.settings);
  return {
    settings,
    brandName: settings.brandName ?? shop.name,
    brandColour: settings.brandColor,
    replyTo: settings.replyTo,
  };
}
