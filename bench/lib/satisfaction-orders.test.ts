import { describe, expect, test } from 'vitest';
import { ORDER_COLUMNS, parseOrders } from './satisfaction-orders.ts';

const HEADER = ORDER_COLUMNS.join(',');
const ROW = 'a1,2026-01-01 10:00:00,2026-01-10,2026-01-02,2026-01-05 12:30:00,2,19.90,4.5,shoes,north,BE,2';
const file = (...rows: string[]) => [HEADER, ...rows].join('\n');
/** The good row with one cell changed. */
const row = (column: (typeof ORDER_COLUMNS)[number], cell: string) =>
  ROW.split(',')
    .map((old, i) => (ORDER_COLUMNS[i] === column ? cell : old))
    .join(',');
const sentence = (text: string) => {
  const parsed = parseOrders(text);
  return parsed.outcome === 'refused' ? parsed.sentence : 'read';
};
const first = (text: string) => {
  const parsed = parseOrders(text);
  if (parsed.outcome === 'refused') throw new Error(parsed.sentence);
  return parsed.deliveries[0]!;
};

const ORDERED_AT = new Date('2026-01-01T10:00:00Z');

describe('a good file', () => {
  test('becomes orders', () => {
    expect(first(file(ROW))).toEqual({
      record: {
        id: 'a1',
        orderedAt: ORDERED_AT,
        promisedAt: new Date('2026-01-10T00:00:00Z'),
        shippedAt: new Date('2026-01-02T00:00:00Z'),
        deliveredAt: new Date('2026-01-05T12:30:00Z'),
        items: 2,
        valueMinor: 1_990,
        freightMinor: 450,
        category: 'shoes',
        seller: 'north',
        region: 'BE',
        parcels: [ORDERED_AT],
      },
      low: true,
    });
  });

  test('columns may stand in any order and among others, with another separator and a mark at the front', () => {
    const columns = [...ORDER_COLUMNS, 'note'].reverse();
    const cells = [...ROW.split(','), 'a; "b"'].reverse().map((cell) => `"${cell.replaceAll('"', '""')}"`);
    const text = `\uFEFF${columns.join(';').toUpperCase()}\r\n${cells.join(';')}\r\n`;
    expect(first(text)).toEqual(first(file(ROW)));
  });

  test.each<[string, string, object]>([
    ['no score: nobody answered', row('score', ''), { low: null }],
    ['3 is not low', row('score', '3'), { low: false }],
    ['a score as statistics programs write it', row('score', '2.0'), { low: true }],
    [
      'two sellers',
      row('seller', 'north|west'),
      { record: expect.objectContaining({ seller: 'north', parcels: [ORDERED_AT, ORDERED_AT] }) },
    ],
    [
      'no seller',
      row('seller', ''),
      { record: expect.objectContaining({ seller: null, parcels: [ORDERED_AT] }) },
    ],
    [
      'not delivered yet',
      row('delivered_at', ''),
      { record: expect.objectContaining({ deliveredAt: null }) },
    ],
    ['no promise', row('promised_at', ''), { record: expect.objectContaining({ promisedAt: null }) }],
    ['no value', row('value', ''), { record: expect.objectContaining({ valueMinor: null }) }],
    [
      'a zone',
      row('shipped_at', '2026-01-02T00:00+02:00'),
      { record: expect.objectContaining({ shippedAt: new Date('2026-01-01T22:00Z') }) },
    ],
  ])('%s', (_, line, expected) => {
    expect(first(file(line))).toMatchObject(expected);
  });

  test('says what is not judged', () => {
    const parsed = parseOrders(
      file(ROW, row('order_id', 'b').replace(/2$/, ''), row('delivered_at', '').replace('a1', 'c')),
    );
    expect(parsed.outcome === 'read' && parsed.remarks).toEqual([
      '3 rows read.',
      '1 row without a score: they count as deliveries and are not judged.',
      '1 row without delivered_at: not judged, and nothing is learned from their scores.',
    ]);
  });
});

describe('a bad file', () => {
  test.each<[string, string, RegExp]>([
    ['empty', '', /The file is empty: it needs the columns order_id, /],
    ['a header alone', HEADER, /has a header and no rows/],
    [
      'columns missing',
      'order_id,score\na,1',
      /Missing in the first row: ordered_at, .* it names order_id, score\./,
    ],
    ['a column twice', `${HEADER},score\n${ROW},1`, /names score twice/],
    ['a quotation mark left open', file('"a1,2'), /Row 2: A quotation mark/],
    ['cells missing', file('a1,2026-01-01'), /^Row 2: it has 2 cells, not 12/],
    ['no id', file(row('order_id', '')), /^Row 2: the order_id is missing/],
    ['no date of the order', file(row('ordered_at', '')), /^Row 2: ordered_at is missing/],
    [
      'a date of another country',
      file(row('promised_at', '10.01.2026')),
      /^Row 2: "10.01.2026" in promised_at is no date/,
    ],
    [
      'a date before 1970',
      file(row('promised_at', '1900-01-01')),
      /^Row 2: promised_at 1900-01-01 lies before 1970 or after 2100\. Correct it\./,
    ],
    [
      'a date after 2100',
      file(row('promised_at', '2201-01-10')),
      /^Row 2: promised_at 2201-01-10 lies before 1970 or after 2100\. Correct it\./,
    ],
    [
      'a day that does not exist',
      file(row('shipped_at', '2026-02-30')),
      /^Row 2: "2026-02-30" in shipped_at is no date/,
    ],
    [
      'an hour that does not exist',
      file(row('shipped_at', '2026-02-03 25:00:00')),
      /^Row 2: "2026-02-03 25:00:00"/,
    ],
    [
      'delivered before it was ordered',
      file(row('delivered_at', '2025-12-31')),
      /^Row 2: delivered_at 2025-12-31 lies before ordered_at 2026-01-01/,
    ],
    ['no items', file(row('items', '0')), /^Row 2: items is "0"/],
    ['half an item', file(row('items', '1.5')), /^Row 2: items is "1.5"/],
    ['an amount in words', file(row('value', '12 EUR')), /^Row 2: "12 EUR" in value/],
    ['a negative amount', file(row('freight', '-1')), /^Row 2: "-1" in freight/],
    ['a score beyond the scale', file(row('score', '6')), /^Row 2: score is "6"/],
    ['a score in words', file(row('score', 'bad')), /^Row 2: score is "bad"/],
    ['an order twice', file(ROW, row('score', '5')), /^Row 3: the order a1 stands in row 2 already/],
  ])('%s', (_, text, expected) => {
    expect(sentence(text)).toMatch(expected);
  });

  test('names ten rows at most, and how many more', () => {
    const rows = Array.from({ length: 13 }, (_, i) => row('score', '9').replace('a1', `a${i}`));
    const lines = sentence(file(...rows)).split('\n');
    expect(lines[0]).toBe('13 rows are at fault.');
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe('  … and 3 more.');
  });

  test('a row behind a cell with line breaks has the number of its line', () => {
    const text = file(row('category', '"two\nlines"'), row('score', '9').replace('a1', 'b'));
    expect(sentence(text)).toMatch(/^Row 4: score is "9"/);
  });
});
