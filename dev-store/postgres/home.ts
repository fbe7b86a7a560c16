/**
 * Where the server's data lives and as whom it runs. PostgreSQL refuses to run as root,
 * so root lends it an unprivileged user; where that user cannot enter the project's
 * folder, programs and data move to a fixed folder of this project under /var/tmp.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { copiedBinaries, packagedBinaries, type Binaries } from './binaries.ts';
import { ServerError, reasonOf } from './errors.ts';

/** undefined = the user who runs this process. */
export type ServerUser = { uid: number; gid: number } | undefined;

export interface Home {
  binaries: Binaries;
  /** Folder of data and log. */
  folder: string;
  data: string;
  log: string;
  /** Inside the data, so that both appear and disappear together. */
  password: string;
  user: ServerUser;
}

/** File in the data root that names the folder used instead of it. */
const LOCATION_FILE = 'location';

/**
 * Finds (and makes, where missing) the home of the server that belongs to `dataRoot`.
 * @throws ServerError when a folder cannot be written or no user may run the server.
 */
export function openHome(dataRoot: string): Home {
  const root = resolve(dataRoot);
  makeFolder(root);
  const packaged = packagedBinaries();
  const user = unprivilegedUser(join(root, 'postgres'));
  if (!user) return homeIn(root, packaged, undefined);
  if (mayEnter(root, user) && runs(packaged, user)) return homeIn(root, packaged, user);

  const outside = folderOutside(root);
  makeFolder(outside);
  refuseForeign(outside);
  writeFileSync(join(root, LOCATION_FILE), `${outside}\n`);
  return homeIn(
    outside,
    copiedBinaries(packaged, outside),
    unprivilegedUser(join(outside, 'postgres')) ?? user,
  );
}

/** The folders that hold anything of the server of `dataRoot`; nothing is created. */
export function homeFolders(dataRoot: string): string[] {
  const root = resolve(dataRoot);
  const location = join(root, LOCATION_FILE);
  if (!existsSync(location)) return [root];
  // The name is computed, never taken from the file: what is in it could be any folder.
  return [root, folderOutside(root)];
}

function homeIn(folder: string, binaries: Binaries, user: ServerUser): Home {
  return {
    binaries,
    folder,
    data: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    password: join(folder, 'postgres', 'aftercare.password'),
    user,
  };
}

function folderOutside(root: string): string {
  const base = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const project = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 12);
  return join(base, `aftercare-${project}`);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new ServerError(
      `Cannot create the folder ${folder} for the embedded database: ${reasonOf(error)}. ` +
        'Run the command as a user who may write there.',
    );
  }
}

/** /var/tmp is open to all: whoever made the folder first could swap the programs in it. */
function refuseForeign(folder: string): void {
  const stat = lstatSync(folder);
  if (stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0) return;
  throw new ServerError(
    `The folder ${folder} is needed for the embedded database, but it was made by someone else. ` +
      'Delete it and run the command again.',
  );
}

/** For root: the owner of existing data, else the system's postgres or nobody user. */
function unprivilegedUser(data: string): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(data)) {
    const owner = statSync(data);
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // This system has no such user; the next name may do.
    }
  }
  throw new ServerError(
    'PostgreSQL refuses to run as root, and this system has neither a "postgres" nor a "nobody" user. ' +
      'Run the command as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}

/** Whether the user may walk down to the folder. */
function mayEnter(folder: string, user: { uid: number; gid: number }): boolean {
  for (let path = realpathSync(folder); ; path = dirname(path)) {
    const stat = statSync(path);
    const shift = stat.uid === user.uid ? 6 : stat.gid === user.gid ? 3 : 0;
    if (((stat.mode >> shift) & 0o1) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** Whether the user may start the programs; also proves that their libraries load. */
function runs(binaries: Binaries, user: { uid: number; gid: number }): boolean {
  const may = (program: string) => spawnSync(program, ['--version'], { ...user, cwd: '/' }).status === 0;
  return may(binaries.postgres) && may(binaries.initdb);
}

/** The password of the server's superuser, made with the data. @throws ServerError when it cannot be read. */
export function readPassword(home: Home): string {
  try {
    return readFileSync(home.password, 'utf8').trim();
  } catch (error) {
    throw new ServerError(
      `Cannot read ${home.password}: ${reasonOf(error)}. If the database in ${home.folder} belongs to another user, ` +
        'run the command as that user; otherwise delete the folder and run it again.',
    );
  }
}
