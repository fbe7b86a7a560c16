import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ShopState } from '../../domain/core/state.ts';
import { toShop } from './line-rows.ts';
import { presentRun } from './model-runs.repo.server.ts';
import { withTransaction } from './pool.server.ts';
import { SCORE_COLUMNS, scoresAsCopy, type ScoreMoment, type ScoreRow } from './score-rows.ts';
import { saveScores } from './score-save.ts';
import { scoreSources, toScoreSource, type ScoreSource, type ScoreSourceRow } from './score-sources.ts';

/** Smaller than every id. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Customers of one page: enough that a statement's own cost does not count, few enough that no event waits long for their rows. */
export const PAGE = 1_000;

/**
 * The next customers of a shop whose score time or new rules may have moved, as of one moment. The number stands in
 * the text: with a parameter for it PostgreSQL would plan for a tenth of the table.
 */
const LOAD_PAGE = `
  SELECT business_now() AS now, to_json(s) AS shop, ${presentRun('purchases')} AS model_run_id,
    (SELECT json_agg(j) FROM (${scoreSources(`(
       SELECT id FROM customer WHERE shop_id = $1 AND id > coalesce($2, s.refresh_after, '${BEFORE_ALL}')
         AND merged_into_id IS NULL AND redacted_at IS NULL AND (next_score_at <= (SELECT business_now()) OR rules_seq <> s.rules_seq)
       ORDER BY id LIMIT ${PAGE}) AS given`)}) j) AS customers
  FROM shop s WHERE s.id = $1 AND s.status = 'installed'`;

/**
 * Where the pass goes on, or null: it is through. Then everybody's score is by the present rules, unless somebody was
 * left out because of an event or of newer rules.
 */
const PAUSE = `
  UPDATE shop s SET refresh_after = $2, refreshed_seq = CASE WHEN $2::uuid IS NULL AND s.refreshed_seq <> s.rules_seq
      AND NOT EXISTS (SELECT FROM customer c WHERE c.shop_id = $1 AND c.merged_into_id IS NULL AND c.redacted_at IS NULL
        AND c.rules_seq <> s.rules_seq)
    THEN s.rules_seq ELSE s.refreshed_seq END
  WHERE s.id = $1 AND (s.refresh_after IS DISTINCT FROM $2 OR s.refreshed_seq <> s.rules_seq)`;

/**
 * A table of the connection's own, emptied with each transaction. Its rows are looked up by key: at the usual cost of a
 * random page PostgreSQL would read all customers of a shop of 100,000 for each page of them.
 */
const STAGING = `SET LOCAL random_page_cost = 1.1;
  CREATE TEMP TABLE IF NOT EXISTS score_page (${SCORE_COLUMNS}) ON COMMIT DELETE ROWS`;

const SAVE_PAGE = saveScores(
  `SELECT * FROM score_page LIMIT ${PAGE}`,
  `SELECT (SELECT count(*)::int FROM scored) AS saved, ARRAY(SELECT id FROM reached) AS event_ids`,
);

/** Customers of one shop in the order of ids, as of one moment. */
export interface ScorePage extends ScoreMoment {
  shop: ShopState;
  sources: ScoreSource[];
  /** Where the next page begins; null: there is none. */
  lastId: string | null;
}

/** Reads and stores scores page by page, for a pass over all customers of a shop. */
export interface ScorePassRepo {
  /**
   * The customers due after the last one of the page before (null: where the pass was paused, else from the first on).
   * @returns null when there is none left, or the app is not installed
   */
  nextPage(shopId: string, afterId: string | null): Promise<ScorePage | null>;
  /** Stores a page, except customers about whom an event came meanwhile. @returns how many, and the new events, for milestones */
  savePage(
    shopId: string,
    rows: ScoreRow[],
    moment: ScoreMoment,
  ): Promise<{ saved: number; eventIds: string[] }>;
  /** The pass goes on after this customer the next time; null: it has been through all of them. */
  pause(shopId: string, afterId: string | null): Promise<void>;
}

export function createScorePassRepo(pool: Pool): ScorePassRepo {
  return {
    async nextPage(shopId, afterId) {
      const { rows } = await pool.query({
        name: 'score_page_load',
        text: LOAD_PAGE,
        values: [shopId, afterId],
      });
      const row = rows[0];
      if (!row?.customers) return null;
      const sources = (row.customers as ScoreSourceRow[]).map(toScoreSource);
      sources.sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
      return {
        now: row.now,
        rulesSeq: row.shop.rules_seq,
        modelRunId: row.model_run_id,
        shop: toShop(row.shop),
        sources,
        lastId: sources.length < PAGE ? null : sources.at(-1)!.customerId,
      };
    },

    savePage: (shopId, rows, { now, rulesSeq }) =>
      withTransaction(pool, async (client) => {
        await client.query(STAGING);
        await pipeline([scoresAsCopy(rows)], client.query(copyFrom('COPY score_page FROM STDIN')));
        const { rows: results } = await client.query({
          name: 'score_page_save',
          text: SAVE_PAGE,
          values: [shopId, now, rulesSeq],
        });
        return { saved: results[0].saved, eventIds: results[0].event_ids };
      }),

    async pause(shopId, afterId) {
      await pool.query({ name: 'score_pass_pause', text: PAUSE, values: [shopId, afterId] });
    },
  };
}
