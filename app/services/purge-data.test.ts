import { describe, expect, it } from 'vitest';
import { purgeData } from './purge-data.ts';

/** Rows that are left of each kind; a kind in `broken` cannot be deleted. */
function world(left: Record<string, number>, broken: string[] = []) {
  const errors: unknown[] = [];
  const batches: number[] = [];
  const deps = {
    upkeep: {
      async purgeExpired(kind: string, limit: number) {
        if (broken.includes(kind)) throw new Error('canceling statement due to statement timeout');
        const deleted = Math.min(limit, left[kind] ?? 0);
        left[kind] = (left[kind] ?? 0) - deleted;
        batches.push(deleted);
        return deleted;
      },
    },
    imports: { purgeExpired: async () => 4 },
    log: { info: () => undefined, error: (facts: unknown) => void errors.push(facts) },
  };
  return { deps: deps as never, left, errors, batches };
}

describe('purgeData', () => {
  it('goes on in batches until nothing is left', async () => {
    const { deps, batches } = world({ siteEvents: 2_500, siteDays: 1_000 });
    expect(await purgeData(deps, {})).toEqual({
      ...{ bodies: 0, links: 0, uploads: 0, siteDays: 1_000, siteEvents: 2_500, importRows: 4 },
    });
    expect(Math.max(...batches)).toBe(1_000);
  });

  it.each(['bodies', 'links', 'uploads', 'siteDays', 'siteEvents'])(
    'deletes the rest when %s cannot be, and fails with its name',
    async (broken) => {
      const all = { bodies: 1, links: 1, uploads: 1, siteDays: 1, siteEvents: 1 };
      const { deps, left, errors } = world({ ...all }, [broken]);
      await expect(purgeData(deps, {})).rejects.toThrow(`Expired data could not be deleted (${broken})`);
      expect(left).toEqual({ bodies: 0, links: 0, uploads: 0, siteDays: 0, siteEvents: 0, [broken]: 1 });
      expect(errors).toMatchObject([{ kind: broken }]);
    },
  );
});
