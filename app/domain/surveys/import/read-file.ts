import { storable } from '../clean-text.ts';
import { parseCsv, type CsvRecord } from './csv.ts';

export const MAX_IMPORT_BYTES = 5 * 1024 * 1024;
export const MAX_IMPORT_ROWS = 50_000;
const MAX_COLUMNS = 200;

export interface ImportFile {
  delimiter: string;
  header: string[];
  records: CsvRecord[];
}

export type ReadFileOutcome =
  { outcome: 'read'; file: ImportFile } | { outcome: 'refused'; sentence: string };

const refused = (sentence: string): ReadFileOutcome => ({ outcome: 'refused', sentence });

/** An uploaded file as a table, or the sentence why it is none. */
export function readFile(bytes: Uint8Array): ReadFileOutcome {
  if (bytes.length === 0) return refused('The file is empty. Export it again and choose the new file.');
  if (bytes.length > MAX_IMPORT_BYTES)
    return refused('The file is larger than 5 MB. Split it into several files and import them one by one.');
  // A workbook or any other archive.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return refused('This is a workbook, not a CSV file. Save it as CSV (UTF-8) and choose that file.');
  const parsed = parseCsv(storable(decode(bytes)), { maxRows: MAX_IMPORT_ROWS });
  switch (parsed.outcome) {
    case 'empty':
      return refused('The file has no header line. Export it again with the column names in the first line.');
    case 'too_many_rows':
      return refused('The file has more than 50,000 rows. Split it and import the parts one by one.');
    case 'malformed':
      return refused(
        `Line ${parsed.line} is no valid CSV: ${parsed.sentence} Correct it, or export the file again.`,
      );
    default:
  }
  const { delimiter, header, records } = parsed;
  if (header.length < 2 || header.length > MAX_COLUMNS)
    return refused('The first line does not name columns. Export the file as CSV with its column names.');
  if (records.length === 0)
    return refused('The file has column names and no rows: there is nothing to import.');
  return { outcome: 'read', file: { delimiter, header, records } };
}

/** UTF-8 and UTF-16 by their marks, else UTF-8 if it is that, else the Windows code page of old spreadsheets. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
