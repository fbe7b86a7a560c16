import type pg from 'pg';

/** An id like the app's own (UUID version 7), of which later ones are greater: indexes grow at their end. */
const timeOrdered = (n: string, kind: number) =>
  `('01900000-000${kind}-7000-8000-' || lpad(to_hex((${n})::bigint), 12, '0'))::uuid`;

/**
 * A shop in which many delivery surveys fall due at the same hour: one customer each, with one to three
 * orders and their events, surveys of earlier orders and what was sent about them. Made in the database, in seconds.
 */
export async function fillDueShop(pool: pg.Pool, shopId: string, customers: number): Promise<void> {
  const run = (sql: string) => pool.query(sql, [shopId, customers]);
  // Without quiet hours: at night everything would be put off, which is less work than sending.
  const settings = { quietHours: { startHour: 0, endHour: 0 } };
  await pool.query('UPDATE shop SET settings = $2, stats_at = now() WHERE id = $1', [shopId, settings]);
  await run(`
    INSERT INTO customer (shop_id, id, key, shopify_id, email, first_name, locale, country_code, email_consent, email_consent_at,
      profile_told_at, created_at)
    SELECT $1, ${timeOrdered('n', 1)}, 'c:' || n, n::text, 'c' || n || '@example.com', 'Ada', 'de', 'DE', 'subscribed', now(),
      '{}', now() - interval '1 year'
    FROM generate_series(1, $2::int) n`);
  await run(`
    INSERT INTO orders (shop_id, order_id, customer_id, name, currency, channel, country_code, locale, placed_at, paid_at, delivered_at,
      financial_status, subtotal_minor, total_minor, doc, source_updated_at)
    SELECT $1, n || '0' || k, ${timeOrdered('n', 1)}, '#' || n || k, 'EUR', 'web', 'DE', 'de', at, at, at + interval '3 days', 'paid', 4990, 4990,
      '{"lines":[{"id":"1","productId":"7","title":"Bowl","quantity":1,"currentQuantity":1,"unitPriceMinor":4990,"discountMinor":0,"requiresShipping":true}],"fulfillments":[],"shipmentEvents":[],"refunds":[],"returns":[],"taxMinor":0,"shippingMinor":0}',
      at
    FROM generate_series(1, $2::int) n, generate_series(0, 2) k,
      LATERAL (SELECT now() - interval '4 days' - k * interval '40 days' AS at) t
    WHERE k <= n % 3`);
  // The newest order's survey is due now; those of older orders were sent, a third of them lately enough to meet the cap.
  await run(`
    INSERT INTO survey_invitation (shop_id, id, kind, customer_id, order_id, status, channel, first_due_at, due_at, sent_at)
    SELECT $1, ${timeOrdered('row_number() OVER (ORDER BY placed_at)', 3)}, 'delivery', o.customer_id, o.order_id,
      CASE WHEN newest THEN 'scheduled' ELSE 'sent' END, 'email', due, due, CASE WHEN NOT newest THEN due END
    FROM (SELECT *, placed_at > now() - interval '10 days' AS newest,
        CASE WHEN placed_at > now() - interval '10 days' THEN now() - interval '1 minute' ELSE delivered_at + interval '1 day' END AS due
      FROM orders WHERE shop_id = $1 AND $2::int > 0) o`);
  await run(`
    INSERT INTO contact (shop_id, action_id, customer_id, topic, survey_kind, status, at)
    SELECT $1, ${timeOrdered('n', 2)}, ${timeOrdered('n', 1)}, 'survey', 'usage', 'sent', now() - interval '1 day' * (n % 40 + 1)
    FROM generate_series(1, $2::int) n WHERE n % 2 = 0`);
  await run(`
    INSERT INTO timer (shop_id, kind, subject_id, due_at, status)
    SELECT $1, 'contact.due', ${timeOrdered('n', 1)}::text, now() - interval '1 minute', 'open' FROM generate_series(1, $2::int) n`);
  await run(`
    INSERT INTO event (shop_id, id, source, topic, status, dedupe_key, received_at, customer_id, order_id, created_at, processed_at)
    SELECT $1, ${timeOrdered('row_number() OVER (ORDER BY placed_at)', 4)}, 'shopify', 'orders/create', 'processed', 'old:' || order_id, placed_at, customer_id, order_id,
      placed_at, placed_at
    FROM orders WHERE shop_id = $1 AND $2::int > 0`);
  await pool.query('ANALYZE');
}
