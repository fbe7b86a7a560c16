import { stringify } from 'csv-stringify/sync';

/** A spreadsheet's cell: text, or a number that it may compute with. */
export type CsvCell = string | number;

/**
 * A file of CSV text, page by page, so that 100,000 rows never stand in memory.
 * @param read the rows behind `after` (null: from the beginning), and where the next page begins
 */
export async function* csvFile<Row>(
  columns: CsvCell[],
  read: (after: string | null) => Promise<{ rows: Row[]; after: string | null }>,
  cellsOf: (row: Row) => CsvCell[],
): AsyncGenerator<string> {
  // Excel takes a file for UTF-8 only with the mark in front.
  yield `\ufeff${csvText([columns])}`;
  let after: string | null = null;
  do {
    const page = await read(after);
    if (page.rows.length > 0) yield csvText(page.rows.map(cellsOf));
    after = page.after;
  } while (after);
}

/** Lines of CSV (RFC 4180, CRLF) whose text cells no spreadsheet takes for a formula. */
export function csvText(lines: CsvCell[][]): string {
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
