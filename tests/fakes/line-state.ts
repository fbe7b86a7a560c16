import type { LineHarness } from './line.ts';

/**
 * What the line has come to, without row ids and times of arrival: equal for equal
 * facts, whatever the order, the number and the interruptions of their arrival.
 * Suppressed invitations are left out where the reason is that the order ended: one that
 * was never planned is the same to everybody.
 */
const PARTS = {
  orders: `SELECT o.order_id, c.key AS customer, to_jsonb(o) - ARRAY['shop_id', 'customer_id', 'approved_at'] AS row, o.approved_at IS NOT NULL AS approved
    FROM orders o LEFT JOIN customer c ON c.shop_id = o.shop_id AND c.id = o.customer_id ORDER BY 1`,
  customers: `SELECT key, shopify_id, email, first_name, last_name, phone, locale, country_code, time_zone, profile_told_at, email_consent, email_consent_at, unsubscribed_at IS NOT NULL AS unsubscribed,
      tier, csi, csi_coverage, segment, health, health_coverage, band, flagged, score_reasons, order_count, revenue_year_minor,
      value_at_risk_minor, merged_into_id IS NOT NULL AS merged, redacted_at IS NOT NULL AS redacted, stale_seq = scored_seq AS fresh
    FROM customer ORDER BY key`,
  invitations: `SELECT i.kind, i.order_id, i.sequence, i.status, i.reason, i.channel, i.first_due_at, i.due_at, i.assumed,
      i.answered_at IS NOT NULL AS answered, c.key AS customer
    FROM survey_invitation i JOIN customer c ON c.shop_id = i.shop_id AND c.id = i.customer_id
    WHERE NOT (i.status = 'suppressed' AND i.reason IN ('order_cancelled', 'order_refunded', 'not_delivered')) ORDER BY 1, 2, 3`,
  responses: `SELECT r.answer_key, r.status, r.rating, r.revision, c.key AS customer FROM survey_response r
    LEFT JOIN customer c ON c.shop_id = r.shop_id AND c.id = r.customer_id ORDER BY 1`,
  points: `SELECT p.order_id, p.line_id, p.bucket, sum(p.points)::int AS points, c.key AS customer FROM points_entry p
    JOIN customer c ON c.shop_id = p.shop_id AND c.id = p.customer_id
    GROUP BY 1, 2, 3, 5 HAVING sum(p.points) <> 0 ORDER BY 1, 2, 3`,
  timers: `SELECT t.kind, coalesce(c.key, i.kind || ':' || i.order_id || ':' || i.sequence, t.subject_id) AS subject, t.due_at FROM timer t
    LEFT JOIN customer c ON c.shop_id = t.shop_id AND c.id::text = t.subject_id
    LEFT JOIN survey_invitation i ON i.shop_id = t.shop_id AND i.id::text = t.subject_id WHERE t.status = 'open' ORDER BY 1, 2`,
  actions: `SELECT kind, order_id, status, reason FROM action WHERE kind <> 'post_points' ORDER BY 1, 2, 3, 4`,
  contacts: `SELECT t.topic, t.survey_kind, t.status, c.key AS customer FROM contact t
    JOIN customer c ON c.shop_id = t.shop_id AND c.id = t.customer_id ORDER BY 1, 2, 3, 4`,
  cases: `SELECT k.number, k.status, k.severity, k.title, k.order_id, c.key AS customer,
      (SELECT count(*)::int FROM case_note n WHERE n.shop_id = k.shop_id AND n.case_id = k.id) AS notes
    FROM support_case k LEFT JOIN customer c ON c.shop_id = k.shop_id AND c.id = k.customer_id ORDER BY 1`,
  grants: `SELECT status, amount_minor, period, order_id FROM discount_grant ORDER BY 1, 2, 4`,
  budgets: `SELECT period, limit_minor, used_minor FROM budget ORDER BY 1`,
  rewards: `SELECT kind, worth, status, order_id FROM survey_reward ORDER BY 1, 2, 3, 4`,
  promised: `SELECT s.rewards_given, shop.live_surveys FROM survey s JOIN shop ON shop.id = s.shop_id ORDER BY s.id`,
  referrals: `SELECT c.key AS customer FROM referral_code r JOIN customer c ON c.shop_id = r.shop_id AND c.id = r.customer_id ORDER BY 1`,
  events: `SELECT source, topic, status, count(*)::int AS events FROM event GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
} as const;

export type StatePart = keyof typeof PARTS;

/** The parts asked for (all by default), read in one go. */
export async function stateOf(
  line: LineHarness,
  parts: readonly StatePart[] = Object.keys(PARTS) as StatePart[],
) {
  const state: Partial<Record<StatePart, unknown[]>> = {};
  for (const part of parts) state[part] = await line.rows(PARTS[part]);
  // The key of an erased person is made of the row's id.
  return JSON.parse(JSON.stringify(state).replace(/erased:[0-9a-f-]{36}/g, 'erased')) as typeof state;
}

/** Mails and discount codes as the outside world has them: to whom, about what. */
export function outsideOf(line: LineHarness) {
  const mails = line.mails.map((mail) => `${mail.to}: ${mail.subject}`).sort();
  return { mails, discounts: line.discounts.length };
}
