import type { ImportMapping } from '#app/domain/surveys/import/mapping.ts';
import { checkImport } from '#app/services/check-import.ts';
import { readImport } from '#app/services/read-import.ts';
import { startImport } from '#app/services/start-import.ts';
import type { LineHarness } from '#tests/fakes/line.ts';

/** What staff do on the page of imports; columns are recognised, ratings are NPS unless told. */

export const HEADER = 'email,order,score,comment,date,response id\n';

/** Of Ada by address and by order, of a stranger, a row twice, and one that is off the scale. */
export const FILE = `${HEADER}ADA@example.com,,9,Lovely wool,2026-02-01,r1
,#1001,3,Late,2026-01-01,r2
stranger@example.com,,7,Fine,2026-02-02,r3
ada@example.com,,9,Lovely wool,2026-02-01,r1
ada@example.com,,12,Too good,2026-02-01,r5
`;

export async function check(
  line: LineHarness,
  text: string,
  change: Partial<ImportMapping> = {},
  shopId = line.shopId,
) {
  const bytes = new TextEncoder().encode(text);
  const read = readImport(bytes);
  if (read.outcome !== 'read') throw new Error(read.sentence);
  const mapping = JSON.stringify({ ...read.mapping, measures: 'nps', ...change });
  const now = await line.deps.clock.now();
  return checkImport(line.deps, { shopId, staffId: '1', timeZone: 'UTC', now, bytes, mapping });
}

/** @returns the id of an import that waits to be started */
export async function checked(...input: Parameters<typeof check>): Promise<string> {
  const outcome = await check(...input);
  if (outcome.outcome !== 'checked') throw new Error(JSON.stringify(outcome));
  return outcome.importId;
}

/** Checked, started and run to its end. */
export async function run(...input: Parameters<typeof check>): Promise<string> {
  const [line] = input;
  const importId = await checked(...input);
  const started = await startImport(line.deps, { shopId: line.shopId, importId });
  if (started.outcome !== 'started') throw new Error('The import was gone.');
  await line.settle();
  return importId;
}

export const view = async (line: LineHarness, importId: string) =>
  (await line.deps.admin.imports(line.shopId)).find(({ id }) => id === importId)!;
