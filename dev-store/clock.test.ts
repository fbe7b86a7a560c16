import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clockSteps, MAX_STEP_MS, moveClock, readClock } from './clock.ts';
import { startTestStore } from './testing.ts';

// Whole servers start here: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SERVER = process.env['TEST_POSTGRES_URL'] ?? 'postgresql://postgres@127.0.0.1:5432';
const DATABASE = `dev_store_clock_${randomUUID().slice(0, 8)}`;
const day = (n: number) => new Date(Date.UTC(2026, 0, n));

async function reachable(): Promise<boolean> {
  const client = new pg.Client({ connectionString: `${SERVER}/postgres`, connectionTimeoutMillis: 1000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
const hasServer = await reachable();
if (!hasServer) {
  process.stderr.write(
    `Skipped: the business clock needs PostgreSQL at ${SERVER}; set TEST_POSTGRES_URL to run it.\n`,
  );
}

describe('clockSteps', () => {
  it('ends at the goal, goes forward only, and steps 12 hours at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * 86_400_000 }), (distance) => {
        const from = day(1);
        const to = new Date(from.getTime() + distance);
        const stops = [from, ...clockSteps(from, to)];
        expect(stops.at(-1)).toEqual(to);
        for (let i = 1; i < stops.length; i++) {
          const step = (stops[i]?.getTime() ?? 0) - (stops[i - 1]?.getTime() ?? 0);
          expect(step).toBeGreaterThan(0);
          expect(step).toBeLessThanOrEqual(MAX_STEP_MS);
        }
      }),
    );
  });
});

describe.skipIf(!hasServer)('business clock', () => {
  const url = `${SERVER}/${DATABASE}`;
  let pool: pg.Pool;
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: `${SERVER}/postgres` });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  beforeAll(async () => {
    await onServer(`CREATE DATABASE ${DATABASE}`);
    pool = new pg.Pool({ connectionString: url, max: 4 });
    // A connection that is still saying goodbye when its database is dropped is none of a test's business.
    pool.on('error', () => undefined);
    await pool.query(
      'CREATE TABLE business_clock (id int PRIMARY KEY DEFAULT 1 CHECK (id = 1), now_at timestamptz NOT NULL, seq bigint NOT NULL DEFAULT 0)',
    );
  });
  afterAll(async () => {
    await pool.end();
    await onServer(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
  });

  it('starts, moves forward, never back, and tells its listeners', async () => {
    expect(await readClock(pool)).toBeNull();
    const listener = await pool.connect();
    const heard: string[] = [];
    listener.on('notification', (message) => heard.push(message.payload ?? ''));
    await listener.query('LISTEN business_clock');
    expect(await moveClock(pool, day(1))).toMatchObject({ outcome: 'moved', clock: { seq: 1n } });
    expect(await moveClock(pool, day(3))).toMatchObject({
      outcome: 'moved',
      clock: { now: day(3), seq: 2n },
    });
    expect(await moveClock(pool, day(2))).toEqual({ outcome: 'backwards', clock: { now: day(3), seq: 2n } });
    expect(await readClock(pool)).toEqual({ now: day(3), seq: 2n });
    // Notifications precede the answer to the listener's next statement.
    await listener.query('SELECT 1');
    expect(heard).toEqual([day(1).toISOString(), day(3).toISOString()]);
    listener.release();
  });

  it('keeps the furthest of concurrent moves', async () => {
    await Promise.all([9, 5, 7, 8, 6].map((n) => moveClock(pool, day(n))));
    expect((await readClock(pool))?.now).toEqual(day(9));
  });

  it('is moved over HTTP in steps, and refuses to go back', async () => {
    const store = await startTestStore({ databaseUrl: url });
    try {
      const before = await readClock(pool);
      const moved = await (await store.post('/clock.json', { hours: 24 })).json();
      expect(moved).toEqual({ simulated: true, now: day(10).toISOString(), seq: Number(before?.seq) + 2 });
      expect((await store.post('/clock.json', { to: day(4).toISOString() })).status).toBe(409);
      expect((await store.post('/clock.json', { to: 'soon' })).status).toBe(400);
      expect(await (await fetch(`${store.url}/clock`)).text()).toContain('10 January 2026');
    } finally {
      await store.devStore.close();
    }
  });
});

describe('without a database', () => {
  it('says what to set', async () => {
    const store = await startTestStore();
    const answer = await store.post('/clock.json', { hours: 1 });
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { error: expect.stringContaining('DATABASE_URL') },
    ]);
    await store.devStore.close();
  });
});
