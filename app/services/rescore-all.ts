import type { Deps } from './deps.ts';

/** Marks every customer of the shop to be scored again by the next tick, e.g. after the rules changed. */
export async function rescoreAll(
  deps: Pick<Deps, 'upkeep'>,
  { shopId }: { shopId: string },
): Promise<{ outcome: 'queued'; customers: number }> {
  return { outcome: 'queued', customers: await deps.upkeep.rescoreAll(shopId) };
}
