import type { PoolClient } from 'pg';

/** Tables whose rows say which order they hang on. */
const BY_ORDER = [
  ...['survey_invitation', 'survey_link', 'survey_response', 'points_entry', 'support_case'],
  ...['discount_grant', 'survey_reward', 'event', 'order_prediction'],
];

const follow = (table: string) => `${table}_moved AS (
    UPDATE ${table} SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND order_id = $4)`;
const nothingElseIn = (table: string) => `NOT EXISTS (
      SELECT FROM ${table} t WHERE t.shop_id = $1 AND t.customer_id = $2 AND t.order_id IS DISTINCT FROM $4)`;

/**
 * What hangs on an order goes along when the order turns out to be somebody else's; messages of its
 * quarterly survey name no order, only its invitation.
 *
 * A guest is known by their orders alone. One of whom nothing is left is the new owner under another
 * name: whoever was never written to is forgotten, as they would never have been stored had the owner
 * been named first; else the row is merged, for the links in their mails are good for ever. Whoever
 * unsubscribed as a guest meant themselves.
 */
const HAND_OVER = `
  WITH ${BY_ORDER.map(follow).join(',\n  ')},
  action_moved AS (
    UPDATE action SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2 AND (order_id = $4
      OR payload ->> 'invitationId' IN (SELECT id::text FROM survey_invitation WHERE shop_id = $1 AND order_id = $4))
    RETURNING id),
  contact_moved AS (
    UPDATE contact SET customer_id = $3 WHERE shop_id = $1 AND customer_id = $2
      AND action_id IN (SELECT id FROM action_moved)),
  guest AS (
    SELECT c.id, c.unsubscribed_at, c.surveys_off_at, EXISTS (
      SELECT FROM contact t WHERE t.shop_id = $1 AND t.customer_id = $2 AND t.status <> 'failed') AS written_to
    FROM customer c WHERE c.shop_id = $1 AND c.id = $2 AND customer_key_rank(c.key) < 3),
  nobody AS (
    SELECT id, written_to FROM guest WHERE ${['orders', ...BY_ORDER.filter((table) => table !== 'event')].map(nothingElseIn).join('\n      AND ')}
      AND NOT EXISTS (SELECT FROM action t WHERE t.shop_id = $1 AND t.customer_id = $2 AND t.id NOT IN (SELECT id FROM action_moved))
      AND NOT EXISTS (SELECT FROM privacy_request t WHERE t.shop_id = $1 AND t.customer_id = $2)),
  has_code AS (SELECT EXISTS (SELECT FROM referral_code WHERE shop_id = $1 AND customer_id = $3) AS yes),
  code_moved AS (
    UPDATE referral_code r SET customer_id = $3 FROM nobody, has_code
    WHERE r.shop_id = $1 AND r.customer_id = nobody.id AND NOT has_code.yes),
  code_dropped AS (
    DELETE FROM referral_code r USING nobody, has_code
    WHERE r.shop_id = $1 AND r.customer_id = nobody.id AND has_code.yes),
  timer_left AS (
    UPDATE timer t SET due_at = coalesce(remaining.due_at, t.due_at),
      status = CASE WHEN remaining.due_at IS NULL THEN 'fired' ELSE t.status END
    FROM (SELECT min(due_at) AS due_at FROM survey_invitation WHERE shop_id = $1 AND customer_id = $2
      AND order_id <> $4 AND status IN ('scheduled', 'deferred')) AS remaining
    WHERE t.shop_id = $1 AND t.kind = 'contact.due' AND t.subject_id = $2::text AND t.status = 'open'),
  scores_forgotten AS (
    DELETE FROM score_history h USING nobody WHERE h.shop_id = $1 AND h.customer_id = nobody.id AND NOT nobody.written_to),
  prediction_forgotten AS (
    DELETE FROM customer_prediction p USING nobody WHERE p.shop_id = $1 AND p.customer_id = nobody.id),
  forgotten AS (
    DELETE FROM customer c USING nobody WHERE c.shop_id = $1 AND c.id = nobody.id AND NOT nobody.written_to),
  merged AS (
    UPDATE customer c SET merged_into_id = $3, next_score_at = NULL, scored_seq = stale_seq FROM nobody
    WHERE c.shop_id = $1 AND c.id = nobody.id AND nobody.written_to),
  still_somebody AS (
    UPDATE customer SET stale_seq = stale_seq + 1, stale_since = CASE WHEN stale_seq = scored_seq THEN now() ELSE stale_since END
    WHERE shop_id = $1 AND id = $2 AND NOT EXISTS (SELECT FROM nobody))
  UPDATE customer c SET unsubscribed_at = coalesce(c.unsubscribed_at, guest.unsubscribed_at),
    surveys_off_at = coalesce(c.surveys_off_at, guest.surveys_off_at)
  FROM guest
  WHERE c.shop_id = $1 AND c.id = $3 AND (c.unsubscribed_at IS NULL AND guest.unsubscribed_at IS NOT NULL
    OR c.surveys_off_at IS NULL AND guest.surveys_off_at IS NOT NULL)`;

/** Inside the caller's transaction, under the locks of the order and of both customers. */
export async function handOver(
  client: PoolClient,
  shopId: string,
  { from, to, orderId }: { from: string; to: string | null; orderId: string | null },
): Promise<void> {
  await client.query({ name: 'hand_over', text: HAND_OVER, values: [shopId, from, to, orderId] });
}
