-- Whoever was erased is scored and predicted no more, and what was made of them goes with them. Of those who were erased
-- before, it goes now.
DELETE FROM customer_prediction p USING customer c
WHERE c.shop_id = p.shop_id AND c.id = p.customer_id AND c.redacted_at IS NOT NULL;
DELETE FROM order_prediction p USING customer c
WHERE c.shop_id = p.shop_id AND c.id = p.customer_id AND c.redacted_at IS NOT NULL;
UPDATE score_history h SET reasons = '[]' FROM customer c
WHERE c.shop_id = h.shop_id AND c.id = h.customer_id AND c.redacted_at IS NOT NULL;
UPDATE customer SET csi = NULL, csi_coverage = 0, segment = NULL, health = NULL, health_coverage = 0, band = NULL,
  flagged = false, high_risk = false, score_reasons = NULL, main_reason = NULL, main_reason_key = NULL,
  value_at_risk_minor = 0, score_version = NULL, scored_at = NULL, next_score_at = NULL, stale_since = NULL, scored_seq = stale_seq
WHERE redacted_at IS NOT NULL;
