import type { ResponseState } from '../../domain/core/state.ts';
import { careCases, type CareCasesRepo } from './care-cases.server.ts';
import { toResponse } from './line-rows.ts';
import type { Transaction } from './transactions.server.ts';
import { lockCaseNumbers, lockCustomer } from './lock-line.server.ts';

export interface CaseContext {
  response: ResponseState;
  /** A case about the same order (or, without one, the same customer) that is not closed. */
  openCaseId: string | null;
  /** The case that this very answer opened, whatever its status. */
  ownCaseId: string | null;
  /** The case that this action opened, added to or opened again on an earlier try. */
  actedCaseId: string | null;
  previousNps: number | null;
  tier: 'starter' | 'regular' | 'vip';
  orderName: string | null;
  /** What the order came to, minor units. */
  valueMinor: number;
}

/** What a further low answer, or a new version of one, says; `noteId` is the action's. */
export interface MoreOfCase {
  caseId: string;
  severity: number;
  critical: boolean;
  title: string;
  responseId: string;
  noteId: string;
  now: Date;
  dueAt: Date;
}

export interface CasesRepo extends CareCasesRepo {
  /** Takes the customer's lock; null when the answer is gone. */
  lockAndLoad(
    shopId: string,
    transaction: Transaction,
    about: { responseId: string; customerId: string | null; actionId: string },
  ): Promise<CaseContext | null>;
  /** `id` is the action's. @returns the case's id; the one that is there already when the answer opened one before */
  open(
    shopId: string,
    transaction: Transaction,
    opened: {
      id: string;
      response: ResponseState;
      customerId: string | null;
      severity: number;
      critical: boolean;
      title: string;
      issueType: string;
      valueMinor: number;
      openedAt: Date;
      dueAt: Date;
    },
  ): Promise<string>;
  /**
   * The case takes the higher severity; its title follows its own answer. One that was opened for a prediction becomes this
   * answer's, as if the answer had opened it: open and due by `dueAt`, whatever staff had done about the prediction.
   */
  append(shopId: string, transaction: Transaction, more: MoreOfCase & { issueType: string }): Promise<void>;
  /** A resolved or closed case is open again until `dueAt`, as the answer now says. */
  reopen(shopId: string, transaction: Transaction, more: MoreOfCase): Promise<void>;
}

const LOAD = `
  SELECT to_json(r) AS response, c.tier, nullif(o.name, '') AS order_name, coalesce(o.total_minor, 0) AS value_minor,
    (SELECT k.id FROM support_case k WHERE k.shop_id = $1 AND k.status IN ('open', 'acknowledged')
       AND (k.source_kind = 'response' AND k.source_id = r.id::text
         OR k.customer_id = r.customer_id AND k.order_id IS NOT DISTINCT FROM nullif(r.order_id, ''))
     ORDER BY (k.response_id = r.id) DESC NULLS LAST, k.opened_at LIMIT 1) AS open_case_id,
    (SELECT k.id FROM support_case k WHERE k.shop_id = $1 AND k.source_kind = 'response' AND k.source_id = r.id::text) AS own_case_id,
    coalesce((SELECT k.id FROM support_case k WHERE k.shop_id = $1 AND k.id = $3),
      (SELECT n.case_id FROM case_note n WHERE n.shop_id = $1 AND n.id = $3)) AS acted_case_id,
    (SELECT p.rating FROM survey_response p WHERE p.shop_id = $1 AND p.customer_id = r.customer_id AND p.metric = 'nps'
       AND p.id <> r.id AND p.answered_at < r.answered_at AND p.status = 'verified'
     ORDER BY p.answered_at DESC LIMIT 1) AS previous_nps
  FROM survey_response r
  LEFT JOIN customer c ON c.shop_id = $1 AND c.id = r.customer_id
  LEFT JOIN orders o ON o.shop_id = $1 AND o.order_id = r.order_id
  WHERE r.shop_id = $1 AND r.id = $2`;

const OPEN = `
  INSERT INTO support_case (shop_id, id, number, source_kind, source_id, customer_id, order_id, response_id, status, severity,
    critical, title, issue_type, value_minor, opened_at, due_at, opened_severity, opened_critical, opened_text_length)
  SELECT $1, $2, coalesce(max(number), 0) + 1, 'response', $3::text, $4, nullif($5, ''), $3::text::uuid, 'open', $6, $7, $8, $9, $10, $11, $12,
    $6, $7, coalesce((SELECT char_length(r.comment) FROM survey_response r WHERE r.shop_id = $1 AND r.id = $3::text::uuid), 0)
  FROM support_case WHERE shop_id = $1
  ON CONFLICT (shop_id, source_kind, source_id) DO UPDATE SET source_id = excluded.source_id
  RETURNING id`;

/** $1 shop, $2 note, $3 case, $4 now, $5 what the answer says; `kind` is SQL. */
const noted = (kind: string) => `
  WITH noted AS (
    INSERT INTO case_note (shop_id, id, case_id, at, kind, text)
    SELECT $1, $2, $3, $4, ${kind}, $5 FROM support_case WHERE shop_id = $1 AND id = $3
    ON CONFLICT (shop_id, id) DO NOTHING
  )`;

const APPEND = `${noted(`CASE WHEN response_id = $8 THEN 'revised' WHEN source_kind = 'prediction' THEN 'first_answer' ELSE 'answer' END`)}
  UPDATE support_case SET severity = greatest(severity, $6), critical = critical OR $7,
    title = CASE WHEN response_id = $8 THEN $5 ELSE title END
  WHERE shop_id = $1 AND id = $3`;

/**
 * Somebody waits for an answer from now on: the clock that ran before anybody had said anything tells nothing of when they
 * get one. An answer that has a case of its own already, an earlier one, leaves this one as it is.
 */
const ADOPT = `
  UPDATE support_case SET source_kind = 'response', source_id = $3::text, response_id = $3::uuid, issue_type = $4, title = $5,
    due_at = $6, status = 'open', acknowledged_at = NULL, resolved_at = NULL, closed_at = NULL
  WHERE shop_id = $1 AND id = $2 AND source_kind = 'prediction'
    AND NOT EXISTS (SELECT FROM support_case k WHERE k.shop_id = $1 AND k.source_kind = 'response' AND k.source_id = $3::text)`;

const REOPEN = `${noted("'reopen'")}
  UPDATE support_case SET status = 'open', severity = $6, critical = $7, title = $5, due_at = $8,
    acknowledged_at = NULL, resolved_at = NULL, closed_at = NULL
  WHERE shop_id = $1 AND id = $3 AND status IN ('resolved', 'closed')`;

export function createCasesRepo(): CasesRepo {
  return {
    ...careCases,

    async lockAndLoad(shopId, transaction, about) {
      await lockCustomer(transaction, shopId, about.customerId);
      const { rows } = await transaction.query({
        name: 'case_load',
        text: LOAD,
        values: [shopId, about.responseId, about.actionId],
      });
      const row = rows[0];
      if (!row) return null;
      return {
        response: toResponse(row.response),
        openCaseId: row.open_case_id,
        ownCaseId: row.own_case_id,
        actedCaseId: row.acted_case_id,
        previousNps: row.previous_nps,
        tier: row.tier ?? 'starter',
        orderName: row.order_name,
        valueMinor: row.value_minor,
      };
    },

    async open(shopId, transaction, opened) {
      const { response } = opened;
      await lockCaseNumbers(transaction, shopId);
      const values = [
        shopId,
        opened.id,
        response.id,
        opened.customerId,
        response.orderId,
        opened.severity,
        opened.critical,
        opened.title,
        opened.issueType,
        opened.valueMinor,
        opened.openedAt,
        opened.dueAt,
      ];
      const { rows } = await transaction.query({ name: 'case_open', text: OPEN, values });
      return rows[0].id;
    },

    async append(shopId, transaction, more) {
      await transaction.query(APPEND, [
        ...noteOf(shopId, more),
        more.severity,
        more.critical,
        more.responseId,
      ]);
      const { caseId, responseId, issueType, title, dueAt } = more;
      await transaction.query(ADOPT, [shopId, caseId, responseId, issueType, title, dueAt]);
    },

    async reopen(shopId, transaction, more) {
      await transaction.query(REOPEN, [...noteOf(shopId, more), more.severity, more.critical, more.dueAt]);
    },
  };
}

const noteOf = (shopId: string, more: MoreOfCase) => [shopId, more.noteId, more.caseId, more.now, more.title];
