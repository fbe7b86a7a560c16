/**
 * The database server of a test run, with one migrated template that every worker
 * clones. Several runs may use the same server at once; locks on its maintenance
 * database keep them apart.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runMigrations } from 'bullmq';
import pg from 'pg';
import { startEmbeddedPostgres } from '#dev-store/postgres/embedded.ts';

/** Held while a run makes the template or cleans up. */
const MAKE_LOCK = 7_265_301;
/** Held shared by each run for as long as it lasts. */
const RUN_LOCK = 7_265_302;
const TEMPLATE_PREFIX = 'aftercare_template_';
const CLONE_PREFIX = 'aftercare_test_';
export const QUEUE_SCHEMA = 'bullmq';

/** What a worker needs to make its own database; plain data, so that it can be handed over. */
export interface TestServer {
  /** Address of the maintenance database. */
  adminUrl: string;
  template: string;
  /** Prefix of the databases of this run. */
  clonePrefix: string;
}

/** The address of another database of the same server. */
export function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

/**
 * Starts or finds the server and prepares the template.
 * @param externalUrl a PostgreSQL 15 or newer to use (TEST_DATABASE_URL); else the embedded one runs
 *   on .data/test, where the template is kept for the next run.
 * @returns the server, and what removes this run's traces.
 */
export async function openTestServer(
  projectRoot: string,
  externalUrl: string | undefined,
): Promise<{ server: TestServer; close: () => Promise<void> }> {
  const embedded = externalUrl
    ? undefined
    : await startEmbeddedPostgres({ dataRoot: join(projectRoot, '.data', 'test'), port: 0, fsync: false });
  const adminUrl = externalUrl ?? embedded?.url('postgres') ?? '';
  const control = await connect(adminUrl);
  const server: TestServer = {
    adminUrl,
    template: TEMPLATE_PREFIX + fingerprint(projectRoot),
    clonePrefix: `${CLONE_PREFIX}${process.pid.toString(36)}_${Date.now().toString(36)}_`,
  };
  const close = async () => {
    await dropWhere(control, (name) => name.startsWith(server.clonePrefix));
    await whileMaking(control, async () => {
      await control.query(`SELECT pg_advisory_unlock_shared(${RUN_LOCK})`);
      // On a server of someone else nothing stays behind once the last run is over.
      if (externalUrl) await ifAlone(control, () => dropWhere(control, (name) => name === server.template));
    });
    await control.end();
    await embedded?.stop();
  };
  try {
    await whileMaking(control, async () => {
      await ifAlone(control, () => dropWhere(control, (name) => isLeftover(name, server.template)));
      await makeTemplate(control, server, projectRoot);
      await control.query(`SELECT pg_advisory_lock_shared(${RUN_LOCK})`);
    });
  } catch (error) {
    await control.end();
    await embedded?.stop();
    throw error;
  }
  return { server, close };
}

async function connect(adminUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'aftercare tests' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(adminUrl);
    throw new Error(
      `The tests cannot reach PostgreSQL at ${host} (${(error as Error).message}). ` +
        'Start it, correct TEST_DATABASE_URL, or unset it to use the embedded one.',
      { cause: error },
    );
  }
  return client;
}

async function makeTemplate(control: pg.Client, server: TestServer, projectRoot: string): Promise<void> {
  const { rowCount } = await control.query('SELECT FROM pg_database WHERE datname = $1', [server.template]);
  if (rowCount) return;
  const draft = `${server.template}_draft`;
  await control.query(`DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`);
  // template0 and C: the same order of text on every server.
  await control.query(`CREATE DATABASE "${draft}" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
  const url = urlOf(server.adminUrl, draft);
  await migrateApp(projectRoot, url);
  const client = await connect(url);
  try {
    await runMigrations(client, QUEUE_SCHEMA);
  } finally {
    await client.end();
  }
  await control.query(`ALTER DATABASE "${draft}" RENAME TO "${server.template}"`);
}

async function migrateApp(projectRoot: string, url: string): Promise<void> {
  const prisma = join(projectRoot, 'node_modules', 'prisma', 'build', 'index.js');
  try {
    await promisify(execFile)(process.execPath, [prisma, 'migrate', 'deploy'], {
      cwd: projectRoot,
      env: { ...process.env, DATABASE_URL: url },
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The migrations in prisma/migrations failed on an empty database:\n${stdout}${stderr}`, {
      cause: error,
    });
  }
}

/** Changes with everything that the template is made of. */
function fingerprint(projectRoot: string): string {
  const hash = createHash('sha256').update('template format 1');
  const folder = join(projectRoot, 'prisma', 'migrations');
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (path.endsWith('.sql')) hash.update(path).update(readFileSync(join(folder, path)));
  }
  return hash
    .update(readFileSync(join(projectRoot, 'node_modules', 'bullmq', 'package.json')))
    .digest('hex')
    .slice(0, 16);
}

function isLeftover(name: string, template: string): boolean {
  return name.startsWith(CLONE_PREFIX) || (name.startsWith(TEMPLATE_PREFIX) && name !== template);
}

async function dropWhere(control: pg.Client, chosen: (name: string) => boolean): Promise<void> {
  const { rows } = await control.query<{ datname: string }>('SELECT datname FROM pg_database');
  for (const { datname } of rows) {
    if (chosen(datname))
      await control.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
  }
}

async function whileMaking(control: pg.Client, work: () => Promise<void>): Promise<void> {
  await control.query(`SELECT pg_advisory_lock(${MAKE_LOCK})`);
  try {
    await work();
  } finally {
    await control.query(`SELECT pg_advisory_unlock(${MAKE_LOCK})`);
  }
}

/** Does the work only when no other run uses the server. */
async function ifAlone(control: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await control.query<{ alone: boolean }>(
    `SELECT pg_try_advisory_lock(${RUN_LOCK}) AS alone`,
  );
  if (!rows[0]?.alone) return;
  try {
    await work();
  } finally {
    await control.query(`SELECT pg_advisory_unlock(${RUN_LOCK})`);
  }
}
