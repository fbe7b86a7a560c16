import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv.ts';

const read = (text: string, delimiter?: string) =>
  parseCsv(text, { maxRows: 100, ...(delimiter !== undefined && { delimiter }) });

describe('parseCsv', () => {
  it.each([
    ['commas', 'a,b\n1,2\n', ',', [['1', '2']]],
    ['semicolons, with commas inside', 'a;b\n"1,5";2\n', ';', [['1,5', '2']]],
    ['tabs', 'a\tb\n1\t2', '\t', [['1', '2']]],
    ['a delimiter that the file names', 'sep=;\r\na;b,c,d\r\n1;2', ';', [['1', '2']]],
    ['delimiters inside a quoted column name', '"a,b,c";d\n1;2', ';', [['1', '2']]],
    ['quoted line breaks', 'a,b\n"1\r\n2","3\n4"\n', ',', [['1\r\n2', '3\n4']]],
    ['doubled quotation marks', 'a,b\n"say ""so""",""""\n', ',', [['say "so"', '"']]],
    ['a quotation mark inside a plain cell', 'a,b\n5" wide,2\n', ',', [['5" wide', '2']]],
    [
      'old line ends',
      'a,b\r1,2\r3,4',
      ',',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['blank lines', '\n\na,b\n\n1,2\n,\n', ',', [['1', '2']]],
    ['empty cells at both ends', 'a,b,c\n,2,\n', ',', [['', '2', '']]],
  ])('reads %s', (_name, text, delimiter, rows) => {
    const parsed = read(text);
    expect(parsed).toMatchObject({ outcome: 'parsed', delimiter });
    expect(parsed.outcome === 'parsed' && parsed.records.map(({ cells }) => cells)).toEqual(rows);
  });

  it('says on which line of the file a record begins', () => {
    const parsed = read('a,b\n"1\n1",2\n\n3,4\n');
    expect(parsed.outcome === 'parsed' && parsed.records.map(({ line }) => line)).toEqual([2, 5]);
  });

  it.each([
    ['a,b\n1,2\n"3,4\n5,6\n', 3, 'A quotation mark is opened here and never closed.'],
    ['a,b\n"1"x,2\n', 2, 'There is text behind a closing quotation mark.'],
  ])('refuses %j', (text, line, sentence) => {
    expect(read(text)).toEqual({ outcome: 'malformed', line, sentence });
  });

  it('refuses a file without a header, and one with too many rows', () => {
    expect(read('\n \n')).toEqual({ outcome: 'empty' });
    expect(parseCsv('a,b\n1,2\n3,4', { maxRows: 1 })).toEqual({ outcome: 'too_many_rows' });
    expect(parseCsv('a,b\n1,2\n\n', { maxRows: 1 }).outcome).toBe('parsed');
  });

  const cell = fc.string({ unit: fc.constantFrom(...'ab ";,\t|\n\r=é👍') });
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }))
    .map((rows) => rows.filter((cells) => cells.some((text) => text.trim() !== '')));

  it('reads back whatever was written', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), fc.boolean(), (rows, delimiter, windows) => {
        const all = [['first', 'second'], ...rows];
        const text = stringify(all, { delimiter, quoted: true, record_delimiter: windows ? '\r\n' : '\n' });
        const parsed = read(text, delimiter);
        expect(parsed.outcome === 'parsed' && parsed.records.map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  it('reads what another parser reads, quoted only where it must be', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
        const plain = rows.map((cells) => cells.map((text) => text.replaceAll('\r', '')));
        const kept = plain.filter((cells) => cells.some((text) => text.trim() !== ''));
        const text = stringify([['first', 'second'], ...kept], { delimiter });
        const parsed = read(text, delimiter);
        const expected = parse(text, { delimiter, relax_column_count: true }) as string[][];
        expect(parsed.outcome === 'parsed' && parsed.records.map(({ cells }) => cells)).toEqual(
          expected.slice(1),
        );
      }),
    );
  });

  it('never throws, and finds no more records than lines', () => {
    fc.assert(
      fc.property(cell, (text) => {
        const parsed = read(text);
        if (parsed.outcome !== 'parsed') return;
        expect(parsed.records.length).toBeLessThan(text.split(/\r\n|\n|\r/).length);
      }),
    );
  });
});
