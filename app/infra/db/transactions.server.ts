import type { Pool, PoolClient } from 'pg';
import type { Changes } from '../../domain/core/actions.ts';
import {
  saveChanges,
  saveTogether,
  type SavedEvent,
  type SavedTogether,
  type SaveResult,
} from './changes.repo.server.ts';
import { withTransaction } from './pool.server.ts';

/** One transaction of the line, handed to services without naming the driver. */
export type Transaction = PoolClient;

export interface Transactions {
  run<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Saves what an event changes, with the event itself. */
  save(shopId: string, transaction: Transaction, event: SavedEvent, changes: Changes): Promise<SaveResult>;
  /** Saves what many due contacts lead to, with their events. */
  saveTogether(shopId: string, transaction: Transaction, saved: SavedTogether): Promise<SaveResult>;
}

export function createTransactions(pool: Pool): Transactions {
  return {
    run: (work) => withTransaction(pool, work),
    save: (shopId, transaction, event, changes) => saveChanges(transaction, shopId, event, changes),
    saveTogether: (shopId, transaction, saved) => saveTogether(transaction, shopId, saved),
  };
}
