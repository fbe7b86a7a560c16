import { describe, expect, it, test } from 'vitest';
import { dayOf, parseTransactions, readTransactions } from './transactions.ts';

const CSV = 'customer_id,date,amount\n';

function read(text: string) {
  const parsed = parseTransactions(text);
  if (parsed.outcome !== 'read') throw new Error(parsed.sentence);
  return parsed;
}

function refusal(text: string): string {
  const parsed = parseTransactions(text);
  if (parsed.outcome !== 'refused') throw new Error('It was read.');
  return parsed.sentence;
}

describe('parseTransactions', () => {
  const two = [
    { customerId: 'a', day: 0, amountMinor: 1250 },
    { customerId: 'b', day: 31, amountMinor: 300 },
  ];

  it.each([
    ['commas', 'customer_id,date,amount\na,1970-01-01,12.50\nb,1970-02-01,3\n'],
    ['semicolons', 'customer_id;date;amount\na;1970-01-01;12.50\nb;1970-02-01;3'],
    [
      'Windows line ends and a byte order mark',
      '\uFEFFcustomer_id,date,amount\r\na,1970-01-01,12.50\r\nb,1970-02-01,3\r\n',
    ],
    ['quoted cells', '"customer_id","date","amount"\n"a","1970-01-01","12.50"\n"b","1970-02-01","3.00"\n'],
    [
      'other columns, in another order',
      'Amount,note,Date,CUSTOMER_ID\n12.5,"x, y",1970-01-01,a\n3,,1970-02-01,b\n',
    ],
    ['times, which are ignored', CSV + 'a,1970-01-01T23:59:00-05:00,12.50\nb,1970-02-01 08:00,3\n'],
    ['dates without dashes, blanks and blank lines', CSV + '\n a , 19700101 , 12.50\n\nb,19700201,3\n\n'],
    [
      "CDNOW's header",
      ' customer_id  date number_of_cds  dollar_value\n a 19700101  1   12.50\n b 19700201  9   3.00\n',
    ],
    [
      "CDNOW's master without its header",
      ' 00001 19700101  1   12.50\r\n 00002 19700201  2  3.00\r\n',
      ['00001', '00002'],
    ],
    [
      "CDNOW's sample, by its own ids",
      ' 00004 0001 19700101  2   12.50\n 00021 0002 19700201  3  3.00\n',
      ['0001', '0002'],
    ],
  ])('reads %s', (_name, text, ids = ['a', 'b']) => {
    expect(read(text).transactions).toEqual(two.map((one, index) => ({ ...one, customerId: ids[index] })));
  });

  it('keeps free and unvalued purchases, leaves refunds out, and counts all of them', () => {
    const { transactions, remarks } = read(
      `${CSV}a,1970-01-02,0\na,1970-01-03,-5.00\na,1970-01-04,\na,1970-01-05,-0.00\nb,1970-01-05,-1\n`,
    );
    expect(transactions.map(({ day, amountMinor }) => [day, amountMinor])).toEqual([
      [1, 0],
      [3, null],
      [4, 0],
    ]);
    expect(remarks).toEqual([
      'CSV: 5 rows read.',
      '2 rows with a negative amount left out: refunds and corrections are no purchases.',
      '2 rows with an amount of 0 counted as purchases.',
      '1 row without an amount counted as purchases of unknown value.',
    ]);
  });

  it('leaves test orders and those of staff out, and knows no value in another currency', () => {
    const { transactions, remarks } = read(
      [
        'customer_id,date,amount,currency,test,staff',
        'a,1970-01-01,12.50,eur,,',
        'a,1970-01-02,3.00,EUR,false,no',
        'a,1970-01-03,900,JPY,0,0',
        'a,1970-01-03,-900,JPY,0,0',
        'a,1970-01-04,5,EUR,TRUE,',
        'b,1970-01-05,6,EUR,,yes',
      ].join('\n'),
    );
    expect(transactions).toEqual([
      { customerId: 'a', day: 0, amountMinor: 1250 },
      { customerId: 'a', day: 1, amountMinor: 300 },
      { customerId: 'a', day: 2, amountMinor: null },
    ]);
    expect(remarks).toEqual([
      'CSV: 6 rows read.',
      '1 row with a negative amount left out: refunds and corrections are no purchases.',
      '1 row not in EUR counted as purchases of unknown value: amounts are not converted.',
      '1 row of test orders left out.',
      '1 row of orders by staff left out.',
    ]);
    expect(refusal('customer_id,date,amount,staff\na,1970-01-01,1,maybe\n')).toBe(
      'Row 2: "maybe" under staff is neither true nor false.',
    );
  });

  it('counts rows that are the same as another one, and says so', () => {
    const twice = `${CSV}a,1970-01-01,5.00\nb,1970-01-01,5.00\na, 1970-01-01,5.00\n`;
    expect(read(twice).transactions).toHaveLength(3);
    const words = 'the same as another row; each was counted: take out what is doubled.';
    expect(read(twice).remarks).toEqual(['CSV: 3 rows read.', `1 row is ${words}`]);
    expect(read(`${twice}a,1970-01-01,5.00\na,1970-01-01,6\nb,1970-01-02,5.00\n`).remarks).toContain(
      `2 rows are ${words}`,
    );
    // Two orders of one day and one amount, told apart by their numbers; refunds are left out anyway.
    const numbered = 'order,customer_id,date,amount\n1,a,1970-01-01,5\n2,a,1970-01-01,5\n3,a,1970-01-02,-5\n';
    expect(read(`${numbered}3,a,1970-01-02,-5\n`).remarks.join(' ')).not.toContain('same');
  });

  it.each([
    ['an empty file', '', 'The file is empty: it needs the columns customer_id, date and amount.'],
    ['blank lines', '\n \r\n', 'The file is empty: it needs the columns customer_id, date and amount.'],
    ['a header alone', CSV, 'The file has a header and no rows.'],
    [
      'a missing column',
      'customer_id,day,amount\na,1970-01-01,1\n',
      'The column date is missing. The first row must name customer_id, date and amount; it names customer_id, day, amount.',
    ],
    [
      'no header',
      'a,1970-01-01,1\n',
      'The columns customer_id, date, amount are missing. The first row must name customer_id, date and amount; it names a, 1970-01-01, 1.',
    ],
    [
      'a column named twice',
      'customer_id,date,amount,amount\na,1970-01-01,1,2\n',
      'The first row names amount twice: which one counts? Take the other out.',
    ],
    [
      'a date that does not exist',
      `${CSV}a,1970-02-30,1\n`,
      'Row 2: "1970-02-30" is no date. Write it as YYYY-MM-DD.',
    ],
    [
      'another order of the date',
      `${CSV}\na,31/01/1970,1\n`,
      'Row 3: "31/01/1970" is no date. Write it as YYYY-MM-DD.',
    ],
    [
      'a date before 1970',
      `${CSV}a,1970-01-01,1\na,1969-12-31,1\n`,
      'Row 3: the date 1969-12-31 lies before 1970 or after 2100. Correct it.',
    ],
    [
      'a date after 2100',
      `${CSV}a,2100-12-31,1\na,2101-01-01,1\n`,
      'Row 3: the date 2101-01-01 lies before 1970 or after 2100. Correct it.',
    ],
    [
      'a year of two digits',
      `${CSV}a,0024-05-01,1\n`,
      'Row 2: "0024-05-01" is no date. Write it as YYYY-MM-DD.',
    ],
    ['no date', `${CSV}a,,1\n`, 'Row 2: the date is missing.'],
    ['no customer', `${CSV}a,1970-01-01,1\n ,1970-01-01,1\n`, 'Row 3: the customer_id is missing.'],
    [
      'an amount with a currency',
      `${CSV}a,1970-01-01,$5\n`,
      'Row 2: "$5" is no amount. Write it with a decimal point, without currency or thousands separators.',
    ],
    [
      'an amount with an unquoted comma',
      `${CSV}a,1970-01-01,1,200.00\n`,
      'Row 2: it has 4 cells, not 3. Quote cells that hold separators.',
    ],
    [
      'an open quotation mark',
      `${CSV}a,1970-01-01,1\n"b,1970-01-01,2\n`,
      'Row 3: A quotation mark is opened here and never closed.',
    ],
    [
      "a broken row of CDNOW's",
      ' 00001 19700101  1   12.50\n 00002 19700101  1\n',
      'Row 2: it has 3 cells, not 4. Quote cells that hold separators.',
    ],
  ])('refuses %s', (_name, text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  it('names the first rows at fault, by the line they begin on, and counts the rest', () => {
    const good = '"a\n1",1970-01-01,1\n';
    const sentence = refusal(CSV + good + 'x,never,1\n'.repeat(12)).split('\n');
    expect(sentence[0]).toBe('12 rows are at fault.');
    expect(sentence[1]).toBe('  Row 4: "never" is no date. Write it as YYYY-MM-DD.');
    expect(sentence).toHaveLength(12);
    expect(sentence.at(-1)).toBe('  … and 2 more.');
  });
});

test.each([
  ['1970-01-01', 0],
  ['1969-12-31', -1],
  ['2000-02-29', 11016],
  ['20000229', 11016],
  ['1900-02-29', null],
  ['0099-03-01', null],
  ['0000-00-00', null],
  ['1970-1-1', null],
  ['1970-01-01x', null],
  ['', null],
])('the day of %j is %j', (text, day) => {
  expect(dayOf(text)).toBe(day);
});

test('a file that cannot be opened is refused', () => {
  expect(readTransactions('/no/such/file.csv')).toEqual({
    outcome: 'refused',
    sentence: '/no/such/file.csv cannot be read: there is no such file.',
  });
  expect(readTransactions(import.meta.dirname)).toMatchObject({
    sentence: expect.stringContaining('it is a folder'),
  });
});
