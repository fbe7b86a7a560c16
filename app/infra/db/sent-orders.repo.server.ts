import type { Pool } from 'pg';
import { cancelledBy, verifiedBy } from './as-of-sql.ts';
import { caredTodayOf, usualShareOf } from './care-facts.server.ts';
import { presentRun } from './model-runs.repo.server.ts';

/** An order that was or is to be sent, as far as the prediction of dissatisfaction reads it. */
export interface SentOrder {
  orderId: string;
  customerId: string | null;
  placedAt: Date;
  /** As reported; null: not yet, or only assumed. */
  deliveredAt: Date | null;
  countryCode: string | null;
  valueMinor: number;
  freightMinor: number | null;
  lines: { productId: string | null; quantity: number; netMinor: number }[];
  fulfillments: { status: string | null; createdAt: Date }[];
  /** When the carrier said when it would arrive. */
  promises: { toldAt: Date; promisedAt: Date }[];
  /** What was said of the delivery and the goods. */
  answers: { at: Date; low: boolean; metric: string | null; rating: number | null }[];
}

export interface OrderPrediction {
  orderId: string;
  customerId: string | null;
  stage: string;
  lowProbability: number;
  reasons: unknown;
}

/** Which predictions become events. */
export interface CareLimits {
  /** Chance of a low rating, 0-1, from which on; and only above what is usual of orders at the same stage. */
  from: number;
  casesPerDay: number;
  /** Days after the last case of the kind before which its customer has no other. */
  againDays: number;
  /** Events at a time for each case that the day has still room for. */
  eventsPerCase: number;
}

/** Orders on their way and delivered, with what was said of them and what is predicted. */
export interface SentOrdersRepo {
  /** Those placed in the `days` before a moment, as they stood then; at most the newest `limit`, in the order in which they were placed. */
  recent(shopId: string, until: Date, most: { days: number; limit: number }): Promise<SentOrder[]>;
  /**
   * Stores what is new or other than before, except of erased people, and takes away what is predicted of other orders. Orders that care may be
   * about become events, of each customer the likeliest, once in a day of the shop; `care` null: none does.
   * @returns how many are new or other, and the new events, those of the greatest chance first
   */
  predict(
    shopId: string,
    predictions: readonly OrderPrediction[],
    by: { modelRunId: string; now: Date; care: CareLimits | null },
  ): Promise<{ stored: number; eventIds: string[] }>;
  /** The run by which is predicted; null: nothing is. */
  presentRun(shopId: string): Promise<string | null>;
}

/** Orders that one statement reads: a few megabytes. */
const PAGE = 5_000;

/** Nothing that came after $2 is in it. */
const RECENT = `
  SELECT o.placed_at, o.order_id, json_build_object('orderId', o.order_id, 'customerId', o.customer_id, 'placedAt', o.placed_at,
    'deliveredAt', CASE WHEN NOT o.delivered_assumed AND o.delivered_at <= $2 THEN o.delivered_at END, 'countryCode', o.country_code,
    'valueMinor', o.subtotal_minor, 'freightMinor', o.doc -> 'shippingMinor',
    'lines', (SELECT json_agg(json_build_object('productId', l -> 'productId', 'quantity', l -> 'quantity', 'netMinor', l -> 'netMinor'))
      FROM jsonb_array_elements(o.doc -> 'lines') l),
    'fulfillments', (SELECT json_agg(json_build_object('status', f -> 'status', 'createdAt', f -> 'createdAt'))
      FROM jsonb_array_elements(o.doc -> 'fulfillments') f WHERE (f ->> 'createdAt')::timestamptz <= $2),
    'promises', (SELECT json_agg(json_build_object('toldAt', e -> 'happenedAt', 'promisedAt', e -> 'estimatedDeliveryAt'))
      FROM jsonb_array_elements(o.doc -> 'shipmentEvents') e WHERE e ->> 'estimatedDeliveryAt' IS NOT NULL
        AND (e ->> 'happenedAt')::timestamptz <= $2),
    'answers', (SELECT json_agg(json_build_object('at', r.answered_at, 'low', r.route = 'low', 'metric', r.metric, 'rating', r.rating))
      FROM survey_response r WHERE r.shop_id = $1 AND r.order_id = o.order_id AND r.kind IN ('delivery', 'usage')
        AND r.answered_at <= $2 AND ${verifiedBy('$2')})) AS row
  FROM orders o
  WHERE o.shop_id = $1 AND o.placed_at <= $2 AND o.placed_at > $2::timestamptz - $3::int * interval '1 day'
    AND (o.placed_at, o.order_id) < ($4, $5) AND NOT ${cancelledBy('$2')} AND NOT o.test AND o.channel <> 'pos'
    AND o.doc @? '$.lines[*] ? (@.requiresShipping == true)'
  ORDER BY o.placed_at DESC, o.order_id DESC LIMIT ${PAGE}`;

/**
 * SQL: the orders that become events, the likeliest first. What the rule would refuse anyhow makes none: events are kept,
 * and refused orders would make one a day each. Whether a case is opened is decided later, for each by itself.
 */
const FORESEEN = `
    SELECT $1, gen_random_uuid(), 'timer', 'unhappiness.predicted', likeliest.key, $3, $3, likeliest."customerId", likeliest."orderId"
    FROM (
      SELECT DISTINCT ON (j."customerId") j.*, k.key
      FROM told j JOIN shop s ON s.id = $1 JOIN model_run m ON m.shop_id = $1 AND m.id = $2
      JOIN customer c ON c.shop_id = $1 AND c.id = j."customerId" AND c.redacted_at IS NULL
      CROSS JOIN LATERAL (SELECT 'unhappy:' || j."orderId" || ':' || ($3::timestamptz AT TIME ZONE s.time_zone)::date AS key) k
      WHERE j."lowProbability" >= $5::float8 AND j."lowProbability" > ((${usualShareOf('j', 'm')}) #>> '{}')::float8
        AND NOT EXISTS (SELECT FROM event e WHERE e.shop_id = $1 AND e.source = 'timer' AND e.dedupe_key = k.key)
        AND NOT EXISTS (SELECT FROM survey_response r WHERE r.shop_id = $1 AND r.order_id = j."orderId")
        AND NOT EXISTS (SELECT FROM support_case o WHERE o.shop_id = $1 AND o.order_id = j."orderId" AND o.prediction IS NOT NULL)
        AND NOT EXISTS (SELECT FROM support_case o WHERE o.shop_id = $1 AND o.customer_id = c.id AND (o.status IN ('open', 'acknowledged')
          OR o.prediction IS NOT NULL AND o.opened_at > $3::timestamptz - $7::int * interval '24 hours'))
      ORDER BY j."customerId", j."lowProbability" DESC, j."orderId") likeliest
    ORDER BY likeliest."lowProbability" DESC, likeliest."orderId"
    LIMIT greatest(0, $8::int * ($6::int - ${caredTodayOf('$3::timestamptz')}))`;

const PREDICT = `
  WITH told AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($4) AS j("orderId" text, "customerId" uuid, stage text, "lowProbability" float8, reasons jsonb)
    WHERE NOT EXISTS (SELECT FROM customer c WHERE c.shop_id = $1 AND c.id = j."customerId" AND c.redacted_at IS NOT NULL)
  ), gone AS (
    DELETE FROM order_prediction p WHERE p.shop_id = $1 AND NOT EXISTS (SELECT FROM told WHERE told."orderId" = p.order_id)
  ), stored AS (
    INSERT INTO order_prediction AS p (shop_id, order_id, customer_id, model_run_id, as_of, stage, low_probability, reasons)
    SELECT $1, j."orderId", j."customerId", $2, $3, j.stage, j."lowProbability", j.reasons FROM told j
    ON CONFLICT (shop_id, order_id) DO UPDATE SET customer_id = excluded.customer_id, model_run_id = excluded.model_run_id,
      as_of = excluded.as_of, stage = excluded.stage, low_probability = excluded.low_probability, reasons = excluded.reasons
      WHERE (p.model_run_id, p.stage, p.low_probability, p.reasons)
        IS DISTINCT FROM (excluded.model_run_id, excluded.stage, excluded.low_probability, excluded.reasons)
    RETURNING 1
  ), foreseen AS (
    INSERT INTO event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, customer_id, order_id)${FORESEEN}
    ON CONFLICT (shop_id, source, dedupe_key) DO NOTHING
    RETURNING id
  )
  SELECT (SELECT count(*)::int FROM stored) AS stored, ARRAY(SELECT id FROM foreseen) AS "eventIds"`;

export function createSentOrdersRepo(pool: Pool): SentOrdersRepo {
  return {
    async recent(shopId, until, { days, limit }) {
      const found: SentOrder[] = [];
      let before: [placedAt: Date | string, orderId: string] = ['infinity', ''];
      for (;;) {
        const { rows } = await pool.query(RECENT, [shopId, until, days, ...before]);
        found.push(...rows.map(({ row }) => toSentOrder(row)));
        const last = rows.at(-1);
        if (rows.length < PAGE || found.length >= limit) return found.slice(0, limit).reverse();
        before = [last.placed_at, last.order_id];
      }
    },

    async predict(shopId, predictions, { modelRunId, now, care }) {
      const limits = [care?.from, care?.casesPerDay, care?.againDays, care?.eventsPerCase];
      const values = [shopId, modelRunId, now, JSON.stringify(predictions), ...limits];
      return (await pool.query(PREDICT, values)).rows[0];
    },

    async presentRun(shopId) {
      const { rows } = await pool.query(`SELECT ${presentRun('satisfaction')} AS id`, [shopId]);
      return rows[0].id;
    },
  };
}

type Row = Record<string, unknown>;

function toSentOrder(row: Row): SentOrder {
  const date = (value: unknown) => new Date(value as string);
  const list = (key: string) => (row[key] ?? []) as Row[];
  return {
    ...(row as unknown as SentOrder),
    placedAt: date(row['placedAt']),
    deliveredAt: row['deliveredAt'] === null ? null : date(row['deliveredAt']),
    lines: list('lines') as SentOrder['lines'],
    fulfillments: list('fulfillments').map(({ status, createdAt }) => ({
      status: status as string | null,
      createdAt: date(createdAt),
    })),
    promises: list('promises').map(({ toldAt, promisedAt }) => ({
      toldAt: date(toldAt),
      promisedAt: date(promisedAt),
    })),
    answers: list('answers').map((answer) => ({
      ...(answer as unknown as SentOrder['answers'][number]),
      at: date(answer['at']),
    })),
  };
}
