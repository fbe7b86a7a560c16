import type { Pool, PoolClient } from 'pg';
import { AppError } from '../../domain/core/app-error.ts';
import type { ShopState, Snapshot } from '../../domain/core/state.ts';
import {
  toContact,
  toCustomer,
  toInvitation,
  toOrder,
  toOrderSummary,
  toResponse,
  toShop,
} from './line-rows.ts';
import { groupCommit, perGroup } from './group-commit.ts';
import { awaitsSteps, contactsOf, invitationsOf, openCasesOf, ordersOf } from './snapshot-sql.ts';

/** The reading half of process-event: the event's row, the locks, the snapshot. */

export interface StoredEvent {
  id: string;
  source: 'shopify' | 'answer' | 'timer' | 'staff' | 'reconcile';
  topic: string;
  status: 'received' | 'processed' | 'ignored' | 'failed';
  occurredAt: Date | null;
  receivedAt: Date;
  customerId: string | null;
  orderId: string | null;
  refId: string | null;
  /** The bytes of a webhook; null when purged, or when the event has none. */
  body: Buffer | null;
  shop: ShopState;
}

const FIND_EVENTS = `
  SELECT e.id, e.source, e.topic, e.status, e.occurred_at, e.received_at, e.customer_id, e.order_id, e.ref_id,
         b.body, to_json(s) AS shop
  FROM event e
  JOIN shop s ON s.id = e.shop_id
  LEFT JOIN raw_body b ON b.shop_id = e.shop_id AND b.event_id = e.id
  WHERE e.shop_id = $1 AND e.id = ANY($2::uuid[])`;

/** The line first, then the row, whose status is read again: a redelivered job finds 'processed'. */
const LOCK = `
  WITH line AS MATERIALIZED (SELECT lock_line($1, $3, $4, $5, $6) AS customer_id)
  SELECT e.status, line.customer_id
  FROM line CROSS JOIN event e WHERE e.shop_id = $1 AND e.id = $2 FOR UPDATE OF e`;

/** What lock_line raises when the customer it waited for is another one by now. */
const CUSTOMER_MOVED = 'AC001';

const SNAPSHOT = `
  SELECT business_now() AS now,
    (SELECT to_json(c) FROM customer c WHERE c.shop_id = $1 AND c.id = $2) AS customer,
    (SELECT to_json(c) FROM customer n CROSS JOIN LATERAL current_customer_id($1, n.id) AS today(id)
       JOIN customer c ON c.shop_id = $1 AND c.id = today.id
       WHERE n.shop_id = $1 AND n.key = $7 AND n.id IS DISTINCT FROM $2) AS named,
    (SELECT to_json(o) FROM orders o WHERE o.shop_id = $1 AND o.order_id = $3) AS "order",
    ${ordersOf('$2')} AS orders,
    (SELECT json_agg(i) FROM (
       (${invitationsOf('$2')})
       UNION ALL SELECT * FROM survey_invitation WHERE shop_id = $1 AND order_id = $3 AND customer_id IS DISTINCT FROM $2
         AND kind IN ('post_purchase', 'delivery', 'usage', 'relationship')) i) AS invitations,
    (SELECT json_agg(r) FROM (
       SELECT r.*, ${awaitsSteps('r.id')} AS awaits_steps
       FROM (SELECT * FROM survey_response WHERE shop_id = $1 AND order_id = $3
         UNION SELECT * FROM survey_response WHERE shop_id = $1 AND id = $4) r) r) AS responses,
    ${contactsOf('$2', '$6', '(SELECT business_now())')} AS contacts,
    ${openCasesOf('$2')} AS open_cases,
    EXISTS (SELECT FROM tombstone WHERE shop_id = $1 AND subject_key = $5) AS person_erased,
    EXISTS (SELECT FROM tombstone WHERE shop_id = $1 AND subject_key = $8)
      AND NOT EXISTS (SELECT FROM orders WHERE shop_id = $1 AND order_id = $3 AND customer_id IS NOT NULL) AS order_erased`;

export interface LineRepo {
  /** The event with its bytes and its shop; null when there is no such row. */
  findEvent(shopId: string, eventId: string): Promise<StoredEvent | null>;
  /**
   * Takes the line's locks for the rest of the transaction.
   * @throws AppError 'customer_merged' (retryable) when the customer became another one meanwhile
   */
  lock(
    shopId: string,
    client: PoolClient,
    event: {
      id: string;
      orderId: string | null;
      customerKey: string | null;
      customerId: string | null;
      sourceAt: Date | null;
    },
  ): Promise<{ status: StoredEvent['status']; customerId: string | null }>;
  /**
   * Everything decide() needs, as of now; whether the person was erased, or an order that is nobody else's
   * with them; whose the order was until now.
   */
  snapshot(
    shopId: string,
    client: PoolClient,
    about: {
      shop: ShopState;
      customerId: string | null;
      orderId: string | null;
      refId: string | null;
      /** Key of the person whom the event names. */
      customerKey: string | null;
      /** What the person, and the order, would have left behind if they were erased. */
      tombstones: { person: string | null; order: string | null };
      /** How far back contacts are read, in days. */
      ledgerDays: number;
    },
  ): Promise<{ snapshot: Snapshot; erased: boolean; ownerId: string | null }>;
}

export function createLineRepo(pool: Pool): LineRepo {
  // Events whose jobs begin at the same time share one reading. One shop's trouble is no other's.
  const find = groupCommit((items: { shopId: string; eventId: string }[]) =>
    perGroup(
      items,
      ({ shopId }) => shopId,
      async (group): Promise<Map<string, StoredEvent> | { error: unknown }> => {
        const values = [group[0].shopId, group.map(({ eventId }) => eventId)];
        try {
          const { rows } = await pool.query({ name: 'line_find_events', text: FIND_EVENTS, values });
          return new Map(rows.map((row: EventRow) => [row.id, toStoredEvent(row)]));
        } catch (error) {
          return { error };
        }
      },
    ),
  );
  return {
    async findEvent(shopId, eventId) {
      const found = await find({ shopId, eventId });
      if ('error' in found) throw found.error;
      return found.get(eventId) ?? null;
    },

    async lock(shopId, client, event) {
      const values = [shopId, event.id, event.orderId, event.customerKey, event.customerId, event.sourceAt];
      const { rows } = await client
        .query({ name: 'line_lock', text: LOCK, values })
        .catch((error: Error & { code?: string }) => {
          if (error.code === CUSTOMER_MOVED)
            throw new AppError('customer_merged', error.message, { retryable: true });
          throw error;
        });
      // A shop's erasure deletes its events while they wait.
      return { status: rows[0]?.status ?? 'ignored', customerId: rows[0]?.customer_id ?? null };
    },

    async snapshot(shopId, client, about) {
      const ref = about.refId && /^[0-9a-f-]{36}$/.test(about.refId) ? about.refId : null;
      const values = [
        ...[shopId, about.customerId, about.orderId, ref, about.tombstones.person, about.ledgerDays],
        ...[about.customerKey, about.tombstones.order],
      ];
      const { rows } = await client.query({ name: 'line_snapshot', text: SNAPSHOT, values });
      const row = rows[0];
      const snapshot: Snapshot = {
        now: row.now,
        shop: about.shop,
        customer: row.customer ? toCustomer(row.customer) : null,
        named: row.named ? toCustomer(row.named) : null,
        order: row.order ? toOrder(row.order) : null,
        orders: (row.orders ?? []).map(toOrderSummary),
        invitations: (row.invitations ?? []).map(toInvitation),
        responses: (row.responses ?? []).map(toResponse),
        contacts: (row.contacts ?? []).map(toContact),
        openCases: row.open_cases ?? [],
      };
      return {
        snapshot,
        erased: row.person_erased || row.order_erased,
        ownerId: row.order?.customer_id ?? null,
      };
    },
  };
}

interface EventRow {
  id: string;
  source: StoredEvent['source'];
  topic: string;
  status: StoredEvent['status'];
  occurred_at: Date | null;
  received_at: Date;
  customer_id: string | null;
  order_id: string | null;
  ref_id: string | null;
  body: Buffer | null;
  shop: Parameters<typeof toShop>[0];
}

function toStoredEvent(row: EventRow): StoredEvent {
  const { occurred_at, received_at, customer_id, order_id, ref_id, shop, ...same } = row;
  return {
    ...same,
    occurredAt: occurred_at,
    receivedAt: received_at,
    customerId: customer_id,
    orderId: order_id,
    refId: ref_id,
    shop: toShop(shop),
  };
}
