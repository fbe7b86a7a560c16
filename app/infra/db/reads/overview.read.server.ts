import type { Pool } from 'pg';
import { SHOWN_AT, shownIn } from './anonymous-cells.ts';
import { CASE_COLUMNS, CASE_JOINS, caseFrom, number } from './rows.server.ts';
import type { OverviewView, QueueTrouble, QuoteView, RatingCount, SetupFacts } from './views.ts';

const WINDOW_DAYS = 90;

/**
 * Everything the home page shows, in one round of set-based queries. Rates look at the
 * last 90 days of business time; only verified answers count.
 */
export async function readOverview(pool: Pool, shopId: string, now: Date): Promise<OverviewView> {
  const since = new Date(now.getTime() - WINDOW_DAYS * 86_400_000);
  const [bands, ratings, rate, cases, nextCases, uncovered, quotes, trouble, setup] = await Promise.all([
    bandCounts(pool, shopId),
    readRatings(pool, shopId, since),
    responseRate(pool, shopId, since),
    caseCounts(pool, shopId, now),
    nextCasesDue(pool, shopId),
    uncoveredRisk(pool, shopId),
    latestQuotes(pool, shopId),
    readTrouble(pool, shopId),
    setupFacts(pool, shopId),
  ]);
  return {
    since: since.toISOString(),
    bands,
    ratings,
    ...rate,
    openCases: cases,
    nextCases,
    uncovered,
    quotes,
    trouble,
    setup,
  };
}

async function bandCounts(pool: Pool, shopId: string) {
  const { rows } = await pool.query(
    `select band, count(*) as customers, coalesce(sum(value_at_risk_minor), 0) as value
       from customer where shop_id = $1 and merged_into_id is null and redacted_at is null group by band`,
    [shopId],
  );
  return rows.map((row) => ({
    band: row.band,
    customers: number(row.customers),
    valueAtRiskMinor: number(row.value),
  }));
}

/** Rating counts since `since`, per kind and metric: the sufficient statistics of every score on the pages. */
export async function readRatings(pool: Pool, shopId: string, since: Date): Promise<RatingCount[]> {
  const { rows } = await pool.query(
    `select r.kind, q.metric, q.rating, count(*) as count from survey_response r cross join lateral (
        select m.value as metric, given.rating from jsonb_each_text(r.answers -> 'metrics') m
          cross join lateral (select (r.answers -> 'ratings' ->> m.key)::int as rating
            union all select l.value::int from jsonb_each_text(r.answers -> 'lines' -> m.key) l) given
         where given.rating is not null
        union all select r.metric, r.rating where r.metric is not null and not r.answers ? 'metrics') q
      where r.shop_id = $1 and r.status = 'verified' and r.answered_at >= $2
        and ${shownIn("r.status = 'verified' and r.answered_at >= $2")}
      group by r.kind, q.metric, q.rating order by r.kind, q.metric, q.rating`,
    [shopId, since],
  );
  return rows.map((row) => ({
    kind: row.kind,
    metric: row.metric,
    rating: row.rating,
    count: number(row.count),
  }));
}

/** Of surveys sent by e-mail: whether a shopper ever saw an offer on a page, nobody knows. */
async function responseRate(pool: Pool, shopId: string, since: Date) {
  const { rows } = await pool.query(
    `select count(*) as mailed, count(answered_at) as answered from survey_invitation
      where shop_id = $1 and status = 'sent' and channel = 'email' and sent_at >= $2`,
    [shopId, since],
  );
  return { mailed: number(rows[0]?.mailed), answered: number(rows[0]?.answered) };
}

async function caseCounts(pool: Pool, shopId: string, now: Date) {
  const { rows } = await pool.query(
    `select count(*) as open, count(*) filter (where status = 'open' and due_at < $2) as overdue,
            count(*) filter (where owner_id is null) as unowned
       from support_case where shop_id = $1 and status in ('open', 'acknowledged')`,
    [shopId, now],
  );
  return {
    open: number(rows[0]?.open),
    overdue: number(rows[0]?.overdue),
    unowned: number(rows[0]?.unowned),
  };
}

async function nextCasesDue(pool: Pool, shopId: string) {
  const { rows } = await pool.query(
    `select ${CASE_COLUMNS} from support_case k ${CASE_JOINS}
      where k.shop_id = $1 and k.status = 'open' order by k.due_at, k.id limit 4`,
    [shopId],
  );
  return rows.map(caseFrom);
}

async function uncoveredRisk(pool: Pool, shopId: string) {
  const { rows } = await pool.query(
    `select count(*) as customers, coalesce(sum(c.value_at_risk_minor), 0) as value from customer c
      where c.shop_id = $1 and (c.flagged or c.high_risk) and c.merged_into_id is null and c.redacted_at is null
        and not exists (select 1 from support_case k where k.shop_id = c.shop_id and k.customer_id = c.id
                         and k.status in ('open', 'acknowledged'))`,
    [shopId],
  );
  return { customers: number(rows[0]?.customers), valueAtRiskMinor: number(rows[0]?.value) };
}

/** What may be quoted. */
const QUOTED = "r.status in ('verified', 'unsolicited') and r.comment <> ''";

async function latestQuotes(pool: Pool, shopId: string): Promise<QuoteView[]> {
  const { rows } = await pool.query(
    `select r.id, r.customer_id, c.first_name, r.kind, r.metric, r.rating, r.comment, r.identity, ${SHOWN_AT} as shown_at
       from survey_response r left join customer c on c.shop_id = r.shop_id and c.id = r.customer_id
      where r.shop_id = $1 and ${QUOTED} and ${shownIn(QUOTED)}
      order by ${SHOWN_AT} desc, r.id desc limit 5`,
    [shopId],
  );
  return rows.map((row) => ({
    responseId: row.id,
    customerId: row.customer_id,
    firstName: row.first_name,
    kind: row.kind,
    metric: row.metric,
    rating: row.rating,
    comment: row.comment,
    unnamed: row.identity !== 'identified',
    answeredAt: row.shown_at.toISOString(),
  }));
}

/** What is stuck or broken. Ages are machine time on both sides, since business time may be simulated. */
export async function readTrouble(pool: Pool, shopId: string): Promise<QueueTrouble> {
  const { rows } = await pool.query(
    `select (select count(*) from event where shop_id = $1 and status = 'failed') as failed_events,
            (select count(*) from event where shop_id = $1 and status = 'received'
                and created_at < now() - interval '5 minutes') as waiting_events,
            (select count(*) from action where shop_id = $1 and status = 'failed') as failed_actions,
            (select count(*) from action where shop_id = $1 and status = 'unknown') as unknown_messages,
            (select count(*) from action where shop_id = $1 and status = 'pending' and due_at <= (select business_now())
                and queued_at < now() - interval '5 minutes') as waiting_actions`,
    [shopId],
  );
  const row = rows[0];
  return {
    failedEvents: number(row?.failed_events),
    failedActions: number(row?.failed_actions),
    unknownMessages: number(row?.unknown_messages),
    waiting: number(row?.waiting_events) + number(row?.waiting_actions),
  };
}

async function setupFacts(pool: Pool, shopId: string): Promise<SetupFacts> {
  const answered = (condition: string) =>
    `exists (select 1 from survey_response where shop_id = $1 and ${condition})`;
  const { rows } = await pool.query(
    `select exists (select 1 from orders where shop_id = $1) as has_order,
            exists (select 1 from survey_invitation where shop_id = $1 and status = 'sent'
                     and channel = 'email') as has_mailed,
            ${answered("surface <> 'import'")} as has_answer,
            ${answered("surface = 'checkout'")} as has_checkout,
            ${answered("surface = 'storefront'")} as has_theme`,
    [shopId],
  );
  const row = rows[0];
  return {
    hasOrder: row?.has_order ?? false,
    hasMailed: row?.has_mailed ?? false,
    hasAnswer: row?.has_answer ?? false,
    hasCheckoutAnswer: row?.has_checkout ?? false,
    hasThemeAnswer: row?.has_theme ?? false,
  };
}
