import type { Pool } from 'pg';
import type { OrderState } from '../../domain/core/state.ts';
import { toOrder } from './line-rows.ts';

export interface RowRef {
  shopId: string;
  id: string;
}

/** The rows that lost jobs, statistics and retention are about; all statements are safe to run on many hosts at once. */
export interface UpkeepRepo {
  /** Events whose job was lost: received for longer than `olderThanSeconds` of machine time. */
  lostEvents(olderThanSeconds: number, limit: number): Promise<RowRef[]>;
  /** Actions whose job was lost; they count as queued again from now. */
  lostActions(olderThanSeconds: number, limit: number): Promise<RowRef[]>;
  /** Claims that ran out: messages become unknown, everything else pending. @returns what may run now */
  expiredClaims(
    messageKinds: readonly string[],
    limit: number,
  ): Promise<{ unknown: number; runnable: RowRef[] }>;
  staleCustomers(limit: number): Promise<RowRef[]>;
  /** Shops whose statistics are older than a day of business time. */
  shopsWithOldStats(): Promise<string[]>;
  /** What the shop's own figures are made of: its gaps between orders, and its newest reported deliveries. */
  statsFacts(
    shopId: string,
    sample: { shortestGapDays: number; transitWindowDays: number },
  ): Promise<{
    typicalGapDays: number | null;
    gaps: { count: number; medianDays: number | null };
    delivered: OrderState[];
  }>;
  /** Stores the figures, and has everybody scored again if the gap is another one. @returns whether it is */
  saveStats(
    shopId: string,
    stats: { typicalGapDays: number | null; medianTransitDays: number | null },
  ): Promise<boolean>;
  /** Has everybody scored again, as after new rules. @returns how many they are */
  rescoreAll(shopId: string): Promise<number>;
  installedShops(): Promise<{ shopId: string; domain: string; polledUntil: Date | null }[]>;
  setPolledUntil(shopId: string, until: Date): Promise<void>;
  /** The polled order as an event, unless this version of it is known. */
  storePolledOrder(
    shopId: string,
    order: { eventId: string; orderId: string; updatedAt: Date; body: Uint8Array },
  ): Promise<boolean>;
  isOrderKnown(shopId: string, orderId: string, updatedAt: Date): Promise<boolean>;
  /** Deletes at most so many rows of a kind whose time is over. @returns how many; fewer than `limit`: there are no more */
  purgeExpired(kind: ExpiredKind, limit: number): Promise<number>;
}

/** What is kept for a limited time: its table, and when a row's time is over. */
const EXPIRED = {
  bodies: ['raw_body', 'expires_at < now()'],
  links: ['survey_link', `expires_at < (SELECT business_now()) - interval '30 days'`],
  uploads: [
    'survey_upload',
    `response_id IS NULL AND created_at < (SELECT business_now()) - interval '1 day'`,
  ],
  siteDays: ['site_day', `day < ((SELECT business_now()) AT TIME ZONE 'UTC')::date - interval '24 months'`],
  siteEvents: ['site_event', `created_at < now() - interval '1 day'`],
} as const;
export type ExpiredKind = keyof typeof EXPIRED;

/** Newest deliveries that a shop's transit is measured on: enough for a median, few enough to read daily. */
const DELIVERED_READ = 500;

const STATS_FACTS = `
  WITH clock AS MATERIALIZED (SELECT business_now() AS now), gaps AS (
    SELECT extract(epoch FROM placed_at - lag(placed_at) OVER (PARTITION BY customer_id ORDER BY placed_at)) / 86400 AS days
    FROM orders WHERE shop_id = $1 AND customer_id IS NOT NULL AND paid_at IS NOT NULL AND cancelled_at IS NULL AND NOT test
      AND placed_at <= (SELECT now FROM clock)
  ), gap AS (
    SELECT count(*)::int AS gaps, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median_days
    FROM gaps WHERE days >= $2::float8
  ), delivered AS (
    SELECT * FROM orders WHERE shop_id = $1 AND delivered_at IS NOT NULL AND NOT delivered_assumed AND channel <> 'pos'
      AND NOT test AND doc @? '$.lines[*] ? (@.requiresShipping == true)' AND delivered_at <= (SELECT now FROM clock)
      AND delivered_at > (SELECT now FROM clock) - $3::float8 * interval '1 day'
    ORDER BY delivered_at DESC LIMIT ${DELIVERED_READ}
  )
  SELECT (SELECT typical_gap_days FROM shop WHERE id = $1) AS typical_gap_days, gap.gaps, gap.median_days,
    (SELECT json_agg(delivered) FROM delivered) AS delivered
  FROM gap`;

const SAVE_STATS = `
  WITH old AS (SELECT typical_gap_days FROM shop WHERE id = $1 FOR UPDATE),
  stored AS (
    UPDATE shop SET typical_gap_days = $2::float8, median_transit_days = $3::float8, stats_at = business_now(),
      rules_seq = rules_seq + (typical_gap_days IS DISTINCT FROM $2::float8)::int WHERE id = $1
  )
  SELECT typical_gap_days IS DISTINCT FROM $2::float8 AS moved FROM old`;

/** How many customers there are is told to who asked. */
const RESCORE_ALL = `
  WITH shop_row AS (UPDATE shop SET rules_seq = rules_seq + 1 WHERE id = $1)
  SELECT count(*)::int AS customers FROM customer WHERE shop_id = $1 AND merged_into_id IS NULL`;

export function createUpkeepRepo(pool: Pool): UpkeepRepo {
  const refs = async (text: string, values: unknown[]) => (await pool.query(text, values)).rows as RowRef[];
  return {
    lostEvents: (olderThanSeconds, limit) =>
      refs(
        `SELECT shop_id AS "shopId", id FROM event WHERE status = 'received' AND created_at < now() - $1 * interval '1 second'
         ORDER BY created_at LIMIT $2`,
        [olderThanSeconds, limit],
      ),

    lostActions: (olderThanSeconds, limit) =>
      refs(
        `WITH orphans AS (
           UPDATE action w SET status = 'pending' WHERE w.status = 'waiting' AND w.queued_at < now() - $1 * interval '1 second'
             AND NOT EXISTS (SELECT FROM action a WHERE a.shop_id = w.shop_id AND a.id = w.after_id
               AND a.status IN ('pending', 'claimed', 'waiting'))
         ), lost AS (
           SELECT shop_id, id FROM action WHERE status = 'pending' AND due_at <= (SELECT business_now())
             AND queued_at < now() - $1 * interval '1 second' ORDER BY queued_at LIMIT $2 FOR UPDATE SKIP LOCKED
         )
         UPDATE action a SET queued_at = now() FROM lost WHERE a.shop_id = lost.shop_id AND a.id = lost.id
         RETURNING a.shop_id AS "shopId", a.id`,
        [olderThanSeconds, limit],
      ),

    async expiredClaims(messageKinds, limit) {
      const { rows } = await pool.query(
        `WITH expired AS (
           SELECT shop_id, id, kind = ANY($1) AS message FROM action WHERE status = 'claimed' AND lease_until < now()
           ORDER BY lease_until LIMIT $2 FOR UPDATE SKIP LOCKED
         ), ended AS (
           UPDATE action a SET lease_until = NULL, queued_at = now(),
             status = CASE WHEN e.message THEN 'unknown' ELSE 'pending' END,
             reason = CASE WHEN e.message THEN 'The worker stopped while sending; it may have arrived.' END,
             done_at = CASE WHEN e.message THEN business_now() END
           FROM expired e WHERE a.shop_id = e.shop_id AND a.id = e.id
           RETURNING a.shop_id, a.id, a.status
         ), ledger AS (
           UPDATE contact c SET status = 'unknown' FROM ended e
           WHERE c.shop_id = e.shop_id AND c.action_id = e.id AND e.status = 'unknown'
         ), asked AS (
           UPDATE survey_invitation i SET status = 'sent', reason = 'unknown', sent_at = business_now() FROM ended e, action a
           WHERE e.status = 'unknown' AND a.shop_id = e.shop_id AND a.id = e.id AND a.kind = 'send_survey' AND i.shop_id = e.shop_id
             AND i.id = (a.payload ->> 'invitationId')::uuid AND i.status = 'sending'
         ), freed AS (
           UPDATE action w SET status = 'pending', queued_at = now() FROM ended e
           WHERE e.status = 'unknown' AND w.shop_id = e.shop_id AND w.after_id = e.id AND w.status = 'waiting'
           RETURNING w.shop_id, w.id
         )
         SELECT shop_id AS "shopId", id, status FROM ended
         UNION ALL SELECT shop_id, id, 'pending' FROM freed`,
        [messageKinds, limit],
      );
      const runnable = rows
        .filter((row) => row.status === 'pending')
        .map(({ shopId, id }) => ({ shopId, id }));
      return { unknown: rows.length - runnable.length, runnable };
    },

    staleCustomers: (limit) =>
      refs(
        `SELECT shop_id AS "shopId", id FROM customer WHERE stale_seq <> scored_seq AND merged_into_id IS NULL AND redacted_at IS NULL
         ORDER BY shop_id, id LIMIT $1`,
        [limit],
      ),

    async shopsWithOldStats() {
      const { rows } = await pool.query({
        name: 'stats_old',
        text: `SELECT id FROM shop WHERE status = 'installed' AND (stats_at IS NULL OR stats_at <= business_now() - interval '1 day')`,
      });
      return rows.map((row) => row.id);
    },

    async statsFacts(shopId, { shortestGapDays, transitWindowDays }) {
      const values = [shopId, shortestGapDays, transitWindowDays];
      const { rows } = await pool.query({ name: 'stats_facts', text: STATS_FACTS, values });
      const row = rows[0];
      return {
        typicalGapDays: row.typical_gap_days,
        gaps: { count: row.gaps, medianDays: row.median_days },
        delivered: (row.delivered ?? []).map(toOrder),
      };
    },

    async saveStats(shopId, { typicalGapDays, medianTransitDays }) {
      const values = [shopId, typicalGapDays, medianTransitDays];
      const { rows } = await pool.query({ name: 'stats_save', text: SAVE_STATS, values });
      return rows[0].moved;
    },

    async rescoreAll(shopId) {
      const { rows } = await pool.query(RESCORE_ALL, [shopId]);
      return rows[0].customers;
    },

    async installedShops() {
      const { rows } = await pool.query(
        `SELECT id, domain, orders_polled_until FROM shop WHERE status = 'installed'`,
      );
      return rows.map((row) => ({
        shopId: row.id,
        domain: row.domain,
        polledUntil: row.orders_polled_until,
      }));
    },

    async setPolledUntil(shopId, until) {
      await pool.query(
        'UPDATE shop SET orders_polled_until = greatest(orders_polled_until, $2) WHERE id = $1',
        [shopId, until],
      );
    },

    async storePolledOrder(shopId, order) {
      const { rows } = await pool.query(
        `WITH stored AS (
           INSERT INTO event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, order_id)
           VALUES ($1, $2, 'reconcile', 'orders/updated', $3 || ':' || $4::text, $5, business_now(), $3)
           ON CONFLICT (shop_id, source, dedupe_key) DO NOTHING RETURNING id
         )
         INSERT INTO raw_body (shop_id, event_id, body, expires_at) SELECT $1, id, $6, now() + interval '30 days' FROM stored
         RETURNING event_id`,
        [
          shopId,
          order.eventId,
          order.orderId,
          order.updatedAt.toISOString(),
          order.updatedAt,
          Buffer.from(order.body),
        ],
      );
      return rows.length === 1;
    },

    async isOrderKnown(shopId, orderId, updatedAt) {
      const { rows } = await pool.query(
        'SELECT 1 FROM orders WHERE shop_id = $1 AND order_id = $2 AND source_updated_at >= $3',
        [shopId, orderId, updatedAt],
      );
      return rows.length === 1;
    },

    async purgeExpired(kind, limit) {
      const [table, isOver] = EXPIRED[kind];
      const { rowCount } = await pool.query(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table} WHERE ${isOver} LIMIT $1 FOR UPDATE SKIP LOCKED))`,
        [limit],
      );
      return rowCount ?? 0;
    },
  };
}
