import type { Pool } from 'pg';
import type { ShopState } from '../../domain/core/state.ts';
import { groupCommit } from './group-commit.ts';
import { toShop } from './line-rows.ts';
import { SCORE_COLUMNS, scoresAsJson, type ScoreMoment, type ScoreRow } from './score-rows.ts';
import { presentRun } from './model-runs.repo.server.ts';
import { PAGE } from './score-pass.repo.server.ts';
import { PUT_OFF_SCORES, saveScores } from './score-save.ts';
import { scoreSources, toScoreSource, type ScoreSource } from './score-sources.ts';

/** Several customers are one reading, as of one moment. */
const LOAD = `
  SELECT business_now() AS now, to_json(s) AS shop, ${presentRun('purchases')} AS model_run_id,
    (SELECT json_agg(j) FROM (${scoreSources('unnest($2::uuid[]) AS given(id)')}) j) AS customers
  FROM shop s WHERE s.id = $1`;

/** The limit cuts nothing: without it PostgreSQL takes the set for 100 rows and reads the table. */
const SAVE = saveScores(
  `SELECT * FROM jsonb_to_recordset($4) AS j(${SCORE_COLUMNS}) LIMIT jsonb_array_length($4)`,
  'SELECT s.id, s.lag_seconds, ARRAY(SELECT r.id FROM reached r WHERE r.customer_id = s.id) AS event_ids FROM scored s',
);

/** Counted up to one more than a page; by new rules everybody is due. */
const DUE_SHOPS = `
  SELECT s.id, due.customers > ${PAGE} AS crowd
  FROM shop s CROSS JOIN LATERAL (SELECT count(*) AS customers FROM (
    SELECT FROM customer c WHERE c.shop_id = s.id AND c.merged_into_id IS NULL AND c.redacted_at IS NULL
      AND (c.next_score_at <= (SELECT business_now()) OR s.rules_seq <> s.refreshed_seq) LIMIT ${PAGE + 1}) d) due
  WHERE s.status = 'installed' AND (due.customers > 0 OR s.rules_seq <> s.refreshed_seq) LIMIT $1`;

export interface ScoresRepo {
  /** null when there is no such shop; customers that are gone, merged or erased are left out. */
  load(
    shopId: string,
    customerIds: string[],
  ): Promise<(ScoreMoment & { shop: ShopState; sources: ScoreSource[] }) | null>;
  /**
   * @returns the customers stored (fewer than given when events, new rules or another score came meanwhile), how long each event had waited, and
   * the new events, for milestones
   */
  save(
    shopId: string,
    rows: ScoreRow[],
    moment: ScoreMoment,
  ): Promise<{ customerId: string; lagSeconds: number | null; eventIds: string[] }[]>;
  /** Customers of whom no score could be made wait until a time of their own, with the score of before. */
  putOff(
    shopId: string,
    customers: readonly Pick<ScoreSource, 'customerId' | 'staleSeq'>[],
    by: { until: Date; rulesSeq: number },
  ): Promise<void>;
  /** Installed shops with customers whose score may have changed by time or by new rules; a crowd is more than a page of them. */
  dueShops(limit: number): Promise<{ shopId: string; crowd: boolean }[]>;
}

/** Customers that are scored one by one at the same time share their statements. */
export function createScoresRepo(pool: Pool): ScoresRepo {
  const load: ScoresRepo['load'] = async (shopId, customerIds) => {
    const { rows } = await pool.query({ name: 'scores_load', text: LOAD, values: [shopId, customerIds] });
    const row = rows[0];
    if (!row) return null;
    return {
      now: row.now,
      rulesSeq: row.shop.rules_seq,
      modelRunId: row.model_run_id,
      shop: toShop(row.shop),
      sources: (row.customers ?? []).map(toScoreSource),
    };
  };
  const save: ScoresRepo['save'] = async (shopId, rows, { now, rulesSeq }) => {
    if (rows.length === 0) return [];
    const values = [shopId, now, rulesSeq, scoresAsJson(rows)];
    const result = await pool.query({ name: 'scores_save', text: SAVE, values });
    return result.rows.map((row) => ({
      customerId: row.id,
      lagSeconds: row.lag_seconds,
      eventIds: row.event_ids,
    }));
  };
  type Loaded = Awaited<ReturnType<ScoresRepo['load']>>;
  const loadTogether = groupCommit(
    async (items: { shopId: string; customerId: string }[]): Promise<Loaded[]> => {
      const ids = [...new Set(items.map(({ customerId }) => customerId))];
      const loaded = await load(items[0]!.shopId, ids);
      return items.map(
        ({ customerId }) =>
          loaded && {
            ...loaded,
            sources: loaded.sources.filter((source) => source.customerId === customerId),
          },
      );
    },
    { gather: true, keyOf: ({ shopId }) => shopId },
  );
  const saveTogether = groupCommit(
    async (items: { shopId: string; row: ScoreRow; moment: ScoreMoment }[]) => {
      const { shopId, moment } = items[0]!;
      const stored = await save(shopId, newestRows(items.map(({ row }) => row)), moment);
      return items.map(({ row }) => stored.filter(({ customerId }) => customerId === row.customerId));
    },
    { gather: true, keyOf: ({ shopId, moment }) => `${shopId} ${moment.now.getTime()} ${moment.rulesSeq}` },
  );
  return {
    async load(shopId, customerIds) {
      const [customerId] = customerIds;
      if (customerIds.length !== 1 || customerId === undefined) return load(shopId, customerIds);
      return loadTogether({ shopId, customerId });
    },

    async save(shopId, rows, moment) {
      const [row] = rows;
      if (rows.length !== 1 || row === undefined) return save(shopId, rows, moment);
      return saveTogether({ shopId, row, moment });
    },

    async putOff(shopId, customers, { until, rulesSeq }) {
      const list = customers.map(({ customerId, staleSeq }) => ({ customerId, staleSeq }));
      await pool.query(PUT_OFF_SCORES, [shopId, until, rulesSeq, JSON.stringify(list)]);
    },

    async dueShops(limit) {
      const { rows } = await pool.query({ name: 'scores_due', text: DUE_SHOPS, values: [limit] });
      return rows.map((row) => ({ shopId: row.id, crowd: row.crowd }));
    },
  };
}

/** One row per customer: of two scores made at once, the one that has seen more events. */
function newestRows(rows: readonly ScoreRow[]): ScoreRow[] {
  const newest = new Map<string, ScoreRow>();
  for (const row of rows) {
    if ((newest.get(row.customerId)?.staleSeq ?? -1) < row.staleSeq) newest.set(row.customerId, row);
  }
  return [...newest.values()];
}
