import type { PoolClient } from 'pg';

/** What is known of whose line something belongs to, before any lock is taken. */
export interface Line {
  /** Of the event or the action. */
  id: string;
  orderId: string | null;
  /** Key of the person whom it names. */
  customerKey?: string | null;
  customerId: string | null;
  /** When the source was written that names the person. */
  sourceAt?: Date | null;
}

export interface HeldLine {
  id: string;
  /** null = there is no row yet, or nobody is known. */
  customerId: string | null;
}

interface LockedRow extends HeldLine {
  /** The customer became another one while the lock was waited for. */
  moved: boolean;
  /** The customers whose locks were taken. */
  keys: string[];
}

const LOCK = `SELECT id, customer_id AS "customerId", moved, keys FROM lock_lines($1, $2::jsonb, $3)`;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Takes the locks of several lines for the rest of the transaction, in the order in which everybody takes them
 * (docs/decisions/004-order-lock-before-customer-lock.md).
 * @param patienceMs how long to wait for all of them together; null = for ever
 * @param statement the same, with more columns, under a name of its own
 * @returns the lines that are held, by id; left out are those that share an order or a customer with another one, which
 * has to come first, and those whose customer was merged or erased meanwhile. `busy` when somebody else holds a lock for longer
 */
export async function lockLines<Row extends HeldLine = HeldLine>(
  client: PoolClient,
  shopId: string,
  lines: readonly Line[],
  patienceMs: number | null,
  statement = { name: 'lines_lock', text: LOCK },
): Promise<Map<string, Row> | 'busy'> {
  // Sorted, as rows without an order or a customer have no other lock than their own.
  const sorted = lines.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const given = onePerOrder(sorted).map((line) => ({
    id: line.id,
    order_id: line.orderId,
    customer_key: line.customerKey ?? null,
    customer_id: line.customerId,
    source_at: line.sourceAt ?? null,
  }));
  try {
    const values = [shopId, JSON.stringify(given), patienceMs];
    const { rows } = await client.query<Row & LockedRow>({ ...statement, values });
    return onePerCustomer(rows.filter(({ moved }) => !moved));
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return 'busy';
    throw error;
  }
}

function onePerOrder(lines: readonly Line[]): Line[] {
  const orders = new Set<string>();
  return lines.filter(({ orderId }) => orderId === null || (!orders.has(orderId) && orders.add(orderId)));
}

function onePerCustomer<Row extends LockedRow>(rows: readonly Row[]): Map<string, Row> {
  const keys = new Set<string>();
  const free = new Map<string, Row>();
  for (const row of rows) {
    if (row.keys.some((key) => keys.has(key))) continue;
    row.keys.forEach((key) => keys.add(key));
    free.set(row.id, row);
  }
  return free;
}

/** Takes the customer's lock for the rest of the transaction; null takes none. */
export async function lockCustomer(
  client: PoolClient,
  shopId: string,
  customerId: string | null,
): Promise<void> {
  await client.query({
    name: 'customer_lock',
    text: 'SELECT lock_line($1, NULL, NULL, $2)',
    values: [shopId, customerId],
  });
}

/** Case numbers are counted per shop, one at a time: the short lock is of its own kind. */
export async function lockCaseNumbers(client: PoolClient, shopId: string): Promise<void> {
  await client.query({
    name: 'case_number_lock',
    text: `SELECT pg_advisory_xact_lock(hashtextextended($1 || ':case-number', 3))`,
    values: [shopId],
  });
}
