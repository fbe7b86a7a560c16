import type { Pool, PoolClient } from 'pg';
import type { Experiment } from '../../domain/experiments/experiment.ts';
import { withTransaction } from './pool.server.ts';

/** How long whoever is planned is treated as the arm says after the end: longer than any survey waits. */
const TREATED_DAYS = 180;

/** Experiments as staff make them. Whom they reach changes by start and stop only. */
export interface ExperimentsRepo {
  create(
    shopId: string,
    experiment: Experiment & { id: string; baseRate: number; planned: number; at: Date },
  ): Promise<void>;
  /** `planned` is fixed from here on. taken: another one of the kind runs. */
  start(
    shopId: string,
    experimentId: string,
    plan: { baseRate: number; planned: number; at: Date },
  ): Promise<'started' | 'taken' | 'gone'>;
  /** false: it does not run. */
  stop(shopId: string, experimentId: string, at: Date): Promise<boolean>;
  /** Notes what is asked of everybody from now on. */
  noteAdopted(shopId: string, experimentId: string, arm: string): Promise<void>;
  /** Deletes a draft; false: there is none. */
  discard(shopId: string, experimentId: string): Promise<boolean>;
}

/** Who starts and stops takes turns, with those who change what is asked. */
const LOCK_SHOP = 'SELECT FROM shop WHERE id = $1 FOR NO KEY UPDATE';

/** What every path reads with the shop: see LiveExperiment. $2: business time. */
const REWRITE_LIVE = `
  UPDATE shop SET live_experiments = (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'arms', (
        SELECT jsonb_agg(a - 'name' ORDER BY place) FROM jsonb_array_elements(e.arms) WITH ORDINALITY AS arm(a, place)))
      || CASE WHEN e.status = 'stopped' THEN '{"ended": true}'::jsonb ELSE '{}' END ORDER BY e.started_at, e.id), '[]')
    FROM survey_experiment e WHERE e.shop_id = $1 AND (e.status = 'running'
      OR (e.status = 'stopped' AND e.stopped_at > $2::timestamptz - ${TREATED_DAYS} * interval '24 hours')))
  WHERE id = $1`;

const START = `
  UPDATE survey_experiment e SET status = 'running', started_at = $3, base_rate = $4, planned = $5
  WHERE e.shop_id = $1 AND e.id = $2 AND e.status = 'draft' AND NOT EXISTS (
    SELECT FROM survey_experiment other WHERE other.shop_id = $1 AND other.kind = e.kind AND other.status = 'running')`;

export function createExperimentsRepo(pool: Pool): ExperimentsRepo {
  return {
    async create(shopId, { id, name, kind, dimension, arms, minimumEffect, baseRate, planned, at }) {
      await pool.query(
        `INSERT INTO survey_experiment (shop_id, id, name, kind, dimension, arms, status, minimum_effect, base_rate, planned, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'draft', $7, $8, $9, $10)`,
        [shopId, id, name, kind, dimension, JSON.stringify(arms), minimumEffect, baseRate, planned, at],
      );
    },

    async start(shopId, experimentId, { baseRate, planned, at }) {
      const started = await changing(pool, shopId, at, async (client) => {
        const { rowCount } = await client.query(START, [shopId, experimentId, at, baseRate, planned]);
        return rowCount === 1;
      });
      if (started) return 'started';
      const { rowCount } = await pool.query(
        `SELECT FROM survey_experiment WHERE shop_id = $1 AND id = $2 AND status = 'draft'`,
        [shopId, experimentId],
      );
      return rowCount === 1 ? 'taken' : 'gone';
    },

    stop: (shopId, experimentId, at) =>
      changing(pool, shopId, at, async (client) => {
        const { rowCount } = await client.query(
          `UPDATE survey_experiment SET status = 'stopped', stopped_at = $3 WHERE shop_id = $1 AND id = $2 AND status = 'running'`,
          [shopId, experimentId, at],
        );
        return rowCount === 1;
      }),

    async noteAdopted(shopId, experimentId, arm) {
      await pool.query('UPDATE survey_experiment SET adopted_arm = $3 WHERE shop_id = $1 AND id = $2', [
        shopId,
        experimentId,
        arm,
      ]);
    },

    async discard(shopId, experimentId) {
      const { rowCount } = await pool.query(
        `DELETE FROM survey_experiment WHERE shop_id = $1 AND id = $2 AND status = 'draft'`,
        [shopId, experimentId],
      );
      return rowCount === 1;
    },
  };
}

/** Changes which experiments run, and says so with the shop in the same transaction. */
function changing(
  pool: Pool,
  shopId: string,
  at: Date,
  work: (client: PoolClient) => Promise<boolean>,
): Promise<boolean> {
  return withTransaction(pool, async (client) => {
    await client.query(LOCK_SHOP, [shopId]);
    const changed = await work(client);
    if (changed) await client.query(REWRITE_LIVE, [shopId, at]);
    return changed;
  });
}
