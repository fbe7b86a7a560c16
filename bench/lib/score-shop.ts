import type pg from 'pg';

/** An id like the app's own (UUID version 7), of which later ones are greater. */
const timeOrdered = (n: string, kind: number) =>
  `('01900000-000${kind}-7000-8000-' || lpad(to_hex((${n})::bigint), 12, '0'))::uuid`;

const doc = (refunds: object[]) =>
  `'${JSON.stringify({
    lines: [
      {
        ...{ id: '1', productId: '7', title: 'Bowl', quantity: 1, currentQuantity: 1, unitPriceMinor: 4990 },
        ...{ discountMinor: 0, requiresShipping: true },
      },
    ],
    ...{ fulfillments: [], shipmentEvents: [], refunds, returns: [], taxMinor: 0, shippingMinor: 490 },
  })}'::jsonb`;
const REFUND = { id: '9', at: '2026-01-01T00:00:00.000Z', amountMinor: 1000, lines: [] };

const CUSTOMERS = `
  INSERT INTO customer (shop_id, id, key, shopify_id, email, first_name, locale, country_code, email_consent, email_consent_at,
    profile_told_at, created_at, stale_seq, next_score_at)
  SELECT $1, ${timeOrdered('n', 1)}, 'c:' || n, n::text, 'c' || n || '@example.com', 'Ada', 'de', 'DE', 'subscribed', now(),
    '{}', now() - interval '2 years', 1, now() - interval '1 hour'
  FROM generate_series(1, $2::int) n`;

/** 1 + a geometric number of orders, up to 60, between the first one and the moment at which a customer is lost. */
const ORDERS = `
  INSERT INTO orders (shop_id, order_id, customer_id, name, currency, channel, country_code, locale, placed_at, paid_at, cancelled_at,
    delivered_at, approved_at, financial_status, subtotal_minor, discount_minor, total_minor, refunded_minor, test, doc, source_updated_at)
  SELECT $1, (1000000000 + row_number() OVER ())::text, ${timeOrdered('n', 1)}, '#' || row_number() OVER (), 'EUR', 'web', 'DE', 'de', at, at,
    CASE WHEN luck > 0.98 THEN at + interval '1 day' END, at + interval '3 days',
    CASE WHEN at < now() - interval '33 days' AND luck <= 0.98 THEN at + interval '33 days' END,
    CASE WHEN luck < 0.03 THEN 'partially_refunded' ELSE 'paid' END, value, CASE WHEN luck > 0.8 THEN 500 ELSE 0 END, value + 490,
    CASE WHEN luck < 0.03 THEN 1000 ELSE 0 END, luck BETWEEN 0.5 AND 0.503, CASE WHEN luck < 0.03 THEN ${doc([REFUND])} ELSE ${doc([])} END, at
  FROM (
    SELECT n, random() AS luck, (2000 + 6000 * wealth * (0.5 + random()))::int AS value,
      date_trunc('milliseconds', now() - interval '1 day' * (first - (first - last) * CASE k WHEN 1 THEN 0 ELSE random() END)) AS at
    FROM (
      SELECT n, wealth, first, first * greatest(0, 1.6 * left_early - 0.6) AS last, least(60, 1 + floor(ln(1 - many) / ln(0.8)))::int AS orders
      FROM (SELECT n, random() AS wealth, 1 + 729 * random() AS first, random() AS left_early, random() AS many
        FROM generate_series(1, $2::int) n OFFSET 0) drawn
    ) people, LATERAL generate_series(1, orders) k
    ORDER BY at
  ) bought`;

const ANSWERS = `
  INSERT INTO survey_response (shop_id, id, answer_key, kind, customer_id, order_id, surface, status, metric, rating, route, answers, answered_at)
  SELECT $1, ${timeOrdered('n', 2)}, 'relationship:i:' || n, 'relationship', ${timeOrdered('n', 1)}, '', 'hosted_page', 'verified', 'nps', rating,
    'middle', jsonb_build_object('ratings', jsonb_build_object('rating', rating), 'metrics', jsonb_build_object('rating', 'nps')),
    now() - interval '1 day' * (300 * random())
  FROM (SELECT n, floor(11 * sqrt(random()))::int AS rating FROM generate_series(3, $2::int, 3) n) answered`;

/** Half of them got mails lately, each about a survey that is answered by name. */
const MAILS = `
  WITH sent AS (SELECT n, k, now() - interval '1 day' * (1 + 50 * random()) AS at FROM generate_series(1, $2::int, 2) n, generate_series(1, 4) k),
  invited AS (
    INSERT INTO survey_invitation (shop_id, id, kind, customer_id, order_id, sequence, status, channel, first_due_at, due_at, sent_at, by_name, seen_at)
    SELECT $1, ${timeOrdered('n * 10 + k', 3)}, 'delivery', ${timeOrdered('n', 1)}, 'mailed-' || n, k, 'sent', 'email', at, at, at, true,
      CASE WHEN n % 4 = 1 THEN at + interval '1 hour' END FROM sent)
  INSERT INTO contact (shop_id, action_id, customer_id, topic, survey_kind, status, at)
  SELECT $1, ${timeOrdered('n * 10 + k', 4)}, ${timeOrdered('n', 1)}, 'survey', 'delivery', 'sent', at FROM sent`;

/**
 * A shop whose customers have 5 orders each on average (one to sixty, as a geometric distribution has it) over two
 * years, some of them silent for long, with refunds, discounts, cancelled and test orders, an answer from a third of
 * them and mails to half. Made in the database, in the order in which orders come: those of one customer lie far apart.
 * @returns how many orders there are
 */
export async function fillScoreShop(pool: pg.Pool, shopId: string, customers: number): Promise<number> {
  const client = await pool.connect();
  try {
    // random() is the same in every run, as far as the plan is.
    await client.query('SELECT setseed(0.5)');
    await client.query('UPDATE shop SET stats_at = now(), typical_gap_days = 45 WHERE id = $1', [shopId]);
    const values = [shopId, customers];
    await client.query(CUSTOMERS, values);
    const { rowCount } = await client.query(ORDERS, values);
    await client.query(ANSWERS, values);
    await client.query(MAILS, values);
    await client.query('VACUUM ANALYZE');
    return rowCount ?? 0;
  } finally {
    client.release();
  }
}
