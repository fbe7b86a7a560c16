/** A database of its own for each test file, cloned from the migrated template. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { QUEUE_SCHEMA, urlOf } from './server.ts';

export interface TestDatabase {
  /** Address of this file's database; known once the tests of the file run. */
  readonly url: string;
  /** A pool on it, closed after the file. */
  readonly pool: pg.Pool;
}

/**
 * Call once at the top of a test file or of a `describe`. The clone is made before the
 * first test, and emptied before each one.
 * @param options.keepBetweenTests leaves the rows from test to test, for files that tell one long story.
 */
export function useTestDatabase(options: { keepBetweenTests?: boolean } = {}): TestDatabase {
  let open: { url: string; pool: pg.Pool } | undefined;
  let fresh = true;
  const name = () => `${server().clonePrefix}${process.env.VITEST_POOL_ID ?? '0'}`;

  beforeAll(async () => {
    await onServer(async (admin) => {
      await admin.query(`DROP DATABASE IF EXISTS "${name()}" WITH (FORCE)`);
      await admin.query(`CREATE DATABASE "${name()}" TEMPLATE "${server().template}"`);
    });
    const url = urlOf(server().adminUrl, name());
    const pool = new pg.Pool({ connectionString: url, max: 10 });
    // A connection that the server closes while idle is none of a test's business.
    pool.on('error', () => undefined);
    open = { url, pool };
    fresh = true;
  });
  beforeEach(async () => {
    if (!fresh && !options.keepBetweenTests && open) await resetDatabase(open.pool);
    fresh = false;
  });
  afterAll(async () => {
    await open?.pool.end();
    open = undefined;
    await onServer((admin) => admin.query(`DROP DATABASE IF EXISTS "${name()}" WITH (FORCE)`));
  });

  const opened = () => {
    if (!open)
      throw new Error('The test database exists only inside tests and hooks; read url and pool there.');
    return open;
  };
  return {
    get url() {
      return opened().url;
    },
    get pool() {
      return opened().pool;
    },
  };
}

/** Empties every table of the app and of the queue; what migrations keep count in stays. */
export async function resetDatabase(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ table: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables
     WHERE schemaname IN ('public', $1) AND tablename !~ 'migration'`,
    [QUEUE_SCHEMA],
  );
  // Truncating an empty table costs as much as truncating a full one, so only the used ones are.
  const probes = rows.map(({ table }) => `SELECT '${table}' AS table WHERE EXISTS (SELECT FROM ${table})`);
  if (probes.length === 0) return;
  const used = await pool.query<{ table: string }>(probes.join(' UNION ALL '));
  if (used.rows.length === 0) return;
  const tables = used.rows.map(({ table }) => table).join(', ');
  await pool.query(`TRUNCATE ${tables} RESTART IDENTITY CASCADE`);
}

function server() {
  const found = inject('testServer');
  if (!found) {
    throw new Error(
      "No database was started for this run: import useTestDatabase from '#tests/setup/database.ts' in the test file " +
        'itself (tests/setup/global.ts looks for it there).',
    );
  }
  return found;
}

async function onServer(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: server().adminUrl });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
