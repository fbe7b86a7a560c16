/** Files of analysts, read and written with a sentence for what goes wrong. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Looked at to tell text from what is none. */
const LOOKED_AT = 65_536;
const LEAST_SHARE = 0.3;
const MOST_CONTROLS = 0.01;

/**
 * The text of a file in UTF-8.
 * @throws Error with a sentence, which never holds what stands in the file
 */
export function readText(path: string): string {
  const bytes = readBytes(path);
  const problem = notUtf8(bytes);
  if (problem) throw new Error(`${path} cannot be read: ${problem}`);
  return bytes.toString('utf8');
}

/** @throws Error with a sentence */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const missing = `the folder ${dirname(path)} does not exist. Make it first.`;
    throw new Error(`${path} cannot be written: ${reasonOf(error, missing)}`, { cause: error });
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`${path} cannot be read: ${reasonOf(error, 'there is no such file.')}`, { cause: error });
  }
}

function reasonOf(error: unknown, missing: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  switch (code) {
    case 'ENOENT':
      return missing;
    case 'EISDIR':
      return 'it is a folder. Name the file.';
    case 'ENOTDIR':
      return 'a part of its path is a file and no folder.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'you may not. Change its permissions or choose another place.';
    case 'ENOSPC':
      return 'the disk is full.';
    default:
      return `the system answers ${code}.`;
  }
}

/** Why bytes are no text in UTF-8 that a table may be read from, as a sentence; null: they may be. */
export function notUtf8(bytes: Buffer): string | null {
  const wide = 'it is in UTF-16. Save it as UTF-8 (in Excel: "CSV UTF-8").';
  const start = bytes.subarray(0, 2).toString('hex');
  if (start === 'fffe' || start === 'feff') return wide;
  const seen = bytes.subarray(0, LOOKED_AT);
  const zeros = [0, 0];
  let controls = 0;
  seen.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]! += 1;
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) controls += 1;
  });
  // Letters of the West in UTF-16: every other byte is 0.
  const [even, odd] = zeros.map((count) => count / Math.max(1, seen.length / 2)) as [number, number];
  if (Math.max(even, odd) > LEAST_SHARE && Math.min(even, odd) < MOST_CONTROLS) return wide;
  return zeros[0]! + zeros[1]! > 0 || controls > MOST_CONTROLS * seen.length
    ? 'it holds no text, as spreadsheets and archives do. Save it as CSV in UTF-8.'
    : null;
}
