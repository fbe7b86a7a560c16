import type { Pool } from 'pg';
import { MESSAGE_ACTIONS, type ActionKind } from '../../domain/core/actions.ts';
import type { ShopState } from '../../domain/core/state.ts';
import { groupCommit } from './group-commit.ts';
import { toShop } from './line-rows.ts';

/** How long a claim is good without its end being recorded, machine time. Who waits for long looks at what is left of it. */
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
  /** For how long the claim is good, milliseconds of machine time from now; then another worker may hold it. */
  leaseLeftMs: () => number;
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

/**
 * The shop is read once: its settings are larger than all of its actions. What somebody else has under way (a merge)
 * is not waited for.
 */
const CLAIM = `
  WITH mine AS (
    SELECT id FROM action WHERE shop_id = $1 AND id = ANY($2::uuid[]) AND status = 'pending' ORDER BY id FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE action a SET status = 'claimed', attempts = attempts + 1, lease_until = now() + interval '${LEASE_SECONDS} seconds'
    FROM shop s
    WHERE a.shop_id = $1 AND a.id IN (SELECT id FROM mine) AND s.id = a.shop_id
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
  SELECT id, after_id FROM freed
  -- Freed before, by a try whose answer was lost.
  UNION SELECT a.id, a.after_id FROM jsonb_to_recordset($2::jsonb) AS j(id uuid)
    JOIN action a ON a.shop_id = $1 AND a.after_id = j.id AND a.status = 'pending'`;

/**
 * A message that is still claimed may have gone out: it is left to reconcile, which makes it
 * unknown. One that certainly did not go out leaves the contact ledger and its invitation.
 */
const MARK_FAILED = `
  WITH failed AS (
    UPDATE action SET status = 'failed', error = $3, done_at = business_now(), lease_until = NULL
    WHERE shop_id = $1 AND id = $2 AND (status = 'pending' OR (status = 'claimed' AND kind <> ALL($4))) RETURNING id, kind, payload
  ), ledger AS (
    UPDATE contact c SET status = 'failed' FROM failed WHERE c.shop_id = $1 AND c.action_id = failed.id AND c.status = 'claimed'
  ), asked AS (
    UPDATE survey_invitation i SET status = 'suppressed', reason = 'mail_refused', decided_at = business_now() FROM failed
    WHERE i.shop_id = $1 AND failed.kind = 'send_survey' AND i.id = (failed.payload ->> 'invitationId')::uuid
      AND i.status = 'sending'
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
  const keyOf = ({ shopId }: Ref) => shopId;
  const claimTogether = groupCommit(
    async (items: [Ref, ...Ref[]]): Promise<(ClaimedAction | null)[]> => {
      const values = [items[0].shopId, items.map(({ actionId }) => actionId)];
      const askedAt = performance.now();
      const leaseLeftMs = () => LEASE_SECONDS * 1_000 - (performance.now() - askedAt);
      const { rows } = await pool.query({ name: 'actions_claim', text: CLAIM, values });
      const [{ claimed, shop, now } = { claimed: null }] = rows;
      const actions = new Map(
        ((claimed ?? []) as ClaimedRow[]).map((row) => [
          row.id,
          { ...toAction(row), shop: toShop(shop), now, leaseLeftMs },
        ]),
      );
      return items.map(({ actionId }) => {
        const action = actions.get(actionId) ?? null;
        // Asked for twice at once, it is one's alone.
        actions.delete(actionId);
        return action;
      });
    },
    { gather: true, keyOf },
  );
  const settleTogether = groupCommit(
    async (items: [Ref & Settlement, ...(Ref & Settlement)[]]): Promise<string[][]> => {
      const ends = items.map(({ actionId, status, reason, result, now }) => ({
        ...{ id: actionId, status, reason: reason && storable(reason), result, now },
      }));
      const values = [items[0].shopId, JSON.stringify(ends)];
      const { rows } = await pool.query({ name: 'actions_settle', text: SETTLE, values });
      const freed = rows as { id: string; after_id: string }[];
      return items.map(({ actionId }) =>
        freed.filter(({ after_id }) => after_id === actionId).map(({ id }) => id),
      );
    },
    // What has settled stays as it is.
    { gather: true, keyOf, apart: true },
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

    settle: (shopId, actionId, settlement) => settleTogether({ shopId, actionId, ...settlement }),

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

/** Text that JSON can carry to the database: half a character, or none, comes from elsewhere and would be refused there. */
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '');

function toAction(row: ClaimedRow): Omit<ClaimedAction, 'shop' | 'now' | 'leaseLeftMs'> {
  const { customer_id, order_id, created_at, ...same } = row;
  return {
    ...same,
    customerId: customer_id,
    orderId: order_id,
    createdAt: new Date(created_at),
  };
}
