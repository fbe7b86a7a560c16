/** Making the data folder, starting the server on it, finding one that runs, stopping it. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ServerError, lastLines, reasonOf } from './errors.ts';
import type { Home } from './home.ts';

const POLL_MS = 20;
/** Long enough for crash recovery after kill -9. */
const READY_WITHIN_MS = 60_000;

/**
 * Sized for 2 cores that the app shares; parallel queries would only need shared memory that containers lack.
 * Commits do not wait for the disk: a crash of the machine may cost a demo its last second, never its consistency.
 */
const SETTINGS = {
  synchronous_commit: 'off',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  jit: 'off',
  update_process_title: 'off',
  // The tables grow from nothing within a minute: without fresh statistics the planner keeps the plans of empty ones.
  // They come each time a table has doubled, no oftener: every one makes every connection plan anew.
  autovacuum_naptime: '3s',
  autovacuum_analyze_threshold: '100',
  autovacuum_analyze_scale_factor: '1',
  autovacuum_vacuum_threshold: '2000',
  autovacuum_vacuum_scale_factor: '0.5',
  autovacuum_vacuum_insert_scale_factor: '1',
  log_min_messages: 'warning',
};
/** For data that may be lost with the machine (tests). */
const WITHOUT_SAFETY = { fsync: 'off', full_page_writes: 'off' };

export interface Server {
  pid: number;
  port: number;
}

/**
 * Makes the data folder unless it is there. It appears under its name only when it is
 * complete, so that neither an interrupted nor a second process can leave or meet half of it.
 * @throws ServerError when initdb fails, or the data is of another PostgreSQL release.
 */
export function ensureData(home: Home): void {
  if (!existsSync(home.data)) initialise(home);
  let major: string;
  try {
    major = readFileSync(join(home.data, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    throw new ServerError(
      `Cannot read the database in ${home.data}: ${reasonOf(error)}. If it belongs to another user, run the command ` +
        'as that user; otherwise delete the folder and run it again.',
    );
  }
  if (major !== home.binaries.major) {
    throw new ServerError(
      `The database in ${home.data} was written by PostgreSQL ${major}, and the installed one is ` +
        `${home.binaries.major}. Delete that folder to begin again, or go back to the older package.`,
    );
  }
}

function initialise(home: Home): void {
  const draft = `${home.data}.new-${process.pid}`;
  const passwordFile = `${draft}.password`;
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
    if (home.user) {
      for (const path of [draft, passwordFile]) chownSync(path, home.user.uid, home.user.gid);
    }
    // The password is random, so stretching it would only slow each connection down.
    const { status, stdout, stderr, error } = spawnSync(
      home.binaries.initdb,
      [
        ...['-D', draft, '--encoding=UTF8', '--locale=C', '--username=postgres', '--no-instructions'],
        ...['--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-c', 'scram_iterations=1'],
      ],
      { ...home.user, cwd: home.user ? '/' : home.folder, encoding: 'utf8' },
    );
    if (status !== 0) {
      const said = lastLines(`${stdout ?? ''}\n${stderr ?? ''}\n${error ? reasonOf(error) : ''}`);
      throw new ServerError(
        `PostgreSQL could not prepare its data folder ${home.data}; initdb said:\n${said}`,
      );
    }
    renameSync(passwordFile, join(draft, 'aftercare.password'));
    renameSync(draft, home.data);
  } catch (error) {
    // Another process of this project may have been faster; its data folder is as good.
    if (existsSync(join(home.data, 'PG_VERSION'))) return;
    if (error instanceof ServerError) throw error;
    throw new ServerError(
      `Cannot prepare the database in ${home.folder}: ${reasonOf(error)}. Run the command as a user who may write there.`,
    );
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

/**
 * The server that runs on this data already, once it answers. A lock file left behind by
 * a killed server is removed when its process number now belongs to something else;
 * PostgreSQL itself clears the others.
 */
export async function findServer(home: Home): Promise<Server | undefined> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const lock = readLock(home);
    if (!lock) {
      clearEmptyLock(home);
      return undefined;
    }
    if (!isAlive(lock.pid)) return undefined;
    if (!runsOn(lock.pid, home.data)) {
      rmSync(join(home.data, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (lock.ready) return { pid: lock.pid, port: lock.port };
    await wait(POLL_MS);
  }
  throw new ServerError(
    `The PostgreSQL server in ${home.data} has not become ready in 60 seconds; see ${home.log}.`,
  );
}

export type Launch = Server | 'port taken' | 'data in use';

/**
 * Starts a server on the data and waits until it answers. It is a process of its own
 * group, so that Ctrl-C in the terminal reaches the app first and the database last.
 */
export async function launch(home: Home, port: number, fsync: boolean): Promise<Launch> {
  const settings = { ...SETTINGS, ...(fsync ? {} : WITHOUT_SAFETY) };
  let log: number;
  try {
    log = openSync(home.log, 'a');
  } catch (error) {
    throw new ServerError(
      `Cannot write ${home.log}: ${reasonOf(error)}. Run the command as the owner of that folder.`,
    );
  }
  const logStart = fstatSync(log).size;
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(home.binaries.postgres, ['-D', home.data, '-p', String(port), ...args], {
    ...home.user,
    cwd: home.user ? '/' : home.folder,
    detached: true,
    stdio: ['ignore', log, log],
  });
  let ended: string | undefined;
  child.once('error', (error) => (ended = reasonOf(error)));
  child.once('exit', (code, signal) => (ended ??= `it ended with ${signal ?? `code ${code}`}`));
  child.unref();
  closeSync(log);

  const deadline = Date.now() + READY_WITHIN_MS;
  while (ended === undefined && Date.now() < deadline) {
    const lock = readLock(home);
    if (lock?.ready && lock.pid === child.pid) return { pid: lock.pid, port };
    await wait(POLL_MS);
  }
  const said = readFileSync(home.log).subarray(logStart).toString('utf8');
  if (/could not bind .*address|Address already in use/i.test(said)) return 'port taken';
  if (/lock file .* (already exists|is empty)|shared memory block .* still in use/i.test(said))
    return 'data in use';
  const reason = ended ?? 'it did not become ready in 60 seconds';
  throw new ServerError(
    `PostgreSQL could not start on ${home.data} (${reason}); its log says:\n${lastLines(said)}`,
  );
}

/** Stops the server that runs on the data, if one does; open connections are closed. */
export async function stopServer(home: Home): Promise<void> {
  const lock = readLock(home);
  if (!lock || !isAlive(lock.pid) || !runsOn(lock.pid, home.data)) return;
  const child = spawn(home.binaries.pgCtl, ['stop', '-D', home.data, '-m', 'fast', '-w', '-t', '30'], {
    ...home.user,
    cwd: home.user ? '/' : home.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      said += reasonOf(error);
      resolve(null);
    });
    child.once('close', resolve);
  });
  if (code !== 0 && isAlive(lock.pid)) {
    throw new ServerError(`PostgreSQL (process ${lock.pid}) did not stop; pg_ctl said:\n${lastLines(said)}`);
  }
}

/** What the lock file says: line 1 the process, line 4 the port, line 8 the state. */
function readLock(home: Home): (Server & { ready: boolean }) | undefined {
  let text: string;
  try {
    text = readFileSync(join(home.data, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ServerError(
      `Cannot read the database in ${home.data}: ${reasonOf(error)}. Run the command as the user it belongs to.`,
    );
  }
  const lines = text.split('\n').map((line) => line.trim());
  // Negative for a single-user server.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!Number.isInteger(pid) || pid === 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7] === 'ready' };
}

/** A machine that died at the wrong moment leaves an empty lock file, which PostgreSQL never clears. */
function clearEmptyLock(home: Home): void {
  const path = join(home.data, 'postmaster.pid');
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.size === 0 && Date.now() - stat.mtimeMs > 2_000) rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process is a server on this data: numbers of dead processes are given out again. */
function runsOn(pid: number, data: string): boolean {
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data);
    } catch {
      return false;
    }
  }
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(
    data,
  );
}
