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
  newId: () => string;
  now: Date;
}

/** Tables whose rows follow a customer into a merge. */
const FOLLOW = [
  ...['orders', 'survey_invitation', 'survey_link', 'survey_response', 'action', 'contact', 'points_entry'],
  ...['support_case', 'discount_grant', 'survey_reward', 'event', 'survey_upload'],
  'order_prediction',
];

/** The row of a key, and the row that is meant by it today. */
const ROW = `
  SELECT c.id, k.id AS now_id, k.key AS now_key, k.shopify_id AS now_shopify_id FROM customer c
  CROSS JOIN LATERAL current_customer_id($1, c.id) AS who(id)
  JOIN customer k ON k.shop_id = $1 AND k.id = who.id
  WHERE c.shop_id = $1 AND c.key = $2`;

const STUB = `
  INSERT INTO customer (shop_id, id, key, shopify_id, created_at) VALUES ($1, $2, $3, $4, $5)`;

/**
 * Two people become one, under the locks of both. A row that is not known yet is made, so
 * that what comes later about the deleted customer finds its way to the kept one, whichever
 * webhook is first. Running it again changes nothing.
 * @returns the kept row's id, and the events by which claims are looked at again; null when one of the two was erased
 * @throws AppError 'customer_merged' (retryable) when another merge was faster
 */
export async function mergeCustomers(
  client: PoolClient,
  shopId: string,
  merge: Merge,
): Promise<Merged | null> {
  const { keptKey, deletedKey, keptShopifyId, deletedShopifyId } = merge;
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
    kept = await makeStub(client, shopId, merge, keptKey, keptShopifyId);
  }
  if (!deleted) {
    deleted = await makeStub(client, shopId, merge, deletedKey, deletedShopifyId);
  }
  const [from, to] = [deleted.now_id, kept.now_id];
  if (from === to) return { keptId: to, eventIds: [] };
  await moveRows(client, shopId, from, to);
  // An unverified answer that the deleted account gave is the account's that is meant today.
  const owner = kept.now_shopify_id ?? keptShopifyId;
  await client.query(
    'UPDATE survey_response SET claimed_by = $3 WHERE shop_id = $1 AND claimed_by = ANY($2)',
    [shopId, [deletedShopifyId, deleted.now_shopify_id, keptShopifyId], owner],
  );
  return {
    keptId: to,
    eventIds: await askAgain(client, shopId, merge, { customerId: to, shopifyId: owner }),
  };
}

/**
 * Claims whose order and claimant are one person since this merge: nothing else would look at them again,
 * so each gets the event of an answer.
 */
async function askAgain(
  client: PoolClient,
  shopId: string,
  { eventId, newId, now }: Merge,
  owner: { customerId: string; shopifyId: string },
): Promise<string[]> {
  const { rows } = await client.query(
    `SELECT r.id, r.order_id FROM survey_response r
     JOIN orders o ON o.shop_id = $1 AND o.order_id = r.order_id AND o.customer_id = $2
     WHERE r.shop_id = $1 AND r.status = 'unverified' AND r.claimed_by = $3`,
    [shopId, owner.customerId, owner.shopifyId],
  );
  const events = rows.map((row) => ({ ...row, eventId: newId() }));
  for (const event of events) {
    await client.query(
      `INSERT INTO event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, customer_id, order_id, ref_id)
       VALUES ($1, $2, 'answer', 'answer.submitted', $3, $4, $4, $5, $6, $7)`,
      [shopId, event.eventId, `${event.id}:${eventId}`, now, owner.customerId, event.order_id, event.id],
    );
  }
  return events.map((event) => event.eventId);
}

export interface Merged {
  keptId: string;
  /** Stored, and still to be handed to the queue. */
  eventIds: string[];
}

interface Row {
  id: string;
  now_id: string;
  now_key: string;
  now_shopify_id: string | null;
}

async function makeStub(
  client: PoolClient,
  shopId: string,
  { newId, now }: Merge,
  key: string,
  shopifyId: string,
): Promise<Row> {
  const id = newId();
  await client.query(STUB, [shopId, id, key, shopifyId, now]);
  return { id, now_id: id, now_key: key, now_shopify_id: shopifyId };
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
  // What is predicted of the kept one is made anew with the score.
  await client.query('DELETE FROM customer_prediction WHERE shop_id = $1 AND customer_id = $2', [
    shopId,
    from,
  ]);
  await client.query(
    `WITH gone AS (DELETE FROM site_day WHERE shop_id = $1 AND customer_id = $2 RETURNING *)
     INSERT INTO site_day AS d (shop_id, customer_id, day, views, product_views, help_views)
     SELECT $1, $3, day, views, product_views, help_views FROM gone
     ON CONFLICT (shop_id, customer_id, day) DO UPDATE SET views = d.views + excluded.views,
       product_views = d.product_views + excluded.product_views, help_views = d.help_views + excluded.help_views`,
    values,
  );
  // Whoever unsubscribed as one of the two meant both.
  await client.query(
    `WITH gone AS (
       UPDATE customer SET merged_into_id = $3, next_score_at = NULL, scored_seq = stale_seq WHERE shop_id = $1 AND id = $2
       RETURNING unsubscribed_at, surveys_off_at, last_seen_at
     )
     UPDATE customer c SET stale_seq = c.stale_seq + 1, last_seen_at = greatest(c.last_seen_at, gone.last_seen_at),
       unsubscribed_at = coalesce(c.unsubscribed_at, gone.unsubscribed_at),
       surveys_off_at = coalesce(c.surveys_off_at, gone.surveys_off_at)
     FROM gone WHERE c.shop_id = $1 AND c.id = $3`,
    values,
  );
}
