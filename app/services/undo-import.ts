import { z } from 'zod';
import type { Deps } from './deps.ts';

export type UndoImportOutcome = { outcome: 'undoing' | 'gone' };

/** Takes a whole import back: the worker deletes its answers and has their customers scored again. */
export async function undoImport(
  deps: Pick<Deps, 'imports' | 'producer'>,
  { shopId, importId }: { shopId: string; importId: string },
): Promise<UndoImportOutcome> {
  if (!z.uuid().safeParse(importId).success) return { outcome: 'gone' };
  if (!(await deps.imports.undo(shopId, importId))) return { outcome: 'gone' };
  await deps.producer.enqueue([{ name: 'answers.import', payload: { shopId, importId } }]);
  return { outcome: 'undoing' };
}
