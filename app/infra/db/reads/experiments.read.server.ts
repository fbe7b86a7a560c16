import type { Pool } from 'pg';
import type { ArmNumbers, ExperimentRow, RateSpan, RecentRate, Sums } from './experiment-views.ts';
import { iso, number, type SqlRow } from './rows.server.ts';

const COLUMNS = `id, name, kind, dimension, arms, status, minimum_effect, base_rate, planned, started_at, stopped_at, adopted_arm`;

/**
 * When a survey reached its person as far as can be known: the mail was taken by the mail server, or it would have been
 * mailed and is offered on pages instead. null: not, or not yet.
 */
const REACHED_AT = `CASE WHEN i.status = 'sent' AND i.channel = 'email' AND (i.reason IS DISTINCT FROM 'unknown' OR i.seen_at IS NOT NULL)
    THEN i.sent_at WHEN i.status = 'suppressed' AND i.reason = 'on_site' THEN i.decided_at END`;

/** What was held back is no answer; one that nobody finished is, from its first question on. */
const ANSWER = `survey_response r WHERE r.shop_id = $1 AND r.answer_key = answer_key_of(i.kind, i.order_id, i.sequence, i.id)
    AND r.status IN ('verified', 'unsolicited')`;

/** When it was first given: a later change moves the time of the answer, not that of its invitation. */
const ANSWERED_AT = `least(coalesce(i.answered_at, r.answered_at), r.answered_at)`;

/** As app/domain/surveys/normalise.ts, which a test holds it to. @param r the alias of an answer */
export const normalised = (r: string) => `CASE WHEN ${r}.metric = 'nps' THEN 10.0 * ${r}.rating
    WHEN ${r}.metric LIKE 'ces%' THEN 100 * (7 - ${r}.rating) / 6.0 WHEN ${r}.metric IS NOT NULL THEN 25.0 * (${r}.rating - 1) END`;

const sums = (value: string) =>
  `json_build_object('n', count(${value}), 'sum', coalesce(sum(${value}), 0), 'sumOfSquares', coalesce(sum(${value} * ${value}), 0))`;

/** $2 the experiment, $3 how many count per arm, $4 the days in which an answer counts. */
const NUMBERS = `
  WITH clock AS MATERIALIZED (SELECT business_now() AS now), people AS (
    -- One row a person: who fell to an arm did so with every order, and answers of one person are not independent.
    SELECT DISTINCT ON (i.customer_id) i.*, ${REACHED_AT} AS reached_at,
      CASE i.status WHEN 'sent' THEN i.sent_at WHEN 'suppressed' THEN coalesce(i.decided_at, i.first_due_at) END AS decided
    FROM survey_invitation i WHERE i.shop_id = $1 AND i.experiment_id = $2 ORDER BY i.customer_id, i.id
  ), placed AS (
    SELECT i.*, i.decided <= clock.now - $4::int * interval '24 hours' AS ended,
      CASE WHEN i.reached_at IS NOT NULL THEN row_number() OVER (PARTITION BY i.arm ORDER BY i.reached_at, i.id) END AS place
    FROM people i, clock
  ), answered AS (
    SELECT i.*, a.id AS answer_id, a.incentive, a.score, i.ended AND i.place <= $3 AS counted,
      coalesce(a.answered_at <= i.decided + $4::int * interval '24 hours', false) AS answered
    FROM placed i LEFT JOIN LATERAL (SELECT r.id, ${ANSWERED_AT} AS answered_at, r.incentive, ${normalised('r')} AS score FROM ${ANSWER}) a ON true
  ), known AS (
    SELECT i.*, earlier.score AS earlier_score, health.health AS earlier_health, first_order.yes AS first_order,
      c.tier <> 'starter' AS higher_tier
    FROM answered i
    LEFT JOIN customer c ON c.shop_id = $1 AND c.id = i.customer_id
    LEFT JOIN LATERAL (SELECT ${normalised('e')} AS score FROM survey_response e
      WHERE e.shop_id = $1 AND e.customer_id = i.customer_id AND e.status = 'verified' AND e.metric IS NOT NULL
        AND e.metric <> 'other' AND e.rating IS NOT NULL AND e.id <> i.answer_id AND e.answered_at < i.decided
      ORDER BY e.answered_at DESC LIMIT 1) earlier ON true
    LEFT JOIN LATERAL (SELECT h.health FROM score_history h
      WHERE h.shop_id = $1 AND h.customer_id = i.customer_id AND h.at < i.decided ORDER BY h.at DESC LIMIT 1) health ON true
    LEFT JOIN LATERAL (SELECT NOT EXISTS (SELECT FROM orders o JOIN orders e ON e.shop_id = $1 AND e.customer_id = o.customer_id
        AND NOT e.test AND e.placed_at < o.placed_at
      WHERE o.shop_id = $1 AND o.order_id = i.order_id) AS yes) first_order ON true
    WHERE i.counted AND i.answered
  )
  SELECT a.*, k.* FROM (
    SELECT arm, count(*) AS assigned, count(*) FILTER (WHERE ended) AS ended, count(*) FILTER (WHERE ended AND answered) AS ended_answered,
      count(*) FILTER (WHERE decided IS NOT NULL) AS decided, count(*) FILTER (WHERE reached_at IS NOT NULL) AS delivered,
      count(*) FILTER (WHERE counted) AS counted, count(*) FILTER (WHERE counted AND answered) AS answered
    FROM answered GROUP BY arm) a
  LEFT JOIN (
    SELECT arm AS known_arm, count(*) FILTER (WHERE incentive) AS rewarded, count(*) FILTER (WHERE first_order) AS first_order,
      count(*) FILTER (WHERE higher_tier) AS higher_tier, ${sums('score')} AS score, ${sums('(score - earlier_score)')} AS change,
      ${sums('earlier_score')} AS earlier_score, ${sums('earlier_health')} AS earlier_health
    FROM known GROUP BY arm) k ON k.known_arm = a.arm`;

/** $2 the kind, $3 the days in which an answer counts, $4 the days looked at before those, $5 the days of the pace. */
const RECENT = `
  WITH asked AS (
    SELECT i.id, i.kind, i.order_id, i.sequence, i.sent_at, i.answered_at FROM survey_invitation i, (SELECT business_now() AS now) clock
    WHERE i.shop_id = $1 AND i.kind = $2 AND ${REACHED_AT} IS NOT NULL AND i.channel = 'email'
      AND i.sent_at BETWEEN clock.now - ($3::int + $4::int) * interval '24 hours' AND clock.now - $3::int * interval '24 hours')
  SELECT count(*) AS delivered, count(*) FILTER (WHERE EXISTS (SELECT FROM ${ANSWER}
    AND ${ANSWERED_AT} <= i.sent_at + $3::int * interval '24 hours')) AS answered,
    -- Who would be in an experiment: one person once, and quarterly repeats take no part.
    (SELECT count(DISTINCT i.customer_id) FROM survey_invitation i WHERE i.shop_id = $1 AND i.kind = $2 AND i.channel = 'email'
      AND NOT (i.kind = 'relationship' AND i.sequence > 0) AND ${REACHED_AT} > business_now() - $5::int * interval '24 hours') AS asked_lately
  FROM asked i`;

/** All of the shop, the running ones first, then the newest. */
export async function readExperiments(pool: Pool, shopId: string): Promise<ExperimentRow[]> {
  const { rows } = await pool.query(
    `SELECT ${COLUMNS} FROM survey_experiment WHERE shop_id = $1
     ORDER BY status <> 'running', coalesce(stopped_at, created_at) DESC, id LIMIT 200`,
    [shopId],
  );
  return rows.map(toExperiment);
}

export async function readExperiment(pool: Pool, shopId: string, id: string): Promise<ExperimentRow | null> {
  const text = `SELECT ${COLUMNS} FROM survey_experiment WHERE shop_id = $1 AND id = $2`;
  const { rows } = await pool.query(text, [shopId, id]);
  return rows[0] ? toExperiment(rows[0]) : null;
}

/** Its arms in numbers; an arm that nobody fell to is not there. */
export async function readArmNumbers(
  pool: Pool,
  shopId: string,
  experiment: { id: string; planned: number },
  answerDays: number,
): Promise<ArmNumbers[]> {
  const values = [shopId, experiment.id, experiment.planned, answerDays];
  const { rows } = await pool.query(NUMBERS, values);
  return rows.map((row) => ({
    arm: row.arm,
    assigned: number(row.assigned),
    ended: number(row.ended),
    endedAnswered: number(row.ended_answered),
    decided: number(row.decided),
    delivered: number(row.delivered),
    counted: number(row.counted),
    answered: number(row.answered),
    rewarded: number(row.rewarded ?? 0),
    firstOrder: number(row.first_order ?? 0),
    higherTier: number(row.higher_tier ?? 0),
    score: row.score ?? NO_SUMS,
    change: row.change ?? NO_SUMS,
    earlierScore: row.earlier_score ?? NO_SUMS,
    earlierHealth: row.earlier_health ?? NO_SUMS,
  }));
}

const NO_SUMS: Sums = { n: 0, sum: 0, sumOfSquares: 0 };

/** Of the mails of a kind that were sent in `days` days, as far as their time to answer is over; and how many people are asked. */
export async function readRecentRate(
  pool: Pool,
  shopId: string,
  kind: string,
  { answerDays, days, paceDays }: RateSpan,
): Promise<RecentRate> {
  const { rows } = await pool.query(RECENT, [shopId, kind, answerDays, days, paceDays]);
  const { delivered, answered, asked_lately: askedLately } = rows[0];
  return { delivered: number(delivered), answered: number(answered), askedLately: number(askedLately) };
}

function toExperiment(row: SqlRow): ExperimentRow {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    dimension: row.dimension,
    arms: row.arms,
    status: row.status,
    minimumEffect: row.minimum_effect,
    baseRate: row.base_rate,
    planned: row.planned,
    startedAt: iso(row.started_at),
    stoppedAt: iso(row.stopped_at),
    adoptedArm: row.adopted_arm,
  };
}
