import type { Deps } from './deps.ts';

/**
 * Deletes what is kept for a limited time only: raw bodies after 30 days, long-expired links, rows of imports, files that
 * no answer names a day after they came.
 */
export async function purgeData(
  deps: Pick<Deps, 'upkeep' | 'imports' | 'log'>,
  _input: object,
): Promise<{ bodies: number; links: number; uploads: number; importRows: number }> {
  const importRows = await deps.imports.purgeExpired();
  const purged = { ...(await deps.upkeep.purgeExpired()), importRows };
  deps.log.info(purged, 'Expired data was deleted.');
  return purged;
}
