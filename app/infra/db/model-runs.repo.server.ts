import type { Pool } from 'pg';
import type { FittedKind, ModelKind } from '../../domain/core/model-kinds.ts';

/** A fit that is wanted. */
export interface PlannedRun {
  id: string;
  kind: ModelKind;
  version: string;
  seed: number;
  /** Days ahead that a fit of orders predicts; null: of another kind. */
  horizonDays: number | null;
  /** Domains of the e-mail addresses of staff, whose orders it leaves out. */
  staffDomains: readonly string[];
}

/** A fit that is to be made: what it may read, and by which lot. */
export interface ClaimedRun extends Pick<PlannedRun, 'id' | 'seed' | 'horizonDays' | 'staffDomains'> {
  /** Business time; nothing later is read, whoever goes on with it. */
  asOf: Date;
}

/** How a fit ended. */
export type FinishedRun = {
  /** What it was fitted on: counts and days. */
  data: object;
  /** The back-test; null: none could be made. */
  report: object | null;
} & (
  | { status: 'kept'; parameters: object; reason: null }
  | { status: 'hidden'; parameters: object | null; reason: string }
);

export interface ModelRun {
  id: string;
  version: string;
  seed: number;
  status: 'running' | 'kept' | 'hidden' | 'failed';
  asOf: Date;
  startedAt: Date;
  finishedAt: Date | null;
  data: Record<string, unknown>;
  report: unknown;
  /** Why it is hidden or failed. */
  reason: string | null;
}

/**
 * Models as they are fitted on a shop's data. What counts is the newest that was kept, unless a later one is hidden: then
 * nothing is predicted. One that failed changes nothing.
 */
export interface ModelRunsRepo {
  /** A fit that is to be made, as of business now. @returns false where one is under way already, or the app is not installed */
  plan(shopId: string, run: PlannedRun): Promise<boolean>;
  /** Takes a planned fit over, also one whose worker stopped. @returns null: there is none, or another worker is at it */
  claim(shopId: string, kind: ModelKind, leaseSeconds: number): Promise<ClaimedRun | null>;
  /** Gives a claimed run back, to be claimed again at once. */
  release(shopId: string, runId: string): Promise<void>;
  /** Ends a fit; where that changes what is predicted, everybody is scored again. */
  finish(shopId: string, kind: ModelKind, runId: string, end: FinishedRun): Promise<void>;
  /** Ends a fit that cannot be made, and says why; one that was planned since goes on. */
  fail(shopId: string, runId: string, reason: string): Promise<void>;
  /** Planned fits of installed shops that nobody is at, for longer than `olderThanSeconds` of machine time. */
  lost(
    olderThanSeconds: number,
    limit: number,
  ): Promise<{ shopId: string; kind: FittedKind; runId: string }[]>;
  /** Of a run that was kept, as stored; the same object for the same run, since it never changes. */
  parameters(shopId: string, runId: string): Promise<object | null>;
  /** Runs of a shop and kind, newest first. */
  newest(shopId: string, kind: ModelKind, limit: number): Promise<ModelRun[]>;
  /**
   * Whether it is time for a fit: none in `days` of business time, or the last one of another version, horizon or staff, or, where
   * the model learns from all orders (purchases), a share more of them than when the last one kept was fitted. The others read a
   * part of the orders or none, against which all orders would always have grown.
   */
  isDue(
    shopId: string,
    kind: ModelKind,
    when: Pick<PlannedRun, 'version' | 'horizonDays' | 'staffDomains'> & { days: number; growth: number },
  ): Promise<boolean>;
  /**
   * Parameters of what counted at other shops at a moment, for what shops have in common. Models of ratings come with those
   * first that rest on their own answers, and on the most of them.
   */
  othersKept(shopId: string, kind: ModelKind, which: { until: Date; limit: number }): Promise<object[]>;
}

/** SQL: the run by which is predicted, null: none. $1 is the shop. */
export const presentRun = (
  kind: ModelKind,
) => `(SELECT CASE m.status WHEN 'kept' THEN m.id END FROM model_run m
  WHERE m.shop_id = $1 AND m.kind = '${kind}' AND m.status IN ('kept', 'hidden') ORDER BY m.started_at DESC, m.id DESC LIMIT 1)`;

/**
 * SQL: days ahead that a run of orders is about, null: of another kind. A model knows that itself, whatever its fit was planned
 * for; before the days could be chosen, and by processes of that version while a new one comes up, all are 90.
 */
export const horizonOf = (run: string) =>
  `CASE ${run}.kind WHEN 'purchases' THEN coalesce((${run}.parameters ->> 'horizonDays')::int, ${run}.horizon_days, 90) END`;

/**
 * SQL: days ahead for which a run of orders was asked: a young shop's model predicts fewer, and is no reason to fit again at
 * once. Where the back-test does not say, those that it predicts.
 */
const wantedOf = (run: string) => `coalesce((${run}.report ->> 'wantedDays')::int, ${horizonOf(run)})`;

const PLAN = `
  INSERT INTO model_run (shop_id, id, kind, version, seed, horizon_days, staff_domains, status, as_of, started_at, lease_until)
  SELECT $1, $2, $3, $4, $5, $6, $7, 'running', business_now(), business_now(), now() FROM shop WHERE id = $1 AND status = 'installed'
  ON CONFLICT (shop_id, kind) WHERE status = 'running' DO NOTHING RETURNING id`;

const CLAIM = `
  UPDATE model_run m SET lease_until = now() + $3 * interval '1 second'
  WHERE shop_id = $1 AND kind = $2 AND status = 'running' AND lease_until <= now()
  RETURNING id, as_of AS "asOf", seed, ${horizonOf('m')} AS "horizonDays", staff_domains AS "staffDomains"`;

/** What a hidden model predicted goes with it; what an older one did goes when everybody is scored again. */
const FINISH = `
  WITH ended AS (
    UPDATE model_run SET status = $4, data = $5, parameters = $6, report = $7, reason = $8, finished_at = business_now(), lease_until = NULL
    WHERE shop_id = $1 AND id = $2 AND kind = $3 AND status = 'running' RETURNING status
  ), rules AS (
    UPDATE shop SET rules_seq = rules_seq + 1
    WHERE id = $1 AND $3 = 'purchases' AND EXISTS (SELECT FROM ended) AND ($4 = 'kept' OR ${presentRun('purchases')} IS NOT NULL)
  ), orders_unpredicted AS (
    DELETE FROM order_prediction WHERE shop_id = $1 AND $3 = 'satisfaction' AND EXISTS (SELECT FROM ended WHERE status = 'hidden')
  )
  DELETE FROM customer_prediction WHERE shop_id = $1 AND $3 = 'purchases' AND EXISTS (SELECT FROM ended WHERE status = 'hidden')`;

const FAIL = `
  UPDATE model_run SET status = 'failed', reason = $3, finished_at = business_now(), lease_until = NULL
  WHERE shop_id = $1 AND id = $2 AND status = 'running'`;

const NEWEST = `
  SELECT id, version, seed, status, as_of AS "asOf", started_at AS "startedAt", finished_at AS "finishedAt", data, report, reason
  FROM model_run WHERE shop_id = $1 AND kind = $2 ORDER BY started_at DESC, id DESC LIMIT $3`;

/** Orders are counted only where a model of purchases was kept, and as its run counted them. */
const IS_DUE = `
  WITH last AS (
    SELECT started_at, version, staff_domains, ${wantedOf('m')} AS horizon_days,
      CASE WHEN status = 'kept' AND kind = 'purchases' THEN (data ->> 'orders')::float8 END AS orders
    FROM model_run m WHERE shop_id = $1 AND kind = $2 ORDER BY started_at DESC, id DESC LIMIT 1)
  SELECT NOT EXISTS (SELECT FROM last WHERE started_at > business_now() - $3 * interval '1 day' AND version = $5
    AND horizon_days IS NOT DISTINCT FROM $6 AND staff_domains @> $7 AND staff_domains <@ $7) OR EXISTS (
    SELECT FROM last WHERE orders IS NOT NULL
      AND (SELECT count(*) FROM orders o WHERE o.shop_id = $1 AND o.placed_at <= business_now()) >= (1 + $4::float8) * last.orders) AS due`;

/** As presentRun, of each other shop as of $3. */
const OTHERS_KEPT = `
  SELECT present.parameters FROM shop s CROSS JOIN LATERAL (
    SELECT m.status, m.parameters FROM model_run m WHERE m.shop_id = s.id AND m.kind = $2 AND m.status IN ('kept', 'hidden')
      AND m.finished_at <= $3 ORDER BY m.started_at DESC, m.id DESC LIMIT 1) present
  WHERE s.status = 'installed' AND s.id <> $1 AND present.status = 'kept'
  ORDER BY CASE WHEN present.parameters ->> 'basis' = 'own' THEN (present.parameters ->> 'rated')::float8 END DESC NULLS LAST, s.id
  LIMIT $4`;

/** Models kept in memory: a few kilobytes each. */
const KEPT = 200;

export function createModelRunsRepo(pool: Pool): ModelRunsRepo {
  const kept = new Map<string, object>();
  return {
    async plan(shopId, { id, kind, version, seed, horizonDays, staffDomains }) {
      const values = [shopId, id, kind, version, seed, horizonDays, staffDomains];
      return (await pool.query(PLAN, values)).rows.length === 1;
    },

    claim: async (shopId, kind, leaseSeconds) =>
      (await pool.query(CLAIM, [shopId, kind, leaseSeconds])).rows[0] ?? null,

    async release(shopId, runId) {
      await pool.query(
        `UPDATE model_run SET lease_until = now() WHERE shop_id = $1 AND id = $2 AND status = 'running'`,
        [shopId, runId],
      );
    },

    async finish(shopId, kind, runId, { status, data, parameters, report, reason }) {
      const json = [parameters, report].map((value) => value && JSON.stringify(value));
      await pool.query(FINISH, [shopId, runId, kind, status, JSON.stringify(data), ...json, reason]);
    },

    async fail(shopId, runId, reason) {
      await pool.query(FAIL, [shopId, runId, reason]);
    },

    async lost(olderThanSeconds, limit) {
      const { rows } = await pool.query(
        `SELECT m.shop_id AS "shopId", m.kind, m.id AS "runId" FROM model_run m JOIN shop s ON s.id = m.shop_id AND s.status = 'installed'
         WHERE m.status = 'running' AND m.lease_until < now() - $1 * interval '1 second' ORDER BY m.lease_until LIMIT $2`,
        [olderThanSeconds, limit],
      );
      return rows;
    },

    async parameters(shopId, runId) {
      const known = kept.get(runId);
      if (known) return known;
      const { rows } = await pool.query(
        `SELECT parameters FROM model_run WHERE shop_id = $1 AND id = $2 AND status = 'kept'`,
        [shopId, runId],
      );
      const parameters: object | null = rows[0]?.parameters ?? null;
      if (kept.size >= KEPT) kept.clear();
      if (parameters) kept.set(runId, parameters);
      return parameters;
    },

    newest: async (shopId, kind, limit) => (await pool.query(NEWEST, [shopId, kind, limit])).rows,

    async isDue(shopId, kind, { version, horizonDays, staffDomains, days, growth }) {
      const values = [shopId, kind, days, growth, version, horizonDays, staffDomains];
      return (await pool.query(IS_DUE, values)).rows[0].due;
    },

    async othersKept(shopId, kind, { until, limit }) {
      const { rows } = await pool.query(OTHERS_KEPT, [shopId, kind, until, limit]);
      return rows.map(({ parameters }) => parameters);
    },
  };
}
