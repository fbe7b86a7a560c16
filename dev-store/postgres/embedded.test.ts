import { createServer } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, removeEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts';
import { homeFolders } from './home.ts';

const dataRoot = mkdtempSync(join(tmpdir(), 'aftercare-embedded-'));
const open: EmbeddedPostgres[] = [];

async function start(port = 0, said: string[] = []): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataRoot,
    port,
    fsync: false,
    say: (line) => said.push(line),
  });
  open.push(server);
  return server;
}

async function ask(server: EmbeddedPostgres, sql: string, database = 'postgres'): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** Root's data may stand elsewhere; the last folder is the one that is used. */
const lockFile = () => join(homeFolders(dataRoot).at(-1) ?? dataRoot, 'postgres', 'postmaster.pid');
const serverPid = () => Number(readFileSync(lockFile(), 'utf8').split('\n')[0]);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

describe('the embedded PostgreSQL', () => {
  afterEach(async () => {
    for (const server of open.splice(0)) await server.stop();
  });
  afterAll(async () => {
    await removeEmbeddedPostgres(dataRoot);
    for (const folder of homeFolders(dataRoot)) rmSync(folder, { recursive: true, force: true });
  });

  it('starts, keeps UTC and UTF8, and stops', async () => {
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(
      await ask(server, "SELECT current_setting('server_encoding') || current_setting('timezone')"),
    ).toBe('UTF8UTC');
    const pid = serverPid();
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('asks for its password', async () => {
    const server = await start();
    const url = new URL(server.url('postgres'));
    url.password = 'wrong';
    await expect(new pg.Client({ connectionString: url.href }).connect()).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('makes, copies and drops databases, any number of times', async () => {
    const server = await start();
    for (const _ of [1, 2]) await server.createDatabase('first');
    await ask(server, 'CREATE TABLE mark AS SELECT 1', 'first');
    await server.createDatabase('second', 'first');
    expect(await ask(server, 'SELECT count(*)::int FROM mark', 'second')).toBe(1);
    for (const _ of [1, 2]) await server.dropDatabase('second');
    await expect(ask(server, 'SELECT 1', 'second')).rejects.toThrow('does not exist');
  });

  it('is adopted while it runs, and stopped by the last one out', async () => {
    const first = await start();
    const second = await start();
    expect([second.adopted, second.port]).toEqual([true, first.port]);
    await first.stop();
    expect(await ask(second, 'SELECT 1')).toBe(1);
    const pid = serverPid();
    await second.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('starts again after kill -9', async () => {
    const killed = await start();
    await killed.createDatabase('kept');
    process.kill(serverPid(), 'SIGKILL');
    await expect.poll(() => isAlive(serverPid()), { timeout: 10_000 }).toBe(false);
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await ask(server, 'SELECT 1', 'kept')).toBe(1);
  });

  it('clears a lock file whose process number belongs to something else', async () => {
    await (await start()).stop();
    writeFileSync(lockFile(), `${process.pid}\n/elsewhere\n0\n1\n\n127.0.0.1\n 1 1\nready\n`);
    expect((await start()).adopted).toBe(false);
  });

  it('takes a free port when the wanted one is taken, and says so', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const said: string[] = [];
    const server = await start(port, said);
    expect(server.port).not.toBe(port);
    expect(said).toEqual([`Port ${port} is taken, so the database listens on ${server.port}.`]);
    await new Promise((resolve) => other.close(resolve));
  });

  it('refuses data of another release with a sentence', async () => {
    await (await start()).stop();
    const path = join(lockFile(), '..', 'PG_VERSION');
    const version = readFileSync(path, 'utf8');
    writeFileSync(path, '9\n');
    await expect(start()).rejects.toThrow('was written by PostgreSQL 9, and the installed one is');
    writeFileSync(path, version);
  });

  it('says which folder it cannot make', async () => {
    const file = join(dataRoot, 'a-file');
    writeFileSync(file, '');
    await expect(startEmbeddedPostgres({ dataRoot: join(file, 'data') })).rejects.toThrow(
      `Cannot create the folder ${join(file, 'data')}`,
    );
  });
});
