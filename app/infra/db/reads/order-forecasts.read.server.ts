import type { Pool } from 'pg';
import { usualShareOf } from '../care-facts.server.ts';
import { presentRun } from '../model-runs.repo.server.ts';
import type { StoredOrderPrediction } from './prediction-views.ts';
import { numberOrNull } from './rows.server.ts';

/** Many orders of one customer say no more than the latest. */
const MOST = 5;

/** What is predicted of orders that nobody has rated yet, by the present model; of a customer or one order, newest first. */
export async function readOrderForecasts(
  pool: Pool,
  shopId: string,
  about: { customerId: string } | { orderId: string },
): Promise<StoredOrderPrediction[]> {
  const [column, value] =
    'orderId' in about ? ['p.order_id', about.orderId] : ['p.customer_id', about.customerId];
  const { rows } = await pool.query(
    `SELECT p.order_id, o.name, p.low_probability, p.reasons, ${usualShareOf('p', 'm')} AS usual
     FROM order_prediction p JOIN orders o ON o.shop_id = p.shop_id AND o.order_id = p.order_id
     JOIN model_run m ON m.shop_id = p.shop_id AND m.id = p.model_run_id
     WHERE p.shop_id = $1 AND ${column} = $2 AND p.model_run_id = ${presentRun('satisfaction')}
       AND NOT EXISTS (SELECT FROM survey_response r WHERE r.shop_id = p.shop_id AND r.order_id = p.order_id AND r.status = 'verified')
     ORDER BY o.placed_at DESC, p.order_id LIMIT ${MOST}`,
    [shopId, value],
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    orderName: row.name,
    lowProbability: row.low_probability,
    usualShare: numberOrNull(row.usual),
    reasons: row.reasons,
  }));
}
