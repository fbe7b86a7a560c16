import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o600 });
    chmodSync(file, 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `${file} cannot be written (${code}): the demo keeps its data there, so it needs write permission.`,
      { cause: error },
    );
  }
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
