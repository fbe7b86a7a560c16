import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Secrets made for this folder; they open nothing but the demo. */
export interface DemoSecrets {
  apiKey: string;
  apiSecret: string;
  tokenKeys: string;
  hashKey: string;
}

interface DemoState {
  secrets: DemoSecrets;
}

/** The secrets kept in `.data/demo.json`, made on the first run: tokens in the database are encrypted with them. */
export function keepSecrets(file: string): DemoSecrets {
  const kept = read(file);
  if (kept) return kept.secrets;
  const secrets: DemoSecrets = {
    apiKey: randomBytes(16).toString('hex'),
    apiSecret: randomBytes(32).toString('hex'),
    tokenKeys: `k1:${randomBytes(32).toString('base64')}`,
    hashKey: randomBytes(32).toString('hex'),
  };
  writePrivate(file, `${JSON.stringify({ secrets } satisfies DemoState, null, 2)}\n`);
  return secrets;
}

/** Only the owner may read it. @throws Error with a sentence when the folder may not be written. */
export function writePrivate(file: string, text: string): void {
  makeFolder(dirname(file));
  try {
    writeFileSync(file, text, { mode: 0o600 });
    chmodSync(file, 0o600);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Makes a folder and those above it. @throws Error with a sentence when that is not possible. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function unwritable(path: string, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  return new Error(
    `${path} cannot be written (${code}): the demo keeps its data there. ` +
      'Run it as the owner of that folder, or from a copy of the project that you own.',
    { cause: error },
  );
}

function read(file: string): DemoState | null {
  if (!existsSync(file)) return null;
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as Partial<DemoState>;
    return state.secrets?.hashKey ? { secrets: state.secrets } : null;
  } catch {
    // Cut off by a kill while it was written: with new secrets the play simply begins again.
    return null;
  }
}
