import type { Pool } from 'pg';
import type { CustomerState, ShopState, Snapshot } from '../../../domain/core/state.ts';
import { toContact, toCustomer, toInvitation, toOrderSummary, toShop } from '../line-rows.ts';
import { contactsOf, invitationsOf, openCasesOf, ordersOf } from '../snapshot-sql.ts';

/** What the contact rules would be shown of a customer now. */
export interface CustomerContacts {
  now: Date;
  shop: ShopState;
  customer: CustomerState;
  orders: Snapshot['orders'];
  invitations: Snapshot['invitations'];
  contacts: Snapshot['contacts'];
  openCases: Snapshot['openCases'];
  /** The ids of invitations that were answered with the person: of others nobody is told when. */
  namedAnswers: string[];
  /** By order. */
  orderNames: Record<string, string>;
}

/** The same columns that the line reads before it decides, so that the page and the line cannot disagree. */
const CONTACTS = `
  SELECT clock.now, to_json(s) AS shop, to_json(c) AS customer,
    ${ordersOf('c.id')} AS orders,
    (SELECT json_agg(i) FROM (${invitationsOf('c.id')}) i) AS invitations,
    ${contactsOf('c.id', '$3', 'clock.now')} AS contacts,
    ${openCasesOf('c.id')} AS open_cases,
    (SELECT json_agg(i.id) FROM survey_invitation i JOIN survey_response r ON r.shop_id = $1
        AND r.answer_key = answer_key_of(i.kind, i.order_id, i.sequence, i.id)
      WHERE i.shop_id = $1 AND i.customer_id = c.id AND i.answered_at IS NOT NULL) AS named_answers,
    (SELECT json_object_agg(o.order_id, o.name) FROM orders o WHERE o.shop_id = $1 AND o.customer_id = c.id AND o.name <> '') AS names
  FROM (SELECT business_now() AS now) clock
  JOIN shop s ON s.id = $1
  JOIN customer c ON c.shop_id = $1 AND c.id = $2`;

/**
 * @param ledgerDays how far back contacts are read
 * @returns null when the shop has no such customer
 */
export async function readCustomerContacts(
  pool: Pool,
  shopId: string,
  customerId: string,
  ledgerDays: number,
): Promise<CustomerContacts | null> {
  const { rows } = await pool.query(CONTACTS, [shopId, customerId, ledgerDays]);
  const row = rows[0];
  if (!row) return null;
  return {
    now: row.now,
    shop: toShop(row.shop),
    customer: toCustomer(row.customer),
    orders: (row.orders ?? []).map(toOrderSummary),
    invitations: (row.invitations ?? []).map(toInvitation),
    contacts: (row.contacts ?? []).map(toContact),
    openCases: row.open_cases ?? [],
    namedAnswers: row.named_answers ?? [],
    orderNames: row.names ?? {},
  };
}
