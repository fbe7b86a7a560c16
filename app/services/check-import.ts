import { orderOfDates, type DateOrder } from '../domain/surveys/import/dates.ts';
import {
  importMappingSchema,
  mappingProblems,
  type ImportMapping,
} from '../domain/surveys/import/mapping.ts';
import { readFile, type ImportFile } from '../domain/surveys/import/read-file.ts';
import { readRows, type ImportRow } from '../domain/surveys/import/read-rows.ts';
import type { StagedRow } from '../infra/db/imports.repo.server.ts';
import { guestKey, orderKey, tombstoneKey } from './identify-person.ts';
import type { Deps } from './deps.ts';

export type CheckImportOutcome =
  | { outcome: 'refused'; sentence: string }
  | { outcome: 'invalid'; sentences: string[] }
  /** 03/04/2026 can be read in two ways, and nothing in the file says which. */
  | { outcome: 'choose_dates' }
  | { outcome: 'checked'; importId: string };

type CheckDeps = Pick<Deps, 'imports' | 'keyedHash' | 'newId'>;

/** Rows per statement; between two of them others get their turn. */
const CHUNK = 1_000;
const ERRORS_KEPT = 100;
const UNREADABLE = 'The choice of columns could not be read. Choose again.';

/**
 * The dry run: reads the file by the mapping, keeps the rows that can be imported for a day, and notes how many are
 * fine, duplicates, faulty or of erased people. Rows of erased people are not even kept.
 */
export async function checkImport(
  deps: CheckDeps,
  input: { shopId: string; staffId: string; timeZone: string; now: Date; bytes: Uint8Array; mapping: string },
): Promise<CheckImportOutcome> {
  const read = readFile(input.bytes);
  if (read.outcome === 'refused') return read;
  const mapping = parseMapping(input.mapping);
  if (!mapping) return { outcome: 'invalid', sentences: [UNREADABLE] };
  const sentences = mappingProblems(mapping, read.file.header.length);
  if (sentences.length > 0) return { outcome: 'invalid', sentences };
  const dateOrder = mapping.dateOrder ?? foundOrder(read.file, mapping);
  if (dateOrder === null) return { outcome: 'choose_dates' };

  const { shopId, staffId, timeZone, now } = input;
  const columnCount = read.file.header.length;
  const { rows, errors, leftOut } = readRows(read.file.records, mapping, {
    columnCount,
    dateOrder,
    timeZone,
    now,
  });
  const importId = deps.newId();
  await deps.imports.begin(shopId, { id: importId, tool: mapping.tool, staffId });
  let duplicates = 0;
  let erased = 0;
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    const staged = await withoutErased(
      deps,
      shopId,
      chunk.map((row) => stagedRow(deps, shopId, mapping, row)),
    );
    erased += chunk.length - staged.length;
    duplicates += staged.length - (await deps.imports.stage(shopId, importId, staged));
  }
  await deps.imports.finishCheck(shopId, importId, {
    rows: read.file.records.length,
    faulty: errors.length,
    duplicates,
    erased,
    leftOut,
    errors: errors.slice(0, ERRORS_KEPT),
  });
  return { outcome: 'checked', importId };
}

function parseMapping(json: string): ImportMapping | null {
  try {
    return importMappingSchema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

/** null: the merchant has to say, as the dates can be meant in both orders, or neither fits all of them. */
function foundOrder({ records }: ImportFile, { columns }: ImportMapping): DateOrder | null {
  const found = orderOfDates(records.map(({ cells }) => cells[columns.answeredAt ?? -1] ?? ''));
  return found === 'either' || found === 'mixed' ? null : found === 'none' ? 'day_first' : found;
}

/** Without the rows whose person, or whose order, was erased on request. */
async function withoutErased(deps: CheckDeps, shopId: string, rows: StagedRow[]): Promise<StagedRow[]> {
  const erased = await deps.imports.erased(shopId, [...new Set(rows.flatMap(({ marks }) => marks))]);
  return rows.filter(({ marks }) => !marks.some((mark) => erased.has(mark)));
}

function stagedRow(deps: CheckDeps, shopId: string, { tool }: ImportMapping, row: ImportRow): StagedRow {
  const { responseId, question, ...kept } = row;
  const says = [row.email, row.orderRef, row.answeredAt.toISOString(), row.rating, row.comment];
  // One response of a tool may hold answers to several questions.
  const identity = responseId === null ? says : [tool, responseId];
  const answerKey = `import:${deps.keyedHash(JSON.stringify([shopId, ...identity, question]))}`;
  const personKey = row.email === null ? null : guestKey(shopId, row.email, deps.keyedHash);
  const keys = [personKey, row.orderRef === null ? null : orderKey(row.orderRef)];
  const marks = keys.flatMap((key) => (key === null ? [] : tombstoneKey(shopId, key, deps.keyedHash)));
  return { ...kept, answerKey, personKey, marks };
}
