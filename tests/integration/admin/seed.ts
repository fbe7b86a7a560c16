import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';

/** Rows written by SQL, so that the reads are tested against the tables and not against the line that fills them. */

export const NOW = new Date('2026-11-22T12:00:00.000Z');
export const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
export const hoursAhead = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

type Row = Record<string, unknown>;

/** Inserts one row as it stands. */
export async function insert(pool: Pool, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  await pool.query(
    `insert into "${table}" (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row).map((value) =>
      value !== null && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value,
    ),
  );
}

export async function setClock(pool: Pool, now: Date = NOW): Promise<void> {
  await insert(pool, 'business_clock', { id: 1, now_at: now, seq: 1 });
}

export async function aShop(pool: Pool, more: Row = {}): Promise<string> {
  const id = uuidv7();
  await insert(pool, 'shop', {
    id,
    domain: `${id}.myshopify.com`,
    status: 'installed',
    name: 'Nordic Home',
    currency: 'EUR',
    time_zone: 'Europe/Berlin',
    ...more,
  });
  return id;
}

export async function aCustomer(pool: Pool, shopId: string, more: Row = {}): Promise<string> {
  const id = (more.id as string) ?? uuidv7();
  await insert(pool, 'customer', { shop_id: shopId, id, key: `c:${id}`, created_at: daysAgo(100), ...more });
  return id;
}

export async function anOrder(pool: Pool, shopId: string, orderId: string, more: Row = {}): Promise<string> {
  await insert(pool, 'orders', {
    shop_id: shopId,
    order_id: orderId,
    name: `#${orderId.slice(-4)}`,
    currency: 'EUR',
    channel: 'web',
    placed_at: daysAgo(20),
    total_minor: 12_900,
    ...more,
  });
  return orderId;
}

export async function anAnswer(pool: Pool, shopId: string, more: Row = {}): Promise<string> {
  const id = uuidv7();
  await insert(pool, 'survey_response', {
    shop_id: shopId,
    id,
    answer_key: `k:${id}`,
    kind: 'delivery',
    order_id: '1001',
    surface: 'hosted',
    status: 'verified',
    metric: 'csat_delivery',
    rating: 4,
    route: 'middle',
    answers: {},
    answered_at: daysAgo(3),
    ...more,
  });
  return id;
}

export async function aCase(pool: Pool, shopId: string, number: number, more: Row = {}): Promise<string> {
  const id = uuidv7();
  await insert(pool, 'support_case', {
    shop_id: shopId,
    id,
    number,
    source_kind: 'response',
    source_id: id,
    status: 'open',
    severity: 2,
    title: 'NPS 3 of 10 in the relationship survey',
    issue_type: 'low_answer',
    value_minor: 12_900,
    opened_at: daysAgo(0.1),
    due_at: hoursAhead(2),
    ...more,
  });
  return id;
}

export async function anInvitation(
  pool: Pool,
  shopId: string,
  customerId: string,
  more: Row = {},
): Promise<string> {
  const id = uuidv7();
  await insert(pool, 'survey_invitation', {
    shop_id: shopId,
    id,
    kind: 'delivery',
    customer_id: customerId,
    order_id: id,
    status: 'sent',
    channel: 'email',
    first_due_at: daysAgo(5),
    due_at: daysAgo(5),
    sent_at: daysAgo(5),
    ...more,
  });
  return id;
}

export async function anAction(pool: Pool, shopId: string, more: Row = {}): Promise<string> {
  const id = uuidv7();
  await insert(pool, 'action', {
    shop_id: shopId,
    id,
    kind: 'send_acknowledgement',
    dedupe_key: id,
    status: 'done',
    due_at: daysAgo(1),
    created_at: daysAgo(1),
    ...more,
  });
  return id;
}

export async function anEvent(pool: Pool, shopId: string, more: Row = {}): Promise<string> {
  const id = uuidv7();
  await insert(pool, 'event', {
    shop_id: shopId,
    id,
    source: 'shopify',
    topic: 'orders/create',
    dedupe_key: id,
    status: 'processed',
    received_at: daysAgo(1),
    ...more,
  });
  return id;
}
