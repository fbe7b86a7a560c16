import { z } from 'zod';
import type { Deps } from './deps.ts';

export type StartImportOutcome = { outcome: 'started' | 'gone' };

/** Hands a checked import to the worker; `gone` = it was started or discarded before, or is older than a day. */
export async function startImport(
  deps: Pick<Deps, 'imports' | 'producer'>,
  { shopId, importId }: { shopId: string; importId: string },
): Promise<StartImportOutcome> {
  if (!z.uuid().safeParse(importId).success) return { outcome: 'gone' };
  if (!(await deps.imports.start(shopId, importId))) return { outcome: 'gone' };
  await deps.producer.enqueue([{ name: 'answers.import', payload: { shopId, importId } }]);
  return { outcome: 'started' };
}
