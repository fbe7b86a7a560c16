import { scoreCustomer } from '#app/domain/scoring/score.ts';
import { scoreInputsOf } from '#app/services/score-inputs.ts';
import type { LineHarness } from '#tests/fakes/line.ts';

/** What scoring makes of what is stored about one person now, whether or not it is enough for a band. */
export async function signalsOf(line: LineHarness, customerId: string) {
  const loaded = await line.deps.scores.load(line.shopId, [customerId]);
  const [source] = loaded?.sources ?? [];
  if (!loaded || !source) throw new Error('No such customer, or merged into another.');
  const inputs = scoreInputsOf(source, loaded.shop);
  const { reasons, csi } = scoreCustomer(inputs, loaded.now);
  const known = Object.fromEntries(reasons.map(({ key, value, fact }) => [key, { value, fact }]));
  return { inputs, csi, known };
}

/** Today's row of whom Shopify calls so. */
export async function customerOf(line: LineHarness, shopifyId: string): Promise<string> {
  const [row] = await line.rows<{ id: string }>(
    `SELECT current_customer_id(c.shop_id, c.id) AS id FROM customer c WHERE c.shopify_id = $1`,
    [shopifyId],
  );
  return row!.id;
}

/** Whether the score waits to be made again, and how often it was outdated so far. */
export async function stalenessOf(line: LineHarness, customerId: string) {
  const [row] = await line.rows<{ seq: number; stale: boolean; due: boolean }>(
    `SELECT stale_seq::int AS seq, stale_seq <> scored_seq AS stale,
       coalesce(next_score_at <= business_now(), false) AS due FROM customer WHERE id = $1`,
    [customerId],
  );
  return row!;
}

/** A survey that was mailed to be answered by name, and its place in the contact ledger. */
export async function mailed(line: LineHarness, customerId: string, sentAt: Date, seenAt: Date | null) {
  const id = line.deps.newId();
  await line.rows(
    `WITH ledger AS (INSERT INTO contact (shop_id, action_id, customer_id, topic, status, at)
       VALUES ($1, $2, $3, 'survey', 'sent', $4))
     INSERT INTO survey_invitation (shop_id, id, kind, customer_id, order_id, status, channel, first_due_at, due_at, sent_at,
       seen_at, by_name) VALUES ($1, $2, 'usage', $3, $2::text, 'sent', 'email', $4, $4, $4, $5, true)`,
    [line.shopId, id, customerId, sentAt, seenAt],
  );
}
