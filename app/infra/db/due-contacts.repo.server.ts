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

export interface DueContactsRepo {
  /**
   * Takes the locks of the customers of these events for the rest of the transaction, in the order in which
   * everybody takes them (docs/decisions/004-order-lock-before-customer-lock.md).
   * @returns the keys of the locked customers, and the shop; null when there is nothing to lock
   */
  lock(
    shopId: string,
    client: PoolClient,
    eventIds: readonly string[],
  ): Promise<{ shop: ShopState; lockedKeys: string[] } | null>;
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

const LOCK = `
  WITH locked AS MATERIALIZED (
    SELECT array_agg(DISTINCT c.key) AS keys
    FROM event e CROSS JOIN LATERAL current_customer_id($1, e.customer_id) AS today(id)
    JOIN customer c ON c.shop_id = $1 AND c.id = today.id
    WHERE e.shop_id = $1 AND e.id = ANY($2::uuid[]) AND e.status = 'received')
  SELECT keys, lock_customers($1, keys), to_json(s) AS shop FROM locked JOIN shop s ON s.id = $1 WHERE keys IS NOT NULL`;

const SNAPSHOTS = `
  SELECT DISTINCT ON (c.id) e.id AS event_id, business_now() AS now, to_json(c) AS customer,
    ${ordersOf('c.id')} AS orders,
    (SELECT json_agg(i) FROM (${invitationsOf('c.id')}) i) AS invitations,
    ${contactsOf('c.id', '$4')} AS contacts,
    ${openCasesOf('c.id')} AS open_cases
  FROM event e
  CROSS JOIN LATERAL current_customer_id($1, e.customer_id) AS today(id)
  JOIN customer c ON c.shop_id = $1 AND c.id = today.id AND c.key = ANY($3::text[])
  WHERE e.shop_id = $1 AND e.id = ANY($2::uuid[]) AND e.status = 'received'
  ORDER BY c.id, e.id`;

export function createDueContactsRepo(): DueContactsRepo {
  return {
    async lock(shopId, client, eventIds) {
      const { rows } = await client.query({ name: 'due_lock', text: LOCK, values: [shopId, eventIds] });
      return rows[0] ? { shop: toShop(rows[0].shop), lockedKeys: rows[0].keys } : null;
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
