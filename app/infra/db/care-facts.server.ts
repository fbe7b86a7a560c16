import { presentRun } from './model-runs.repo.server.ts';

/**
 * SQL: the share of low ratings, 0-1, among the orders on which the stage of a prediction was tested, as JSON; null: not told.
 * @param prediction an alias of order_prediction
 * @param run an alias of the model_run that it is by
 */
export const usualShareOf = (prediction: string, run: string) =>
  `CASE ${prediction}.stage WHEN 'on_its_way' THEN ${run}.report -> 'onItsWay' ELSE ${run}.report END -> 'model' -> 'baseRate'`;

/** SQL: how many cases were opened for predictions on the shop's present day. $1 is the shop. @param now an SQL expression for business time */
export const caredTodayOf = (
  now: string,
) => `(SELECT count(*) FROM support_case k JOIN shop s ON s.id = $1 WHERE k.shop_id = $1 AND k.prediction IS NOT NULL
      AND (k.opened_at AT TIME ZONE s.time_zone)::date = (${now} AT TIME ZONE s.time_zone)::date)`;

/**
 * SQL: CareFacts of an order, null where it is not stored. $1 is the shop.
 * @param order an SQL expression for its id
 * @param now an SQL expression for business time
 */
export const careOf = (order: string, now: string) => `(SELECT json_build_object(
    'prediction', (SELECT json_build_object('lowProbability', p.low_probability, 'stage', p.stage, 'reasons', p.reasons,
        'usualShare', ${usualShareOf('p', 'm')},
        'shown', p.model_run_id = ${presentRun('satisfaction')} AND coalesce(m.parameters -> 'shownStages' ? p.stage, false))
      FROM order_prediction p JOIN model_run m ON m.shop_id = $1 AND m.id = p.model_run_id
      WHERE p.shop_id = $1 AND p.order_id = o.order_id),
    'orderCounts', o.source_updated_at IS NOT NULL AND o.cancelled_at IS NULL AND NOT o.test,
    'customerKnown', EXISTS (SELECT FROM customer c WHERE c.shop_id = $1 AND c.id = o.customer_id AND c.redacted_at IS NULL),
    'answered', EXISTS (SELECT FROM survey_response r WHERE r.shop_id = $1 AND r.order_id = o.order_id),
    'hasOpenCase', EXISTS (SELECT FROM support_case k WHERE k.shop_id = $1 AND k.customer_id = o.customer_id
      AND k.status IN ('open', 'acknowledged')),
    'caredForOrder', EXISTS (SELECT FROM support_case k WHERE k.shop_id = $1 AND k.order_id = o.order_id AND k.prediction IS NOT NULL),
    'lastCaredAt', (SELECT max(k.opened_at) FROM support_case k
      WHERE k.shop_id = $1 AND k.customer_id = o.customer_id AND k.prediction IS NOT NULL),
    'caredToday', ${caredTodayOf(now)})
  FROM orders o WHERE o.shop_id = $1 AND o.order_id = ${order})`;
