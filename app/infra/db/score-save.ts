/** Columns of a prediction. */
const PREDICTED = [
  ...['model_run_id', 'level', 'none_probability', 'expected_purchases', 'purchases_low', 'purchases_high'],
  ...['clv_minor', 'clv_low_minor', 'clv_high_minor', 'next_order_on', 'typical_gap_days'],
];

/**
 * SQL: stores computed scores with what they lead to. $1 is the shop, $2 the moment of which they are, $3 the number of
 * the rules by which they were made. A row that an event made stale meanwhile is left for that event's own job, and all
 * of them for the pass that new rules bring: no lock is needed. Of two that were read at once the first one stored stays,
 * or the history would tell the same twice, and an older moment could take the place of a newer one. The conditions stand
 * in a CASE, into which PostgreSQL does not look: of each by itself it expects that few rows are left, one in all, and joins
 * every row of a page with all the others.
 * @param given a query for rows with SCORE_COLUMNS and `lag_seconds`
 * @param result what is asked of `scored` (id, lag_seconds) and of the new events `reached` (id, customer_id)
 */
export const saveScores = (given: string, result: string) => `
  WITH j AS (${given}), locked AS (
    SELECT c.id, extract(epoch FROM now() - c.stale_since)::float8 AS lag_seconds
    FROM j JOIN customer c ON c.shop_id = $1 AND c.id = j.customer_id ORDER BY c.id FOR NO KEY UPDATE OF c
  ), scored AS (
    UPDATE customer c SET csi = j.csi, csi_coverage = j.csi_coverage, segment = j.segment, health = j.health,
      health_coverage = j.health_coverage, band = j.band, flagged = j.flagged, high_risk = j.high_risk, score_reasons = j.reasons,
      main_reason = j.main_reason, main_reason_key = j.main_reason_key, score_version = j.version, scored_at = $2,
      value_at_risk_minor = j.value_at_risk_minor, revenue_year_minor = j.revenue_year_minor, order_count = j.order_count,
      first_order_at = j.first_order_at, last_order_at = j.last_order_at,
      tier_since = CASE WHEN c.tier = j.tier THEN c.tier_since ELSE $2 END, tier = j.tier,
      scored_seq = j.stale_seq, rules_seq = $3, stale_since = NULL, next_score_at = j.next_score_at
    FROM locked l JOIN j ON j.customer_id = l.id WHERE c.shop_id = $1 AND c.id = l.id
      AND CASE WHEN c.stale_seq = j.stale_seq AND c.redacted_at IS NULL THEN c.scored_at IS NOT DISTINCT FROM j.scored_before ELSE false END
      AND (SELECT rules_seq FROM shop WHERE id = $1) = $3
    RETURNING c.id, l.lag_seconds
  ), history AS (
    INSERT INTO score_history (shop_id, customer_id, at, csi, csi_coverage, segment, health, health_coverage, band, reasons, version)
    SELECT $1, j.customer_id, $2, j.csi, j.csi_coverage, j.segment, j.health, j.health_coverage, j.band, j.reasons, j.version
    FROM j JOIN scored s ON s.id = j.customer_id WHERE j.write_history
    ON CONFLICT (shop_id, customer_id, at) DO UPDATE SET csi = excluded.csi, csi_coverage = excluded.csi_coverage,
      segment = excluded.segment, health = excluded.health, health_coverage = excluded.health_coverage,
      band = excluded.band, reasons = excluded.reasons, version = excluded.version
  ), reached AS (
    INSERT INTO event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, customer_id, ref_id)
    SELECT $1, gen_random_uuid(), 'timer', 'milestone.reached', 'milestone:' || s.id || ':' || m.name, $2, $2, s.id, m.name
    FROM scored s JOIN j ON j.customer_id = s.id CROSS JOIN LATERAL jsonb_array_elements_text(j.milestones) AS m(name)
    ON CONFLICT (shop_id, source, dedupe_key) DO NOTHING
    RETURNING id, customer_id
  ), predicted AS (
    INSERT INTO customer_prediction AS p (shop_id, customer_id, as_of, ${PREDICTED.join(', ')})
    SELECT $1, j.customer_id, $2, ${PREDICTED.map((column) => `j.${column}`).join(', ')}
    FROM j JOIN scored s ON s.id = j.customer_id WHERE j.model_run_id IS NOT NULL
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET as_of = excluded.as_of,
      ${PREDICTED.map((column) => `${column} = excluded.${column}`).join(', ')}
      WHERE (${PREDICTED.map((column) => `p.${column}`).join(', ')})
        IS DISTINCT FROM (${PREDICTED.map((column) => `excluded.${column}`).join(', ')})
  ), unpredicted AS (
    DELETE FROM customer_prediction p USING j JOIN scored s ON s.id = j.customer_id
    WHERE p.shop_id = $1 AND p.customer_id = j.customer_id AND j.model_run_id IS NULL
  )
  ${result}`;

/**
 * SQL: customers of whom no score could be made keep the one of before, until a time of their own: to the pass they are
 * through, or it would try, and tell, the same at every tick. $1 is the shop, $2 that time, $3 the number of the rules,
 * $4 a JSON array of objects with customerId and staleSeq; whoever an event, or new rules, came about is left to those.
 */
export const PUT_OFF_SCORES = `
  WITH unreadable AS (
    SELECT c.id FROM jsonb_to_recordset($4) AS j("customerId" uuid, "staleSeq" bigint)
    JOIN customer c ON c.shop_id = $1 AND c.id = j."customerId" AND c.stale_seq = j."staleSeq"
    WHERE (SELECT rules_seq FROM shop WHERE id = $1) = $3 ORDER BY c.id FOR NO KEY UPDATE OF c
  )
  UPDATE customer c SET next_score_at = $2, scored_seq = c.stale_seq, stale_since = NULL, rules_seq = $3
  FROM unreadable u WHERE c.shop_id = $1 AND c.id = u.id`;
