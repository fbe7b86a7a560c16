import type { Pool } from 'pg';
import { MESSAGE_ACTIONS, type ActionKind } from '../../domain/core/actions.ts';
import type { ShopState } from '../../domain/core/state.ts';
import { groupCommit, perGroup } from './group-commit.ts';
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

/** The shop is read once: its settings are larger than all of its actions. */
const CLAIM = `
  WITH claimed AS (
    UPDATE action a SET status = 'claimed', attempts = attempts + 1, lease_until = now() + interval '${LEASE_SECONDS} seconds'
    FROM shop s
    WHERE a.shop_id = $1 AND a.id = ANY($2::uuid[]) AND a.status = 'pending' AND s.id = a.shop_id
      AND (s.throttled_until IS NULL OR s.throttled_until <= now())
    RETURNING a.id, a.kind, a.payload, a.customer_id, a.order_id, a.created_at, a.attempts)
  SELECT (SELECT json_agg(c) FROM claimed c) AS claimed, to_json(s) AS shop, business_now() AS now FROM shop s WHERE s.id = $1`;

const WHY_NOT = `
  SELECT a.status, ceil(greatest(0, extract(epoch FROM greatest(
    CASE WHEN a.status = 'claimed' THEN a.lease_until END, s.throttled_until) - now())) * 1000)::int AS wait_ms
  FROM action a JOIN shop s ON s.id = a.shop_id WHERE a.shop_id = $1 AND a.id = $2`;

/** A message that was given up as unknown and turns out to be sent after all is done. */
const SETTLE = `
  WITH settled AS (
    UPDATE action a SET status = j.status, reason = j.reason, result = j.result, error = NULL, done_at = j.now, lease_until = NULL
    FROM (SELECT * FROM jsonb_to_recordset($2::jsonb) AS j(id uuid, status text, reason text, result jsonb, now timestamptz)
      LIMIT jsonb_array_length($2::jsonb)) j
    WHERE a.shop_id = $1 AND a.id = j.id
      AND (a.status IN ('claimed', 'pending') OR (a.status = 'unknown' AND j.status = 'done')) RETURNING a.id
  ), freed AS (
    UPDATE action a SET status = 'pending', queued_at = now() FROM settled
    WHERE a.shop_id = $1 AND a.after_id = settled.id AND a.status = 'waiting' RETURNING a.id, a.after_id
  )
  SELECT id, after_id FROM freed`;

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

interface ClaimedRow {
  id: string;
  kind: ActionKind;
  payload: ClaimedAction['payload'];
  customer_id: string | null;
  order_id: string | null;
  created_at: string;
  attempts: number;
}

/** Actions that begin, or end, at the same time share a statement. */
export function createActionsRepo(pool: Pool): ActionsRepo {
  type Ref = { shopId: string; actionId: string };
  const claimTogether = groupCommit(
    async (items: Ref[]): Promise<Promise<ClaimedAction | null>[]> => {
      const claimed = await perGroup(
        items,
        ({ shopId }) => shopId,
        async (group) => {
          const values = [group[0].shopId, group.map(({ actionId }) => actionId)];
          const { rows } = await pool.query({ name: 'actions_claim', text: CLAIM, values });
          const { claimed: actions, shop, now } = rows[0] ?? { claimed: null };
          return new Map(
            ((actions ?? []) as ClaimedRow[]).map((row) => [row.id, toAction(row, toShop(shop), now)]),
          );
        },
      );
      return items.map(async ({ actionId }, index) => {
        const actions = await claimed[index]!;
        const action = actions.get(actionId) ?? null;
        // Asked for twice at once, it is one's alone.
        actions.delete(actionId);
        return action;
      });
    },
    { gather: true },
  );
  const settleTogether = groupCommit(
    (items: (Ref & Settlement)[]) =>
      perGroup(
        items,
        ({ shopId }) => shopId,
        async (group) => {
          const ends = group.map(({ actionId, status, reason, result, now }) => ({
            ...{ id: actionId, status, reason, result, now },
          }));
          const values = [group[0].shopId, JSON.stringify(ends)];
          const { rows } = await pool.query({ name: 'actions_settle', text: SETTLE, values });
          return rows as { id: string; after_id: string }[];
        },
        // What has settled stays as it is.
        { apart: true },
      ),
    { gather: true },
  );
  return {
    async claim(shopId, actionId) {
      const action = await claimTogether({ shopId, actionId });
      if (action) return { outcome: 'claimed', action };
      const why = (await pool.query({ name: 'action_why_not', text: WHY_NOT, values: [shopId, actionId] }))
        .rows[0];
      const open = why?.status === 'pending' || why?.status === 'claimed';
      // Half a second more than the lease, so that reconcile has had its turn.
      return open ? { outcome: 'wait', waitMs: why.wait_ms + 500 } : { outcome: 'settled' };
    },

    async settle(shopId, actionId, settlement) {
      const freed = await settleTogether({ shopId, actionId, ...settlement });
      return freed.filter(({ after_id }) => after_id === actionId).map(({ id }) => id);
    },

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

function toAction(row: ClaimedRow, shop: ShopState, now: Date): ClaimedAction {
  const { customer_id, order_id, created_at, ...same } = row;
  return {
    ...same,
    customerId: customer_id,
    orderId: order_id,
    createdAt: new Date(created_at),
    shop,
    now,
  };
}
