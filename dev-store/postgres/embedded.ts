/**
 * The database that needs no installation: PostgreSQL from an npm package, run on a
 * folder of the project. Used by the demo and by the tests.
 */
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { ensureData, findServer, launch, stopServer, type Server } from './cluster.ts';
import { ServerError, reasonOf } from './errors.ts';
import { homeFolders, openHome, readPassword, type Home } from './home.ts';

const DEFAULT_PORT = 54_329;
const HOST = '127.0.0.1';
const SUPERUSER = 'postgres';
const ADMIN_DATABASE = 'postgres';
/** Held shared by every process that uses the server, exclusively by the one that stops it. */
const USE_LOCK = 7_265_211;
const ATTEMPTS = 20;
const RETRY_MS = 250;

/** pg has these two, its types do not. */
type Holder = pg.Client & { ref(): void; unref(): void };

export interface EmbeddedOptions {
  /** Folder of the project for this server, for example ".data". Made when missing. */
  dataRoot: string;
  /** Wanted port, default 54329; 0 = any free one. A taken port is replaced by a free one, and said. */
  port?: number;
  /** false gives up crash safety for speed; for tests only. Default true. */
  fsync?: boolean;
  /** Receives sentences for the person who waits. Default: standard error. */
  say?: (sentence: string) => void;
}

export interface EmbeddedPostgres {
  port: number;
  /** Whether a server of this project was running already. */
  adopted: boolean;
  /** Address of a database of this server, password included. */
  url(database: string): string;
  /** Makes the database, as a copy of `template` if given. Nothing happens when it is there. */
  createDatabase(name: string, template?: string): Promise<void>;
  /** Removes the database and closes its connections. Nothing happens when it is not there. */
  dropDatabase(name: string): Promise<void>;
  /** Stops the server, unless another process of this project still uses it. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL of `dataRoot`, or adopts the one that runs there.
 * Works as root and in folders that only root may enter (home.ts says how).
 * @throws ServerError, whose message is a sentence for the person at the terminal.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? ((sentence: string) => process.stderr.write(`${sentence}\n`));
  const wanted = options.port ?? DEFAULT_PORT;
  const home = openHome(options.dataRoot);
  ensureData(home);
  const password = readPassword(home);

  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const running = await findServer(home);
    const server = running ?? (await startNew(home, wanted, options.fsync ?? true));
    const client = server && (await hold(server, password));
    if (server && client) {
      if (!running && wanted !== 0 && server.port !== wanted) {
        say(`Port ${wanted} is taken, so the database listens on ${server.port}.`);
      }
      return handle(home, server, client, password, running !== undefined);
    }
    // Another process is starting or stopping the server right now.
    await wait(RETRY_MS);
  }
  throw new ServerError(`The PostgreSQL server in ${home.data} neither starts nor stops; see ${home.log}.`);
}

/** Stops the server of `dataRoot`, whoever uses it, and deletes its data. */
export async function removeEmbeddedPostgres(dataRoot: string): Promise<void> {
  const home = openHome(dataRoot);
  await stopServer(home);
  for (const folder of homeFolders(dataRoot)) {
    for (const name of ['postgres', 'postgres.log'])
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function startNew(home: Home, wanted: number, fsync: boolean): Promise<Server | undefined> {
  const port = wanted !== 0 && (await isFree(wanted)) ? wanted : await freePort();
  const result = await launch(home, port, fsync);
  return typeof result === 'string' ? undefined : result;
}

/** A connection that marks the server as used; undefined while it is being stopped. */
async function hold(server: Server, password: string): Promise<Holder | undefined> {
  const client = new pg.Client({
    ...{ host: HOST, port: server.port, user: SUPERUSER, password, database: ADMIN_DATABASE },
    application_name: 'aftercare embedded database',
  }) as Holder;
  // A server that goes away is noticed by the next query; it must not end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ held: boolean }>(
      `SELECT pg_try_advisory_lock_shared(${USE_LOCK}) AS held`,
    );
    if (rows[0]?.held) {
      client.unref();
      return client;
    }
    await client.end();
    return undefined;
  } catch (error) {
    await client.end().catch(() => undefined);
    const code = (error as { code?: string }).code;
    // Refused, reset, starting up or shutting down: it changes its state at this moment.
    if (code && ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03'].includes(code)) return undefined;
    throw new ServerError(
      `The embedded PostgreSQL on port ${server.port} refuses the connection: ${reasonOf(error)}.`,
    );
  }
}

function handle(
  home: Home,
  server: Server,
  client: Holder,
  password: string,
  adopted: boolean,
): EmbeddedPostgres {
  let stopped: Promise<void> | undefined;
  const quoted = (name: string) => pg.escapeIdentifier(name);
  return {
    port: server.port,
    adopted,
    url: (database) =>
      `postgresql://${SUPERUSER}:${password}@${HOST}:${server.port}/${encodeURIComponent(database)}`,
    createDatabase: async (name, template) => {
      const source = template === undefined ? '' : ` TEMPLATE ${quoted(template)}`;
      await ask(client, `CREATE DATABASE ${quoted(name)}${source}`).catch((error: { code?: string }) => {
        // It is there: 42P04; 23505 when another process made it at the same moment.
        if (error.code !== '42P04' && error.code !== '23505') throw error;
      });
    },
    dropDatabase: async (name) => {
      await ask(client, `DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`);
    },
    stop: () => (stopped ??= leave(home, client)),
  };
}

/** The idle connection lets the process end; a query in flight must not. */
async function ask(client: Holder, sql: string): Promise<pg.QueryResult<Record<string, unknown>>> {
  client.ref();
  try {
    return await client.query(sql);
  } finally {
    client.unref();
  }
}

/** The last one out stops the server: two that leave at once cannot both see the other. */
async function leave(home: Home, client: Holder): Promise<void> {
  let last = true;
  try {
    await ask(client, `SELECT pg_advisory_unlock_shared(${USE_LOCK})`);
    const { rows } = await ask(client, `SELECT pg_try_advisory_lock(${USE_LOCK}) AS last`);
    last = rows[0]?.last !== false;
  } catch {
    // The connection is gone, and most likely the server with it; stopServer looks.
  }
  if (last) await stopServer(home);
  client.ref();
  await client.end().catch(() => undefined);
}

function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

/** A port of this machine that nobody listens on now. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, HOST, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
