import type { Pool } from 'pg';
import type {
  ContactState,
  CustomerState,
  InvitationState,
  OrderState,
  ResponseState,
} from '../../domain/core/state.ts';
import { toContact, toCustomer, toInvitation, toOrder, toResponse } from './line-rows.ts';
import type { Transaction } from './transactions.server.ts';
import { lockCustomer } from './lock-line.server.ts';

/** What a message or an offer needs to know at the moment it is made. */
export interface ActionContext {
  customer: CustomerState | null;
  order: OrderState | null;
  response: ResponseState | null;
  /** The case that the response belongs to. */
  openCase: { number: number; dueAt: Date } | null;
  invitation: InvitationState | null;
  hasOpenCase: boolean;
  /** The customer's other survey messages, sent or claimed, newest first. */
  otherSurveys: ContactState[];
  /** Marketing messages in the last 30 days, sent or claimed. */
  recentMarketing: number;
  /** Another message gave them their referral code already. */
  invitedToRefer: boolean;
  referralCode: string | null;
  lastOfferAt: Date | null;
  /** The acknowledgement that waits for this action is settled all the same: sent, or left out for good. */
  acknowledged: boolean;
}

interface About {
  actionId: string;
  customerId: string | null;
  orderId: string | null;
  responseId: string | null;
  invitationId: string | null;
}

const CONTEXT = `
  SELECT
    (SELECT to_json(c) FROM customer c WHERE c.shop_id = $1 AND c.id = who.id) AS customer,
    (SELECT to_json(o) FROM orders o WHERE o.shop_id = $1 AND o.order_id = $3) AS "order",
    (SELECT to_json(r) FROM survey_response r WHERE r.shop_id = $1 AND r.id = $4) AS response,
    (SELECT to_json(i) FROM survey_invitation i WHERE i.shop_id = $1 AND i.id = $5) AS invitation,
    (SELECT json_build_object('number', k.number, 'dueAt', k.due_at) FROM support_case k
     WHERE k.shop_id = $1 AND k.status IN ('open', 'acknowledged')
       AND (k.response_id = $4 OR (k.customer_id = who.id AND k.order_id IS NOT DISTINCT FROM $3))
     ORDER BY k.opened_at DESC LIMIT 1) AS open_case,
    EXISTS (SELECT FROM support_case k WHERE k.shop_id = $1 AND k.customer_id = who.id
      AND k.status IN ('open', 'acknowledged')) AS has_open_case,
    (SELECT json_agg(s) FROM (SELECT * FROM contact t WHERE t.shop_id = $1 AND t.customer_id = who.id AND t.topic = 'survey'
       AND t.action_id <> $6 AND t.status <> 'failed' ORDER BY t.at DESC LIMIT 100) s) AS other_surveys,
    (SELECT count(*)::int FROM contact t WHERE t.shop_id = $1 AND t.customer_id = who.id AND t.marketing
      AND t.action_id <> $6 AND t.status <> 'failed' AND t.at > (SELECT business_now()) - interval '30 days') AS recent_marketing,
    EXISTS (SELECT FROM contact t WHERE t.shop_id = $1 AND t.customer_id = who.id AND t.topic = 'referral'
      AND t.action_id <> $6 AND t.status <> 'failed') AS invited_to_refer,
    (SELECT code FROM referral_code f WHERE f.shop_id = $1 AND f.customer_id = who.id LIMIT 1) AS referral_code,
    (SELECT max(issued_at) FROM discount_grant g WHERE g.shop_id = $1 AND g.customer_id = who.id
      AND g.purpose = 'recovery' AND g.status <> 'released' AND g.id <> $6) AS last_offer_at,
    EXISTS (SELECT FROM action own JOIN action a ON a.shop_id = own.shop_id AND a.customer_id = own.customer_id
      AND a.after_id = own.id WHERE own.shop_id = $1 AND own.id = $6 AND a.kind = 'send_acknowledgement'
      AND a.status IN ('done', 'skipped')) AS acknowledged
  FROM current_customer_id($1, $2) AS who(id)`;

/**
 * Ends a survey message: the ledger, the invitation, in one statement. A message of unknown
 * fate, or one that was refused, ends again when staff had it sent again; that it is skipped
 * then does not undo that it may have arrived.
 */
const INVITATION_ENDED = `
  WITH ledger AS (
    UPDATE contact SET status = $3 WHERE shop_id = $1 AND action_id = $2 AND NOT (status = 'unknown' AND $3 = 'failed')
  )
  UPDATE survey_invitation SET status = $5, reason = $6, sent_at = CASE WHEN $5 = 'sent' THEN $7 ELSE sent_at END,
    decided_at = CASE WHEN $5 = 'suppressed' THEN $7 ELSE decided_at END
  WHERE shop_id = $1 AND id = $4
    AND (status = 'sending' OR ($5 = 'sent' AND reason IN ('unknown', 'mail_refused')))`;

export interface ActionContextRepo {
  load(shopId: string, about: About): Promise<ActionContext>;
  /** Takes the customer's lock first: what is decided on the answer holds until the transaction ends. */
  lockAndLoad(shopId: string, transaction: Transaction, about: About): Promise<ActionContext>;
  endInvitation(
    shopId: string,
    end: {
      actionId: string;
      invitationId: string;
      contact: 'sent' | 'failed' | 'unknown';
      status: 'sent' | 'suppressed';
      reason: string | null;
      now: Date;
    },
  ): Promise<void>;
  /** Gives a message its place in the contact ledger, as of now: a new line, or its own from an earlier try. */
  claimContact(
    shopId: string,
    transaction: Transaction,
    contact: { actionId: string; customerId: string; topic: string; marketing: boolean; now: Date },
  ): Promise<void>;
  endContact(shopId: string, actionId: string, status: 'sent' | 'failed' | 'unknown'): Promise<void>;
}

async function loadContext(db: Pool | Transaction, shopId: string, about: About): Promise<ActionContext> {
  const { actionId, customerId, orderId, responseId, invitationId } = about;
  const values = [shopId, customerId, orderId, responseId, invitationId, actionId];
  const { rows } = await db.query({ name: 'action_context', text: CONTEXT, values });
  const row = rows[0];
  return {
    customer: row.customer ? toCustomer(row.customer) : null,
    order: row.order ? toOrder(row.order) : null,
    response: row.response ? toResponse(row.response) : null,
    invitation: row.invitation ? toInvitation(row.invitation) : null,
    openCase: row.open_case ? { number: row.open_case.number, dueAt: new Date(row.open_case.dueAt) } : null,
    hasOpenCase: row.has_open_case,
    otherSurveys: (row.other_surveys ?? []).map(toContact),
    recentMarketing: row.recent_marketing,
    invitedToRefer: row.invited_to_refer,
    referralCode: row.referral_code,
    lastOfferAt: row.last_offer_at,
    acknowledged: row.acknowledged,
  };
}

export function createActionContextRepo(pool: Pool): ActionContextRepo {
  return {
    load: (shopId, about) => loadContext(pool, shopId, about),

    async lockAndLoad(shopId, transaction, about) {
      await lockCustomer(transaction, shopId, about.customerId);
      return loadContext(transaction, shopId, about);
    },

    async endInvitation(shopId, end) {
      const values = [shopId, end.actionId, end.contact, end.invitationId, end.status, end.reason, end.now];
      await pool.query({ name: 'invitation_ended', text: INVITATION_ENDED, values });
    },

    async claimContact(shopId, transaction, contact) {
      await transaction.query({
        name: 'contact_claim',
        text: `INSERT INTO contact (shop_id, action_id, customer_id, topic, marketing, status, at)
               VALUES ($1, $2, $3, $4, $5, 'claimed', $6)
               ON CONFLICT (shop_id, action_id) DO UPDATE SET status = 'claimed', at = excluded.at`,
        values: [shopId, contact.actionId, contact.customerId, contact.topic, contact.marketing, contact.now],
      });
    },

    async endContact(shopId, actionId, status) {
      await pool.query({
        name: 'contact_end',
        text: `UPDATE contact SET status = $3 WHERE shop_id = $1 AND action_id = $2 AND NOT (status = 'unknown' AND $3 = 'failed')`,
        values: [shopId, actionId, status],
      });
    },
  };
}
