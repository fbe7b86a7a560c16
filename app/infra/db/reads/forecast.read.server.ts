import type { Pool } from 'pg';
import { spokenOf } from '../snapshot-sql.ts';
import { type CaseWithCourse, courseOf } from '../case-course.ts';
import { toOrder } from '../line-rows.ts';
import { horizonOf } from '../model-runs.repo.server.ts';
import { iso, number, numberOrNull, type SqlRow } from './rows.server.ts';
import type { ForecastData } from './prediction-views.ts';
import type { RedeemedOrder } from '../../../domain/referral/brought-friends.ts';

const MODEL = `
  SELECT id, status, reason FROM model_run
  WHERE shop_id = $1 AND kind = 'purchases' AND status IN ('kept', 'hidden') ORDER BY started_at DESC, id DESC LIMIT 1`;

/** With the proof of its own model, which may be of before the newest. The place by value among all who are predicted is counted, since nothing else asks for it. */
const PREDICTION = `
  SELECT p.*, ${horizonOf('m')} AS horizon_days, m.report -> 'verdict' AS verdict, m.report -> 'value' AS value, to_char(p.next_order_on, 'YYYY-MM-DD') AS next_day, placed.valued, placed.at_least
  FROM customer_prediction p LEFT JOIN model_run m ON m.shop_id = $1 AND m.id = p.model_run_id CROSS JOIN LATERAL (
    SELECT count(*) AS valued, count(*) FILTER (WHERE q.clv_minor >= p.clv_minor) AS at_least
    FROM customer_prediction q WHERE q.shop_id = $1 AND q.clv_minor IS NOT NULL) placed
  WHERE p.shop_id = $1 AND p.customer_id = $2`;

const CASES = `
  SELECT count(*) FILTER (WHERE opened_at > business_now() - interval '30 days') AS last_30_days,
    min(opened_at) FILTER (WHERE status IN ('open', 'acknowledged')) AS oldest_open
  FROM support_case k WHERE shop_id = $1 AND customer_id = $2 AND ${spokenOf('k')}`;

const COURSES = `
  SELECT ${courseOf('business_now()')} FROM support_case k LEFT JOIN orders o ON o.shop_id = $1 AND o.order_id = k.order_id
  WHERE k.shop_id = $1 AND k.customer_id = $2 AND k.opened_severity IS NOT NULL AND k.opened_at > business_now() - interval '90 days'`;

const REFERRAL = `
  SELECT (SELECT json_agg(json_build_object('friend_id', o.customer_id, 'paid_at', o.paid_at, 'cancelled_at', o.cancelled_at,
      'delivered_at', o.delivered_at, 'financial_status', o.financial_status, 'total_minor', o.total_minor, 'test', o.test, 'doc',
      json_build_object('lines', o.doc -> 'lines', 'refunds', o.doc -> 'refunds', 'disputes', o.doc -> 'disputes'))) FROM orders o
    WHERE o.shop_id = $1 AND o.discount_codes <> '{}' AND o.discount_codes @> ARRAY[r.code] AND o.customer_id <> $2) AS redeemed
  FROM referral_code r WHERE r.shop_id = $1 AND r.customer_id = $2`;

const HELP = `SELECT sum(help_views) AS pages FROM site_day WHERE shop_id = $1 AND customer_id = $2`;

const FIRST = `
  SELECT delivered_at FROM orders
  WHERE shop_id = $1 AND customer_id = $2 AND placed_at IS NOT NULL AND paid_at IS NOT NULL AND cancelled_at IS NULL AND NOT test
  ORDER BY placed_at, order_id LIMIT 1`;

/** What is predicted of a customer, by which model, and the facts beside those that scoring reads. */
export async function readForecast(pool: Pool, shopId: string, customerId: string): Promise<ForecastData> {
  const about = [shopId, customerId];
  const [model, predicted, cases, courses, referral, help, first] = await Promise.all([
    pool.query(MODEL, [shopId]),
    pool.query(PREDICTION, about),
    pool.query(CASES, about),
    pool.query<CaseWithCourse>(COURSES, about),
    pool.query(REFERRAL, about),
    pool.query(HELP, about),
    pool.query(FIRST, about),
  ]);
  const [run, row, standing] = [model.rows[0], predicted.rows[0], cases.rows[0]];
  return {
    model: run ? { id: run.id, status: run.status, reason: run.reason } : null,
    prediction: row
      ? {
          runId: row.model_run_id,
          horizonDays: row.horizon_days,
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
    proof: { verdict: row?.verdict ?? null, value: row?.value ?? null },
    casesLast30Days: number(standing.last_30_days),
    referral: {
      invited: referral.rows.length > 0,
      redeemed: (referral.rows[0]?.redeemed ?? []).map(redeemedFrom),
    },
    coursesLast90Days: courses.rows.map(({ course }) => course),
    oldestOpenCaseAt: iso(standing.oldest_open),
    helpPagesRead: numberOrNull(help.rows[0].pages),
    firstDeliveredAt: iso(first.rows[0]?.delivered_at),
  };
}

function redeemedFrom(row: SqlRow): RedeemedOrder {
  const { paidAt, cancelledAt, deliveredAt, financialStatus, totalMinor, test, ...rest } = toOrder(row);
  const { lines, refunds, disputes } = rest;
  const kept = {
    paidAt,
    cancelledAt,
    deliveredAt,
    financialStatus,
    totalMinor,
    test,
    lines,
    refunds,
    disputes,
  };
  return { friendId: row.friend_id, order: kept };
}
