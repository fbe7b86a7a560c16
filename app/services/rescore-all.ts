import type { Deps } from './deps.ts';

/** Has every customer of the shop scored again from the next tick on, e.g. after the rules changed. */
export async function rescoreAll(
  deps: Pick<Deps, 'upkeep'>,
  { shopId }: { shopId: string },
): Promise<{ outcome: 'queued'; customers: number }> {
  return { outcome: 'queued', customers: await deps.upkeep.rescoreAll(shopId) };
}
