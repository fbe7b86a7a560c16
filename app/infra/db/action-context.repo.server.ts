import type { Pool } from 'pg';
import type { ReturnFact } from '../../domain/core/facts.ts';
import type {
  ContactState,
  CustomerState,
  InvitationState,
  OrderState,
  ResponseState,
} from '../../domain/core/state.ts';
import { ORDER_KINDS } from '../../domain/surveys/contract.ts';
import { scoreClicksAgain } from './score-again.ts';
import { toContact, toCustomer, toInvitation, toOrder, toResponse } from './line-rows.ts';
import { exists, spokenOf } from './snapshot-sql.ts';
import type { Transaction } from './transactions.server.ts';
import { groupCommit } from './group-commit.ts';
import { lockLines } from './lock-line.server.ts';

/** What a message or an offer needs to know at the moment it is made. */
export interface ActionContext {
  customer: CustomerState | null;
  order: OrderState | null;
  response: ResponseState | null;
  /** The case that the response belongs to. */
  openCase: { number: number; dueAt: Date } | null;
  /** Of the case that the response opened, whatever became of it. */
  caseNumber: number | null;
  invitation: InvitationState | null;
  /** Of the order that the survey hangs on, also where it is about the shop; null: none is known. */
  invitedLocale: string | null;
  /** What the return holds that the survey is about; null: it is about none, or that is not known. */
  returnLines: ReturnFact['lines'] | null;
  hasOpenCase: boolean;
  /** The messages about the customer's other surveys, sent or claimed, newest first. */
  otherSurveys: ContactState[];
  /** Other surveys about the order that were mailed, or are about to be. */
  mailedAboutOrder: number;
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
  SELECT about.action_id,
    (SELECT to_json(c) FROM customer c WHERE c.shop_id = $1 AND c.id = who.id) AS customer,
    (SELECT to_json(o) FROM orders o WHERE o.shop_id = $1 AND o.order_id = about.order_id) AS "order",
    (SELECT to_json(r) FROM survey_response r WHERE r.shop_id = $1 AND r.id = about.response_id) AS response,
    (SELECT to_json(i) FROM survey_invitation i WHERE i.shop_id = $1 AND i.id = about.invitation_id) AS invitation,
    (SELECT o.locale FROM survey_invitation i JOIN orders o ON o.shop_id = $1 AND o.order_id = i.order_id
      WHERE i.shop_id = $1 AND i.id = about.invitation_id) AS invited_locale,
    (SELECT r.lines FROM survey_invitation i JOIN order_return r ON r.shop_id = $1 AND r.return_id = substr(i.subject_id, 8)
      WHERE i.shop_id = $1 AND i.id = about.invitation_id AND i.subject_id LIKE 'return:%') AS return_lines,
    (SELECT json_build_object('number', k.number, 'dueAt', k.due_at) FROM (
       SELECT * FROM support_case WHERE shop_id = $1 AND response_id = about.response_id
       UNION ALL
       SELECT * FROM support_case WHERE shop_id = $1 AND customer_id = who.id AND order_id IS NOT DISTINCT FROM about.order_id) k
     WHERE k.status IN ('open', 'acknowledged') ORDER BY k.opened_at DESC LIMIT 1) AS open_case,
    (SELECT number FROM support_case k WHERE k.shop_id = $1 AND k.response_id = about.response_id LIMIT 1) AS case_number,
    ${exists(`FROM support_case k WHERE k.shop_id = $1 AND k.customer_id = who.id
      AND k.status IN ('open', 'acknowledged') AND ${spokenOf('k')}`)} AS has_open_case,
    (SELECT json_agg(s) FROM (SELECT * FROM contact t WHERE t.shop_id = $1 AND t.customer_id = who.id AND t.topic = 'survey'
       AND t.action_id IS DISTINCT FROM (SELECT id FROM action WHERE shop_id = $1 AND dedupe_key = 'survey:' || about.invitation_id)
       AND t.status <> 'failed' ORDER BY t.at DESC LIMIT 100) s) AS other_surveys,
    (SELECT count(*)::int FROM survey_invitation i WHERE i.shop_id = $1 AND i.order_id = about.order_id
      AND i.kind = ANY($3::text[]) AND i.id IS DISTINCT FROM about.invitation_id
      AND i.channel = 'email' AND i.status IN ('sending', 'sent')) AS mailed_about_order,
    (SELECT count(*)::int FROM contact t WHERE t.shop_id = $1 AND t.customer_id = who.id AND t.marketing
      AND t.action_id <> about.action_id AND t.status <> 'failed' AND t.at > (SELECT business_now()) - interval '30 days') AS recent_marketing,
    ${exists(`FROM contact t WHERE t.shop_id = $1 AND t.customer_id = who.id AND t.topic = 'referral'
      AND t.action_id <> about.action_id AND t.status <> 'failed'`)} AS invited_to_refer,
    (SELECT code FROM referral_code f WHERE f.shop_id = $1 AND f.customer_id = who.id LIMIT 1) AS referral_code,
    (SELECT max(issued_at) FROM discount_grant g WHERE g.shop_id = $1 AND g.customer_id = who.id
      AND g.purpose = 'recovery' AND g.status <> 'released' AND g.id <> about.action_id) AS last_offer_at,
    ${exists(`FROM action own JOIN action a ON a.shop_id = own.shop_id AND a.customer_id = own.customer_id
      AND a.after_id = own.id WHERE own.shop_id = $1 AND own.id = about.action_id AND a.kind = 'send_acknowledgement'
      AND a.status IN ('done', 'skipped')`)} AS acknowledged
  FROM (SELECT * FROM jsonb_to_recordset($2::jsonb) AS about(action_id uuid, customer_id uuid, order_id text, response_id uuid,
    invitation_id uuid) LIMIT jsonb_array_length($2::jsonb)) about
  CROSS JOIN LATERAL current_customer_id($1, about.customer_id) AS who(id)`;

/**
 * Ends a survey message: the ledger, the invitation, the score that it may move and, where one is wanted, the timer of its
 * reminder, in one statement. A message of unknown fate, or one that was refused, ends again when staff had it sent again; that it is skipped
 * then does not undo that it may have arrived. One that was left out leaves its key to the next: what stood against it
 * may pass, and the invitation be planned again.
 */
const INVITATIONS_ENDED = `
  WITH j AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS j(action_id uuid, contact text, invitation_id uuid, status text,
      reason text, by_name boolean, remind_at timestamptz, now timestamptz) LIMIT jsonb_array_length($2::jsonb)),
  ${scoreClicksAgain(`SELECT i.customer_id FROM j JOIN survey_invitation i ON i.shop_id = $1 AND i.id = j.invitation_id
    WHERE j.contact = 'sent'`)},
  ledger AS (
    UPDATE contact c SET status = j.contact FROM j, scored_again_first
    WHERE c.shop_id = $1 AND c.action_id = j.action_id AND NOT (c.status = 'unknown' AND j.contact = 'failed')),
  left_out AS (
    UPDATE action a SET dedupe_key = a.dedupe_key || ':' || a.id FROM j, scored_again_first
    WHERE a.shop_id = $1 AND a.id = j.action_id AND j.status = 'suppressed' AND j.reason <> 'mail_refused'
      AND a.dedupe_key = 'survey:' || j.invitation_id),
  ended AS (
    UPDATE survey_invitation i SET status = j.status, reason = j.reason,
      sent_at = CASE WHEN j.status = 'sent' THEN j.now ELSE i.sent_at END, by_name = j.status = 'sent' AND j.by_name,
      decided_at = CASE WHEN j.status = 'suppressed' THEN j.now ELSE i.decided_at END
    FROM j, scored_again_first WHERE i.shop_id = $1 AND i.id = j.invitation_id
      AND (i.status = 'sending' OR (j.status = 'sent' AND i.reason IN ('unknown', 'mail_refused')))
    RETURNING i.id, j.remind_at)
  INSERT INTO timer (shop_id, kind, subject_id, due_at, status)
  SELECT $1, 'reminder.due', id::text, remind_at, 'open' FROM ended WHERE remind_at IS NOT NULL
  -- Reminded once, it is not reminded again, whatever is sent again.
  ON CONFLICT (shop_id, kind, subject_id) DO UPDATE SET due_at = excluded.due_at WHERE timer.status = 'open'`;

const END_CONTACT = `
  WITH ${scoreClicksAgain(`SELECT k.customer_id FROM contact k WHERE k.shop_id = $1 AND k.action_id = $2 AND $3 = 'sent'`)}
  UPDATE contact k SET status = $3 FROM scored_again_first
  WHERE k.shop_id = $1 AND k.action_id = $2 AND NOT (k.status = 'unknown' AND $3 = 'failed')`;

/** One that has a place already, from an earlier try, takes it again as of now. */
const CLAIM_CONTACTS = `
  INSERT INTO contact (shop_id, action_id, customer_id, topic, marketing, status, at)
  SELECT $1, j.action_id, j.customer_id, j.topic, j.marketing, 'claimed', j.at
  FROM jsonb_to_recordset($2::jsonb) AS j(action_id uuid, customer_id uuid, topic text, marketing boolean, at timestamptz)
  ON CONFLICT (shop_id, action_id) DO UPDATE SET status = 'claimed', at = excluded.at`;

export interface NewMessage {
  actionId: string;
  customerId: string;
  topic: string;
  marketing: boolean;
  now: Date;
}

export interface ActionContextRepo {
  load(shopId: string, about: About): Promise<ActionContext>;
  /**
   * Takes the customers' locks first: what is decided on the answers holds until the transaction ends.
   * @param patienceMs how long to wait for each lock; null = for ever
   * @returns by action; left out is what has to be looked at alone, see lockLines
   */
  lockAndLoad(
    shopId: string,
    transaction: Transaction,
    messages: readonly About[],
    patienceMs: number | null,
  ): Promise<Map<string, ActionContext> | 'busy'>;
  endInvitation(
    shopId: string,
    end: {
      actionId: string;
      invitationId: string;
      contact: 'sent' | 'failed' | 'unknown';
      status: 'sent' | 'suppressed';
      reason: string | null;
      /** Who answers what was mailed answers by name. */
      byName: boolean;
      /** When it is reminded of; null: never. */
      remindAt: Date | null;
      now: Date;
    },
  ): Promise<void>;
  /** Gives messages their places in the contact ledger, as of now. */
  claimContacts(shopId: string, transaction: Transaction, contacts: readonly NewMessage[]): Promise<void>;
  endContact(shopId: string, actionId: string, status: 'sent' | 'failed' | 'unknown'): Promise<void>;
}

async function loadContexts(
  db: Pool | Transaction,
  shopId: string,
  actions: readonly About[],
): Promise<Map<string, ActionContext>> {
  const given = actions.map((about) => ({
    action_id: about.actionId,
    customer_id: about.customerId,
    order_id: about.orderId,
    response_id: about.responseId,
    invitation_id: about.invitationId,
  }));
  const values = [shopId, JSON.stringify(given), ORDER_KINDS];
  const { rows } = await db.query({ name: 'action_contexts', text: CONTEXT, values });
  return new Map(
    rows.map((row) => [
      row.action_id as string,
      {
        customer: row.customer ? toCustomer(row.customer) : null,
        order: row.order ? toOrder(row.order) : null,
        response: row.response ? toResponse(row.response) : null,
        invitation: row.invitation ? toInvitation(row.invitation) : null,
        invitedLocale: row.invited_locale,
        returnLines: row.return_lines,
        openCase: row.open_case
          ? { number: row.open_case.number, dueAt: new Date(row.open_case.dueAt) }
          : null,
        caseNumber: row.case_number,
        hasOpenCase: row.has_open_case,
        otherSurveys: (row.other_surveys ?? []).map(toContact),
        mailedAboutOrder: row.mailed_about_order,
        recentMarketing: row.recent_marketing,
        invitedToRefer: row.invited_to_refer,
        referralCode: row.referral_code,
        lastOfferAt: row.last_offer_at,
        acknowledged: row.acknowledged,
      },
    ]),
  );
}

export function createActionContextRepo(pool: Pool): ActionContextRepo {
  type End = Parameters<ActionContextRepo['endInvitation']>[1] & { shopId: string };
  // Messages that end at the same time share a statement; what has ended stays as it is.
  const endTogether = groupCommit(
    async (ends: [End, ...End[]]): Promise<void[]> => {
      const rows = ends.map(({ actionId, invitationId, byName, remindAt, shopId: _shop, ...same }) => ({
        ...{
          action_id: actionId,
          invitation_id: invitationId,
          by_name: byName,
          remind_at: remindAt,
          ...same,
        },
      }));
      const values = [ends[0].shopId, JSON.stringify(rows)];
      await pool.query({ name: 'invitations_ended', text: INVITATIONS_ENDED, values });
      return [];
    },
    { gather: true, keyOf: ({ shopId }) => shopId, apart: true },
  );
  return {
    load: async (shopId, about) => (await loadContexts(pool, shopId, [about])).get(about.actionId)!,

    async lockAndLoad(shopId, transaction, messages, patienceMs) {
      const lines = messages.map(({ actionId, customerId }) => ({ id: actionId, orderId: null, customerId }));
      const held = await lockLines(transaction, shopId, lines, patienceMs);
      if (held === 'busy') return held;
      return loadContexts(
        transaction,
        shopId,
        messages.filter(({ actionId }) => held.has(actionId)),
      );
    },

    endInvitation: (shopId, end) => endTogether({ shopId, ...end }),

    async claimContacts(shopId, transaction, contacts) {
      if (contacts.length === 0) return;
      const rows = contacts.map(({ actionId, customerId, topic, marketing, now }) => ({
        ...{ action_id: actionId, customer_id: customerId, topic, marketing, at: now },
      }));
      const values = [shopId, JSON.stringify(rows)];
      await transaction.query({ name: 'contacts_claim', text: CLAIM_CONTACTS, values });
    },

    async endContact(shopId, actionId, status) {
      await pool.query({
        name: 'contact_end',
        text: END_CONTACT,
        values: [shopId, actionId, status],
      });
    },
  };
}
