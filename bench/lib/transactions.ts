/** Purchase logs as analysts keep them, read row by row; what is wrong is said with its row. */
import { minorFromDecimal } from '#app/domain/core/money.ts';
import { parseCsv, type CsvRecord } from '#app/domain/surveys/import/csv.ts';
import { readText } from './files.ts';

export interface Transaction {
  customerId: string;
  /** Whole days since 1970-01-01, of the date as it is written. */
  day: number;
  /** In hundredths, never negative; null: the row names no amount. */
  amountMinor: number | null;
}

export interface TransactionLog {
  /** In the order of the file. */
  transactions: Transaction[];
  /** What was read and what was left out, for people. */
  remarks: string[];
}

export type TransactionsOutcome =
  | ({ outcome: 'read' } & TransactionLog)
  /** `sentence` may have several lines, one for each row at fault. */
  | { outcome: 'refused'; sentence: string };

interface Layout {
  format: string;
  columns: Record<(typeof COLUMNS)[number], number> & Partial<Record<(typeof OPTIONAL)[number], number>>;
  /** Cells that each row must have. */
  width: number;
  records: CsvRecord[];
}

const COLUMNS = ['customer_id', 'date', 'amount'] as const;
/** Understood where the file has them. */
const OPTIONAL = ['currency', 'test', 'staff'] as const;
const YES = new Set(['true', 'yes', '1']);
const NO = new Set(['false', 'no', '0', '']);
const FAULTS_SHOWN = 10;
const DAY_MS = 86_400_000;
const MASTER_HEADER = /^\s*customer_id\s+date\s+number_of_cds\s+dollar_value\s*$/;
/** CDNOW without a header: one or two ids, the date, the number of CDs, dollars. */
const CDNOW_ROW = /^\s*\d+(\s+\d+)?\s+\d{8}\s+\d+\s+\d+(\.\d+)?\s*$/;

/** Reads a file of purchases; see `parseTransactions`. A file that cannot be opened is refused with the reason. */
export function readTransactions(path: string): TransactionsOutcome {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  const parsed = parseTransactions(text);
  return parsed.outcome === 'read' ? parsed : refused(`${path}: ${parsed.sentence}`);
}

/**
 * Purchases from CSV (a header with customer_id, date, amount among its columns; comma, semicolon or tab) or from
 * CDNOW's own blank-separated files. Dates are YYYY-MM-DD, a time behind them is ignored, or YYYYMMDD. A row with an
 * amount of 0 is a purchase; one with a negative amount is a refund or a correction, no purchase, and left out with a
 * remark; one without an amount is a purchase of unknown value. Columns that may be there: with `currency` amounts in
 * another than the most frequent one are unknown values, and rows with a yes under `test` or `staff` are left out. Rows
 * that are the same in every cell are counted, with a remark. Anything else that is wrong refuses the file.
 */
export function parseTransactions(file: string): TransactionsOutcome {
  const text = file.replace(/^\uFEFF/, '');
  const layout = cdnowLayout(text) ?? csvLayout(text);
  if (typeof layout === 'string') return refused(layout);
  const transactions: Transaction[] = [];
  const faults: string[] = [];
  const count = { negative: 0, zero: 0, unknown: 0, foreign: 0, test: 0, staff: 0, same: 0 };
  const seen = new Set<string>();
  const currency = usualCurrency(layout);
  for (const record of layout.records) {
    const row = readRow(record, layout);
    if (typeof row === 'string') faults.push(`Row ${record.line}: ${row}`);
    else if (row.test) count.test += 1;
    else if (row.staff) count.staff += 1;
    else if (row.amountMinor !== null && row.amountMinor < 0) count.negative += 1;
    else {
      const cells = JSON.stringify(record.cells.map((cell) => cell.trim()));
      if (seen.has(cells)) count.same += 1;
      seen.add(cells);
      const foreign = row.currency !== currency;
      const amountMinor = foreign ? null : row.amountMinor;
      transactions.push({ customerId: row.customerId, day: row.day, amountMinor });
      if (foreign) count.foreign += 1;
      else if (amountMinor === 0) count.zero += 1;
      else if (amountMinor === null) count.unknown += 1;
    }
  }
  if (faults.length > 0) return refused(faultsOf(faults));
  const remarks = [
    `${layout.format}: ${rowsOf(layout.records.length)} read.`,
    count.negative > 0 &&
      `${rowsOf(count.negative)} with a negative amount left out: refunds and corrections are no purchases.`,
    count.zero > 0 && `${rowsOf(count.zero)} with an amount of 0 counted as purchases.`,
    count.unknown > 0 && `${rowsOf(count.unknown)} without an amount counted as purchases of unknown value.`,
    count.foreign > 0 &&
      `${rowsOf(count.foreign)} not in ${currency} counted as purchases of unknown value: amounts are not converted.`,
    count.test > 0 && `${rowsOf(count.test)} of test orders left out.`,
    count.staff > 0 && `${rowsOf(count.staff)} of orders by staff left out.`,
    count.same > 0 &&
      `${rowsOf(count.same)} ${count.same === 1 ? 'is' : 'are'} the same as another row; each was counted: take out what is doubled.`,
  ];
  return { outcome: 'read', transactions, remarks: remarks.filter((remark) => remark !== false) };
}

/** Whole days since 1970-01-01 of YYYY-MM-DD or YYYYMMDD, whatever time stands behind; null for what is no date. */
export function dayOf(text: string): number | null {
  const [, year, month, day] =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // Date.UTC takes years of two digits for those of the last century.
  const exists =
    date.getUTCFullYear() === Number(year) &&
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day);
  return exists ? date.getTime() / DAY_MS : null;
}

const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

/** Whether a shop can have sold on a day; others are slips of the pen, and make centuries of history. */
export const isUsualDay = (day: number): boolean =>
  day >= 0 && new Date(day * DAY_MS).getUTCFullYear() <= LAST_YEAR;
export const UNUSUAL = `lies before ${FIRST_YEAR} or after ${LAST_YEAR}. Correct it.`;

/** Counted rows, as text. */
export const rowsOf = (count: number) => (count === 1 ? '1 row' : `${count} rows`);

const refused = (sentence: string) => ({ outcome: 'refused' as const, sentence });

function cdnowLayout(text: string): Layout | null {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '');
  const header = MASTER_HEADER.test(lines[first] ?? '');
  if (!header && !CDNOW_ROW.test(lines[first] ?? '')) return null;
  const records = lines.flatMap((line, index) =>
    line.trim() === '' || (header && index === first)
      ? []
      : [{ line: index + 1, cells: line.trim().split(/\s+/) }],
  );
  // The sample has two ids, of the whole cohort and its own; the second is the one that results are quoted by.
  const width = header ? 4 : (records[0]?.cells.length ?? 0);
  const id = width - 4;
  return {
    format: header ? 'CDNOW with a header' : `CDNOW without a header, ${width} columns`,
    columns: { customer_id: id, date: id + 1, amount: id + 3 },
    width,
    records,
  };
}

/** @returns a sentence for what is no such file */
function csvLayout(text: string): Layout | string {
  const parsed = parseCsv(text, { maxRows: Infinity });
  if (parsed.outcome === 'malformed') return `Row ${parsed.line}: ${parsed.sentence}`;
  if (parsed.outcome !== 'parsed')
    return 'The file is empty: it needs the columns customer_id, date and amount.';
  const header = parsed.header.map((name) => name.toLowerCase());
  const missing = COLUMNS.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    const [columns, are] = missing.length === 1 ? ['column', 'is'] : ['columns', 'are'];
    return (
      `The ${columns} ${missing.join(', ')} ${are} missing. The first row must name customer_id, date and amount; ` +
      `it names ${parsed.header.join(', ')}.`
    );
  }
  const twice = [...COLUMNS, ...OPTIONAL].find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice) return `The first row names ${twice} twice: which one counts? Take the other out.`;
  if (parsed.records.length === 0) return 'The file has a header and no rows.';
  const [customer_id, date, amount] = COLUMNS.map((name) => header.indexOf(name)) as [number, number, number];
  return {
    format: 'CSV',
    columns: {
      ...{ customer_id, date, amount },
      ...Object.fromEntries(
        OPTIONAL.flatMap((name) => (header.includes(name) ? [[name, header.indexOf(name)]] : [])),
      ),
    },
    width: header.length,
    records: parsed.records,
  };
}

/** The currency of most rows, the first by name where several are as frequent; '' where the file names none. */
function usualCurrency({ records, columns }: Layout): string {
  const { currency } = columns;
  if (currency === undefined) return '';
  const byName = Map.groupBy(records, ({ cells }) => (cells[currency] ?? '').trim().toUpperCase());
  const names = [...byName.keys()].sort();
  return names.reduce((best, name) => (byName.get(name)!.length > byName.get(best)!.length ? name : best));
}

interface Row extends Transaction {
  currency: string;
  test: boolean;
  staff: boolean;
}

/** @returns a sentence for what is wrong with the row */
function readRow({ cells }: CsvRecord, { columns, width }: Layout): Row | string {
  if (cells.length !== width)
    return `it has ${cells.length} cells, not ${width}. Quote cells that hold separators.`;
  const cell = (name: keyof Layout['columns']) => cells[columns[name] ?? -1]?.trim() ?? '';
  for (const name of ['test', 'staff'] as const) {
    const said = cell(name).toLowerCase();
    if (!YES.has(said) && !NO.has(said)) return `"${cell(name)}" under ${name} is neither true nor false.`;
  }
  const [customerId, date, amount] = [cell('customer_id'), cell('date'), cell('amount')];
  if (customerId === '') return 'the customer_id is missing.';
  if (date === '') return 'the date is missing.';
  const day = dayOf(date);
  if (day === null) return `"${date}" is no date. Write it as YYYY-MM-DD.`;
  if (!isUsualDay(day)) return `the date ${date} ${UNUSUAL}`;
  const said = {
    currency: cell('currency').toUpperCase(),
    test: YES.has(cell('test').toLowerCase()),
    staff: YES.has(cell('staff').toLowerCase()),
  };
  if (amount === '') return { customerId, day, amountMinor: null, ...said };
  const amountMinor = minorFromDecimal(amount, '');
  if (amountMinor === null) {
    return `"${amount}" is no amount. Write it with a decimal point, without currency or thousands separators.`;
  }
  return { customerId, day, amountMinor, ...said };
}

function faultsOf(faults: string[]): string {
  if (faults.length === 1) return faults[0]!;
  const more = faults.length - FAULTS_SHOWN;
  const shown = faults.slice(0, FAULTS_SHOWN).map((fault) => `  ${fault}`);
  return [
    `${rowsOf(faults.length)} are at fault.`,
    ...shown,
    ...(more > 0 ? [`  … and ${more} more.`] : []),
  ].join('\n');
}
