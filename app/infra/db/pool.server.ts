import pg from 'pg';
import type { Log } from '../log.server.ts';

/** PostgreSQL connections: types that never lose digits, timeouts, and errors as sentences. */

type ErrorLog = Pick<Log, 'error'>;

export interface PoolOptions {
  /** Connections at most. */
  max: number;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /**
   * Plans each named statement once per connection. For the worker, whose statements all look up
   * a shop's rows by key: planning them for each value would cost about as much as running them.
   */
  genericPlans?: boolean;
  log?: ErrorLog;
}

const INT8 = 20;
const INT8_ARRAY = 1016;
const TEXT_ARRAY = 1009;
const NUMERIC = 1700;
const DATE = 1082;

/** A 64-bit integer as a number; refuses to round one beyond 2^53. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('The database returned an integer beyond 2^53; select it as text instead.');
  }
  return value;
}

/** A decimal as a number; fractions may round, the whole part may not. */
export function parseNumeric(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw new RangeError('The database returned a decimal beyond 2^53; select it as text instead.');
  }
  return value;
}

const parseTextArray = pg.types.getTypeParser(TEXT_ARRAY as never) as (text: string) => string[];

const types: pg.CustomTypesConfig = {
  getTypeParser(id: number, format) {
    if (format !== 'binary') {
      if (id === INT8) return parseInt8;
      if (id === NUMERIC) return parseNumeric;
      if (id === INT8_ARRAY) return (text: string) => parseTextArray(text).map(parseInt8);
      // A calendar day has no time zone; as a Date it would move with the server's.
      if (id === DATE) return (text: string) => text;
    }
    // @types/pg names scalar types only; the driver knows arrays too.
    return pg.types.getTypeParser(id as never, format);
  },
};

/**
 * The pool of the app's own SQL. Sessions run in UTC. Creating it connects nothing.
 * A broken connection is logged and replaced; it never ends the process.
 */
export function createPool(databaseUrl: string, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...connectionSettings(databaseUrl, options),
    types,
    options: `-c timezone=UTC${options.genericPlans ? ' -c plan_cache_mode=force_generic_plan' : ''}`,
    statement_timeout: 30_000,
    // A dead peer must not hold a caller for longer than the server would have.
    query_timeout: 35_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  return guarded(pool, options.log);
}

/**
 * The pool that BullMQ works on: its own schema in front, its own type parsers, and
 * keep-alive so that a lost LISTEN connection is noticed within seconds.
 */
export function createQueuePool(databaseUrl: string, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...connectionSettings(databaseUrl, options),
    // A crash of the database may cost the queue its last milliseconds: an id that was lost is
    // dispatched again by reconcile, a job that runs again meets its row. Waiting for the disk
    // at each step of each job would buy nothing.
    options: '-c search_path=bullmq -c synchronous_commit=off',
  });
  // Every queue and worker on the pool listens to its errors; that is no leak.
  pool.setMaxListeners(0);
  return guarded(pool, options.log);
}

function connectionSettings(databaseUrl: string, options: PoolOptions): pg.PoolConfig {
  return {
    connectionString: databaseUrl,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

function guarded(pool: pg.Pool, log: ErrorLog | undefined): pg.Pool {
  const report = (error: Error) => log?.error({ err: error }, 'A database connection was lost.');
  pool.on('error', report);
  // The pool listens to idle clients only; without this, one that breaks while in use ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Runs `work` in one transaction on one connection: committed when it resolves,
 * rolled back when it throws (the error is passed on).
 */
export async function withTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** "db.example.com:5432/aftercare": where a database is, without credentials. */
export function databasePlace(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  return `${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`;
}

/** What is wrong with the database and what to do, as one sentence without credentials. */
export function describeDatabaseError(error: unknown, databaseUrl: string): string {
  const place = databasePlace(databaseUrl);
  const code = errorCode(error);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ECONNRESET':
      return `The database at ${place} cannot be reached (${code}): start PostgreSQL there, or correct DATABASE_URL.`;
    case '3D000':
      return `The database at ${place} does not exist: create it, or correct DATABASE_URL.`;
    case '28P01':
    case '28000':
      return `The database at ${place} refused the user or password: correct them in DATABASE_URL.`;
    case '53300':
      return `The database at ${place} has no connection left: lower DB_POOL_MAX, or raise max_connections there.`;
    case '57P03':
      return `The database at ${place} is starting up or shutting down: try again in a moment.`;
    case '42P01':
    case '3F000':
      return `The database at ${place} is not migrated: run "npm run migrate".`;
    default: {
      const message = error instanceof Error ? error.message : String(error);
      if (/timeout/i.test(message)) {
        return `The database at ${place} did not answer in time: check that it runs and is not overloaded.`;
      }
      return `The database at ${place} cannot be used: ${message}${code ? ` (${code})` : ''}.`;
    }
  }
}

function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Node tries every address of a host and reports them together.
  return error instanceof AggregateError ? errorCode(error.errors[0]) : undefined;
}
