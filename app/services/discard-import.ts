import { z } from 'zod';
import type { Deps } from './deps.ts';

/** Drops an import that was checked and not started, with its rows. */
export async function discardImport(
  deps: Pick<Deps, 'imports'>,
  { shopId, importId }: { shopId: string; importId: string },
): Promise<{ outcome: 'discarded' | 'gone' }> {
  const known = z.uuid().safeParse(importId).success && (await deps.imports.discard(shopId, importId));
  return { outcome: known ? 'discarded' : 'gone' };
}
