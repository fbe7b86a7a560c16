import { describe, expect, it } from 'vitest';
import { importMappingSchema, mappingProblems, type ImportMapping } from './mapping.ts';
import { readFile } from './read-file.ts';
import { readRows } from './read-rows.ts';
import { detectTool, suggestMapping } from './tools.ts';

const now = new Date('2026-03-02T09:00:00Z');

function readAll(text: string, change: Partial<ImportMapping> = {}) {
  const read = readFile(new TextEncoder().encode(text));
  if (read.outcome !== 'read') throw new Error(read.sentence);
  const { header, records } = read.file;
  const mapping = { ...suggestMapping(detectTool(header), header), ...change };
  expect(importMappingSchema.parse(mapping)).toEqual(mapping);
  const about = { columnCount: header.length, dateOrder: 'day_first' as const, timeZone: 'UTC', now };
  return { mapping, problems: mappingProblems(mapping, header.length), ...readRows(records, mapping, about) };
}

const when = '2026-01-05T10:00:00Z';

/** One made-up row in the shape of each tool's export. */
const SHAPES: [string, string, Partial<ImportMapping>, object][] = [
  [
    'delighted',
    `Response ID,Survey Type,Person Email,Person Name,Score,Comment,Permalink,Responded At
d-1,NPS,Mia@Example.com,Mia,9,"Soft, and
warm",https://example.com/p,2026-01-05 10:00:00 UTC`,
    {},
    {
      email: 'mia@example.com',
      metric: 'nps',
      rating: 9,
      route: 'high',
      comment: 'Soft, and\nwarm',
      responseId: 'd-1',
    },
  ],
  [
    'retently',
    `Email;First Name;Campaign Name;Score;Score Category;Feedback;Feedback Date
mia@example.com;Mia;Winter;6;Detractor;Late again;05.01.2026 10:00`,
    {},
    { email: 'mia@example.com', metric: 'nps', rating: 6, route: 'low', comment: 'Late again' },
  ],
  [
    'knocommerce',
    `Response ID,Survey Title,Question Title,Answer Value,Customer Email,Order Number,Is New Customer,Created At
k-1,After buying,How was buying?,4,mia@example.com,#1001,true,${when}`,
    {},
    { orderRef: '1001', metric: 'csat_purchase', rating: 4, route: 'middle', question: 'How was buying?' },
  ],
  [
    'fairing',
    `id,question_id,question,response,other_response,email,order_id,response_provided_at
f-1,77,How easy was it to buy?,5,,mia@example.com,9007199254740993111,${when}`,
    { measures: 'csat_purchase' },
    { orderRef: '9007199254740993111', rating: 5, route: 'high', responseId: 'f-1', comment: null },
  ],
  [
    'zigpoll',
    `Poll Title\tSlide Title\tParticipant ID\tEmail\tResponse\tCreated At
Delivery\tHow was the delivery?\tp-1\tmia@example.com\t2/5\t${when}`,
    { measures: 'csat_delivery' },
    { email: 'mia@example.com', metric: 'csat_delivery', rating: 2, route: 'low' },
  ],
  [
    'other',
    `E-Mail,Bestellung,Stars,Text,Timestamp
mia@example.com,1001,3,Fine,1767607200`,
    { measures: 'csat_product' },
    { email: 'mia@example.com', metric: 'csat_product', rating: 3, comment: 'Fine' },
  ],
];

describe('a file in the shape of', () => {
  it.each(SHAPES)('%s', (tool, text, change, expected) => {
    const { mapping, problems, rows, errors } = readAll(`\uFEFF${text}`, change);
    expect(mapping.tool).toBe(tool);
    expect(problems).toEqual([]);
    expect(errors).toEqual([]);
    expect(rows).toEqual([expect.objectContaining(expected)]);
    expect(rows[0]!.answeredAt.toISOString()).toBe(new Date(when).toISOString());
    expect(rows[0]!.line).toBe(2);
  });
});

describe('a row', () => {
  const HEADER = 'email,order,rating,kind,answered at\n';
  const columns = {
    ...{ email: 0, order: 1, rating: 2, metric: 3, answeredAt: 4 },
    ...{ comment: null, responseId: null, question: null },
  };
  const one = (row: string, change: Partial<ImportMapping> = {}) =>
    readAll(HEADER + row, { columns, measures: 'nps', ...change });

  it.each([
    ['not-an-address,,9,,2026-01-05', 'The e-mail address is not one.'],
    ['a@b.c,,,,2026-01-05', 'The rating is empty.'],
    ['a@b.c,,11,,2026-01-05', 'The rating is not a whole number from 0 to 10.'],
    ['a@b.c,,-1,,2026-01-05', 'The rating is not a whole number from 0 to 10.'],
    ['a@b.c,,8.5,,2026-01-05', 'The rating is not a whole number from 0 to 10.'],
    ['a@b.c,,4/5,,2026-01-05', 'The rating is not a whole number from 0 to 10.'],
    ['a@b.c,,good,,2026-01-05', 'The rating is not a whole number from 0 to 10.'],
    ['a@b.c,,9,,', 'The date of the answer is empty.'],
    ['a@b.c,,9,,soon', 'The date of the answer is none that can be read.'],
    ['a@b.c,,9,,2026-03-02T09:00:01Z', 'The date of the answer lies in the future.'],
    ['a@b.c,,9,,2026-01-05,more', 'The row has more cells than the file has columns.'],
  ])('%s: %s', (row, sentence) => {
    expect(one(row)).toMatchObject({ rows: [], errors: [{ line: 2, sentence }] });
  });

  it.each(['9', '9.0', '9,0', '9/10', '9 out of 10'])('has the rating %j', (rating) => {
    expect(one(`a@b.c,,"${rating}",,2026-01-05`).rows).toMatchObject([{ rating: 9 }]);
  });

  it('may name nobody, and names an order in several ways', () => {
    const refs = ['', '#1001', ' 1001 ', 'gid://shopify/Order/5001', '#EU-7'].map(
      (order) => one(`,${order},9,,2026-01-05`).rows[0]!.orderRef,
    );
    expect(refs).toEqual([null, '1001', '1001', '5001', 'eu-7']);
  });

  it('turns an effort scale whose high end is easy', () => {
    const effort = { measures: 'ces_support' } as const;
    expect(one('a@b.c,,7,,2026-01-05', effort).rows).toMatchObject([{ rating: 7, route: 'low' }]);
    expect(one('a@b.c,,7,,2026-01-05', { ...effort, easyIs: 'high' }).rows).toMatchObject([
      { rating: 1, route: 'high' },
    ]);
    expect(one('a@b.c,,0,,2026-01-05', effort).errors).toHaveLength(1);
    expect(one('a@b.c,,9,,2026-01-05', { easyIs: 'high' }).rows).toMatchObject([{ rating: 9 }]);
  });

  it.each([
    ['NPS', 'nps'],
    ['net_promoter_score', 'nps'],
    ['CSAT', 'csat_delivery'],
    ['csat_product', 'csat_product'],
    ['CES', 'other'],
    ['thumbs', 'other'],
  ])('whose column says %s measures %s', (word, metric) => {
    const change = { measures: 'column', csatAs: 'csat_delivery' } as const;
    expect(one(`a@b.c,,3,${word},2026-01-05`, change).rows).toMatchObject([{ metric }]);
  });

  it('of another question is left out', () => {
    const change = { columns: { ...columns, question: 3 }, question: 'How?' };
    expect(one('a@b.c,,9,How?,2026-01-05\na@b.c,,x,Why?,x', change)).toMatchObject({
      rows: [{ question: 'How?' }],
      errors: [],
      leftOut: 1,
    });
  });
});

describe('a mapping', () => {
  it('says all that is missing', () => {
    const nothing = suggestMapping('other', ['x', 'y']);
    expect(mappingProblems({ ...nothing, measures: 'column', question: 'q' }, 2)).toHaveLength(5);
    expect(mappingProblems({ ...nothing, columns: { ...nothing.columns, rating: 2 } }, 2)).toContain(
      'A chosen column is not in this file. Choose the columns again.',
    );
  });

  it('takes no column twice', () => {
    const { columns } = suggestMapping('other', ['email', 'order', 'score', 'date', 'id', 'comment']);
    const taken = Object.values(columns).filter((index) => index !== null);
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('of a file that fits no tool is of no tool', () => {
    expect(detectTool(['email', 'score', 'comment', 'date', 'question', 'response id'])).toBe('other');
  });
});

describe('readFile', () => {
  const refusal = (bytes: Uint8Array) => {
    const read = readFile(bytes);
    return read.outcome === 'refused' ? read.sentence : null;
  };
  const text = (content: string) => new TextEncoder().encode(content);

  it.each([
    ['nothing', text(''), /is empty/],
    ['too much', new Uint8Array(5 * 1024 * 1024 + 1), /larger than 5 MB/],
    ['a workbook', text('PK\u0003\u0004'), /workbook/],
    ['blank lines', text('\n\n'), /no header/],
    ['one column', text('email\na@b.c'), /does not name columns/],
    ['no rows', text('a,b\n'), /no rows/],
    ['a broken quotation', text('a,b\n"1,2'), /^Line 2 is no valid CSV: .*never closed/],
    ['50,001 rows', text(`a,b\n${'1,2\n'.repeat(50_001)}`), /more than 50,000 rows/],
  ])('refuses %s', (_name, bytes, sentence) => {
    expect(refusal(bytes)).toMatch(sentence);
  });

  it('reads the code pages of spreadsheets', () => {
    const cell = (bytes: Uint8Array) => {
      const read = readFile(bytes);
      return read.outcome === 'read' && read.file.records[0]!.cells[1];
    };
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...Array.from('a,b\n1,ü').flatMap((one) => [one.charCodeAt(0), 0]),
    ]);
    expect(cell(text('\uFEFFa,b\n1,ü'))).toBe('ü');
    expect(cell(utf16)).toBe('ü');
    expect(cell(Uint8Array.from([...text('a,b\n1,'), 0xfc]))).toBe('ü');
  });
});
