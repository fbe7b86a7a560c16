import { UNPREDICTED } from '#app/services/predict-customer.ts';
import type { LineHarness } from '#tests/fakes/line.ts';

/** Customers who are due for scoring, by SQL. @returns their ids in order */
export async function addCustomers(line: LineHarness, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => line.deps.newId()).sort();
  await line.rows(
    `INSERT INTO customer (shop_id, id, key, created_at, stale_seq, next_score_at)
     SELECT $1, id, 'c:' || id, business_now(), 1, business_now() FROM unnest($2::uuid[]) id`,
    [line.shopId, ids],
  );
  return ids;
}

/** So many paid orders of each customer over the last year, of different worth, and an answer of every third customer. */
export async function addOrders(line: LineHarness, each: number): Promise<void> {
  await line.rows(
    `INSERT INTO orders (shop_id, order_id, customer_id, currency, placed_at, paid_at, subtotal_minor, discount_minor, total_minor,
       refunded_minor, doc, source_updated_at)
     SELECT $1, c.key || '-' || k, c.id, 'EUR', at, at, value, CASE WHEN k % 4 = 0 THEN 300 ELSE 0 END, value + 490,
       CASE WHEN k % 5 = 0 THEN 700 ELSE 0 END,
       CASE WHEN k % 5 = 0 THEN '{"refunds":[{"amountMinor":700,"lines":[]}]}'::jsonb ELSE '{}' END, at
     FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM customer WHERE shop_id = $1 AND merged_into_id IS NULL) c,
       generate_series(1, $2::int) k,
       LATERAL (SELECT business_now() - interval '1 day' * (1 + (c.n * 37 + k * 61) % 360) AS at, 1000 + (c.n * 71 + k * 997) % 9000 AS value) o`,
    [line.shopId, each],
  );
  await line.rows(
    `INSERT INTO survey_response (shop_id, id, answer_key, kind, customer_id, order_id, surface, status, metric, rating, route, answers, answered_at)
     SELECT $1, gen_random_uuid(), 'relationship:i:' || c.id, 'relationship', c.id, '', 'hosted_page', 'verified', 'nps', c.n % 11, 'middle',
       jsonb_build_object('ratings', jsonb_build_object('rating', c.n % 11), 'metrics', '{"rating":"nps"}'::jsonb),
       business_now() - interval '1 day' * (c.n % 200)
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM customer WHERE shop_id = $1 AND merged_into_id IS NULL) c WHERE c.n % 3 = 0`,
    [line.shopId],
  );
}

/** Everything that scoring stores, by customer. */
export const scoresOf = (line: LineHarness) =>
  line.rows<{ band: string | null }>(
    `SELECT c.id, c.csi::float, c.csi_coverage, c.segment, c.health::float, c.health_coverage, c.band, c.flagged, c.high_risk,
       c.score_reasons, c.main_reason, c.main_reason_key, c.score_version, c.value_at_risk_minor, c.revenue_year_minor,
       c.order_count, c.first_order_at, c.last_order_at, c.tier, c.next_score_at, c.stale_seq = c.scored_seq AS fresh,
       (SELECT json_agg(h ORDER BY at) FROM score_history h WHERE h.shop_id = c.shop_id AND h.customer_id = c.id) AS history
     FROM customer c WHERE c.shop_id = $1 ORDER BY c.id`,
    [line.shopId],
  );

/** A score that says nothing. */
export const blank = {
  scoredBefore: null as string | null,
  ...{
    csi: null,
    csiCoverage: 0,
    segment: null,
    health: null,
    healthCoverage: 0,
    band: null,
    flagged: false,
  },
  ...{
    highRisk: false,
    reasons: [] as unknown,
    mainReason: null as string | null,
    mainReasonKey: null,
    version: 'test',
  },
  ...{ valueAtRiskMinor: 0, revenueYearMinor: 0, orderCount: 0, firstOrderAt: null, lastOrderAt: null },
  ...UNPREDICTED,
  ...{ tier: 'starter', milestones: [], nextScoreAt: null, writeHistory: false },
};
