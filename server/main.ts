import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ServerBuild } from '@remix-run/node';
import { deps, type Built } from '../app/infra/deps.server.ts';
import { findDatabaseProblem, isClockSimulated, readMigrationNames } from '../app/infra/db/health.server.ts';
import { closeServer, listenOn } from '../app/infra/http-listen.server.ts';
import { refuseToStart } from '../app/infra/refuse.server.ts';
import type { WebhookDelivery } from '../app/infra/shopify/read-webhook.ts';
import { ingestWebhook } from '../app/services/ingest-webhook.ts';
import { createWebApp } from './app.ts';

const CLOSE_DEADLINE_MS = 10_000;
const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

async function start() {
  const buildFile = fromRoot('build/server/index.js');
  if (!existsSync(buildFile)) throw new Error('The web app is not built: run "npm run build" first.');
  const built = deps('web');
  const { config, log, pool, metrics } = built;

  const migrations = readMigrationNames(fromRoot('prisma/migrations'));
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

  const build = (await import(buildFile)) as ServerBuild;
  const app = createWebApp({
    build,
    clientFolder: fromRoot('build/client'),
    trustProxy: config.trustProxy,
    log,
    metrics,
    webhooks: { read: built.readWebhook, ingest: ingestOf(built) },
    findProblem,
  });
  const server = createServer(
    // Against clients that send a byte at a time. The longest that an honest one needs is a picture from a weak phone.
    {
      headersTimeout: 10_000,
      requestTimeout: 120_000,
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 65_000,
    },
    app,
  );
  const port = await listenOn(server, config.port, 'PORT');
  log.info({ port, mode: config.mode }, 'listening');

  const stop = async (reason: string) => {
    if (closing) return;
    closing = true;
    log.info({ reason }, 'closing');
    // Whatever hangs below must not keep the process for ever.
    setTimeout(() => process.exit(1), 2 * CLOSE_DEADLINE_MS).unref();
    await closeServer(server, CLOSE_DEADLINE_MS);
    await built.close();
    log.info('closed');
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop('SIGTERM'));
  process.once('SIGINT', () => void stop('SIGINT'));
}

/** In a simulation the sender waits for what follows: ids go on as soon as no delivery is being stored. */
function ingestOf(built: Built) {
  const { config, producer } = built;
  if (!config.simulatedClock) return (delivery: WebhookDelivery) => ingestWebhook(built, delivery);
  let storing = 0;
  return async (delivery: WebhookDelivery) => {
    storing += 1;
    try {
      return await ingestWebhook(built, delivery);
    } finally {
      storing -= 1;
      if (storing === 0) void producer.flush();
    }
  };
}

start().catch(refuseToStart);
