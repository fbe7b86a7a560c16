import type { LineHarness } from '#tests/fakes/line.ts';

/** What a shop's models, and its rules, may come to think of a customer and of one order. @returns the customer's id */
export async function profileOf(line: LineHarness, shopifyId: string): Promise<string> {
  const [row] = await line.rows<{ id: string }>('SELECT id FROM customer WHERE shopify_id = $1', [shopifyId]);
  const customerId = row!.id;
  await line.rows(
    `UPDATE customer SET csi = 20, csi_coverage = 0.5, segment = 'detractor', health = 30, health_coverage = 0.6, band = 'critical',
       flagged = true, high_risk = true, score_reasons = '[{"key": "site"}]', main_reason = 'Refunds or chargebacks', main_reason_key = 'payment',
       value_at_risk_minor = 900, score_version = 'test', scored_at = business_now() - interval '1 day' WHERE id = $1`,
    [customerId],
  );
  await line.rows(
    `INSERT INTO score_history (shop_id, customer_id, at, csi_coverage, health_coverage, health, reasons, version)
     VALUES ($1, $2, business_now() - interval '1 day', 1, 1, 30, '[{"key": "payment", "fact": {"refundedMinor": 700}}]', 'test')`,
    [line.shopId, customerId],
  );
  await line.rows(
    `INSERT INTO customer_prediction (shop_id, customer_id, model_run_id, as_of, level, none_probability, expected_purchases,
       purchases_low, purchases_high, clv_minor, next_order_on)
     VALUES ($1, $2, $3, business_now(), 'own', 0.7, 0.4, 0, 1, 4000, '2026-12-24')`,
    [line.shopId, customerId, line.deps.newId()],
  );
  await line.rows(
    `INSERT INTO order_prediction (shop_id, order_id, customer_id, model_run_id, as_of, stage, low_probability, reasons)
     SELECT $1, min(order_id), $2, $3, business_now(), 'delivered', 0.8, '[["lateness", 1.2]]' FROM orders WHERE customer_id = $2`,
    [line.shopId, customerId, line.deps.newId()],
  );
  return customerId;
}
