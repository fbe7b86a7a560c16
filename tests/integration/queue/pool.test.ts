import { describe, expect, it } from 'vitest';
import { findDatabaseProblem, isClockSimulated } from '#app/infra/db/health.server.ts';
import { listenTo } from '#app/infra/db/listen.server.ts';
import { createPool, describeDatabaseError, withTransaction } from '#app/infra/db/pool.server.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { signal, silentLog } from './harness.ts';

const database = useTestDatabase();

async function onPool<Result>(
  work: (pool: ReturnType<typeof createPool>) => Promise<Result>,
): Promise<Result> {
  const pool = createPool(database.url, { max: 2, applicationName: 'aftercare-test', log: silentLog });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

describe('types', () => {
  it('come as numbers, dates and days', async () => {
    const { rows } = await onPool((pool) =>
      pool.query(
        `SELECT 9007199254740991::int8 AS big, 12.5::numeric AS decimal, ARRAY[1, 2]::int8[] AS bigs,
                '2026-02-03T04:05:06.789+02'::timestamptz AS at, '2026-02-03'::date AS day,
                current_setting('timezone') AS zone`,
      ),
    );
    expect(rows[0]).toEqual({
      big: 9007199254740991,
      decimal: 12.5,
      bigs: [1, 2],
      at: new Date('2026-02-03T02:05:06.789Z'),
      day: '2026-02-03',
      zone: 'UTC',
    });
  });

  it.each(['9007199254740992::int8', '-9007199254740993::int8', '9007199254740993.5::numeric'])(
    'are never rounded: %s',
    async (expression) => {
      await expect(onPool((pool) => pool.query(`SELECT ${expression} AS value`))).rejects.toThrow(
        /beyond 2\^53/,
      );
    },
  );
});

describe('withTransaction', () => {
  const insert = "INSERT INTO business_clock (id, now_at) VALUES (1, '2026-01-01')";

  it('commits what succeeds and undoes what throws', async () => {
    await onPool(async (pool) => {
      const failed = withTransaction(pool, async (client) => {
        await client.query(insert);
        throw new Error('changed my mind');
      });
      await expect(failed).rejects.toThrow('changed my mind');
      expect(await isClockSimulated(pool)).toBe(false);
      expect(await withTransaction(pool, async (client) => (await client.query(insert)).rowCount)).toBe(1);
      expect(await isClockSimulated(pool)).toBe(true);
    });
  });

  it('survives a connection that is cut in the middle', async () => {
    await onPool(async (pool) => {
      const cut = withTransaction(pool, async (client) => {
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
        await client.query(insert);
      });
      await expect(cut).rejects.toThrow();
      expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });
  });
});

describe('findDatabaseProblem', () => {
  it('is silent on a migrated database and names what is missing', async () => {
    await onPool(async (pool) => {
      const { rows } = await pool.query<{ name: string }>(
        'SELECT migration_name AS name FROM _prisma_migrations',
      );
      const names = rows.map((row) => row.name);
      expect(await findDatabaseProblem(pool, database.url, names)).toBeNull();
      expect(await findDatabaseProblem(pool, database.url, [...names, '9999_next'])).toContain('9999_next');
    });
  });

  it.each([
    ['unreachable', (url: URL) => (url.port = '1'), /cannot be reached \(ECONNREFUSED\).*DATABASE_URL/],
    ['absent', (url: URL) => (url.pathname = '/nowhere'), /does not exist/],
  ])('says that the database is %s', async (_what, change, sentence) => {
    const url = new URL(database.url);
    // The embedded server asks for its password; a server that trusts us takes any.
    url.password ||= 'hunter2';
    change(url);
    const pool = createPool(url.href, { max: 1, applicationName: 'aftercare-test', log: silentLog });
    const problem = await findDatabaseProblem(pool, url.href, []);
    await pool.end();
    expect(problem).toMatch(sentence);
    expect(problem).not.toContain(url.password);
  });

  it.each([
    ['28P01', /refused the user or password/],
    ['53300', /no connection left/],
    ['57P03', /starting up/],
    ['42P01', /not migrated/],
  ])('has a sentence for %s', (code, sentence) => {
    const error = Object.assign(new Error('raw'), { code });
    expect(describeDatabaseError(error, 'postgresql://u:hunter2@db.example/x')).toMatch(sentence);
  });
});

describe('listenTo', () => {
  it('signals once connected, at each notification, and after its connection was cut', async () => {
    const signals = [signal(), signal(), signal()];
    let count = 0;
    const stop = listenTo({
      databaseUrl: database.url,
      channel: 'business_clock',
      onSignal: () => signals[count++]?.resolve(),
      log: silentLog,
    });
    await signals[0]?.promise;
    await database.pool.query('NOTIFY business_clock');
    await signals[1]?.promise;
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aftercare-listen-business_clock'",
    );
    await signals[2]?.promise;
    await stop();
    expect(count).toBe(3);
  });
});
