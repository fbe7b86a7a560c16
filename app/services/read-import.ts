import { readFile } from '../domain/surveys/import/read-file.ts';
import type { ImportMapping } from '../domain/surveys/import/mapping.ts';
import { detectTool, suggestMapping } from '../domain/surveys/import/tools.ts';

export type ReadImportOutcome =
  | { outcome: 'refused'; sentence: string }
  | {
      outcome: 'read';
      header: string[];
      /** The first rows, as cells. */
      sample: string[][];
      rows: number;
      mapping: ImportMapping;
      /** By column: its few distinct values, for the choice of a question. Columns with many have none. */
      values: string[][];
    };

const SAMPLE_ROWS = 3;
const LONGEST_SAMPLE = 120;
/** Questions that are offered to choose from; a column with more values asks none. */
const MOST_VALUES = 40;

/** What a file seems to be: its columns, the tool they come from and how to read it. Nothing is stored. */
export function readImport(bytes: Uint8Array): ReadImportOutcome {
  const read = readFile(bytes);
  if (read.outcome === 'refused') return read;
  const { header, records } = read.file;
  const short = (cell: string | undefined) => (cell ?? '').slice(0, LONGEST_SAMPLE);
  return {
    outcome: 'read',
    header,
    sample: records.slice(0, SAMPLE_ROWS).map(({ cells }) => header.map((_, index) => short(cells[index]))),
    rows: records.length,
    mapping: suggestMapping(detectTool(header), header),
    values: header.map((_, index) => distinct(records, index)),
  };
}

function distinct(records: { cells: string[] }[], index: number): string[] {
  const values = new Set<string>();
  for (const { cells } of records) {
    const value = (cells[index] ?? '').trim();
    if (value.length > 500) return [];
    if (value !== '') values.add(value);
    if (values.size > MOST_VALUES) return [];
  }
  return [...values];
}
