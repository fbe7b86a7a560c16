import pg from 'pg';
import type { EmbeddedPostgres } from '../postgres/embedded.ts';
import { runTool } from './build.ts';

export interface DemoDatabase {
  name: string;
  url: string;
  pool: pg.Pool;
  /** The play that was finished in it, null if none was. */
  played: PlayedMark | null;
  /** Ends every connection; another demo may then have the database. */
  close(): Promise<void>;
}

export interface PlayedMark {
  /** The script's key. */
  key: string;
  endAt: string;
  durationMs: number;
}

/**
 * Opens a migrated database. One whose play was finished under the same key is taken as it
 * is; anything else (a play cut short, another script) is dropped and made anew, and said.
 */
export async function openDatabase(options: {
  server: EmbeddedPostgres;
  name: string;
  key: string;
  reset: boolean;
  root: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  say: (sentence: string) => void;
}): Promise<DemoDatabase> {
  const { server, name, key, reset, root, env, logFile, say } = options;
  const lock = await holdAlone(server, name);
  const mark = reset ? null : await readMark(server, name);
  const played = mark !== 'missing' && mark?.key === key ? mark : null;
  if (!played) {
    if (mark && mark !== 'missing') say('Another history was played before; it makes room for this one.');
    if (mark === null && !reset) say('The last play was cut short, so it begins again.');
    await server.dropDatabase(name);
    await server.createDatabase(name);
  }
  const url = server.url(name);
  await runTool(
    root,
    'node_modules/prisma/build/index.js',
    ['migrate', 'deploy'],
    { ...env, DATABASE_URL: url },
    logFile,
    'The database could not be migrated',
  );
  const pool = new pg.Pool({ connectionString: url, max: 3 });
  // The server is stopped last; an idle connection that ends with it must not end the demo.
  pool.on('error', () => undefined);
  if (!played) {
    // A crash of the machine may cost the last moments of a play, which is then played again.
    await pool.query(`ALTER DATABASE ${pg.escapeIdentifier(name)} SET synchronous_commit = off`);
  }
  const close = async () => {
    await pool.end();
    await lock.end();
  };
  return { name, url, pool, played, close };
}

/**
 * Keeps other demos away from a database for as long as the connection lives: a second one
 * would move the clock under the first, and `--reset` would drop what it works on.
 * @throws Error with a sentence that names the process that has it
 */
async function holdAlone(server: EmbeddedPostgres, name: string): Promise<pg.Client> {
  const lock = new pg.Client({
    connectionString: server.url('postgres'),
    application_name: `demo of process ${process.pid}`,
  });
  await lock.connect();
  // The server is stopped last, and ends this connection if nobody else did.
  lock.on('error', () => undefined);
  const { rows } = await lock.query<{ held: boolean; holder: string | null }>(
    `SELECT pg_try_advisory_lock(hashtext($1)) AS held, (
       SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
       WHERE l.locktype = 'advisory' AND l.granted AND l.objid = hashtext($1)::oid AND a.pid <> pg_backend_pid() LIMIT 1
     ) AS holder`,
    [name],
  );
  if (rows[0]?.held) return lock;
  await lock.end();
  throw new Error(
    `A demo runs from this folder already (${rows[0]?.holder ?? 'another process'}). ` +
      'Use the addresses it printed, or stop it there with Ctrl-C and start this one again.',
  );
}

/** Keeps on the database itself which play it holds. */
export async function markPlayed(database: DemoDatabase, mark: PlayedMark): Promise<void> {
  const text = pg.escapeLiteral(JSON.stringify(mark));
  await database.pool.query(`COMMENT ON DATABASE ${pg.escapeIdentifier(database.name)} IS ${text}`);
}

async function readMark(server: EmbeddedPostgres, name: string): Promise<PlayedMark | null | 'missing'> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const { rows } = await client.query<{ mark: string | null }>(
      `SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = $1`,
      [name],
    );
    if (!rows[0]) return 'missing';
    try {
      return JSON.parse(rows[0].mark ?? 'null') as PlayedMark | null;
    } catch {
      return null;
    }
  } finally {
    await client.end();
  }
}
