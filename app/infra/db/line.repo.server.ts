import type { Pool, PoolClient } from 'pg';
import type { ShopState, Snapshot } from '../../domain/core/state.ts';
import {
  toCare,
  toCase,
  toContact,
  toCustomer,
  toInvitation,
  toOrder,
  toOrderSummary,
  toResponse,
  toReturn,
  toShop,
} from './line-rows.ts';
import { careOf } from './care-facts.server.ts';
import { groupCommit } from './group-commit.ts';
import { lockLines, type HeldLine, type Line } from './lock-line.server.ts';
import {
  awaitsSteps,
  contactsOf,
  exists,
  foreseenCaseOf,
  invitationsOf,
  openCasesOf,
  ordersOf,
} from './snapshot-sql.ts';

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

/** The shop comes with one row, for all. */
const FIND_EVENTS = `
  SELECT e.id, e.source, e.topic, e.status, e.occurred_at, e.received_at, e.customer_id, e.order_id, e.ref_id,
         b.body, CASE WHEN row_number() OVER () = 1 THEN to_json(s) END AS shop
  FROM event e
  JOIN shop s ON s.id = e.shop_id
  LEFT JOIN raw_body b ON b.shop_id = e.shop_id AND b.event_id = e.id
  WHERE e.shop_id = $1 AND e.id = ANY($2::uuid[])`;

/**
 * The lines first, then the rows, whose status is read again: a redelivered job finds 'processed'. Each by itself:
 * the index of open events looks cheaper to the planner, and grows with all that is open.
 */
const LOCK = {
  name: 'line_lock',
  text: `
  WITH line AS MATERIALIZED (SELECT * FROM lock_lines($1, $2::jsonb, $3))
  SELECT line.id, line.customer_id AS "customerId", line.moved, line.keys, e.status
  FROM line LEFT JOIN LATERAL (
    SELECT status FROM event WHERE shop_id = $1 AND id = line.id LIMIT 1 FOR UPDATE) e ON true`,
};

const SNAPSHOTS = `
  WITH clock AS MATERIALIZED (SELECT business_now() AS now)
  SELECT g.event_id, clock.now,
    (SELECT to_json(c) FROM customer c WHERE c.shop_id = $1 AND c.id = g.customer_id) AS customer,
    (SELECT to_json(c) FROM customer n CROSS JOIN LATERAL current_customer_id($1, n.id) AS today(id)
       JOIN customer c ON c.shop_id = $1 AND c.id = today.id
       WHERE n.shop_id = $1 AND n.key = g.customer_key AND n.id IS DISTINCT FROM g.customer_id) AS named,
    (SELECT to_json(o) FROM orders o WHERE o.shop_id = $1 AND o.order_id = g.order_id) AS "order",
    ${ordersOf('g.customer_id')} AS orders,
    (SELECT json_agg(i) FROM (
       (${invitationsOf('g.customer_id')})
       UNION ALL SELECT * FROM survey_invitation WHERE shop_id = $1 AND order_id = g.order_id
         AND customer_id IS DISTINCT FROM g.customer_id
         AND kind IN ('post_purchase', 'delivery', 'usage', 'relationship', 'support', 'return', 'milestone')) i) AS invitations,
    (SELECT json_agg(r) FROM (
       SELECT r.*, ${awaitsSteps('r.id')} AS awaits_steps
       FROM (SELECT * FROM survey_response WHERE shop_id = $1 AND order_id = g.order_id
         UNION ALL SELECT * FROM survey_response WHERE shop_id = $1 AND id = g.ref_id
           AND order_id IS DISTINCT FROM g.order_id) r) r) AS responses,
    ${contactsOf('g.customer_id', '$3', 'clock.now')} AS contacts,
    ${openCasesOf('g.customer_id')} AS open_cases,
    ${foreseenCaseOf('g.order_id')} AS foreseen_case,
    (SELECT json_agg(r) FROM order_return r WHERE r.shop_id = $1 AND r.order_id = g.order_id) AS returns,
    (SELECT to_json(k) FROM support_case k WHERE k.shop_id = $1 AND k.id = g.ref_id) AS "case",
    CASE WHEN g.foreseen THEN ${careOf('g.order_id', 'clock.now')} END AS care,
    ${exists('FROM tombstone WHERE shop_id = $1 AND subject_key = g.person_tombstone')} AS person_erased,
    ${exists('FROM tombstone WHERE shop_id = $1 AND subject_key = g.order_tombstone')}
      AND NOT ${exists('FROM orders WHERE shop_id = $1 AND order_id = g.order_id AND customer_id IS NOT NULL')} AS order_erased
  FROM clock CROSS JOIN (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS g(event_id uuid, customer_id uuid, order_id text, ref_id uuid,
      customer_key text, person_tombstone text, order_tombstone text, foreseen boolean) LIMIT jsonb_array_length($2::jsonb)) g`;

export interface HeldEvent extends HeldLine {
  /** null = the row is gone. */
  status: StoredEvent['status'] | null;
}

export interface LineAbout {
  eventId: string;
  customerId: string | null;
  orderId: string | null;
  refId: string | null;
  /** Key of the person whom the event names. */
  customerKey: string | null;
  /** What the person, and the order, would have left behind if they were erased. */
  tombstones: { person: string | null; order: string | null };
  /** It tells of a prediction, so that what care asks about is read. */
  foreseen: boolean;
}

export interface LineSnapshot {
  snapshot: Snapshot;
  /** The person was erased, or an order that is nobody else's with them. */
  erased: boolean;
  /** Whose the order was until now. */
  ownerId: string | null;
}

export interface LineRepo {
  /** The event with its bytes and its shop; null when there is no such row. */
  findEvent(shopId: string, eventId: string): Promise<StoredEvent | null>;
  /** Takes the locks of the events' lines, see lockLines; then their rows'. */
  lock(
    shopId: string,
    client: PoolClient,
    lines: readonly Line[],
    patienceMs: number | null,
  ): Promise<Map<string, HeldEvent> | 'busy'>;
  /**
   * Everything decide() needs about each of these events, as of now, by event.
   * @param ledgerDays how far back contacts are read
   */
  snapshots(
    shopId: string,
    client: PoolClient,
    events: readonly LineAbout[],
    { shop, ledgerDays }: { shop: ShopState; ledgerDays: number },
  ): Promise<Map<string, LineSnapshot>>;
}

export function createLineRepo(pool: Pool): LineRepo {
  // Events whose jobs begin at the same time share one reading.
  type Ref = { shopId: string; eventId: string };
  const find = groupCommit(
    async (items: [Ref, ...Ref[]]): Promise<(StoredEvent | null)[]> => {
      const values = [items[0].shopId, items.map(({ eventId }) => eventId)];
      const { rows } = await pool.query<EventRow>({ name: 'line_find_events', text: FIND_EVENTS, values });
      const shopRow = rows.find((row) => row.shop)?.shop;
      const shop = shopRow && toShop(shopRow);
      const found = new Map(shop && rows.map((row) => [row.id, toStoredEvent(row, shop)]));
      return items.map(({ eventId }) => found.get(eventId) ?? null);
    },
    { gather: true, maxItems: 100, keyOf: ({ shopId }) => shopId },
  );
  return {
    findEvent: (shopId, eventId) => find({ shopId, eventId }),

    lock: (shopId, client, lines, patienceMs) => lockLines(client, shopId, lines, patienceMs, LOCK),

    async snapshots(shopId, client, events, { shop, ledgerDays }) {
      const given = events.map(
        ({ eventId, customerId, orderId, refId, customerKey, tombstones, foreseen }) => ({
          event_id: eventId,
          customer_id: customerId,
          order_id: orderId,
          ref_id: refId && /^[0-9a-f-]{36}$/.test(refId) ? refId : null,
          customer_key: customerKey,
          person_tombstone: tombstones.person,
          order_tombstone: tombstones.order,
          foreseen,
        }),
      );
      const values = [shopId, JSON.stringify(given), ledgerDays];
      const { rows } = await client.query({ name: 'line_snapshots', text: SNAPSHOTS, values });
      return new Map(rows.map((row: SnapshotRow) => [row.event_id, toSnapshot(row, shop)]));
    },
  };
}

type JsonRow = Parameters<typeof toShop>[0];

interface SnapshotRow {
  event_id: string;
  now: Date;
  customer: JsonRow | null;
  named: JsonRow | null;
  order: JsonRow | null;
  orders: JsonRow[] | null;
  invitations: JsonRow[] | null;
  responses: JsonRow[] | null;
  contacts: JsonRow[] | null;
  open_cases: Snapshot['openCases'] | null;
  foreseen_case: Snapshot['foreseenCase'];
  returns: JsonRow[] | null;
  case: JsonRow | null;
  care: JsonRow | null;
  person_erased: boolean;
  order_erased: boolean;
}

function toSnapshot(row: SnapshotRow, shop: ShopState): LineSnapshot {
  return {
    snapshot: {
      now: row.now,
      shop,
      customer: row.customer && toCustomer(row.customer),
      named: row.named && toCustomer(row.named),
      order: row.order && toOrder(row.order),
      orders: (row.orders ?? []).map(toOrderSummary),
      invitations: (row.invitations ?? []).map(toInvitation),
      responses: (row.responses ?? []).map(toResponse),
      contacts: (row.contacts ?? []).map(toContact),
      openCases: row.open_cases ?? [],
      foreseenCase: row.foreseen_case,
      returns: (row.returns ?? []).map(toReturn),
      case: row.case && toCase(row.case),
      care: row.care && toCare(row.care),
    },
    erased: row.person_erased || row.order_erased,
    ownerId: (row.order?.['customer_id'] ?? null) as string | null,
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
  shop: JsonRow | null;
}

function toStoredEvent(row: EventRow, shop: ShopState): StoredEvent {
  const { occurred_at, received_at, customer_id, order_id, ref_id, ...same } = row;
  return {
    ...same,
    occurredAt: occurred_at,
    receivedAt: received_at,
    customerId: customer_id,
    orderId: order_id,
    refId: ref_id,
    shop,
  };
}
