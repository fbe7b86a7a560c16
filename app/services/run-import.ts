import type { Deps } from './deps.ts';

/** Rows of one transaction: short enough that nobody waits long for a customer's lock. */
const BATCH = 250;

/**
 * Imports an import's rows, or takes its answers back, batch by batch until nothing is left. A row goes in the
 * transaction that stores its answer: run twice, or cut off anywhere, it ends the same.
 */
export async function runImport(
  deps: Pick<Deps, 'imports' | 'newId'>,
  { shopId, importId }: { shopId: string; importId: string },
): Promise<{ outcome: string }> {
  for (;;) {
    const ids = Array.from({ length: BATCH }, () => deps.newId());
    const status = await deps.imports.step(shopId, importId, ids);
    if (status !== 'running' && status !== 'undoing') return { outcome: status ?? 'not_found' };
  }
}
