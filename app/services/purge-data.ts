import type { Deps } from './deps.ts';

/** Deletes what is kept for a limited time only: raw bodies after 30 days, long-expired links. */
export async function purgeData(
  deps: Pick<Deps, 'upkeep' | 'log'>,
  _input: object,
): Promise<{ bodies: number; links: number }> {
  const purged = await deps.upkeep.purgeExpired();
  deps.log.info(purged, 'Expired data was deleted.');
  return purged;
}
