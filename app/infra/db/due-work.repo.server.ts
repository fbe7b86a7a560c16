import type { Pool } from 'pg';
import type { RowRef } from './upkeep.repo.server.ts';

export interface DueWork {
  timers: number;
  /** Postponed actions whose time has come. */
  actions: boolean;
  /** Customers whose score may have changed by time, or by new rules. */
  scores: boolean;
  /** Shops whose statistics are a day old. */
  stats: boolean;
}

export interface FiredTimer extends RowRef {
  kind: 'contact.due' | 'reminder.due' | 'points.approve' | 'answer.due' | 'return.due';
}

/** The rows that business time makes due; all statements are safe to run on many hosts at once. */
export interface DueWorkRepo {
  /** What a turn of business time has to do; timers are counted up to `limit`. */
  look(limit: number): Promise<DueWork>;
  /** Turns due timers into events. @returns the new events */
  fireTimers(eventIds: string[]): Promise<FiredTimer[]>;
  /** Postponed actions whose time has come, taken out of their sleep. */
  wakeActions(limit: number): Promise<RowRef[]>;
}

/**
 * One look instead of four statements: most turns have one thing to do, or nothing. What is due first is asked for in
 * the order of an index: to PostgreSQL, which takes a third of all rows for due, reading the table looks as quick.
 */
const DUE = `
  WITH clock AS MATERIALIZED (SELECT business_now() AS now)
  SELECT (SELECT count(*)::int FROM (
      SELECT FROM timer t JOIN shop s ON s.id = t.shop_id AND s.status = 'installed'
      WHERE t.status = 'open' AND t.due_at <= (SELECT now FROM clock) ORDER BY t.due_at LIMIT $1) d) AS timers,
    EXISTS (SELECT FROM action WHERE status = 'pending' AND queued_at = 'infinity' AND due_at <= (SELECT now FROM clock)) AS actions,
    EXISTS (SELECT FROM shop s CROSS JOIN LATERAL (
        SELECT FROM customer c WHERE c.shop_id = s.id AND c.merged_into_id IS NULL AND c.redacted_at IS NULL
          AND c.next_score_at <= (SELECT now FROM clock)
        ORDER BY c.next_score_at LIMIT 1) d
      WHERE s.status = 'installed')
      OR EXISTS (SELECT FROM shop WHERE status = 'installed' AND rules_seq <> refreshed_seq) AS scores,
    EXISTS (SELECT FROM shop WHERE status = 'installed'
      AND (stats_at IS NULL OR stats_at <= (SELECT now FROM clock) - interval '1 day')) AS stats`;

/**
 * Timers of a shop that left stay open: it may come back. The rows are updated by their place, which the lock holds
 * still, as an array: of a set of unknown size, PostgreSQL would rather read the whole table than look each of them up.
 */
const FIRE = `
  WITH fired AS (
    UPDATE timer SET status = 'fired', firings = firings + 1
    WHERE ctid = ANY(ARRAY(
      SELECT t.ctid FROM timer t JOIN shop s ON s.id = t.shop_id AND s.status = 'installed'
      WHERE t.status = 'open' AND t.due_at <= (SELECT business_now())
      ORDER BY t.due_at LIMIT cardinality($1::uuid[]) FOR UPDATE OF t SKIP LOCKED))
    RETURNING shop_id, kind, subject_id, due_at, firings
  )
  INSERT INTO event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, customer_id, order_id, ref_id)
  SELECT f.shop_id, ($1::uuid[])[f.n], 'timer', f.kind, f.kind || ':' || f.subject_id || ':' || f.firings, f.due_at, business_now(),
    CASE f.kind WHEN 'contact.due' THEN f.subject_id::uuid ELSE about.customer_id END,
    CASE f.kind WHEN 'points.approve' THEN f.subject_id ELSE about.order_id END, f.subject_id
  FROM (SELECT *, row_number() OVER (ORDER BY due_at) AS n FROM fired) f
  LEFT JOIN LATERAL (
    SELECT customer_id, order_id FROM survey_response
    WHERE f.kind = 'answer.due' AND shop_id = f.shop_id AND id = CASE f.kind WHEN 'answer.due' THEN f.subject_id::uuid END
    UNION ALL
    SELECT customer_id, order_id FROM survey_invitation
    WHERE f.kind = 'reminder.due' AND shop_id = f.shop_id AND id = CASE f.kind WHEN 'reminder.due' THEN f.subject_id::uuid END
    UNION ALL
    SELECT o.customer_id, r.order_id FROM order_return r LEFT JOIN orders o ON o.shop_id = f.shop_id AND o.order_id = r.order_id
    WHERE f.kind = 'return.due' AND r.shop_id = f.shop_id AND r.return_id = f.subject_id
    LIMIT 1) about ON true
  RETURNING shop_id AS "shopId", id, topic AS kind`;

export function createDueWorkRepo(pool: Pool): DueWorkRepo {
  return {
    look: async (limit) => (await pool.query({ name: 'due_work', text: DUE, values: [limit] })).rows[0],

    fireTimers: async (eventIds) =>
      (await pool.query({ name: 'timers_fire', text: FIRE, values: [eventIds] })).rows,

    wakeActions: async (limit) => {
      const { rows } = await pool.query<RowRef>(
        `WITH due AS (
           SELECT shop_id, id FROM action
           WHERE status = 'pending' AND queued_at = 'infinity' AND due_at <= (SELECT business_now())
           ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
         )
         UPDATE action a SET queued_at = now() FROM due WHERE a.shop_id = due.shop_id AND a.id = due.id
         RETURNING a.shop_id AS "shopId", a.id`,
        [limit],
      );
      return rows;
    },
  };
}
