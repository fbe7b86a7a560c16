import type { Pool } from 'pg';
import type { FactSources } from '../../../domain/surveys/order-facts.ts';
import { toCustomer, toOrder } from '../line-rows.ts';
import type { OwnSurveyRow, SoldCollection, SoldProduct, StoredDraft } from './own-survey-views.ts';
import { iso, number, type SqlRow } from './rows.server.ts';

/** A draft that was saved without a change says what is live. Its version is that of the last publication. */
const CHANGED = `s.live_version IS NOT NULL AND s.draft - 'version' <> v.definition - 'version'`;

const WITH_VERSION = `survey s LEFT JOIN survey_version v
  ON v.shop_id = $1 AND v.survey_id = s.id AND v.version = s.live_version`;

/** Every survey of the shop's own, the first that is asked of a kind first, archived ones last. */
export async function readOwnSurveys(pool: Pool, shopId: string, since: Date): Promise<OwnSurveyRow[]> {
  const { rows } = await pool.query(
    `WITH answers AS (
       SELECT r.survey_id, max(r.answered_at) AS last FROM survey_response r
        WHERE r.shop_id = $1 AND r.answered_at >= $2 AND r.survey_id IS NOT NULL AND r.identity = 'identified'
        GROUP BY r.survey_id)
     SELECT s.id, s.kind, s.draft ->> 'name' AS name, s.status, s.live_version, ${CHANGED} AS changed,
            jsonb_array_length(s.draft -> 'questions') AS questions, s.draft ? 'target' AS targeted,
            v.definition -> 'schedule' AS schedule, v.definition ->> 'identity' AS identity, s.rewards_given, v.definition #> '{incentive,budget}' AS budget, s.updated_at, v.published_at, a.last
       FROM ${WITH_VERSION} LEFT JOIN answers a ON a.survey_id = s.id
      WHERE s.shop_id = $1 ORDER BY s.status = 'archived', s.kind, s.position, s.id`,
    [shopId, since],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    status: row.status,
    liveVersion: row.live_version,
    changed: row.changed,
    questions: number(row.questions),
    targeted: row.targeted,
    schedule: row.schedule,
    identity: row.identity ?? 'identified',
    rewards: row.budget === null ? null : { given: row.rewards_given, budget: row.budget },
    updatedAt: row.updated_at.toISOString(),
    publishedAt: iso(row.published_at),
    lastAnswerAt: iso(row.last),
  }));
}

/** One survey for the editor. */
export async function readStoredDraft(
  pool: Pool,
  shopId: string,
  surveyId: string,
): Promise<StoredDraft | null> {
  const { rows } = await pool.query(
    `SELECT s.id, s.kind, s.status, s.live_version, s.revision, s.draft, ${CHANGED} AS changed, v.definition -> 'schedule' AS schedule,
            v.published_at, st.name AS published_by
       FROM ${WITH_VERSION} LEFT JOIN staff st ON st.shop_id = $1 AND st.user_id = v.published_by
      WHERE s.shop_id = $1 AND s.id = $2`,
    [shopId, surveyId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    liveVersion: row.live_version,
    changed: row.changed,
    revision: row.revision,
    schedule: row.schedule,
    draft: row.draft,
    publishedAt: iso(row.published_at),
    publishedBy: row.published_by,
  };
}

/** What was sold lately, the most frequent first: for conditions on products. */
export async function readSoldProducts(pool: Pool, shopId: string): Promise<SoldProduct[]> {
  const { rows } = await pool.query(
    `WITH recent AS (SELECT doc FROM orders WHERE shop_id = $1 AND NOT test ORDER BY placed_at DESC NULLS LAST LIMIT 500)
     SELECT line ->> 'productId' AS id, max(line ->> 'title') AS title
       FROM recent, jsonb_array_elements(recent.doc -> 'lines') line
      WHERE line ->> 'productId' IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 100`,
    [shopId],
  );
  return rows.map((row) => ({ id: row.id, title: row.title || row.id }));
}

/** The collections of what was sold, as far as Shopify was asked: for conditions on collections. */
export async function readSoldCollections(pool: Pool, shopId: string): Promise<SoldCollection[]> {
  const { rows } = await pool.query(
    `SELECT part ->> 'id' AS id, max(part ->> 'title') AS title
       FROM product p, jsonb_array_elements(p.collections) part
      WHERE p.shop_id = $1 AND NOT p.missing GROUP BY 1 ORDER BY count(*) DESC, 2, 1 LIMIT 100`,
    [shopId],
  );
  return rows.map((row) => ({ id: row.id, title: row.title || row.id }));
}

/** The customers who ordered last, each with the latest order and what conditions may ask of both. */
export async function readLatestOrders(pool: Pool, shopId: string, limit: number): Promise<FactSources[]> {
  const { rows } = await pool.query(
    `WITH newest AS (
       SELECT * FROM customer
        WHERE shop_id = $1 AND merged_into_id IS NULL AND redacted_at IS NULL AND last_order_at IS NOT NULL
        ORDER BY last_order_at DESC, id LIMIT $2)
     SELECT business_now() AS now, to_json(c) AS customer, c.band, to_json(o) AS "order",
            (SELECT count(*) FROM orders e WHERE e.shop_id = $1 AND e.customer_id = c.id AND NOT e.test
               AND e.cancelled_at IS NULL AND e.placed_at IS NOT NULL) AS place,
            ARRAY(SELECT DISTINCT part ->> 'id' FROM jsonb_array_elements(o.doc -> 'lines') line
              JOIN product p ON p.shop_id = $1 AND p.product_id = line ->> 'productId',
              jsonb_array_elements(p.collections) part) AS collections
       FROM newest c CROSS JOIN LATERAL (
         SELECT * FROM orders WHERE shop_id = $1 AND customer_id = c.id AND NOT test
            AND cancelled_at IS NULL AND placed_at IS NOT NULL
          ORDER BY placed_at DESC, order_id DESC LIMIT 1) o`,
    [shopId, limit],
  );
  return rows.map((row: SqlRow) => ({
    order: toOrder(row.order),
    customer: toCustomer(row.customer),
    healthBand: row.band,
    orderCount: number(row.place),
    collectionIds: row.collections,
    now: row.now,
  }));
}
