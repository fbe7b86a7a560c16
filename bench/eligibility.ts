import pLimit from 'p-limit';
import { buildDeps } from '#app/infra/deps.server.ts';
import { readConfig } from '#app/infra/env.server.ts';
import type { Job } from '#app/infra/queue/jobs.ts';
import { oneByOne, processEvent, processEvents } from '#app/services/process-event.ts';
import { tick } from '#app/services/tick.ts';
import { countCpu, type CpuFigures } from './lib/cpu.ts';
import { startDatabase, type BenchDatabase } from './lib/database.ts';
import { fillDueShop } from './lib/due-shop.ts';

/**
 * npm run bench:eligibility — how long it takes to decide about many customers whose surveys fall due at the
 * same hour, all together, against the same decisions one by one in the same run on the same database.
 */
const CUSTOMERS = Number(process.env['BENCH_CUSTOMERS'] ?? 100_000);
const BAR_SECONDS = 20;
/** So many of them are decided one by one, for comparison. */
const SAMPLE = Math.min(2_000, Math.floor(CUSTOMERS / 4));
const CONCURRENCY = 4;

interface Decided extends CpuFigures {
  customers: number;
  seconds: number;
}

const database = await startDatabase('aftercare_bench_eligibility', 'http://127.0.0.1:34100');
try {
  await main(database);
} finally {
  await database.close();
}

async function main({ pool, shopId, env }: BenchDatabase) {
  await fillDueShop(pool, shopId, CUSTOMERS);
  const built = buildDeps(readConfig(env), 'worker');
  const limit = pLimit(CONCURRENCY);

  /**
   * Ticks until nothing is due, as the worker does, while what each tick hands on is decided; what follows from
   * that (mails) is left alone.
   */
  async function decideDue(most: number, together: boolean): Promise<Decided> {
    const cpu = await countCpu(built.pool);
    const startedAt = performance.now();
    const under: Promise<unknown>[] = [];
    let customers = 0;
    const producer = {
      async enqueue(jobs: Job[]) {
        for (const job of jobs) {
          if (job.name !== 'events.process') continue;
          customers += job.payload.eventIds.length;
          if (together) under.push(limit(() => processEvents(deps, job.payload)));
          else
            for (const { payload } of oneByOne(job.payload))
              under.push(limit(() => processEvent(deps, payload)));
        }
      },
    };
    const deps = { ...built, producer: { ...built.producer, ...producer } };
    while (customers < most && (await tick(deps, {})).fired > 0);
    await Promise.all(under);
    const seconds = (performance.now() - startedAt) / 1000;
    return { customers, seconds, ...(await cpu()) };
  }

  const alone = await decideDue(SAMPLE, false);
  const all = await decideDue(Infinity, true);
  const { rows } = await pool.query(
    `SELECT status, count(*)::int AS n FROM survey_invitation WHERE decided_at IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
  const open = Number(
    (
      await pool.query(
        `SELECT (SELECT count(*) FROM event WHERE status <> 'processed') + (SELECT count(*) FROM timer WHERE status = 'open' AND due_at <= now()) AS n`,
      )
    ).rows[0].n,
  );
  await built.close();
  const inAll = CUSTOMERS / all.customers;
  const seconds = all.seconds * inAll;
  const { cpuSeconds, databaseCpuSeconds } = all;
  const ok = (good: boolean) => (good ? 'ok' : 'MISSED');
  console.table({
    'one by one, customers/s': { value: (alone.customers / alone.seconds).toFixed(0), bar: '-', verdict: '' },
    'together, customers/s': { value: (all.customers / all.seconds).toFixed(0), bar: '-', verdict: '' },
    'together / one by one': {
      value: (all.customers / all.seconds / (alone.customers / alone.seconds)).toFixed(1),
      bar: '-',
      verdict: '',
    },
    [`${CUSTOMERS} due orders, s`]: {
      value: seconds.toFixed(1),
      bar: `< ${BAR_SECONDS} (100,000)`,
      verdict: CUSTOMERS === 100_000 ? ok(seconds < BAR_SECONDS) : '',
    },
    'CPU of worker + database, s': {
      value: `${(cpuSeconds * inAll).toFixed(1)} + ${databaseCpuSeconds === null ? '?' : (databaseCpuSeconds * inAll).toFixed(1)}`,
      bar: '-',
      verdict: '',
    },
    decided: { value: rows.map(({ status, n }) => `${n} ${status}`).join(', '), bar: '-', verdict: '' },
    'left undecided': { value: String(open), bar: '0', verdict: ok(open === 0) },
  });
  if (open > 0) process.exitCode = 1;
}
