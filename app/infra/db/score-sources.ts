import type { AnswerInput, EmailEngagementInput, OrderInput } from '../../domain/scoring/inputs.ts';
import type { ScorePoint } from '../../domain/scoring/history.ts';
import type { StoredAnswers } from '../../domain/surveys/stored-answers.ts';

/** What scoring reads about one customer, as of one moment. */
export interface ScoreSource {
  customerId: string;
  /** Compared when the score is stored: a newer event means a newer score is on its way. */
  staleSeq: number;
  /** When the present score was made, as text of the database; compared likewise: of two made at once one is stored. */
  scoredBefore: string | null;
  tier: string;
  /** One entry per response, with all of its ratings. */
  answers: StoredResponse[];
  orders: StoredOrder[];
  emailEngagement: EmailEngagementInput | null;
  lastSeenAt: Date | null;
  lastHistory: ScorePoint | null;
}

export type StoredResponse = Pick<AnswerInput, 'id' | 'answeredAt' | 'orderId'> & {
  /** The survey's, or 'import'. */
  kind: string;
  answers: StoredAnswers;
};

/** An order as stored; what its refunds come to is worked out from them. */
export type StoredOrder = Omit<OrderInput, 'refundedNetMinor'> & {
  approvedAt: Date | null;
  totalMinor: number;
  /** null = none. */
  refunds: { createdAt: string; amountMinor: number; lines: { netMinor: number }[] }[] | null;
};

/** As many as make engagement known; more of them say no more. */
const MAILS_COUNTED = 4;

/** Mails and clicks further back are in no window of the engagement. */
const CLICKS_READ = `interval '60 days'`;

/**
 * A click is a person's first moment on the page that was mailed, or their answer there if that was not noted. Mails
 * that are answered without the name are left out: no score may tell of what was done in them.
 */
const CLICKED_AT = `coalesce(i.seen_at, CASE WHEN EXISTS (SELECT FROM survey_response r WHERE r.shop_id = $1
  AND r.customer_id = c.id AND r.invitation_id = i.id AND r.surface = 'hosted_page' AND r.status <> 'quarantined')
  THEN i.answered_at END)`;

/** An order, without the names of its fields: with them it takes twice the time, and most of what is read are orders. */
const ORDER = `json_build_array(o.order_id, o.placed_at, o.paid_at IS NOT NULL, o.cancelled_at IS NOT NULL, o.subtotal_minor,
      o.discount_minor, o.refunded_minor, o.total_minor, CASE WHEN o.refunded_minor > 0 THEN o.doc -> 'refunds' END,
      o.chargeback_at IS NOT NULL, o.approved_at)`;
type OrderTuple = [
  ...[orderId: string, createdAt: string, paid: boolean, cancelled: boolean, netMinor: number],
  ...[discountMinor: number, refundedMinor: number, totalMinor: number, refunds: StoredOrder['refunds']],
  ...[chargeback: boolean, approvedAt: string | null],
];

/**
 * SQL: what scoring reads, one row per customer of a set; those that are gone, merged or erased are left out. $1 is the shop.
 * @param customers an entry of FROM named `given` with a column `id`: parameters, or a part of the customers themselves
 */
export const scoreSources = (customers: string) => `
  SELECT c.id AS "customerId", c.stale_seq AS "staleSeq", c.scored_at AS "scoredBefore", c.tier, c.last_seen_at AS "lastSeenAt",
    (SELECT json_agg(json_build_object('id', r.id, 'kind', r.kind, 'answeredAt', r.answered_at, 'orderId', nullif(r.order_id, ''), 'answers', r.answers))
     FROM survey_response r WHERE r.shop_id = $1 AND r.customer_id = c.id AND r.status = 'verified') AS answers,
    (SELECT json_agg(${ORDER}) FROM orders o WHERE o.shop_id = $1 AND o.customer_id = c.id AND o.placed_at IS NOT NULL AND NOT o.test) AS orders,
    (SELECT nullif(count(*), 0) FROM (
       SELECT 1 FROM survey_invitation i WHERE i.shop_id = $1 AND i.customer_id = c.id AND i.by_name
       UNION ALL
       SELECT 1 FROM contact k WHERE k.shop_id = $1 AND k.customer_id = c.id AND k.status = 'sent'
         AND k.topic NOT IN ('survey', 'survey_reminder')
       LIMIT ${MAILS_COUNTED}) m) AS "mailsSent",
    (SELECT json_agg(m) FROM (
       SELECT i.sent_at AS "sentAt", ${CLICKED_AT} AS "clickedAt" FROM survey_invitation i
       WHERE i.shop_id = $1 AND i.customer_id = c.id AND i.by_name
         AND greatest(i.sent_at, i.seen_at, i.answered_at) > (SELECT business_now()) - ${CLICKS_READ}) m) AS "surveyMails",
    (SELECT json_build_object('csi', h.csi, 'health', h.health, 'band', h.band, 'version', h.version, 'segment', h.segment)
     FROM score_history h WHERE h.shop_id = $1 AND h.customer_id = c.id ORDER BY h.at DESC LIMIT 1) AS "lastHistory"
  FROM ${customers} JOIN customer c ON c.shop_id = $1 AND c.id = given.id WHERE c.merged_into_id IS NULL AND c.redacted_at IS NULL`;

/** A row of scoreSources as `json_agg` gives it. */
export interface ScoreSourceRow {
  customerId: string;
  staleSeq: number;
  scoredBefore: string | null;
  tier: string;
  lastSeenAt: string | null;
  answers: (Omit<StoredResponse, 'answeredAt'> & { answeredAt: string })[] | null;
  orders: OrderTuple[] | null;
  /** null: none. */
  mailsSent: number | null;
  surveyMails: { sentAt: string; clickedAt: string | null }[] | null;
  lastHistory: ScorePoint | null;
}

const date = (text: string | null): Date | null => (text === null ? null : new Date(text));

export function toScoreSource({ mailsSent, surveyMails, ...row }: ScoreSourceRow): ScoreSource {
  return {
    ...row,
    lastSeenAt: date(row.lastSeenAt),
    answers: (row.answers ?? []).map((answer) => ({
      ...answer,
      answeredAt: new Date(answer.answeredAt),
    })),
    orders: (row.orders ?? []).map(toStoredOrder),
    emailEngagement: mailsSent === null ? null : engagementOf(mailsSent, surveyMails ?? []),
  };
}

function toStoredOrder(tuple: OrderTuple): StoredOrder {
  const [orderId, createdAt, paid, cancelled, netMinor, discountMinor, refundedMinor, totalMinor] = tuple;
  const [, , , , , , , , refunds, chargeback, approvedAt] = tuple;
  return {
    orderId,
    createdAt: new Date(createdAt),
    paid,
    cancelled,
    netMinor,
    discountMinor,
    paidMinor: paid ? totalMinor : 0,
    refundedMinor,
    totalMinor,
    refunds,
    chargeback,
    approvedAt: date(approvedAt),
  };
}

function engagementOf(
  sentTotal: number,
  surveyMails: NonNullable<ScoreSourceRow['surveyMails']>,
): EmailEngagementInput {
  return {
    sentTotal,
    surveys: surveyMails.map(({ sentAt, clickedAt }) => ({
      sentAt: new Date(sentAt),
      clickedAt: date(clickedAt),
    })),
  };
}
