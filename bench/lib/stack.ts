import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '#dev-store/postgres/embedded.ts';
import { buildIfOld, runTool } from '#dev-store/demo/build.ts';

/** The production stack on a database of its own, for benchmarks: web, worker, embedded PostgreSQL. */

const ROOT = join(import.meta.dirname, '..', '..');
const LOGS = join(ROOT, '.data', 'bench');
export const SECRET = 'bench-secret';
export const SHOP = 'bench-shop.myshopify.com';
const PORTS = { web: 34_100, worker: 34_101, bare: 34_102 };

export interface Stack {
  pool: pg.Pool;
  shopId: string;
  ports: typeof PORTS;
  /** What the processes are started with, for code that is run here instead. */
  env: NodeJS.ProcessEnv;
  start(name: 'web' | 'worker' | 'bare'): Promise<ChildProcess>;
  stop(name: 'web' | 'worker' | 'bare'): Promise<void>;
  close(): Promise<void>;
}

const SCRIPTS = { web: 'server/main.ts', worker: 'workers/main.ts', bare: 'bench/lib/bare-server.ts' };

/** @param options.wallClock true = debounce and tick as in production; false = simulated clock, as in the demo */
export async function startStack(databaseName: string): Promise<Stack> {
  mkdirSync(LOGS, { recursive: true });
  await buildIfOld(ROOT, process.env, join(LOGS, 'build.log'));
  const server = await startEmbeddedPostgres({ dataRoot: join(ROOT, '.data') });
  await server.dropDatabase(databaseName);
  await server.createDatabase(databaseName);
  const url = server.url(databaseName);
  const env = environment(url);
  const prisma = 'node_modules/prisma/build/index.js';
  await runTool(
    ROOT,
    prisma,
    ['migrate', 'deploy'],
    env,
    join(LOGS, 'migrate.log'),
    'The database could not be migrated',
  );
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // The database is dropped at the end, whoever still holds a connection.
  pool.on('error', () => undefined);
  const { rows } = await pool.query(
    `INSERT INTO shop (id, domain, status, name, currency, time_zone, installed_at)
     VALUES (gen_random_uuid(), $1, 'installed', 'Bench', 'EUR', 'Europe/Berlin', now() - interval '1 year') RETURNING id`,
    [SHOP],
  );
  const children = new Map<string, ChildProcess>();
  const stop = async (name: string) => {
    const child = children.get(name);
    children.delete(name);
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  };
  return {
    pool,
    shopId: rows[0].id,
    ports: PORTS,
    env,
    async start(name) {
      const log = openSync(join(LOGS, `${name}.log`), 'w');
      const child = spawn(process.execPath, [SCRIPTS[name]], {
        cwd: ROOT,
        env: {
          ...env,
          PORT: String(PORTS[name === 'bare' ? 'bare' : 'web']),
          WORKER_PORT: String(PORTS.worker),
        },
        stdio: ['ignore', log, log, 'ipc'],
      });
      children.set(name, child);
      await ready(name, child);
      return child;
    },
    stop,
    async close() {
      await Promise.all([...children.keys()].map(stop));
      await pool.end();
      await server.dropDatabase(databaseName);
      await server.stop();
    },
  };
}

function environment(databaseUrl: string): NodeJS.ProcessEnv {
  const { REDIS_URL: redis, ...shell } = process.env;
  return {
    ...shell,
    ...(redis ? { REDIS_URL: redis } : {}),
    NODE_ENV: 'production',
    AFTERCARE_MODE: 'demo',
    DATABASE_URL: databaseUrl,
    QUEUE_PREFIX: 'bench',
    SHOPIFY_API_KEY: 'bench-key',
    SHOPIFY_API_SECRET: SECRET,
    APP_URL: `http://127.0.0.1:${PORTS.web}`,
    TOKEN_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    HASH_KEY: 'bench-hash-key-of-more-than-32-characters',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Bench <bench@example.com>',
    LOG_LEVEL: 'warn',
  };
}

async function ready(name: string, child: ChildProcess): Promise<void> {
  const path =
    name === 'bare'
      ? `http://127.0.0.1:${PORTS.bare}/`
      : `http://127.0.0.1:${name === 'web' ? PORTS.web : PORTS.worker}/readyz`;
  for (let tries = 0; tries < 400; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended at its start; see .data/bench/${name}.log.`);
    const response = await fetch(path).catch(() => null);
    if (response && (response.ok || name === 'bare')) return;
    await wait(50);
  }
  throw new Error(`${name} did not become ready within 20 s; see .data/bench/${name}.log.`);
}
