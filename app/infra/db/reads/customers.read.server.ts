import type { Pool } from 'pg';
import { keyedPage, iso, number, numberOrNull, type SqlRow } from './rows.server.ts';
import type { CustomerRow, Page, ReasonOption } from './views.ts';

export type CustomerSlice = 'at_risk' | 'critical' | 'vip' | 'all';

export interface CustomerFilter {
  view: CustomerSlice;
  /** A health band, 'unknown' for customers without one, null for any. */
  band: string | null;
  /** Key of the main reason, null for any. */
  reason: string | null;
}

export interface PageCursor {
  after?: string | null;
  before?: string | null;
}

const VIEW_CONDITIONS: Record<CustomerSlice, string> = {
  at_risk: '(c.flagged or c.high_risk)',
  critical: "c.band = 'critical'",
  vip: "c.tier = 'vip'",
  all: 'true',
};

const TREND_DAYS = 30;

/**
 * One page of customers by value at risk, largest first (then by id), paged by key in both
 * directions, so that page 2,000 costs as much as page 1.
 */
export async function readCustomers(
  pool: Pool,
  shopId: string,
  filter: CustomerFilter,
  cursor: PageCursor,
  limit: number,
): Promise<Page<CustomerRow>> {
  const key = parseCursor(cursor.after ?? cursor.before);
  const backwards = key !== null && !cursor.after;
  const { sql, values } = where(shopId, filter);
  if (key) {
    values.push(key.value, key.id);
    const [value, id] = [`$${values.length - 1}::bigint`, `$${values.length}::uuid`];
    // The first comparison lets the index start at the right place; the second settles equal values.
    sql.push(
      backwards
        ? `c.value_at_risk_minor >= ${value} and (c.value_at_risk_minor > ${value} or c.id < ${id})`
        : `c.value_at_risk_minor <= ${value} and (c.value_at_risk_minor < ${value} or c.id > ${id})`,
    );
  }
  const order = backwards ? 'c.value_at_risk_minor asc, c.id desc' : 'c.value_at_risk_minor desc, c.id asc';
  const { rows } = await pool.query(
    `with page as (select * from customer c where c.shop_id = $1 and ${sql.join(' and ')} order by ${order} limit ${limit + 1})
     select c.id, c.first_name, c.last_name, c.email, c.health, c.health_coverage, c.band, c.high_risk, c.tier, c.main_reason,
            c.value_at_risk_minor, (c.band is not null or p.clv_minor is not null) as value_known, c.last_order_at, c.order_count, h.health as health_before,
            k.id as case_id, k.number as case_number, k.status as case_status, k.owner_name
       from page c
       left join customer_prediction p on p.shop_id = c.shop_id and p.customer_id = c.id
       left join lateral (select health from score_history where shop_id = c.shop_id and customer_id = c.id
         and at <= business_now() - interval '${TREND_DAYS} days' order by at desc limit 1) h on true
       left join lateral (select k.id, k.number, k.status, st.name as owner_name from support_case k
         left join staff st on st.shop_id = k.shop_id and st.user_id = k.owner_id
         where k.shop_id = c.shop_id and k.customer_id = c.id and k.status in ('open', 'acknowledged')
         order by k.due_at limit 1) k on true
      order by ${order}`,
    values,
  );
  const found = keyedPage(rows, { limit, backwards, fromStart: key === null, cursorOf });
  return { ...found, rows: found.rows.map(customerFrom) };
}

/** How many customers a filter finds, and what they put at risk together. */
export async function countCustomers(pool: Pool, shopId: string, filter: CustomerFilter) {
  const { sql, values } = where(shopId, filter);
  const { rows } = await pool.query(
    `select count(*) as customers, coalesce(sum(c.value_at_risk_minor), 0) as value from customer c
      where c.shop_id = $1 and ${sql.join(' and ')}`,
    values,
  );
  return { customers: number(rows[0]?.customers), valueAtRiskMinor: number(rows[0]?.value) };
}

/** The main reasons that occur in a view, most frequent first. */
export async function readReasons(pool: Pool, shopId: string, view: CustomerSlice): Promise<ReasonOption[]> {
  const { sql, values } = where(shopId, { view, band: null, reason: null });
  const { rows } = await pool.query(
    `select c.main_reason_key as key, max(c.main_reason) as label, count(*) as customers from customer c
      where c.shop_id = $1 and ${sql.join(' and ')} and c.main_reason_key is not null group by c.main_reason_key order by 3 desc, 1`,
    values,
  );
  return rows.map((row) => ({ key: row.key, label: row.label ?? row.key, customers: number(row.customers) }));
}

/** The conditions of a filter; the first value is the shop, which each statement names itself. */
function where(shopId: string, filter: CustomerFilter): { sql: string[]; values: unknown[] } {
  const sql = ['c.merged_into_id is null', 'c.redacted_at is null', VIEW_CONDITIONS[filter.view]];
  const values: unknown[] = [shopId];
  if (filter.band === 'unknown') sql.push('c.band is null');
  else if (filter.band) sql.push(`c.band = $${values.push(filter.band)}`);
  if (filter.reason) sql.push(`c.main_reason_key = $${values.push(filter.reason)}`);
  return { sql, values };
}

/** "<minor units>_<id>". Anything else counts as no cursor, so that a mistyped address shows page 1. */
function parseCursor(text: string | null | undefined): { value: string; id: string } | null {
  const match = /^(-?\d{1,18})_([0-9a-f-]{36})$/.exec(text ?? '');
  return match ? { value: match[1]!, id: match[2]! } : null;
}

/** By what is stored: where the value is not known, that is 0. */
const cursorOf = (row: SqlRow): string => `${row.value_at_risk_minor}_${row.id}`;

function customerFrom(row: SqlRow): CustomerRow {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    health: numberOrNull(row.health),
    healthBefore: numberOrNull(row.health_before),
    healthCoverage: number(row.health_coverage),
    band: row.band,
    highRisk: row.high_risk,
    tier: row.tier,
    mainReason: row.main_reason,
    valueAtRiskMinor: row.value_known ? number(row.value_at_risk_minor) : null,
    lastOrderAt: iso(row.last_order_at),
    orderCount: row.order_count,
    openCase: row.case_id
      ? { id: row.case_id, number: row.case_number, status: row.case_status, ownerName: row.owner_name }
      : null,
  };
}
