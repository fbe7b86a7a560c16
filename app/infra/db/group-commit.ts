/** Items in one statement unless told otherwise. */
const MAX_ITEMS = 40;
/** Beyond so many a hanging database must not fill the memory with what waits for it. */
const MAX_WAITING = 2_000;
/** Statements under way at once: with more the groups get smaller and the database has more commits to make. */
const MAX_IN_FLIGHT = 2;

/**
 * Lets items that arrive while the database is busy share one statement and one commit.
 * An item that finds the database idle goes at once, alone: grouping adds no wait, it only
 * uses the wait that is there. Each caller resolves after its own statement committed.
 * @param write gets 1..maxItems items and returns one result per item, in their order; a promise that rejects is one
 * item's failure
 * @param options.gather what comes in the same turn of the event loop goes together, too: for items that one
 * process hands out, many at once
 */
export function groupCommit<Item, Result>(
  write: (items: Item[]) => Promise<(Result | Promise<Result>)[]>,
  { maxItems = MAX_ITEMS, gather = false }: { maxItems?: number; gather?: boolean } = {},
) {
  interface Waiting {
    item: Item;
    resolve: (result: Result | Promise<Result>) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let inFlight = 0;

  async function run(batch: Waiting[]) {
    inFlight += 1;
    try {
      const results = await write(batch.map((entry) => entry.item));
      batch.forEach((entry, index) => entry.resolve(results[index] as Result));
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    } finally {
      inFlight -= 1;
      next();
    }
  }

  function next() {
    while (waiting.length > 0 && inFlight < MAX_IN_FLIGHT) {
      const batch = waiting.slice(0, maxItems);
      waiting = waiting.slice(maxItems);
      void run(batch);
    }
  }

  return (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (waiting.length >= MAX_WAITING) {
        reject(new Error(`The database is too slow: ${MAX_WAITING} items wait for it already.`));
        return;
      }
      waiting.push({ item, resolve, reject });
      if (!gather) next();
      else if (waiting.length === 1) setImmediate(next);
    });
}

/**
 * Runs `work` once per group, e.g. per shop, all groups at once: one's failure is no other's.
 * @param options.apart when a group fails, each of its items is done by itself: for work that may be repeated
 * @returns for each item the result of its group, or a promise that rejects, once all groups have ended
 */
export async function perGroup<Item, Result>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  work: (group: [Item, ...Item[]]) => Promise<Result>,
  { apart = false }: { apart?: boolean } = {},
): Promise<Promise<Result>[]> {
  const together = new Map(
    [...Map.groupBy(items, keyOf)].map(([key, group]) => [
      key,
      { size: group.length, result: work(group as [Item, ...Item[]]) },
    ]),
  );
  const results = items.map((item) => {
    const { size, result } = together.get(keyOf(item))!;
    return apart && size > 1 ? result.catch(() => work([item])) : result;
  });
  await Promise.allSettled(results);
  return results;
}
