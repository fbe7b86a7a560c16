import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#dev-store/postgres/embedded.ts';
import { runTool } from '#dev-store/demo/build.ts';

/**
 * An empty, migrated database of its own in the embedded PostgreSQL, with one shop: a killed run's is dropped first,
 * that of one which is under way is not.
 */

export const ROOT = join(import.meta.dirname, '..', '..');
export const LOGS = join(ROOT, '.data', 'bench');
export const SECRET = 'bench-secret';
export const SHOP = 'bench-shop.myshopify.com';

export interface BenchDatabase {
  pool: pg.Pool;
  shopId: string;
  /** What the processes are started with, for code that is run here instead. */
  env: NodeJS.ProcessEnv;
  /** Drops the database, whoever still holds a connection. */
  close(): Promise<void>;
}

/** @throws Error, a sentence, when the database belongs to a run that is under way */
export async function startDatabase(databaseName: string, appUrl: string): Promise<BenchDatabase> {
  mkdirSync(LOGS, { recursive: true });
  const server = await startEmbeddedPostgres({ dataRoot: join(ROOT, '.data') });
  const release = await claim(databaseName, server.url('postgres'));
  if (!release) {
    await server.stop();
    throw new Error(
      `The database ${databaseName} belongs to a run of this benchmark that is under way. Wait for its end, or end it.`,
    );
  }
  await server.dropDatabase(databaseName);
  await server.createDatabase(databaseName);
  const url = server.url(databaseName);
  const env = environment(url, appUrl);
  await runTool(
    ROOT,
    'node_modules/prisma/build/index.js',
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
  return {
    pool,
    shopId: rows[0].id,
    env,
    async close() {
      await pool.end();
      await server.dropDatabase(databaseName);
      await release();
      await server.stop();
    },
  };
}

/** Marks the database as this run's, for as long as the process lives. @returns what ends that; null = it is another's */
async function claim(databaseName: string, serverUrl: string): Promise<(() => Promise<void>) | null> {
  const client = new pg.Client(serverUrl);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free', [
    databaseName,
  ]);
  if (rows[0].free) return () => client.end();
  await client.end();
  return null;
}

function environment(databaseUrl: string, appUrl: string): NodeJS.ProcessEnv {
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
    APP_URL: appUrl,
    TOKEN_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    HASH_KEY: 'bench-hash-key-of-more-than-32-characters',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Bench <bench@example.com>',
    LOG_LEVEL: 'warn',
  };
}
