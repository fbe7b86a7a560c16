import type { Pool, PoolClient } from 'pg';
import { AppError } from '../../domain/core/app-error.ts';
import type { ImportRow, RowError } from '../../domain/surveys/import/read-rows.ts';
import { withTransaction } from './pool.server.ts';
import { SCORE_AGAIN } from './score-again.ts';
import type { RowRef } from './upkeep.repo.server.ts';

/** A row between the check and the import. */
export interface StagedRow extends Omit<ImportRow, 'responseId' | 'question'> {
  answerKey: string;
  personKey: string | null;
  /** Tombstones that the person and the order would have. */
  marks: string[];
}

export interface CheckCounts {
  rows: number;
  faulty: number;
  /** Rows that the file holds twice. */
  duplicates: number;
  erased: number;
  leftOut: number;
  /** The first of them. */
  errors: RowError[];
}

/** Imports of answers from other tools: checked, run in batches, undone. No personal data but in the staged rows. */
export interface ImportsRepo {
  /** Makes the import; one that was checked before and not started is dropped. */
  begin(shopId: string, made: { id: string; tool: string; staffId: string }): Promise<void>;
  /** Which of these tombstones there are. */
  erased(shopId: string, tombstones: string[]): Promise<Set<string>>;
  /** @returns how many were new: a row that the file holds twice is kept once */
  stage(shopId: string, importId: string, rows: StagedRow[]): Promise<number>;
  /** Drops what is imported already or an erased person's, and notes what was found. */
  finishCheck(shopId: string, importId: string, counts: CheckCounts): Promise<void>;
  /** false: it was started before, discarded, or is too old. */
  start(shopId: string, importId: string): Promise<boolean>;
  /** Drops an import that was not started. */
  discard(shopId: string, importId: string): Promise<boolean>;
  /** false: there is nothing (more) to undo. */
  undo(shopId: string, importId: string): Promise<boolean>;
  /**
   * Imports the next rows, or undoes the next answers, in one transaction under the locks of the people concerned.
   * @param responseIds ids for the new answers; as many rows are taken
   * @returns the import's status after it; null = there is no such import
   * @throws AppError 'customer_merged' (retryable) when a person became another one meanwhile
   */
  step(shopId: string, importId: string, responseIds: string[]): Promise<string | null>;
  /** Imports whose job was lost. */
  lost(olderThanSeconds: number, limit: number): Promise<RowRef[]>;
  /** Deletes the rows of imports that are too old. @returns how many rows */
  purgeExpired(): Promise<number>;
}

/**
 * The customer that a row means: by e-mail, else by the order's name, else by its id; of several the one
 * that is known best. Expects `batch`.
 */
const MATCHED = `matched AS MATERIALIZED (
  SELECT b.*, who.customer_id, who.key, who.shopify_id, coalesce(who.erased, false)
    OR EXISTS (SELECT FROM tombstone t WHERE t.shop_id = $1 AND t.subject_key = ANY(b.marks)) AS erased
  FROM batch b LEFT JOIN LATERAL (
    SELECT c.id AS customer_id, c.key, c.shopify_id, c.redacted_at IS NOT NULL AS erased
    FROM (
      SELECT 1 AS way, current_customer_id($1, e.id) AS id FROM customer e WHERE e.shop_id = $1 AND lower(e.email) = b.email
      UNION ALL
      SELECT 2, current_customer_id($1, o.customer_id) FROM orders o
      WHERE o.shop_id = $1 AND lower(ltrim(o.name, '#')) = b.order_ref AND o.name <> '' AND NOT o.test
      UNION ALL
      SELECT 3, current_customer_id($1, o.customer_id) FROM orders o
      WHERE o.shop_id = $1 AND o.order_id = b.order_ref AND NOT o.test
    ) way JOIN customer c ON c.shop_id = $1 AND c.id = way.id
    ORDER BY way.way, customer_key_rank(c.key) DESC, c.last_order_at DESC NULLS LAST, c.id LIMIT 1) who ON true)`;

const FINISH_CHECK = `
  WITH batch AS (SELECT * FROM answer_import_row WHERE shop_id = $1 AND import_id = $2), ${MATCHED},
  judged AS MATERIALIZED (
    SELECT m.line, m.customer_id IS NULL OR m.metric = 'other' AS unmatched, CASE
      WHEN m.erased THEN 'erased'
      WHEN EXISTS (SELECT FROM survey_response r WHERE r.shop_id = $1 AND r.answer_key = m.answer_key) THEN 'duplicate'
      ELSE 'fine' END AS verdict
    FROM matched m
  ), dropped AS (
    DELETE FROM answer_import_row t USING judged j
    WHERE t.shop_id = $1 AND t.import_id = $2 AND t.line = j.line AND j.verdict <> 'fine'
  ), counts AS (
    SELECT count(*) FILTER (WHERE verdict = 'fine')::int AS fine, count(*) FILTER (WHERE verdict = 'fine' AND unmatched)::int AS unmatched,
      count(*) FILTER (WHERE verdict = 'duplicate')::int AS duplicates, count(*) FILTER (WHERE verdict = 'erased')::int AS erased
    FROM judged
  )
  UPDATE answer_import i SET status = 'checked', touched_at = now(), fine = c.fine, unmatched = c.unmatched, rows = $3, faulty = $4,
    duplicates = $5 + c.duplicates, erased = $6 + c.erased, left_out = $7, errors = $8
  FROM counts c WHERE i.shop_id = $1 AND i.id = $2 AND i.status = 'checking'`;

const BATCH = `batch AS MATERIALIZED (
  SELECT * FROM answer_import_row WHERE shop_id = $1 AND import_id = $2 ORDER BY line LIMIT cardinality($3::uuid[]))`;

/** Whom the next rows concern; also whose who is not known here, so that an erasure and the import never overlap. */
const KEYS = `
  WITH ${BATCH}, ${MATCHED}
  SELECT coalesce(array_agg(DISTINCT k.key) FILTER (WHERE k.key IS NOT NULL), '{}') AS keys
  FROM matched m CROSS JOIN LATERAL (VALUES (m.key), (m.person_key)) AS k(key)`;

/**
 * No event is stored with these answers: they are old, and nobody is written to because of them. Nor is an order:
 * what hangs on an order is judged anew whenever it changes, by rules for the app's own surveys.
 */
const IMPORT = `
  WITH ${BATCH}, ${MATCHED},
  stored AS (
    INSERT INTO survey_response (shop_id, id, answer_key, kind, customer_id, order_id, surface, status, claimed_by, metric,
      rating, route, answers, comment, definition, answered_at, import_id)
    SELECT $1, ($3::uuid[])[row_number() OVER (ORDER BY m.line)], m.answer_key, 'import',
      CASE WHEN seen.known THEN m.customer_id END, '', 'import', CASE WHEN seen.known THEN 'verified' ELSE 'unverified' END,
      CASE WHEN NOT seen.known THEN coalesce(m.person_key, m.shopify_id, m.key) END, m.metric, m.rating, m.route,
      jsonb_build_object('ratings', jsonb_build_object('rating', m.rating)) || CASE WHEN m.metric <> 'other'
        THEN jsonb_build_object('metrics', jsonb_build_object('rating', m.metric)) ELSE '{}' END, m.comment, 1, m.answered_at, $2
    FROM matched m CROSS JOIN LATERAL (SELECT m.customer_id IS NOT NULL AND m.metric <> 'other') AS seen(known)
    WHERE NOT m.erased
    ON CONFLICT (shop_id, answer_key) DO NOTHING
    RETURNING customer_id
  ), stale AS (
    UPDATE customer SET ${SCORE_AGAIN} WHERE shop_id = $1 AND id IN (SELECT customer_id FROM stored)
  ), used AS (
    DELETE FROM answer_import_row t USING batch b WHERE t.shop_id = $1 AND t.import_id = $2 AND t.line = b.line
  ), counts AS (
    SELECT (SELECT count(*) FROM batch)::int AS taken, (SELECT count(*) FROM matched WHERE erased)::int AS erased,
      (SELECT count(*) FROM stored)::int AS stored, (SELECT count(customer_id) FROM stored)::int AS verified
  )
  UPDATE answer_import i SET touched_at = now(), imported = i.imported + c.stored, verified = i.verified + c.verified,
    erased = i.erased + c.erased, duplicates = i.duplicates + c.taken - c.erased - c.stored,
    status = CASE WHEN c.taken = 0 THEN 'done' ELSE i.status END,
    done_at = CASE WHEN c.taken = 0 THEN business_now() END
  FROM counts c WHERE i.shop_id = $1 AND i.id = $2
  RETURNING i.status, ARRAY(SELECT DISTINCT key FROM matched WHERE key IS NOT NULL) AS keys`;

/** An answer may belong to another customer by now, after a merge: the row knows. */
const UNDO = `
  WITH gone AS (
    DELETE FROM survey_response WHERE shop_id = $1 AND id IN (
      SELECT id FROM survey_response WHERE shop_id = $1 AND import_id = $2 LIMIT cardinality($3::uuid[]))
    RETURNING customer_id
  ), stale AS (
    UPDATE customer SET ${SCORE_AGAIN} WHERE shop_id = $1 AND id IN (SELECT customer_id FROM gone)
  ), counts AS (SELECT count(*) AS gone FROM gone)
  UPDATE answer_import i SET touched_at = now(), status = CASE WHEN c.gone = 0 THEN 'undone' ELSE i.status END,
    undone_at = CASE WHEN c.gone = 0 THEN business_now() END
  FROM counts c WHERE i.shop_id = $1 AND i.id = $2 RETURNING i.status`;

export function createImportsRepo(pool: Pool): ImportsRepo {
  const changed = async (text: string, values: unknown[]) => (await pool.query(text, values)).rows.length > 0;
  return {
    async begin(shopId, { id, tool, staffId }) {
      await pool.query(
        `WITH old AS (DELETE FROM answer_import WHERE shop_id = $1 AND status IN ('checking', 'checked') RETURNING id),
         rows AS (DELETE FROM answer_import_row WHERE shop_id = $1 AND import_id IN (SELECT id FROM old))
         INSERT INTO answer_import (shop_id, id, tool, status, staff_id, created_at, expires_at)
         VALUES ($1, $2, $3, 'checking', $4, business_now(), now() + interval '1 day')`,
        [shopId, id, tool, staffId],
      );
    },

    async erased(shopId, tombstones) {
      const { rows } = await pool.query(
        'SELECT subject_key FROM tombstone WHERE shop_id = $1 AND subject_key = ANY($2)',
        [shopId, tombstones],
      );
      return new Set(rows.map((row) => row.subject_key as string));
    },

    async stage(shopId, importId, rows) {
      const { rowCount } = await pool.query(
        `INSERT INTO answer_import_row (shop_id, import_id, line, answer_key, person_key, marks, email, order_ref, metric, rating,
           route, comment, answered_at)
         SELECT $1, $2, j.* FROM jsonb_to_recordset($3) AS j(line int, "answerKey" text, "personKey" text, marks text[], email text,
           "orderRef" text, metric text, rating int, route text, comment text, "answeredAt" timestamptz)
         ON CONFLICT DO NOTHING`,
        [shopId, importId, JSON.stringify(rows)],
      );
      return rowCount ?? 0;
    },

    async finishCheck(shopId, importId, counts) {
      const { rows, faulty, duplicates, erased, leftOut } = counts;
      const errors = JSON.stringify(counts.errors);
      const values = [shopId, importId, rows, faulty, duplicates, erased, leftOut, errors];
      await pool.query(FINISH_CHECK, values);
    },

    start: (shopId, importId) =>
      changed(
        `UPDATE answer_import SET status = 'running', touched_at = now(), expires_at = now() + interval '7 days'
         WHERE shop_id = $1 AND id = $2 AND status = 'checked' AND expires_at > now() RETURNING id`,
        [shopId, importId],
      ),

    discard: (shopId, importId) =>
      changed(
        `WITH gone AS (DELETE FROM answer_import WHERE shop_id = $1 AND id = $2 AND status IN ('checking', 'checked') RETURNING id),
         rows AS (DELETE FROM answer_import_row WHERE shop_id = $1 AND import_id IN (SELECT id FROM gone))
         SELECT id FROM gone`,
        [shopId, importId],
      ),

    undo: (shopId, importId) =>
      changed(
        `WITH undone AS (
           UPDATE answer_import SET status = 'undoing', touched_at = now()
           WHERE shop_id = $1 AND id = $2 AND status IN ('running', 'done') RETURNING id),
         rows AS (DELETE FROM answer_import_row WHERE shop_id = $1 AND import_id IN (SELECT id FROM undone))
         SELECT id FROM undone`,
        [shopId, importId],
      ),

    step: (shopId, importId, responseIds) =>
      withTransaction(pool, (client) => step(client, shopId, importId, responseIds)),

    async lost(olderThanSeconds, limit) {
      const { rows } = await pool.query(
        `SELECT shop_id AS "shopId", id FROM answer_import WHERE status IN ('running', 'undoing')
           AND touched_at < now() - $1 * interval '1 second' ORDER BY touched_at LIMIT $2`,
        [olderThanSeconds, limit],
      );
      return rows;
    },

    async purgeExpired() {
      const { rowCount } = await pool.query(
        `DELETE FROM answer_import_row t USING answer_import i
         WHERE i.shop_id = t.shop_id AND i.id = t.import_id AND i.expires_at < now()`,
      );
      await pool.query(
        `UPDATE answer_import SET status = 'expired' WHERE status IN ('checking', 'checked') AND expires_at < now()`,
      );
      return rowCount ?? 0;
    },
  };
}

async function step(
  client: PoolClient,
  shopId: string,
  importId: string,
  responseIds: string[],
): Promise<string | null> {
  const found = await client.query(
    'SELECT status FROM answer_import WHERE shop_id = $1 AND id = $2 FOR UPDATE',
    [shopId, importId],
  );
  const status = (found.rows[0]?.status as string | undefined) ?? null;
  const values = [shopId, importId, responseIds];
  if (status === 'undoing') return (await client.query(UNDO, values)).rows[0].status;
  if (status !== 'running') return status;
  const keys: string[] = (await client.query(KEYS, values)).rows[0].keys;
  await client.query('SELECT lock_customers($1, $2)', [shopId, keys]);
  const done = (await client.query(IMPORT, values)).rows[0];
  if (done.keys.some((key: string) => !keys.includes(key))) {
    throw new AppError(
      'customer_merged',
      'A customer was merged or erased while this waited; it is tried again.',
      {
        retryable: true,
      },
    );
  }
  return done.status;
}
