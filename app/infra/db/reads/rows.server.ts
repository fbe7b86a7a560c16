import type { QueryResultRow } from 'pg';
import type { CaseRow } from './case-views.ts';
import type { PersonView } from './views.ts';

/** A row as `pg` gives it, untyped: bigint and numeric as text, timestamptz as Date. */
export type SqlRow = QueryResultRow;

export const iso = (value: Date | null | undefined): string | null => (value ? value.toISOString() : null);
export const number = (value: unknown): number => Number(value ?? 0);
export const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

/** Columns of a case with its owner, customer and order; aliases as `caseFrom` expects them. */
export const CASE_COLUMNS = `k.id, k.number, k.title, k.issue_type, k.status, k.severity, k.critical, k.value_minor,
  k.opened_at, k.due_at, k.acknowledged_at, k.closed_at, k.owner_id, k.prediction, st.name as owner_name,
  c.id as customer_id, c.first_name, c.last_name, c.email, o.name as order_name`;

export const CASE_JOINS = `left join staff st on st.shop_id = k.shop_id and st.user_id = k.owner_id
  left join customer c on c.shop_id = k.shop_id and c.id = k.customer_id
  left join orders o on o.shop_id = k.shop_id and o.order_id = k.order_id`;

export function personFrom(row: SqlRow): PersonView {
  return {
    id: row.customer_id ?? row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
  };
}

export function caseFrom(row: SqlRow): CaseRow {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    issueType: row.issue_type,
    status: row.status,
    severity: row.severity,
    critical: row.critical,
    valueMinor: number(row.value_minor),
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    acknowledgedAt: iso(row.acknowledged_at),
    closedAt: iso(row.closed_at),
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    customer: row.customer_id ? personFrom(row) : null,
    orderName: row.order_name,
    foreseen: row.prediction,
  };
}

/**
 * One page of a list that is read by key, in the order of the list.
 * @param read up to one row more than `limit`, in the order in which they were read
 * @param options.backwards read from a key towards the start
 * @param options.fromStart no key was given
 */
export function keyedPage<Row>(
  read: readonly Row[],
  options: { limit: number; backwards: boolean; fromStart: boolean; cursorOf: (row: Row) => string },
): { rows: Row[]; before: string | null; after: string | null } {
  const { limit, backwards, fromStart, cursorOf } = options;
  const more = read.length > limit;
  const rows = read.slice(0, limit);
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  const hasBefore = backwards ? more : !fromStart;
  return {
    rows,
    before: hasBefore && first ? cursorOf(first) : null,
    after: (backwards || more) && last ? cursorOf(last) : null,
  };
}
