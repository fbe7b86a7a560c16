import type { Pool } from 'pg';
import { iso, number, numberOrNull, type SqlRow } from './rows.server.ts';
import type { CustomerProfile, ReasonView, StoreVisits } from './views.ts';

/** Everything in the right column and the header of a customer's page. Null when the shop has no such customer. */
export async function readCustomer(
  pool: Pool,
  shopId: string,
  customerId: string,
): Promise<CustomerProfile | null> {
  const [profile, points, cases, history, visits] = await Promise.all([
    pool.query(
      `select c.*, r.code from customer c left join referral_code r on r.shop_id = c.shop_id and r.customer_id = c.id
        where c.shop_id = $1 and c.id = $2`,
      [shopId, customerId],
    ),
    pool.query(
      `select bucket, sum(points) as points from points_entry where shop_id = $1 and customer_id = $2 group by bucket`,
      [shopId, customerId],
    ),
    pool.query(
      `select id, number, status from support_case
        where shop_id = $1 and customer_id = $2 and status in ('open', 'acknowledged') order by due_at`,
      [shopId, customerId],
    ),
    pool.query(
      `select at, health, csi, band from score_history
        where shop_id = $1 and customer_id = $2 order by at desc limit 60`,
      [shopId, customerId],
    ),
    pool.query(
      `select count(*) as days, coalesce(sum(product_views), 0) as products, coalesce(sum(help_views), 0) as help
         from site_day where shop_id = $1 and customer_id = $2 and day > (business_now() at time zone 'UTC')::date - 30`,
      [shopId, customerId],
    ),
  ]);
  const row = profile.rows[0];
  if (!row) return null;
  const balance = Object.fromEntries(points.rows.map((entry) => [entry.bucket, number(entry.points)]));
  return {
    ...profileFrom(row),
    visits: visitsFrom(row, visits.rows[0]!),
    points: { pending: balance.pending ?? 0, approved: balance.approved ?? 0 },
    referralCode: row.code,
    openCases: cases.rows.map((entry) => ({ id: entry.id, number: entry.number, status: entry.status })),
    history: history.rows.reverse().map((entry) => ({
      at: entry.at.toISOString(),
      health: numberOrNull(entry.health),
      csi: numberOrNull(entry.csi),
      band: entry.band,
    })),
  };
}

function visitsFrom({ last_seen_at: lastSeenAt }: SqlRow, lately: SqlRow): StoreVisits | null {
  if (!lastSeenAt) return null;
  return {
    lastSeenAt: lastSeenAt.toISOString(),
    days: number(lately.days),
    productViews: number(lately.products),
    helpViews: number(lately.help),
  };
}

function profileFrom(
  row: SqlRow,
): Omit<CustomerProfile, 'points' | 'referralCode' | 'openCases' | 'history' | 'visits'> {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    shopifyId: row.shopify_id,
    phone: row.phone,
    countryCode: row.country_code,
    emailConsent: row.email_consent,
    emailConsentAt: iso(row.email_consent_at),
    unsubscribedAt: iso(row.unsubscribed_at),
    surveysOffAt: iso(row.surveys_off_at),
    redactedAt: iso(row.redacted_at),
    firstOrderAt: iso(row.first_order_at),
    lastOrderAt: iso(row.last_order_at),
    orderCount: row.order_count,
    revenueYearMinor: number(row.revenue_year_minor),
    tier: row.tier,
    tierSince: iso(row.tier_since),
    csi: numberOrNull(row.csi),
    csiCoverage: number(row.csi_coverage),
    segment: row.segment,
    health: numberOrNull(row.health),
    healthCoverage: number(row.health_coverage),
    band: row.band,
    flagged: row.flagged,
    highRisk: row.high_risk,
    reasons: reasonsFrom(row.score_reasons).map((reason) =>
      // Scores keep no times of visits; the latest stands on the customer, also where it has not moved the score.
      reason.key === 'site' && row.last_seen_at
        ? { ...reason, fact: { kind: 'visit', lastSeenAt: row.last_seen_at.toISOString() } }
        : reason,
    ),
    mainReason: row.main_reason,
    scoredAt: iso(row.scored_at),
    scoreVersion: row.score_version,
    scoreStale: number(row.stale_seq) > number(row.scored_seq),
    valueAtRiskMinor: number(row.value_at_risk_minor),
  };
}

/** Reasons as the scoring stored them; entries of another shape (an older version's) are left out. */
function reasonsFrom(stored: unknown): ReasonView[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter(
    (entry): entry is ReasonView => typeof entry?.label === 'string' && Number.isFinite(entry.contribution),
  );
}
