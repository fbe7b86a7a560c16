import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readText, writeText } from './files.ts';
import { olistFolder } from './satisfaction-olist.ts';
import { readTransactions } from './transactions.ts';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = 'customer_id,date,amount\nmüller,2024-01-01,5.00\n';
function fileOf(bytes: Buffer | string, name = 'x.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();
const WIDE = 'it is in UTF-16. Save it as UTF-8 (in Excel: "CSV UTF-8").';
const NO_TEXT = 'it holds no text, as spreadsheets and archives do. Save it as CSV in UTF-8.';

describe('a file that is read', () => {
  it.each([
    ['UTF-8', TEXT],
    ['a byte order mark', `\uFEFF${TEXT}`],
    ['tabs and Windows line ends', TEXT.replaceAll(',', '\t').replaceAll('\n', '\r\n')],
    ['other scripts', TEXT.replace('müller', '山田 Ωμέγα')],
    ['nothing', ''],
  ])('is taken with %s', (_, text) => {
    expect(readText(fileOf(text))).toBe(text);
  });

  it.each([
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), WIDE],
    ['UTF-16 of the other order', bigEndian(`\uFEFF${TEXT}`), WIDE],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le'), WIDE],
    ['UTF-16 of the other order without a mark', bigEndian(TEXT), WIDE],
    ['an archive', gzipSync(TEXT.repeat(50)), NO_TEXT],
    ['a zero among the text', Buffer.from(TEXT.replace('5.00', '5\0')), NO_TEXT],
    [
      'random bytes',
      Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * i * 31 + 7 * i) % 251)),
      NO_TEXT,
    ],
  ])('is refused as %s, and none of its bytes repeated', (_, bytes, problem) => {
    const path = fileOf(bytes);
    const sentence = `${path} cannot be read: ${problem}`;
    expect(() => readText(path)).toThrow(new Error(sentence));
    expect(readTransactions(path)).toEqual({ outcome: 'refused', sentence });
  });

  it('is refused with a sentence where there is none', () => {
    expect(() => readText(join(folder, 'none.csv'))).toThrow('cannot be read: there is no such file.');
    expect(() => readText(folder)).toThrow('cannot be read: it is a folder. Name the file.');
    expect(() => readText(join(fileOf(TEXT), 'y'))).toThrow('a part of its path is a file and no folder.');
  });

  it('of Olist is held to the same', () => {
    fileOf(Buffer.from(TEXT, 'utf16le'), 'wide.csv');
    expect(() => olistFolder(folder)('wide.csv', [])).toThrow(WIDE);
    fileOf('a,b\n1,2,3\n', 'ragged.csv');
    expect(() => olistFolder(folder)('ragged.csv', [])).toThrow(
      /ragged\.csv is no CSV as Olist writes it\.$/,
    );
  });
});

describe('a file that is written', () => {
  it('stands where it was to be', () => {
    writeText(join(folder, 'out.csv'), TEXT);
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe(TEXT);
  });

  it('says what is in its way', () => {
    const missing = join(folder, 'no', 'such');
    expect(() => writeText(join(missing, 'out.csv'), TEXT)).toThrow(
      new Error(
        `${join(missing, 'out.csv')} cannot be written: the folder ${missing} does not exist. Make it first.`,
      ),
    );
    expect(() => writeText(folder, TEXT)).toThrow('cannot be written: it is a folder. Name the file.');
  });
});
