import type { CaseStatus } from '../../domain/cases/transitions.ts';
import type { CareFacts, ResponseState } from '../../domain/core/state.ts';
import { careOf } from './care-facts.server.ts';
import { toCare, toResponse } from './line-rows.ts';
import { lockCaseNumbers, lockCustomer } from './lock-line.server.ts';
import type { ForeseenView } from './reads/case-views.ts';
import { spokenOf } from './snapshot-sql.ts';
import type { Transaction } from './transactions.server.ts';

/** What opening a case because of a prediction needs to know. */
export interface CareContext {
  facts: CareFacts | null;
  /** Whose the order is now. */
  customerId: string | null;
  orderName: string | null;
  /** What the order came to, minor units. */
  valueMinor: number;
  /** The action opened its case on an earlier try. */
  opened: boolean;
}

/** An answer about an order, and the case that was opened because the order was likely to disappoint. */
export interface RatedCareContext {
  response: ResponseState;
  caseId: string;
  status: CaseStatus;
  /** Whose of the staff it is. */
  ownerId: string | null;
  /** A low answer made the case its own. */
  spoken: boolean;
  /** The action did its work on an earlier try. */
  acted: boolean;
  orderName: string | null;
}

/** Cases that are opened for a prediction, before anybody complains. */
export interface CareCasesRepo {
  /** Takes the locks of the order, of its customer and of the shop's case numbers: what is counted stays so until the end. */
  lockForCare(
    shopId: string,
    transaction: Transaction,
    about: { orderId: string; actionId: string },
  ): Promise<CareContext>;
  /** Opens a case because of what is predicted, inside what lockForCare holds; `id` is the action's. */
  openForCare(
    shopId: string,
    transaction: Transaction,
    opened: {
      id: string;
      orderId: string;
      customerId: string | null;
      title: string;
      prediction: ForeseenView;
      valueMinor: number;
      openedAt: Date;
      dueAt: Date;
    },
  ): Promise<void>;
  /** Takes the locks of the customer and of the case; null where the answer is gone, or no such case is of its order and customer. */
  lockRatedCare(
    shopId: string,
    transaction: Transaction,
    about: { responseId: string; customerId: string | null; actionId: string },
  ): Promise<RatedCareContext | null>;
  /** Notes what the rating means for the case, and closes it where that is what it means; `noteId` is the action's. */
  noteRatedCare(
    shopId: string,
    transaction: Transaction,
    noted: { caseId: string; noteId: string; now: Date; closes: boolean; sentence: string },
  ): Promise<void>;
}

const LOAD_CARE = `
  SELECT care.facts, o.customer_id, nullif(o.name, '') AS order_name, coalesce(o.total_minor, 0) AS value_minor,
    EXISTS (SELECT FROM support_case k WHERE k.shop_id = $1 AND k.id = $3) AS opened
  FROM (SELECT ${careOf('$2', 'business_now()')} AS facts) care
  LEFT JOIN orders o ON o.shop_id = $1 AND o.order_id = $2`;

/** Nothing of its opening is kept for the prediction of escalation, which learns from complaints. */
const OPEN_FOR_CARE = `
  INSERT INTO support_case (shop_id, id, number, source_kind, source_id, customer_id, order_id, status, severity, critical, title,
    issue_type, value_minor, opened_at, due_at, prediction)
  SELECT $1, $2, coalesce(max(number), 0) + 1, 'prediction', $3, $4, $3, 'open', 1, false, $5, 'likely_to_disappoint', $6, $7, $8, $9
  FROM support_case WHERE shop_id = $1`;

const LOAD_RATED = `
  SELECT to_json(r) AS response, k.id, k.status, k.owner_id, ${spokenOf('k')} AS spoken, nullif(o.name, '') AS order_name,
    EXISTS (SELECT FROM case_note n WHERE n.shop_id = $1 AND n.id = $3) AS acted
  FROM survey_response r
  JOIN support_case k ON k.shop_id = $1 AND k.order_id = r.order_id AND k.prediction IS NOT NULL AND k.customer_id = r.customer_id
  LEFT JOIN orders o ON o.shop_id = $1 AND o.order_id = r.order_id
  WHERE r.shop_id = $1 AND r.id = $2 FOR UPDATE OF k`;

const NOTE_RATED = `
  WITH noted AS (
    INSERT INTO case_note (shop_id, id, case_id, at, kind, text)
    VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN 'rated_closed' ELSE 'rated_kept' END, $6)
  )
  UPDATE support_case SET status = 'closed', closed_at = $4 WHERE shop_id = $1 AND id = $3 AND $5`;

export const careCases: CareCasesRepo = {
  async lockForCare(shopId, transaction, { orderId, actionId }) {
    await transaction.query(`SELECT lock_line($1, $2, NULL, NULL)`, [shopId, orderId]);
    await lockCaseNumbers(transaction, shopId);
    const { rows } = await transaction.query(LOAD_CARE, [shopId, orderId, actionId]);
    const row = rows[0];
    return {
      facts: row.facts && toCare(row.facts),
      customerId: row.customer_id,
      orderName: row.order_name,
      valueMinor: Number(row.value_minor),
      opened: row.opened,
    };
  },

  async openForCare(shopId, transaction, opened) {
    const { id, orderId, customerId, title, valueMinor, openedAt, dueAt, prediction } = opened;
    const values = [id, orderId, customerId, title, valueMinor, openedAt, dueAt, JSON.stringify(prediction)];
    await transaction.query(OPEN_FOR_CARE, [shopId, ...values]);
  },

  async lockRatedCare(shopId, transaction, { responseId, customerId, actionId }) {
    await lockCustomer(transaction, shopId, customerId);
    const { rows } = await transaction.query(LOAD_RATED, [shopId, responseId, actionId]);
    const row = rows[0];
    if (!row) return null;
    const { id: caseId, status, spoken, acted } = row;
    const response = toResponse(row.response);
    return { response, caseId, status, spoken, acted, ownerId: row.owner_id, orderName: row.order_name };
  },

  async noteRatedCare(shopId, transaction, { caseId, noteId, now, closes, sentence }) {
    await transaction.query(NOTE_RATED, [shopId, noteId, caseId, now, closes, sentence]);
  },
};
