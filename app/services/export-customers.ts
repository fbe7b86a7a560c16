import { stringify } from 'csv-stringify/sync';
import { decimalFromMinor } from '../domain/core/money.ts';
import type { CustomerFilter } from '../infra/db/reads/customers.read.server.ts';
import type { CustomerRow } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';

const PAGE_SIZE = 500;

const COLUMNS = [
  'First name',
  'Last name',
  'E-mail',
  'Health',
  'Health band',
  'Main reason',
  'Value at risk (rule)',
  'Currency',
  'Tier',
  'Orders',
  'Last order',
  'Open case',
];

/** The customers of a filter as CSV text, page by page, so that 100,000 of them never stand in memory. */
export async function* exportCustomers(
  deps: Pick<Deps, 'admin'>,
  input: { shopId: string; currency: string; filter: CustomerFilter },
): AsyncGenerator<string> {
  // Excel takes a file for UTF-8 only with the mark in front.
  yield `\ufeff${csvText([COLUMNS])}`;
  let after: string | null = null;
  do {
    const page: { rows: CustomerRow[]; after: string | null } = await deps.admin.customers(
      input.shopId,
      input.filter,
      { after },
      PAGE_SIZE,
    );
    if (page.rows.length > 0) yield csvText(page.rows.map((row) => cellsOf(row, input.currency)));
    after = page.after;
  } while (after);
}

function cellsOf(row: CustomerRow, currency: string): (string | number)[] {
  return [
    row.firstName ?? '',
    row.lastName ?? '',
    row.email ?? '',
    row.band === null ? '' : (row.health ?? ''),
    row.band ?? 'not enough data',
    row.mainReason ?? '',
    Number(decimalFromMinor(row.valueAtRiskMinor, currency)),
    currency,
    row.tier,
    row.orderCount,
    row.lastOrderAt ?? '',
    row.openCase ? `#${row.openCase.number}` : '',
  ];
}

/** Lines of CSV (RFC 4180, CRLF) whose text cells no spreadsheet takes for a formula. */
export function csvText(lines: (string | number)[][]): string {
  const guarded = lines.map((cells) =>
    cells.map((cell) => (typeof cell === 'string' ? guardFormula(cell) : cell)),
  );
  return stringify(guarded, { record_delimiter: 'windows' });
}

/**
 * Names come from shoppers. A cell that begins with = + - @ or a control character (also behind
 * blanks) would be run as a formula by Excel or Sheets; an apostrophe in front makes it text.
 */
export function guardFormula(cell: string): string {
  return /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u.test(cell) ? `'${cell}` : cell;
}
