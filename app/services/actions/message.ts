import type { CustomerState, ShopState } from '../../domain/core/state.ts';
import { parseSettings } from '../../domain/shop-settings/settings.ts';
import type { ActionContext } from '../../infra/db/action-context.repo.server.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { OutgoingMail } from '../../infra/messages/mailer.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';

export type PreparedMessage =
  | { outcome: 'send'; mail: Omit<OutgoingMail, 'actionId' | 'date'> }
  | { outcome: 'skip'; reason: string }
  | { outcome: 'postpone'; until: Date; reason: string };

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

/**
 * Decides under the customer's lock whether a message may go, and gives it its place in the
 * contact ledger in the same transaction: of two that a cap lets pass only one at a time,
 * the second finds the first.
 */
export function claimMessage(
  deps: Deps,
  action: ClaimedAction,
  ledger: { topic: 'survey' | 'case' | 'referral'; marketing: boolean },
  rules: {
    /** What stands against the message for good. */
    obstacle: (context: ActionContext) => string | null;
    /** Until when the recipient is not to be disturbed; null = now is as good as any time. */
    quietUntil?: (customer: CustomerState) => Date | null;
  },
): Promise<ClaimedMessage> {
  const { shop, now, id: actionId, customerId, orderId, payload } = action;
  return deps.transactions.run<ClaimedMessage>(async (transaction) => {
    const context = await deps.actionContext.lockAndLoad(shop.id, transaction, {
      actionId,
      customerId,
      orderId,
      responseId: payload['responseId'] ?? null,
      invitationId: payload['invitationId'] ?? null,
    });
    const { customer } = context;
    const reason = rules.obstacle(context);
    if (reason || !customer?.email) return { outcome: 'skip', reason: reason ?? 'no_email' };
    const until = rules.quietUntil?.(customer);
    if (until) return { outcome: 'postpone', until, reason: 'quiet_hours' };
    const { id, email } = customer;
    await deps.actionContext.claimContact(shop.id, transaction, { actionId, customerId: id, ...ledger, now });
    return { outcome: 'claimed', context, customer, email };
  });
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

/** The list that a mail belongs to, one per shop and kind. */
export function listIdOf(kind: 'surveys' | 'referral', shopId: string, appUrl: string): string {
  return `${kind}.${shopId}.${new URL(appUrl).hostname}`;
}
