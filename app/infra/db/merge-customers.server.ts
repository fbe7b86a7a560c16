import type { PoolClient } from 'pg';
import { AppError } from '../../domain/core/app-error.ts';

export interface Merge {
  /** Its bytes go when one of the two was erased. */
  eventId: string;
  keptKey: string;
  deletedKey: string;
  keptShopifyId: string;
  deletedShopifyId: string;
  /** Tombstones of the two keys: an erased person is not made again by a merge. */
  tombstones: string[];
  newIds: { kept: string; deleted: string };
  now: Date;
}

/** Tables whose rows follow a customer into a merge. */
const FOLLOW = [
  ...['orders', 'survey_invitation', 'survey_link', 'survey_response', 'action', 'contact', 'points_entry'],
  ...['support_case', 'discount_grant', 'event'],
];

/** The row of a key, and the row that is meant by it today. */
const ROW = `
  SELECT c.id, k.id AS now_id, k.key AS now_key FROM customer c
  CROSS JOIN LATERAL current_customer_id($1, c.id) AS who(id)
  JOIN customer k ON k.shop_id = $1 AND k.id = who.id
  WHERE c.shop_id = $1 AND c.key = $2`;

const STUB = `
  INSERT INTO customer (shop_id, id, key, shopify_id, created_at) VALUES ($1, $2, $3, $4, $5)`;

/**
 * Two people become one, under the locks of both. A row that is not known yet is made, so
 * that what comes later about the deleted customer finds its way to the kept one, whichever
 * webhook is first. Running it again changes nothing.
 * @returns the kept row's id; null when one of the two was erased
 * @throws AppError 'customer_merged' (retryable) when another merge was faster
 */
export async function mergeCustomers(
  client: PoolClient,
  shopId: string,
  merge: Merge,
): Promise<string | null> {
  const { keptKey, deletedKey, now } = merge;
  const rowOf = async (key: string) => (await client.query(ROW, [shopId, key])).rows[0] as Row | undefined;
  const seen = [await rowOf(keptKey), await rowOf(deletedKey)];
  const keys = [keptKey, deletedKey, ...seen.map((row) => row?.now_key)].filter((key) => key !== undefined);
  await client.query('SELECT lock_customers($1, $2)', [shopId, keys]);
  const erased = await client.query('SELECT 1 FROM tombstone WHERE shop_id = $1 AND subject_key = ANY($2)', [
    shopId,
    merge.tombstones,
  ]);
  if (erased.rows.length > 0) {
    await client.query('DELETE FROM raw_body WHERE shop_id = $1 AND event_id = $2', [shopId, merge.eventId]);
    return null;
  }
  let [kept, deleted] = [await rowOf(keptKey), await rowOf(deletedKey)];
  if ([kept, deleted].some((row) => row && !keys.includes(row.now_key))) {
    throw new AppError(
      'customer_merged',
      'The customer was merged into another meanwhile; it is tried again.',
      { retryable: true },
    );
  }
  if (!kept) {
    await client.query(STUB, [shopId, merge.newIds.kept, keptKey, merge.keptShopifyId, now]);
    kept = { id: merge.newIds.kept, now_id: merge.newIds.kept, now_key: keptKey };
  }
  if (!deleted) {
    await client.query(STUB, [shopId, merge.newIds.deleted, deletedKey, merge.deletedShopifyId, now]);
    deleted = { id: merge.newIds.deleted, now_id: merge.newIds.deleted, now_key: deletedKey };
  }
  const [from, to] = [deleted.now_id, kept.now_id];
  if (from === to) return to;
  await moveRows(client, shopId, from, to);
  // An unverified answer that the deleted account gave is the kept one's.
  await client.query('UPDATE survey_response SET claimed_by = $3 WHERE shop_id = $1 AND claimed_by = $2', [
    shopId,
    merge.deletedShopifyId,
    merge.keptShopifyId,
  ]);
  return to;
}

interface Row {
  id: string;
  now_id: string;
  now_key: string;
}

async function moveRows(client: PoolClient, shopId: string, from: string, to: string): Promise<void> {
  const values = [shopId, from, to];
  for (const table of FOLLOW) {
    await client.query(
      `UPDATE ${table} SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2`,
      values,
    );
  }
  await client.query(
    `DELETE FROM referral_code WHERE shop_id = $1 AND customer_id = $2
       AND EXISTS (SELECT FROM referral_code WHERE shop_id = $1 AND customer_id = $3)`,
    values,
  );
  await client.query(
    'UPDATE referral_code SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2',
    values,
  );
  await client.query(
    `INSERT INTO timer (shop_id, kind, subject_id, due_at)
     SELECT shop_id, kind, $3::text, due_at FROM timer
     WHERE shop_id = $1 AND kind = 'contact.due' AND subject_id = $2::text AND status = 'open'
     ON CONFLICT (shop_id, kind, subject_id) DO UPDATE SET status = 'open', due_at =
       CASE WHEN timer.status = 'open' THEN least(timer.due_at, excluded.due_at) ELSE excluded.due_at END`,
    values,
  );
  await client.query(
    `UPDATE timer SET status = 'fired' WHERE shop_id = $1 AND kind = 'contact.due' AND subject_id = $2`,
    [shopId, from],
  );
  // Whoever unsubscribed as one of the two meant both.
  await client.query(
    `WITH gone AS (
       UPDATE customer SET merged_into_id = $3, next_score_at = NULL, scored_seq = stale_seq WHERE shop_id = $1 AND id = $2
       RETURNING unsubscribed_at
     )
     UPDATE customer c SET stale_seq = c.stale_seq + 1,
       unsubscribed_at = coalesce(c.unsubscribed_at, gone.unsubscribed_at)
     FROM gone WHERE c.shop_id = $1 AND c.id = $3`,
    values,
  );
}
