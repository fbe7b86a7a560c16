import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepSecrets, makeFolder, writePrivate } from './state-file.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'aftercare-state-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('keeps the secrets of a folder, for its owner alone', () => {
  const file = join(folder, 'data', 'demo.json');
  const secrets = keepSecrets(file);
  expect(keepSecrets(file)).toEqual(secrets);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('says in a sentence that a folder cannot be made or written, and what to do', () => {
  const file = join(folder, 'data');
  writeFileSync(file, 'no folder');
  const sentence = /data.* cannot be written \((EEXIST|ENOTDIR)\).*Run it as the owner/;
  expect(() => makeFolder(join(file, 'logs'))).toThrow(sentence);
  expect(() => writePrivate(join(file, 'demo.json'), '')).toThrow(sentence);
});
