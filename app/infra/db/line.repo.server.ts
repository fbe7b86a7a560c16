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

const FIND_EVENT = `
  SELECT e.id, e.source, e.topic, e.status, e.occurred_at, e.received_at, e.customer_id, e.order_id, e.ref_id,
         b.body, to_json(s) AS shop
  FROM event e
  JOIN shop s ON s.id = e.shop_id
  LEFT JOIN raw_body b ON b.shop_id = e.shop_id AND b.event_id = e.id
  WHERE e.shop_id = $1 AND e.id = $2`;

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
    (SELECT json_agg(o) FROM (
       SELECT order_id, placed_at, cancelled_at, financial_status, total_minor, test, doc->'lines' AS lines, doc->'refunds' AS refunds
       FROM orders WHERE shop_id = $1 AND customer_id = $2 ORDER BY placed_at DESC LIMIT 200) o) AS orders,
    (SELECT json_agg(i) FROM (
       (SELECT * FROM survey_invitation WHERE shop_id = $1 AND customer_id = $2 ORDER BY first_due_at DESC LIMIT 200)
       UNION ALL SELECT * FROM survey_invitation WHERE shop_id = $1 AND order_id = $3 AND customer_id IS DISTINCT FROM $2
         AND kind IN ('post_purchase', 'delivery', 'usage', 'relationship')) i) AS invitations,
    (SELECT json_agg(r) FROM (
       SELECT * FROM survey_response WHERE shop_id = $1 AND order_id = $3
       UNION SELECT * FROM survey_response WHERE shop_id = $1 AND id = $4) r) AS responses,
    (SELECT json_agg(k) FROM (
       SELECT * FROM contact WHERE shop_id = $1 AND customer_id = $2 AND at > (SELECT business_now()) - $6 * interval '24 hours'
         AND status <> 'failed') k) AS contacts,
    (SELECT json_agg(json_build_object('id', id, 'orderId', order_id, 'responseId', response_id))
       FROM support_case WHERE shop_id = $1 AND customer_id = $2 AND status IN ('open', 'acknowledged')) AS open_cases,
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
  return {
    async findEvent(shopId, eventId) {
      const { rows } = await pool.query({
        name: 'line_find_event',
        text: FIND_EVENT,
        values: [shopId, eventId],
      });
      const row = rows[0];
      if (!row) return null;
      return {
        id: row.id,
        source: row.source,
        topic: row.topic,
        status: row.status,
        occurredAt: row.occurred_at,
        receivedAt: row.received_at,
        customerId: row.customer_id,
        orderId: row.order_id,
        refId: row.ref_id,
        body: row.body,
        shop: toShop(row.shop),
      };
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
