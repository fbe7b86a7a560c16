import type { Pool } from 'pg';
import type { CustomerState, OrderState } from '../../domain/core/state.ts';
import type { AnswerValue, SurveyKind } from '../../domain/surveys/contract.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import type { OrderFacts } from '../../domain/surveys/order-facts.ts';
import { toCustomer, toOrder } from './line-rows.ts';

/** What is known of an order and its customer, for conditions and for questions that are not asked twice. */
export interface SurveyFacts {
  now: Date;
  order: OrderState | null;
  customer: CustomerState | null;
  healthBand: OrderFacts['healthBand'];
  /** Which order of the customer it is, by the time it was placed. */
  orderCount: number | null;
  /** What was learned from earlier answers, by profile key. */
  profile: Record<string, AnswerValue>;
}

export interface SurveysRepo {
  /** A published version; null: there is none. Read once per process, since it never changes. */
  version(shopId: string, surveyId: string, version: number): Promise<Definition | null>;
  /** As of business now; what is not known is null. */
  facts(
    shopId: string,
    about: { kind: SurveyKind; orderId: string },
    person: { id: string } | { shopifyId: string },
  ): Promise<SurveyFacts>;
}

/** Definitions kept in memory; a definition is a few kilobytes. */
const KEPT = 500;

const VERSION = `SELECT definition FROM survey_version WHERE shop_id = $1 AND survey_id = $2 AND version = $3`;

/**
 * An answer that is held back, or that nobody confirmed, taught us nothing; nor did the one that is being given, whose
 * steps would otherwise silence its own questions.
 */
const FACTS = `
  SELECT business_now() AS now, to_json(o) AS "order", to_json(c) AS customer, c.band,
    (SELECT count(*)::int FROM orders e WHERE e.shop_id = $1 AND e.customer_id = c.id AND NOT e.test
       AND e.cancelled_at IS NULL AND (e.placed_at, e.order_id) <= (o.placed_at, o.order_id)) AS place,
    coalesce((SELECT jsonb_object_agg(p.key, p.value ORDER BY r.answered_at)
      FROM survey_response r, jsonb_each(r.answers -> 'profile') p
      WHERE r.shop_id = $1 AND r.customer_id = c.id AND r.status IN ('verified', 'unsolicited')
        AND r.answer_key <> $5::text || ':' || $2 || ':' || coalesce((SELECT max(i.sequence) FROM survey_invitation i
          WHERE i.shop_id = $1 AND i.kind = $5 AND i.order_id = $2
            AND (i.sequence = 0 OR i.due_at <= business_now())), 0)), '{}') AS profile
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

    async facts(shopId, { kind, orderId }, person) {
      const ids = 'id' in person ? [person.id, null] : [null, person.shopifyId];
      const values = [shopId, orderId, ...ids, kind];
      const { rows } = await pool.query({ name: 'survey_facts', text: FACTS, values });
      const row = rows[0];
      return {
        now: row.now,
        order: row.order && toOrder(row.order),
        customer: row.customer && toCustomer(row.customer),
        healthBand: row.band,
        orderCount: row.order?.placed_at && row.customer ? row.place : null,
        profile: row.profile,
      };
    },
  };
}
