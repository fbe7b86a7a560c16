import pLimit from 'p-limit';
import { buildDeps } from '#app/infra/deps.server.ts';
import { readConfig } from '#app/infra/env.server.ts';
import type { Job } from '#app/infra/queue/jobs.ts';
import { oneByOne, processEvent, processEvents } from '#app/services/process-event.ts';
import { tick } from '#app/services/tick.ts';
import { fillDueShop } from './lib/due-shop.ts';
import { startStack, type Stack } from './lib/stack.ts';

/**
 * npm run bench:eligibility — how long it takes to decide about many customers whose surveys fall due at the
 * same hour, all together, against the same decisions one by one in the same run on the same database.
 */
const CUSTOMERS = Number(process.env['BENCH_CUSTOMERS'] ?? 100_000);
const BAR_SECONDS = 20;
/** So many of them are decided one by one, for comparison. */
const SAMPLE = Math.min(2_000, Math.floor(CUSTOMERS / 4));
const CONCURRENCY = 4;

const stack = await startStack('aftercare_bench_eligibility');
try {
  await main(stack);
} finally {
  await stack.close();
}

async function main({ pool, shopId, env }: Stack) {
  await fillDueShop(pool, shopId, CUSTOMERS);
  const built = buildDeps(readConfig(env), 'worker');
  const limit = pLimit(CONCURRENCY);

  /**
   * Ticks until nothing is due, as the worker does, while what each tick hands on is decided; what follows from
   * that (mails) is left alone.
   */
  async function decideDue(most: number, together: boolean): Promise<{ customers: number; seconds: number }> {
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
    return { customers, seconds: (performance.now() - startedAt) / 1000 };
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
  const seconds = (all.seconds * CUSTOMERS) / all.customers;
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
    decided: { value: rows.map(({ status, n }) => `${n} ${status}`).join(', '), bar: '-', verdict: '' },
    'left undecided': { value: String(open), bar: '0', verdict: ok(open === 0) },
  });
  if (open > 0) process.exitCode = 1;
}
