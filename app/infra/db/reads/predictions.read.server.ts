import type { Pool } from 'pg';
import { MODEL_KINDS, type ModelKind } from '../../../domain/core/model-kinds.ts';
import { horizonOf, presentRun } from '../model-runs.repo.server.ts';
import type { KindRuns, RunView, ValueBasis } from './prediction-views.ts';
import { iso, type SqlRow } from './rows.server.ts';

const RUNS_SHOWN = 8;

/** The fits of each kind, newest first, and the back-test of the newest one that was fitted. */
export async function readModelRuns(pool: Pool, shopId: string): Promise<Record<ModelKind, KindRuns>> {
  const [runs, fitted] = await Promise.all([
    pool.query(
      `select m.* from unnest($2::text[]) as k(kind) cross join lateral (
         select id, kind, version, seed, ${horizonOf('r')} as horizon_days, status, lease_until <= now() as waits, as_of, started_at, finished_at, data, reason
          from model_run r where shop_id = $1 and kind = k.kind order by started_at desc, id desc limit ${RUNS_SHOWN}) m`,
      [shopId, MODEL_KINDS],
    ),
    pool.query(
      `select m.* from unnest($2::text[]) as k(kind) cross join lateral (
         select id, kind, version, seed, ${horizonOf('r')} as horizon_days, status, as_of, started_at, finished_at, data, reason, report
          from model_run r where shop_id = $1 and kind = k.kind and status in ('kept', 'hidden') order by started_at desc, id desc limit 1) m`,
      [shopId, MODEL_KINDS],
    ),
  ]);
  const of = (kind: ModelKind): KindRuns => {
    const row = fitted.rows.find((one) => one.kind === kind);
    return {
      runs: runs.rows.filter((one) => one.kind === kind).map(runFrom),
      fitted: row ? { run: runFrom(row), report: row.report } : null,
    };
  };
  return Object.fromEntries(MODEL_KINDS.map((kind) => [kind, of(kind)])) as Record<ModelKind, KindRuns>;
}

/** What value at risk rests on at present, and whether every customer's is by that already. */
export async function readValueBasis(pool: Pool, shopId: string): Promise<ValueBasis> {
  const { rows } = await pool.query(
    `select s.rules_seq = s.refreshed_seq as settled, (
       select ${horizonOf('m')} from model_run m where m.shop_id = $1 and m.id = ${presentRun('purchases')}
         and m.parameters -> 'value' ->> 'shown' is distinct from 'false') as horizon_days
     from shop s where s.id = $1`,
    [shopId],
  );
  return { horizonDays: rows[0]?.horizon_days ?? null, settled: rows[0]?.settled ?? true };
}

function runFrom(row: SqlRow): RunView {
  return {
    ...{ id: row.id, kind: row.kind, version: row.version, seed: row.seed },
    ...{ horizonDays: row.horizon_days, status: row.status },
    waits: row.waits ?? false,
    asOf: row.as_of.toISOString(),
    startedAt: row.started_at.toISOString(),
    finishedAt: iso(row.finished_at),
    data: row.data ?? {},
    reason: row.reason,
  };
}
