import type { Pool } from 'pg';
import type { CustomerState, OrderState, ResponseState } from '../../domain/core/state.ts';
import type { AnswerValue, SurveyKind } from '../../domain/surveys/contract.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import type { OrderFacts } from '../../domain/surveys/order-facts.ts';
import { visitHash } from './answer-statements.ts';
import { toCustomer, toOrder, toResponse } from './line-rows.ts';

/** What is known of an order and its customer, for conditions and for questions that are not asked twice. */
export interface SurveyFacts {
  now: Date;
  order: OrderState | null;
  customer: CustomerState | null;
  healthBand: OrderFacts['healthBand'];
  /** Which order of the customer it is, by the time it was placed. */
  orderCount: number | null;
  /** Of the order's products, as far as Shopify was asked about them. */
  collectionIds: string[];
  /** The answer that is being given, as far as it stands already, at whatever door. */
  answer: ResponseState | null;
  /** What was learned from earlier answers, by profile key. */
  profile: Record<string, AnswerValue>;
  /** How many times such a question was asked and left open, by profile key. */
  passed: Record<string, number>;
}

export interface SurveysRepo {
  /** A published version; null: there is none. Read once per process, since it never changes. */
  version(shopId: string, surveyId: string, version: number): Promise<Definition | null>;
  /**
   * As of business now; what is not known is null.
   * @param about.invitationId what is answered through a link; with it, or with the visit, the answer that is being given
   * is told from the person's others. Without either it is the one to the order's newest survey of the kind.
   */
  facts(
    shopId: string,
    about: { kind: SurveyKind; orderId: string; invitationId?: string | null; visitId?: string | null },
    person: { id: string } | { shopifyId: string },
  ): Promise<SurveyFacts>;
}

/** Definitions kept in memory; a definition is a few kilobytes. */
const KEPT = 500;

const VERSION = `SELECT definition FROM survey_version WHERE shop_id = $1 AND survey_id = $2 AND version = $3`;

/** Key of the answer that is being given, as the doors store it; null: it can have none yet. */
const OWN_KEY = `CASE WHEN $7::text IS NOT NULL THEN $5::text || ':v:' || $7
          ELSE answer_key_of($5, $2, CASE WHEN $6::uuid IS NOT NULL
            THEN (SELECT i.sequence FROM survey_invitation i WHERE i.shop_id = $1 AND i.id = $6)
            ELSE (SELECT max(i.sequence) FROM survey_invitation i WHERE i.shop_id = $1 AND i.kind = $5 AND i.order_id = $2
              AND (i.sequence = 0 OR i.due_at <= business_now())) END, $6) END`;

/**
 * An answer that is held back, or that nobody confirmed, taught us nothing; nor did the one that is being given, whose
 * steps would otherwise silence its own questions.
 */
const FACTS = `
  SELECT business_now() AS now, to_json(o) AS "order", to_json(c) AS customer, c.band,
    (SELECT to_json(r) FROM survey_response r WHERE r.shop_id = $1 AND r.customer_id = c.id AND r.answer_key = ${OWN_KEY}) AS answer,
    (SELECT count(*)::int FROM orders e WHERE e.shop_id = $1 AND e.customer_id = c.id AND NOT e.test
       AND e.cancelled_at IS NULL AND (e.placed_at, e.order_id) <= (o.placed_at, o.order_id)) AS place,
    ARRAY(SELECT DISTINCT part ->> 'id' FROM jsonb_array_elements(o.doc -> 'lines') line
      JOIN product p ON p.shop_id = $1 AND p.product_id = line ->> 'productId', jsonb_array_elements(p.collections) part) AS collections,
    coalesce((SELECT jsonb_object_agg(p.key, p.value ORDER BY r.answered_at)
      FROM survey_response r, jsonb_each(r.answers -> 'profile') p
      WHERE r.shop_id = $1 AND r.customer_id = c.id AND r.status IN ('verified', 'unsolicited')
        AND r.answer_key IS DISTINCT FROM ${OWN_KEY}), '{}') AS profile,
    coalesce((SELECT jsonb_object_agg(p.key, p.times) FROM (
      SELECT p.key, count(*)::int AS times
      FROM survey_response r, jsonb_array_elements_text(r.answers -> 'passed') AS p(key)
      WHERE r.shop_id = $1 AND r.customer_id = c.id AND r.status IN ('verified', 'unsolicited')
        AND r.answer_key IS DISTINCT FROM ${OWN_KEY} GROUP BY p.key) p), '{}') AS passed
  FROM (SELECT 1) one
  LEFT JOIN orders o ON o.shop_id = $1 AND o.order_id = $2
  LEFT JOIN LATERAL current_customer_id($1, coalesce($3::uuid,
    (SELECT n.id FROM customer n WHERE n.shop_id = $1 AND n.shopify_id = $4::text LIMIT 1))) AS who(id) ON true
  LEFT JOIN customer c ON c.shop_id = $1 AND c.id = who.id`;

export function createSurveysRepo(pool: Pool): SurveysRepo {
  const kept = new Map<string, Promise<Definition | null>>();
  return {
    version(shopId, surveyId, version) {
      const key = `${shopId}/${surveyId}/${version}`;
      const known = kept.get(key);
      if (known) return known;
      const values = [shopId, surveyId, version];
      // Checked when it was published, and never changed since.
      const read = pool
        .query({ name: 'survey_version', text: VERSION, values })
        .then(({ rows }) => (rows[0]?.definition ?? null) as Definition | null);
      // The oldest goes: a version that is still asked for comes back with the next question.
      for (const oldest of kept.keys()) {
        if (kept.size < KEPT) break;
        kept.delete(oldest);
      }
      kept.set(key, read);
      // What could not be read, or is not there, is looked for again.
      const forget = (definition: Definition | null) => definition ?? void kept.delete(key);
      void read.then(forget, () => forget(null));
      return read;
    },

    async facts(shopId, { kind, orderId, invitationId = null, visitId }, person) {
      const ids = 'id' in person ? [person.id, null] : [null, person.shopifyId];
      const values = [shopId, orderId, ...ids, kind, invitationId, visitId ? visitHash(visitId) : null];
      const { rows } = await pool.query({ name: 'survey_facts', text: FACTS, values });
      const row = rows[0];
      return {
        now: row.now,
        order: row.order && toOrder(row.order),
        customer: row.customer && toCustomer(row.customer),
        healthBand: row.band,
        orderCount: row.order?.placed_at && row.customer ? row.place : null,
        collectionIds: row.collections,
        answer: row.answer && toResponse(row.answer),
        profile: row.profile,
        passed: row.passed,
      };
    },
  };
}
