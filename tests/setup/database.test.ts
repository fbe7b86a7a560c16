import { describe, expect, it } from 'vitest';
import { useTestDatabase } from './database.ts';
import { QUEUE_SCHEMA } from './server.ts';

describe('the test database', () => {
  const database = useTestDatabase();

  // Two equal tests: whichever runs second sees what the first one left.
  it.each(['first', 'second'])('is migrated, and empty in the %s test', async () => {
    const { rows } = await database.pool.query(
      "SELECT nspname FROM pg_namespace WHERE nspname IN ('public', $1)",
      [QUEUE_SCHEMA],
    );
    expect(rows).toHaveLength(2);
    const { rows: shops } = await database.pool.query('SELECT id FROM shop');
    expect(shops).toEqual([]);
    await database.pool.query(
      "INSERT INTO shop (id, domain, status) VALUES (gen_random_uuid(), 'a.example', 'installed')",
    );
    expect((await database.pool.query('SELECT id FROM shop')).rows).toHaveLength(1);
  });

  it('keeps the record of applied migrations through a reset', async () => {
    const { rows } = await database.pool.query('SELECT count(*)::int AS n FROM _prisma_migrations');
    expect(rows[0].n).toBeGreaterThan(0);
  });

  it('is UTF8, in UTC, ordered by byte', async () => {
    const { rows } = await database.pool.query(
      "SELECT current_setting('server_encoding') AS encoding, 'B' < 'a' AS bytewise, datcollate FROM pg_database WHERE datname = current_database()",
    );
    expect(rows[0]).toEqual({ encoding: 'UTF8', bytewise: true, datcollate: 'C' });
  });
});
