import type { Pool } from 'pg';
import { iso, number, numberOrNull } from './rows.server.ts';
import type { ForecastData } from './prediction-views.ts';

const MODEL = `
  SELECT id, status, reason, report -> 'verdict' AS verdict, report -> 'value' AS value, (parameters ->> 'horizonDays')::int AS horizon FROM model_run
  WHERE shop_id = $1 AND kind = 'purchases' AND status IN ('kept', 'hidden') ORDER BY started_at DESC, id DESC LIMIT 1`;

/** The place by value among all who are predicted is counted, since nothing else asks for it. */
const PREDICTION = `
  SELECT p.*, to_char(p.next_order_on, 'YYYY-MM-DD') AS next_day, placed.valued, placed.at_least
  FROM customer_prediction p CROSS JOIN LATERAL (
    SELECT count(*) AS valued, count(*) FILTER (WHERE q.clv_minor >= p.clv_minor) AS at_least
    FROM customer_prediction q WHERE q.shop_id = $1 AND q.clv_minor IS NOT NULL) placed
  WHERE p.shop_id = $1 AND p.customer_id = $2`;

const CASES = `
  SELECT count(*) FILTER (WHERE opened_at > business_now() - interval '30 days') AS last_30_days,
    min(opened_at) FILTER (WHERE status IN ('open', 'acknowledged')) AS oldest_open
  FROM support_case WHERE shop_id = $1 AND customer_id = $2`;

const HELP = `SELECT sum(help_views) AS pages FROM site_day WHERE shop_id = $1 AND customer_id = $2`;

const FIRST = `
  SELECT delivered_at FROM orders
  WHERE shop_id = $1 AND customer_id = $2 AND placed_at IS NOT NULL AND paid_at IS NOT NULL AND cancelled_at IS NULL AND NOT test
  ORDER BY placed_at, order_id LIMIT 1`;

/** What is predicted of a customer, by which model, and the facts beside those that scoring reads. */
export async function readForecast(pool: Pool, shopId: string, customerId: string): Promise<ForecastData> {
  const about = [shopId, customerId];
  const [model, predicted, cases, help, first] = await Promise.all([
    pool.query(MODEL, [shopId]),
    pool.query(PREDICTION, about),
    pool.query(CASES, about),
    pool.query(HELP, about),
    pool.query(FIRST, about),
  ]);
  const [run, row, standing] = [model.rows[0], predicted.rows[0], cases.rows[0]];
  return {
    model: run
      ? {
          ...{ id: run.id, status: run.status, reason: run.reason, verdict: run.verdict, value: run.value },
          horizonDays: run.horizon,
        }
      : null,
    prediction: row
      ? {
          runId: row.model_run_id,
          asOf: row.as_of.toISOString(),
          level: row.level,
          noneProbability: row.none_probability,
          expectedPurchases: row.expected_purchases,
          purchasesLow: row.purchases_low,
          purchasesHigh: row.purchases_high,
          clvMinor: numberOrNull(row.clv_minor),
          clvLowMinor: numberOrNull(row.clv_low_minor),
          clvHighMinor: numberOrNull(row.clv_high_minor),
          nextOrderOn: row.next_day,
          typicalGapDays: row.typical_gap_days,
          customersWithValue: number(row.valued),
          worthAtLeastAsMuch: number(row.at_least),
        }
      : null,
    casesLast30Days: number(standing.last_30_days),
    oldestOpenCaseAt: iso(standing.oldest_open),
    helpPagesRead: numberOrNull(help.rows[0].pages),
    firstDeliveredAt: iso(first.rows[0]?.delivered_at),
  };
}
