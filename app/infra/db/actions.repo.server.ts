import type { Pool } from 'pg';
import { MESSAGE_ACTIONS, type ActionKind } from '../../domain/core/actions.ts';
import type { ShopState } from '../../domain/core/state.ts';
import { toShop } from './line-rows.ts';

/** How long a claim is good without its end being recorded, machine time: longer than any call it makes. */
const LEASE_SECONDS = 60;

export interface ClaimedAction {
  id: string;
  kind: ActionKind;
  payload: Record<string, string | null>;
  customerId: string | null;
  orderId: string | null;
  createdAt: Date;
  attempts: number;
  shop: ShopState;
  now: Date;
}

export type ClaimOutcome =
  | { outcome: 'claimed'; action: ClaimedAction }
  /** Another worker holds it, or the shop is throttled. */
  | { outcome: 'wait'; waitMs: number }
  | { outcome: 'settled' };

export interface Settlement {
  status: 'done' | 'skipped' | 'failed' | 'unknown';
  reason: string | null;
  result: object | null;
  now: Date;
}

export interface ActionsRepo {
  /** Takes a pending action for this worker; a redelivered job that meets a live claim waits. */
  claim(shopId: string, actionId: string): Promise<ClaimOutcome>;
  /** Records how it ended, and frees the actions that waited for it. @returns their ids */
  settle(shopId: string, actionId: string, settlement: Settlement): Promise<string[]>;
  /** Gives the claim back: nothing happened, it may be tried again. */
  release(shopId: string, actionId: string, reason: string, countAttempt: boolean): Promise<void>;
  /** Gives the claim back until a business time: the tick wakes it then, no queue holds it meanwhile. */
  postpone(shopId: string, actionId: string, until: Date, reason: string): Promise<void>;
  /** The job gave up: the row keeps the error, and what waited for it goes on. */
  markFailed(shopId: string, actionId: string, error: string): Promise<void>;
}

const CLAIM = `
  UPDATE action a SET status = 'claimed', attempts = attempts + 1, lease_until = now() + interval '${LEASE_SECONDS} seconds'
  FROM shop s
  WHERE a.shop_id = $1 AND a.id = $2 AND a.status = 'pending' AND s.id = a.shop_id
    AND (s.throttled_until IS NULL OR s.throttled_until <= now())
  RETURNING a.id, a.kind, a.payload, a.customer_id, a.order_id, a.created_at, a.attempts, to_json(s) AS shop, business_now() AS now`;

const WHY_NOT = `
  SELECT a.status, ceil(greatest(0, extract(epoch FROM greatest(
    CASE WHEN a.status = 'claimed' THEN a.lease_until END, s.throttled_until) - now())) * 1000)::int AS wait_ms
  FROM action a JOIN shop s ON s.id = a.shop_id WHERE a.shop_id = $1 AND a.id = $2`;

/** A message that was given up as unknown and turns out to be sent after all is done. */
const SETTLE = `
  WITH settled AS (
    UPDATE action SET status = $3, reason = $4, result = $5, error = NULL, done_at = $6, lease_until = NULL
    WHERE shop_id = $1 AND id = $2 AND (status IN ('claimed', 'pending') OR (status = 'unknown' AND $3 = 'done')) RETURNING id
  ), freed AS (
    UPDATE action a SET status = 'pending', queued_at = now() FROM settled
    WHERE a.shop_id = $1 AND a.after_id = settled.id AND a.status = 'waiting' RETURNING a.id
  )
  SELECT id FROM freed`;

/**
 * A message that is still claimed may have gone out: it is left to reconcile, which makes it
 * unknown. One that certainly did not go out leaves the contact ledger and its invitation.
 */
const MARK_FAILED = `
  WITH failed AS (
    UPDATE action SET status = 'failed', error = $3, done_at = business_now(), lease_until = NULL
    WHERE shop_id = $1 AND id = $2 AND (status = 'pending' OR (status = 'claimed' AND kind <> ALL($4))) RETURNING id, payload
  ), ledger AS (
    UPDATE contact c SET status = 'failed' FROM failed WHERE c.shop_id = $1 AND c.action_id = failed.id AND c.status = 'claimed'
  ), asked AS (
    UPDATE survey_invitation i SET status = 'suppressed', reason = 'mail_refused', decided_at = business_now() FROM failed
    WHERE i.shop_id = $1 AND i.id = (failed.payload ->> 'invitationId')::uuid AND i.status = 'sending'
  )
  UPDATE action a SET status = 'pending', queued_at = now() - interval '1 hour' FROM failed
  WHERE a.shop_id = $1 AND a.after_id = failed.id AND a.status = 'waiting'`;

export function createActionsRepo(pool: Pool): ActionsRepo {
  async function settle(shopId: string, actionId: string, settlement: Settlement) {
    const values = [
      shopId,
      actionId,
      settlement.status,
      settlement.reason,
      settlement.result,
      settlement.now,
    ];
    const { rows } = await pool.query({ name: 'action_settle', text: SETTLE, values });
    return rows.map((row) => row.id as string);
  }
  return {
    async claim(shopId, actionId) {
      const { rows } = await pool.query({ name: 'action_claim', text: CLAIM, values: [shopId, actionId] });
      const row = rows[0];
      if (row) {
        const action: ClaimedAction = {
          id: row.id,
          kind: row.kind,
          payload: row.payload,
          customerId: row.customer_id,
          orderId: row.order_id,
          createdAt: row.created_at,
          attempts: row.attempts,
          shop: toShop(row.shop),
          now: row.now,
        };
        return { outcome: 'claimed', action };
      }
      const why = (await pool.query({ name: 'action_why_not', text: WHY_NOT, values: [shopId, actionId] }))
        .rows[0];
      const open = why?.status === 'pending' || why?.status === 'claimed';
      // Half a second more than the lease, so that reconcile has had its turn.
      return open ? { outcome: 'wait', waitMs: why.wait_ms + 500 } : { outcome: 'settled' };
    },

    settle,

    async release(shopId, actionId, reason, countAttempt) {
      await pool.query({
        name: 'action_release',
        text: `UPDATE action SET status = 'pending', lease_until = NULL, error = $3,
                 attempts = attempts - CASE WHEN $4 THEN 0 ELSE 1 END, queued_at = now()
               WHERE shop_id = $1 AND id = $2 AND status = 'claimed'`,
        values: [shopId, actionId, reason.slice(0, 2_000), countAttempt],
      });
    },

    async postpone(shopId, actionId, until, reason) {
      await pool.query(
        `UPDATE action SET status = 'pending', lease_until = NULL, error = $4, attempts = attempts - 1,
           due_at = $3, queued_at = 'infinity'
         WHERE shop_id = $1 AND id = $2 AND status = 'claimed'`,
        [shopId, actionId, until, reason.slice(0, 2_000)],
      );
    },

    async markFailed(shopId, actionId, error) {
      await pool.query(MARK_FAILED, [shopId, actionId, error.slice(0, 2_000), MESSAGE_ACTIONS]);
    },
  };
}
