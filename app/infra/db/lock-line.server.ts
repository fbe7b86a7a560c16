import type { PoolClient } from 'pg';

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

/** Takes the order's lock, then its customer's. @returns whose the order is */
export async function lockOrder(client: PoolClient, shopId: string, orderId: string): Promise<string | null> {
  const { rows } = await client.query({
    name: 'order_lock',
    text: 'SELECT lock_line($1, $2, NULL, NULL) AS customer_id',
    values: [shopId, orderId],
  });
  return rows[0]?.customer_id ?? null;
}
