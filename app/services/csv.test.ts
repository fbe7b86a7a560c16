import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvText, guardFormula } from './csv.ts';

it.each([
  ['=1+1', "'=1+1"],
  ['+49 30 1', "'+49 30 1"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =cmd', "'  =cmd"],
  ['\t=cmd', "'\t=cmd"],
  ['\rx', "'\rx"],
  ['\uff1d1', "'\uff1d1"],
  ['Anna-Lena', 'Anna-Lena'],
  ['a@example.com', 'a@example.com'],
  ['', ''],
])('guards %j', (cell, expected) => {
  expect(guardFormula(cell)).toBe(expected);
});

it('gives back every cell of any table, except for the apostrophe of the guard', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1, maxLength: 5 }), (lines) => {
      const read = parse(csvText(lines), {
        relax_column_count: true,
        skip_empty_lines: false,
        record_delimiter: '\r\n',
      }) as string[][];
      expect(read).toEqual(lines.map((cells) => cells.map(guardFormula)));
      expect(read.flat().some((cell) => /^[=+\-@]/.test(cell))).toBe(false);
    }),
  );
});

it('leaves numbers alone', () => {
  expect(csvText([[-5, 'a"b']])).toBe('-5,"a""b"\r\n');
});
