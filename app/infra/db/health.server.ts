import { readdirSync } from 'node:fs';
import type pg from 'pg';
import { describeDatabaseError } from './pool.server.ts';

/** The names of the migrations that this version of the app was written against. */
export function readMigrationNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** What keeps the database from being used (unreachable, not migrated) as a sentence, or null. */
export async function findDatabaseProblem(
  pool: pg.Pool,
  databaseUrl: string,
  migrationNames: readonly string[],
): Promise<string | null> {
  try {
    const { rows } = await pool.query<{ missing: string[] }>(
      `SELECT coalesce(array_agg(wanted.name), '{}') AS missing
         FROM unnest($1::text[]) AS wanted(name)
        WHERE NOT EXISTS (SELECT 1 FROM _prisma_migrations done
                           WHERE done.migration_name = wanted.name
                             AND done.finished_at IS NOT NULL AND done.rolled_back_at IS NULL)`,
      [migrationNames],
    );
    const missing = rows[0]?.missing ?? [];
    if (missing.length === 0) return null;
    return `The database lacks ${missing.length} migration(s) (${missing.join(', ')}): run "npm run migrate".`;
  } catch (error) {
    return describeDatabaseError(error, databaseUrl);
  }
}

/** Whether business time is simulated: a row that only the dev store writes. */
export async function isClockSimulated(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM business_clock LIMIT 1');
  return (rowCount ?? 0) > 0;
}
