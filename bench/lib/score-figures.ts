import { fork } from 'node:child_process';
import { join } from 'node:path';
import type pg from 'pg';
import { buildDeps, type Built } from '#app/infra/deps.server.ts';
import { readConfig } from '#app/infra/env.server.ts';
import { fitModel, requestFit } from '#app/services/fit-model.ts';
import { scoreCustomer } from '#app/services/score-customer.ts';
import { computeInThread } from '../../workers/compute.ts';
import { countCpu } from './cpu.ts';
import type { BenchDatabase } from './database.ts';
import type { PassFigures } from './score-worker.ts';

/** Customers that are scored one by one, after as many that only warm up. */
const SINGLE = 500;

/** One pass over the shop in a process of its own. */
export function runPass({ env, shopId }: BenchDatabase): Promise<PassFigures> {
  const child = fork(join(import.meta.dirname, 'score-worker.ts'), { env: { ...env, SHOP_ID: shopId } });
  return new Promise((resolve, reject) => {
    child.once('message', (figures) => resolve(figures as PassFigures));
    child.once('exit', (code) => reject(new Error(`The process of the pass ended with code ${code}.`)));
  });
}

/** Fits the shop's model of purchases, as the worker does. */
export async function fitShop({ env, shopId }: BenchDatabase): Promise<{ outcome: string; seconds: number }> {
  const built = buildDeps(readConfig(env), 'worker');
  const deps = { ...built, producer: silent(built), compute: computeInThread };
  const startedAt = performance.now();
  await requestFit(deps, { shopId, kind: 'purchases' });
  const { outcome } = await fitModel(deps, { shopId, kind: 'purchases' });
  await built.close();
  return { outcome, seconds: (performance.now() - startedAt) / 1000 };
}

/** Milliseconds of CPU, of this process and of the database's; the latter null where the system does not tell. */
export interface CpuPerCall {
  ownMs: number;
  databaseMs: number | null;
}

/** What one customer scored after an event costs, and a bare SELECT and UPDATE of one. */
export async function scoreOneByOne({
  pool,
  env,
  shopId,
}: BenchDatabase): Promise<{ scored: CpuPerCall; bare: CpuPerCall }> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM customer ORDER BY md5(id::text) LIMIT $1',
    [2 * SINGLE],
  );
  const built = buildDeps(readConfig(env), 'worker');
  const deps = { ...built, producer: silent(built) };
  const ids = rows.map(({ id }) => id);
  const scored = await cpuPerCall(built.pool, ids, (customerId) =>
    scoreCustomer(deps, { shopId, customerId }),
  );
  const bare = await cpuPerCall(built.pool, ids, (id) => selectAndUpdate(built.pool, shopId, id));
  await built.close();
  return { scored, bare };
}

async function selectAndUpdate(pool: pg.Pool, shopId: string, id: string) {
  const values = [shopId, id];
  await pool.query({
    name: 'bare_select',
    text: 'SELECT * FROM customer WHERE shop_id = $1 AND id = $2',
    values,
  });
  await pool.query({
    name: 'bare_update',
    text: 'UPDATE customer SET scored_at = now() WHERE shop_id = $1 AND id = $2',
    values,
  });
}

async function cpuPerCall(
  pool: pg.Pool,
  ids: readonly string[],
  call: (id: string) => Promise<unknown>,
): Promise<CpuPerCall> {
  for (const id of ids.slice(0, SINGLE)) await call(id);
  const used = await countCpu(pool);
  for (const id of ids.slice(SINGLE)) await call(id);
  const { cpuSeconds, databaseCpuSeconds } = await used();
  const perCall = (seconds: number) => (1000 * seconds) / (ids.length - SINGLE);
  return {
    ownMs: perCall(cpuSeconds),
    databaseMs: databaseCpuSeconds === null ? null : perCall(databaseCpuSeconds),
  };
}

/** The floor: one statement that counts everybody's orders and writes what it counted. @returns seconds */
export async function plainSql(pool: pg.Pool, shopId: string): Promise<number> {
  const startedAt = performance.now();
  await pool.query(
    `UPDATE customer c SET order_count = o.orders, revenue_year_minor = o.year, value_at_risk_minor = o.year / 10, first_order_at = o.first,
       last_order_at = o.last, next_score_at = now()
     FROM (SELECT customer_id, count(*) AS orders, min(placed_at) AS first, max(placed_at) AS last,
         coalesce(sum(subtotal_minor) FILTER (WHERE placed_at > now() - interval '1 year'), 0)::bigint AS year
       FROM orders WHERE shop_id = $1 AND paid_at IS NOT NULL AND cancelled_at IS NULL AND NOT test GROUP BY customer_id) o
     WHERE c.shop_id = $1 AND c.id = o.customer_id`,
    [shopId],
  );
  return (performance.now() - startedAt) / 1000;
}

const silent = ({ producer }: Built): Built['producer'] => ({ ...producer, enqueue: async () => undefined });
