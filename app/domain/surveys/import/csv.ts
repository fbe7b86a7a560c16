/**
 * CSV as the tools write it (RFC 4180): any of four delimiters, quoted cells with line breaks, every line end. A
 * parser of our own, because the rules import nothing; its tests hold it to another one.
 */

export interface CsvRecord {
  /** The line of the file on which the record begins, counted from 1. */
  line: number;
  cells: string[];
}

export type CsvOutcome =
  | { outcome: 'parsed'; delimiter: string; header: string[]; records: CsvRecord[] }
  | { outcome: 'empty' | 'too_many_rows' }
  | { outcome: 'malformed'; line: number; sentence: string };

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** A first line "sep=;" by which spreadsheets say their delimiter. */
const SEPARATOR_LINE = /^sep=([,;\t|])(\r\n|\n|\r)/i;

/**
 * The records of `text`, the first as the header. Blank lines count as lines and are no records. A quotation mark
 * inside a cell that does not begin with one is text; text behind a closing mark is an error, as is a missing one.
 * @param options.delimiter found from the header when it is not given
 */
export function parseCsv(text: string, options: { maxRows: number; delimiter?: string }): CsvOutcome {
  const said = SEPARATOR_LINE.exec(text);
  const from = said?.[0].length ?? 0;
  const delimiter = options.delimiter ?? said?.[1] ?? findDelimiter(text);
  const reader = { text, delimiter, at: from, line: said ? 2 : 1 };
  let header: string[] | null = null;
  const records: CsvRecord[] = [];
  while (reader.at < text.length) {
    const { line } = reader;
    const cells = readRecord(reader);
    if (typeof cells === 'string') return { outcome: 'malformed', line, sentence: cells };
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (header === null) header = cells.map((cell) => cell.trim());
    else if (records.length === options.maxRows) return { outcome: 'too_many_rows' };
    else records.push({ line, cells });
  }
  return header ? { outcome: 'parsed', delimiter, header, records } : { outcome: 'empty' };
}

interface Reader {
  text: string;
  delimiter: string;
  at: number;
  line: number;
}

/** The cells up to the end of the record, or what is wrong with it. */
function readRecord(reader: Reader): string[] | string {
  const { text, delimiter } = reader;
  const cells: string[] = [];
  for (;;) {
    const cell = text[reader.at] === '"' ? readQuoted(reader) : readPlain(reader);
    if (cell === null) return 'A quotation mark is opened here and never closed.';
    cells.push(cell);
    const next = text[reader.at];
    if (next === delimiter) {
      reader.at += 1;
      continue;
    }
    if (next === undefined) return cells;
    if (next !== '\n' && next !== '\r') return 'There is text behind a closing quotation mark.';
    reader.at += next === '\r' && text[reader.at + 1] === '\n' ? 2 : 1;
    reader.line += 1;
    return cells;
  }
}

function readPlain(reader: Reader): string {
  const { text, delimiter, at } = reader;
  let end = at;
  while (end < text.length) {
    const letter = text[end];
    if (letter === delimiter || letter === '\n' || letter === '\r') break;
    end += 1;
  }
  reader.at = end;
  return text.slice(at, end);
}

/** null: the closing mark is missing. */
function readQuoted(reader: Reader): string | null {
  const { text } = reader;
  const from = reader.at + 1;
  for (let end = text.indexOf('"', from); end !== -1; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] === '"') continue;
    const raw = text.slice(from, end);
    reader.at = end + 1;
    reader.line += raw.match(/\r\n|\n|\r/g)?.length ?? 0;
    return raw.replaceAll('""', '"');
  }
  return null;
}

/** The delimiter that stands most often outside quotation marks in the first record. */
function findDelimiter(text: string): string {
  const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  let seen = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (quoted) continue;
    if (letter === '\n' || letter === '\r') {
      if (seen) break;
      continue;
    }
    seen = true;
    const count = counts.get(letter);
    if (count !== undefined) counts.set(letter, count + 1);
  }
  return DELIMITERS.reduce((best, one) => (counts.get(one)! > counts.get(best)! ? one : best));
}
