import type { ExpiredKind } from '../infra/db/upkeep.repo.server.ts';
import type { Deps } from './deps.ts';

/** Rows of one statement: a few seconds of work at most, and locks that nobody waits long for. */
const BATCH = 1_000;

type Purged = Record<ExpiredKind | 'importRows', number>;

/**
 * Deletes what is kept for a limited time only: raw bodies after 30 days, long-expired links, rows of imports, files that
 * no answer names a day after they came, visits to the store after 24 months, and hashes of their events after a day.
 * What fails keeps none of the others from being deleted.
 * @returns rows deleted of each kind
 * @throws Error that names what is still there; the next turn tries again
 */
export async function purgeData(
  deps: Pick<Deps, 'upkeep' | 'imports' | 'log'>,
  _input: object,
): Promise<Purged> {
  const purged: Purged = { bodies: 0, links: 0, uploads: 0, siteDays: 0, siteEvents: 0, importRows: 0 };
  const failed: string[] = [];
  for (const kind of Object.keys(purged) as (keyof Purged)[]) {
    try {
      let deleted;
      do {
        deleted = await purge(deps, kind);
        purged[kind] += deleted;
      } while (kind !== 'importRows' && deleted === BATCH);
    } catch (err) {
      failed.push(kind);
      deps.log.error({ err, kind }, 'Expired data could not be deleted; the next turn tries again.');
    }
  }
  deps.log.info(purged, 'Expired data was deleted.');
  if (failed.length > 0)
    throw new Error(`Expired data could not be deleted (${failed.join(', ')}): see the log.`);
  return purged;
}

const purge = (deps: Pick<Deps, 'upkeep' | 'imports'>, kind: keyof Purged): Promise<number> =>
  kind === 'importRows' ? deps.imports.purgeExpired() : deps.upkeep.purgeExpired(kind, BATCH);
