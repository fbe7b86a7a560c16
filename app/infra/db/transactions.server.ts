import pLimit from 'p-limit';
import type { Pool, PoolClient } from 'pg';
import { AppError } from '../../domain/core/app-error.ts';
import { saveChanges, type NewActions, type SavedEvent } from './changes.repo.server.ts';
import { groupCommit } from './group-commit.ts';
import { withTransaction } from './pool.server.ts';

/** One transaction of the line, handed to services without naming the driver. */
export type Transaction = PoolClient;

/**
 * Does something about several items of one shop in one transaction. It waits so long for its locks; null = for ever.
 * @returns one result per item, in their order; `alone` for one that cannot be done together with the others
 */
export type SharedWork<Item, Result> = (
  shopId: string,
  transaction: Transaction,
  items: readonly Item[],
  patienceMs: number | null,
) => Promise<(Result | 'alone')[]>;

export interface Transactions {
  run<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * Does something about one item, in one transaction with all items of the shop for which the same work is asked at
   * the same time, each once. What cannot be done together, or what is in a transaction that fails, is done alone.
   * @throws AppError 'customer_merged' (retryable) when it cannot be done alone either; whatever the work throws
   */
  share<Item extends { id: string }, Result extends object>(
    work: SharedWork<Item, Result>,
    shopId: string,
    item: Item,
  ): Promise<Result>;
  /** Saves what events about different orders and customers change, with the events themselves. */
  save(
    shopId: string,
    transaction: Transaction,
    now: Date,
    events: readonly SavedEvent[],
  ): Promise<NewActions>;
}

/** Items in one transaction: enough to share its cost, few enough to hold their locks for milliseconds. */
const MAX_SHARED = 100;
/** How long several items wait for their locks, all in all; a person's own work takes milliseconds. */
const PATIENCE_MS = 500;
/** Items that wait alone, for as long as it takes, hold no more connections than this. */
const ALONE_AT_ONCE = 4;

export function createTransactions(pool: Pool): Transactions {
  const groups = new WeakMap<object, (item: Shared) => Promise<Ended>>();
  const inLine = pLimit(ALONE_AT_ONCE);
  return {
    run: (work) => withTransaction(pool, work),

    async share<Item extends { id: string }, Result extends object>(
      work: SharedWork<Item, Result>,
      shopId: string,
      item: Item,
    ) {
      const add = groups.get(work) ?? groupOf(pool, work as SharedWork<never, object>);
      groups.set(work, add);
      const ended = await add({ shopId, item });
      if ('result' in ended && ended.result !== 'alone') return ended.result as Result;
      if ('error' in ended && ended.items === 1) throw ended.error;
      const [alone = 'alone'] = await inLine(() =>
        withTransaction(pool, (client) => work(shopId, client, [item], null)),
      );
      if (alone !== 'alone') return alone;
      const merged = 'The customer was merged or erased while this waited; it is tried again.';
      throw new AppError('customer_merged', merged, { retryable: true });
    },

    save: (shopId, transaction, now, events) => saveChanges(transaction, shopId, now, events),
  };
}

interface Shared {
  shopId: string;
  item: { id: string };
}
type Ended = { result: object | 'alone' } | { error: unknown; items: number };

/** Collects the items of one kind of work. */
function groupOf(pool: Pool, work: SharedWork<never, object>) {
  return groupCommit(
    async (group: [Shared, ...Shared[]]): Promise<Ended[]> => {
      // The same twice, from two jobs: the second looks at what the first has left.
      const firsts = new Map<string, Shared>();
      for (const entry of group) if (!firsts.has(entry.item.id)) firsts.set(entry.item.id, entry);
      const items = [...firsts.values()].map(({ item }) => item) as never[];
      try {
        const results = await withTransaction(pool, (client) =>
          work(group[0].shopId, client, items, PATIENCE_MS),
        );
        const byEntry = new Map([...firsts.values()].map((entry, index) => [entry, results[index]!]));
        return group.map((entry) => ({ result: byEntry.get(entry) ?? 'alone' }));
      } catch (error) {
        return group.map(() => ({ error, items: group.length }));
      }
    },
    { maxItems: MAX_SHARED, keyOf: ({ shopId }) => shopId, gather: true },
  );
}
