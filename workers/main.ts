import { fileURLToPath } from 'node:url';
import { deps } from '../app/infra/deps.server.ts';
import { findDatabaseProblem, isClockSimulated, readMigrationNames } from '../app/infra/db/health.server.ts';
import { listenTo } from '../app/infra/db/listen.server.ts';
import { describeDatabaseError } from '../app/infra/db/pool.server.ts';
import { closeServer, listenOn } from '../app/infra/http-listen.server.ts';
import { redisPlace } from '../app/infra/queue/backend.server.ts';
import type { Config } from '../app/infra/env.server.ts';
import { createWorkers } from '../app/infra/queue/runtime.server.ts';
import { refuseToStart } from '../app/infra/refuse.server.ts';
import { tick } from '../app/services/tick.ts';
import { handlers, markGivenUp, markRetried } from './handlers.ts';
import { createWorkerHttp } from './http.ts';
import { startTicking } from './schedules.ts';

const HARD_DEADLINE_MS = 20_000;

async function start() {
  const { config, log, pool, metrics, producer, close } = deps('worker');
  const migrations = readMigrationNames(fileURLToPath(new URL('../prisma/migrations', import.meta.url)));
  let closing = false;
  const findProblem = async () =>
    closing
      ? 'The process is shutting down.'
      : await findDatabaseProblem(pool, config.databaseUrl, migrations);
  const problem = await findProblem();
  if (problem) throw new Error(problem);
  if (config.mode === 'production' && (await isClockSimulated(pool))) {
    throw new Error(
      'The database has a simulated business clock, which production refuses: use a database of its own.',
    );
  }

  const http = createWorkerHttp({ metrics, findProblem, log });
  const port = await listenOn(http, config.workerPort, 'WORKER_PORT');
  // In a simulation nothing else comes meanwhile: what was led to goes on together, at once.
  const handOn = config.simulatedClock ? () => void producer.flush() : undefined;
  const workers = await createWorkers({
    config,
    handlers,
    onExhausted: markGivenUp,
    onRetry: markRetried,
    onIdle: handOn,
    simulatedClock: config.simulatedClock,
    log,
    metrics,
  }).catch((error: unknown) => {
    throw new Error(describeQueueProblem(error, config));
  });
  producer.offerFirst(workers.offer);
  const stopTicking = startTicking({
    tick: async () => {
      const { fired } = await tick(deps(), {});
      if (fired > 0) handOn?.();
      return fired;
    },
    isClockSimulated: () => isClockSimulated(pool),
    listen:
      config.mode === 'production'
        ? null
        : (onSignal) =>
            listenTo({ databaseUrl: config.databaseUrl, channel: 'business_clock', onSignal, log }),
    log,
  });
  log.info({ port, mode: config.mode, queue: config.redisUrl ? 'redis' : 'postgres' }, 'listening');

  const stop = async (reason: string) => {
    if (closing) return;
    closing = true;
    log.info({ reason }, 'closing');
    // Whatever hangs below must not keep the process for ever.
    setTimeout(() => process.exit(1), HARD_DEADLINE_MS).unref();
    await stopTicking();
    const { abandoned } = await workers.close();
    await closeServer(http, 1_000);
    await close();
    log.info({ abandoned }, 'closed');
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop('SIGTERM'));
  process.once('SIGINT', () => void stop('SIGINT'));
}

function describeQueueProblem(error: unknown, config: Config): string {
  if (config.redisUrl === undefined) return describeDatabaseError(error, config.databaseUrl);
  const place = redisPlace(config.redisUrl);
  return `Redis at ${place} cannot be used: start it, correct REDIS_URL, or unset it to queue in PostgreSQL.`;
}

start().catch(refuseToStart);
