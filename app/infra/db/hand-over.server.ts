import type { PoolClient } from 'pg';

/** What hangs on an order goes along when the order turns out to be somebody else's. */
const HAND_OVER = `
  WITH invitations AS (UPDATE survey_invitation SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND order_id = $4),
  links AS (UPDATE survey_link SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND order_id = $4),
  responses AS (UPDATE survey_response SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND order_id = $4),
  points AS (UPDATE points_entry SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND order_id = $4),
  cases AS (UPDATE support_case SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND order_id = $4),
  grants AS (UPDATE discount_grant SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND order_id = $4),
  contacts AS (UPDATE contact SET customer_id = $3 FROM action a WHERE contact.shop_id = $1 AND contact.customer_id = $2
    AND a.shop_id = $1 AND a.id = contact.action_id AND a.order_id = $4),
  actions AS (UPDATE action SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND order_id = $4),
  events AS (UPDATE event SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND order_id = $4)
  UPDATE customer SET stale_seq = stale_seq + 1 WHERE shop_id = $1 AND id = $2`;

/** Tables in which a guest who is still somebody has a row. */
const LEAVES_TRACES = [
  ...['orders', 'survey_invitation', 'survey_link', 'survey_response', 'action', 'contact', 'points_entry'],
  ...['support_case', 'discount_grant', 'referral_code', 'privacy_request'],
];

/**
 * A guest was only ever known by an order: without one, and without a wish of theirs to keep,
 * there is no such person, as there would not have been had the account been named first.
 */
const FORGET_GUEST = `
  WITH forgotten AS (
    DELETE FROM customer c WHERE c.shop_id = $1 AND c.id = $2 AND c.key NOT LIKE 'c:%' AND c.unsubscribed_at IS NULL
      AND c.redacted_at IS NULL
      ${LEAVES_TRACES.map((table) => `AND NOT EXISTS (SELECT FROM ${table} t WHERE t.shop_id = $1 AND t.customer_id = c.id)`).join('\n      ')}
    RETURNING id),
  scores AS (DELETE FROM score_history h USING forgotten WHERE h.shop_id = $1 AND h.customer_id = forgotten.id)
  DELETE FROM timer t USING forgotten WHERE t.shop_id = $1 AND t.kind = 'contact.due' AND t.subject_id = forgotten.id::text`;

/** Inside the caller's transaction, under the locks of the order and of both customers. */
export async function handOver(
  client: PoolClient,
  shopId: string,
  { from, to, orderId }: { from: string; to: string | null; orderId: string | null },
): Promise<void> {
  await client.query({ name: 'hand_over', text: HAND_OVER, values: [shopId, from, to, orderId] });
  await client.query({ name: 'forget_guest', text: FORGET_GUEST, values: [shopId, from] });
}
