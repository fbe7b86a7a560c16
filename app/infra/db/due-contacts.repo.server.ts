import type { PoolClient } from 'pg';
import type { ShopState, Snapshot } from '../../domain/core/state.ts';
import { toContact, toCustomer, toInvitation, toOrderSummary, toShop } from './line-rows.ts';
import { contactsOf, invitationsOf, openCasesOf, ordersOf } from './snapshot-sql.ts';

/** The reading half of deciding many due contacts at once: locks and snapshots of many customers. */

/** One event that says "a contact with this customer is due", with what is known about the customer. */
export interface DueContact {
  eventId: string;
  customerId: string;
  snapshot: Snapshot;
}

/** How long a group waits for the lock of one customer; a person's own events take milliseconds. */
const PATIENCE_MS = 500;
const LOCK_NOT_AVAILABLE = '55P03';

export interface DueContactsRepo {
  /**
   * Takes the locks of the customers of these events for the rest of the transaction, in the order in which
   * everybody takes them (docs/decisions/004-order-lock-before-customer-lock.md).
   * @returns the keys of the locked customers, the events that were open, and the shop; `busy` when somebody else
   * holds one of the locks for long, since a group must not stand in line with all of its own
   */
  lock(
    shopId: string,
    client: PoolClient,
    eventIds: readonly string[],
  ): Promise<{ shop: ShopState; lockedKeys: string[]; openIds: string[] } | 'nothing_open' | 'busy'>;
  /**
   * The events that are still to be decided, one per locked customer, as of now.
   * Those that are left out (the customer was merged meanwhile, or has two of them) are decided one by one.
   */
  snapshots(
    shopId: string,
    client: PoolClient,
    about: {
      eventIds: readonly string[];
      shop: ShopState;
      lockedKeys: readonly string[];
      ledgerDays: number;
    },
  ): Promise<DueContact[]>;
}

/** By key, each by itself: the index of open events looks cheaper to the planner, and grows with all that is open. */
const EVENTS = `unnest($2::uuid[]) AS given(id)
    CROSS JOIN LATERAL (SELECT id, customer_id, status FROM event WHERE shop_id = $1 AND id = given.id LIMIT 1) e`;

const LOCK = `
  WITH locked AS MATERIALIZED (
    SELECT array_agg(DISTINCT c.key) AS keys, array_agg(e.id) AS event_ids
    FROM ${EVENTS} CROSS JOIN LATERAL current_customer_id($1, e.customer_id) AS today(id)
    JOIN customer c ON c.shop_id = $1 AND c.id = today.id
    WHERE e.status = 'received')
  SELECT keys, event_ids, lock_customers($1, keys), to_json(s) AS shop FROM locked JOIN shop s ON s.id = $1 WHERE keys IS NOT NULL`;

const SNAPSHOTS = `
  WITH clock AS MATERIALIZED (SELECT business_now() AS now)
  SELECT DISTINCT ON (c.id) e.id AS event_id, clock.now, to_json(c) AS customer,
    ${ordersOf('c.id')} AS orders,
    (SELECT json_agg(i) FROM (${invitationsOf('c.id')}) i) AS invitations,
    ${contactsOf('c.id', '$4', 'clock.now')} AS contacts,
    ${openCasesOf('c.id')} AS open_cases
  FROM clock CROSS JOIN ${EVENTS}
  CROSS JOIN LATERAL current_customer_id($1, e.customer_id) AS today(id)
  JOIN customer c ON c.shop_id = $1 AND c.id = today.id AND c.key = ANY($3::text[])
  WHERE e.status = 'received'
  ORDER BY c.id, e.id`;

export function createDueContactsRepo(): DueContactsRepo {
  return {
    async lock(shopId, client, eventIds) {
      await client.query(`SET LOCAL lock_timeout = ${PATIENCE_MS}`);
      try {
        const { rows } = await client.query({ name: 'due_lock', text: LOCK, values: [shopId, eventIds] });
        const row = rows[0];
        if (!row) return 'nothing_open';
        return { shop: toShop(row.shop), lockedKeys: row.keys, openIds: row.event_ids };
      } catch (error) {
        if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return 'busy';
        throw error;
      }
    },

    async snapshots(shopId, client, { eventIds, shop, lockedKeys, ledgerDays }) {
      const { rows } = await client.query({
        name: 'due_snapshots',
        text: SNAPSHOTS,
        values: [shopId, eventIds, lockedKeys, ledgerDays],
      });
      return rows.map((row) => ({
        eventId: row.event_id,
        customerId: row.customer.id,
        snapshot: {
          now: row.now,
          shop,
          customer: toCustomer(row.customer),
          named: null,
          order: null,
          orders: (row.orders ?? []).map(toOrderSummary),
          invitations: (row.invitations ?? []).map(toInvitation),
          responses: [],
          contacts: (row.contacts ?? []).map(toContact),
          openCases: row.open_cases ?? [],
        },
      }));
    },
  };
}
