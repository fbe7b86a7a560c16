/** Items in one statement unless told otherwise. */
const MAX_ITEMS = 40;
/** Beyond so many a hanging database must not fill the memory with what waits for it. */
const MAX_WAITING = 2_000;
/** Statements under way at once per key: with more the groups get smaller and the database has more commits to make. */
const MAX_IN_FLIGHT = 2;

export interface GroupOptions<Item> {
  maxItems?: number;
  /** Items of one key share statements, e.g. of one shop: what holds one key up, or fails there, is no other's. */
  keyOf?: (item: Item) => string;
  /** What comes in the same turn of the event loop goes together, too: for items that one process hands out, many at once. */
  gather?: boolean;
  /** When a group fails, each of its items is written by itself: for what may be written twice. */
  apart?: boolean;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Lets items that arrive while the database is busy share one statement and one commit.
 * An item that finds the database idle goes at once (with `gather` at the end of the turn): grouping
 * adds no wait, it uses the wait that is there. Each caller resolves after its own statement committed.
 * @param write gets 1..maxItems items of one key and returns one result per item, in their order
 */
export function groupCommit<Item, Result>(
  write: (items: [Item, ...Item[]]) => Promise<Result[]>,
  { maxItems = MAX_ITEMS, keyOf = () => '', gather = false, apart = false }: GroupOptions<Item> = {},
) {
  type Entry = Waiting<Item, Result>;
  const queues = new Map<string, { waiting: Entry[]; inFlight: number }>();
  let waitingInAll = 0;

  async function run(batch: [Entry, ...Entry[]]): Promise<void> {
    try {
      const results = await write(batch.map(({ item }) => item) as [Item, ...Item[]]);
      batch.forEach((entry, index) => entry.resolve(results[index]!));
    } catch (error) {
      if (apart && batch.length > 1) await Promise.all(batch.map((entry) => run([entry])));
      else for (const entry of batch) entry.reject(error);
    }
  }

  function next(key: string) {
    const queue = queues.get(key);
    if (!queue) return;
    while (queue.waiting.length > 0 && queue.inFlight < MAX_IN_FLIGHT) {
      const batch = queue.waiting.splice(0, maxItems) as [Entry, ...Entry[]];
      waitingInAll -= batch.length;
      queue.inFlight += 1;
      void run(batch).then(() => {
        queue.inFlight -= 1;
        next(key);
      });
    }
    if (queue.waiting.length === 0 && queue.inFlight === 0) queues.delete(key);
  }

  return (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (waitingInAll >= MAX_WAITING) {
        reject(new Error(`The database is too slow: ${MAX_WAITING} items wait for it already.`));
        return;
      }
      const key = keyOf(item);
      const queue = queues.get(key) ?? { waiting: [], inFlight: 0 };
      queues.set(key, queue);
      queue.waiting.push({ item, resolve, reject });
      waitingInAll += 1;
      if (!gather) next(key);
      else if (queue.waiting.length === 1) setImmediate(next, key);
    });
}
