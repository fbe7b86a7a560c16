import type { Pool } from 'pg';
import type { CareOutcome } from './prediction-views.ts';

/** An answer about the delivery or the goods, as the prediction means it, that came after the case. */
const SINCE = `FROM survey_response r WHERE r.shop_id = k.shop_id AND r.order_id = k.order_id AND r.answered_at > k.opened_at
  AND r.kind IN ('delivery', 'usage') AND r.status IN ('verified', 'unsolicited')`;

const CARE = `
  SELECT count(*)::int AS opened, (count(*) FILTER (WHERE said.answers > 0))::int AS answered, (count(*) FILTER (WHERE said.low))::int AS low
  FROM support_case k CROSS JOIN LATERAL (SELECT count(*) AS answers, bool_or(r.route = 'low') AS low ${SINCE}) said
  WHERE k.shop_id = $1 AND k.prediction IS NOT NULL AND k.opened_at > business_now() - interval '30 days'`;

/** The cases of the last 30 days that were opened for a prediction, and what their customers said since. */
export async function readCareOutcome(pool: Pool, shopId: string): Promise<CareOutcome> {
  return (await pool.query(CARE, [shopId])).rows[0];
}
