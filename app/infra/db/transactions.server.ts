import type { Pool, PoolClient } from 'pg';
import type { Changes } from '../../domain/core/actions.ts';
import { saveChanges, type SavedEvent, type SaveResult } from './changes.repo.server.ts';
import { withTransaction } from './pool.server.ts';

/** One transaction of the line, handed to services without naming the driver. */
export type Transaction = PoolClient;

export interface Transactions {
  run<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Saves what an event changes, with the event itself. */
  save(shopId: string, transaction: Transaction, event: SavedEvent, changes: Changes): Promise<SaveResult>;
}

export function createTransactions(pool: Pool): Transactions {
  return {
    run: (work) => withTransaction(pool, work),
    save: (shopId, transaction, event, changes) => saveChanges(transaction, shopId, event, changes),
  };
}
