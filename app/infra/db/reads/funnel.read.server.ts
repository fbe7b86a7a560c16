import type { Pool } from 'pg';
import { shownIn } from './anonymous-cells.ts';
import { NOT_ERASED } from '../staff-acts.repo.server.ts';
import type { EditionAnswers, FunnelCounts, FunnelFilter } from './funnel-views.ts';
import { number } from './rows.server.ts';

/** Most editions, the ones with the most answers, and of each the newest answers: enough for a share to 3 points. */
const EDITIONS = 10;
const ANSWERS_READ = 1000;

/** $2 is the kind or null, $3 the days or null. @param column an SQL expression for what has to lie in the period */
const within = (column: string) =>
  `($3::int IS NULL OR ${column} >= (SELECT business_now()) - $3::int * interval '24 hours')`;

/** What was held back is no answer of a person, and what was imported was asked elsewhere. */
const PERIOD = `r.shop_id = $1 AND r.status <> 'quarantined' AND r.surface <> 'import'
  AND ($2::text IS NULL OR r.kind = $2) AND ${within('r.answered_at')}`;
const COUNTED = `${PERIOD} AND ${shownIn(PERIOD)}`;

/**
 * An answer through the link says that the page was seen, and a visit that the mail arrived, whatever was noted of
 * them. It can't be older than its invitation.
 */
const INVITATIONS = `
  WITH by_link AS MATERIALIZED (
    SELECT r.invitation_id, bool_or(NOT r.unfinished) AS finished FROM survey_response r
    WHERE ${COUNTED} AND r.surface = 'hosted_page' AND r.invitation_id IS NOT NULL GROUP BY 1
  ), asked AS (
    SELECT i.status, i.channel, i.reason, i.answered_at, a.invitation_id IS NOT NULL OR unnamed.used AS started,
      a.finished OR unnamed.used AS finished, i.seen_at IS NOT NULL OR a.invitation_id IS NOT NULL OR unnamed.used AS seen
    FROM survey_invitation i LEFT JOIN by_link a ON a.invitation_id = i.id
    -- Of an answer without the person only its link is left; one with the person stands by itself, whatever became of it.
    CROSS JOIN LATERAL (SELECT a.invitation_id IS NULL AND i.answered_at IS NOT NULL AND EXISTS (SELECT FROM survey_link l
      WHERE l.shop_id = $1 AND l.customer_id = i.customer_id AND l.invitation_id = i.id AND l.used_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM survey_response r WHERE r.shop_id = $1
        AND r.answer_key = answer_key_of(i.kind, i.order_id, i.sequence, i.id)) AS used) unnamed
    WHERE i.shop_id = $1 AND i.status IN ('suppressed', 'deferred', 'sent') AND ($2::text IS NULL OR i.kind = $2)
      AND ${within('i.due_at')}
  )
  SELECT status, channel, CASE WHEN status = 'suppressed' THEN coalesce(reason, '') END AS reason, count(*) AS count,
    count(*) FILTER (WHERE seen OR reason IS DISTINCT FROM 'unknown') AS accepted, count(*) FILTER (WHERE seen) AS seen,
    count(*) FILTER (WHERE started) AS started, count(*) FILTER (WHERE finished) AS finished,
    count(*) FILTER (WHERE answered_at IS NOT NULL AND NOT started) AS elsewhere
  FROM asked GROUP BY 1, 2, 3`;

const SURFACES = `
  SELECT r.surface, count(*) AS started, count(*) FILTER (WHERE NOT r.unfinished) AS finished FROM survey_response r
  WHERE ${COUNTED} AND r.surface <> 'hosted_page' GROUP BY 1 ORDER BY 2 DESC, 1`;

/** $4 minutes: more steps may still come of an answer that was touched a moment ago. */
const SETTLED = `${COUNTED} AND ${NOT_ERASED} AND (NOT r.unfinished
  OR r.answered_at <= (SELECT business_now()) - $4::int * interval '1 minute')`;

const EDITION_ANSWERS = `
  WITH settled AS MATERIALIZED (
    SELECT r.id, r.kind, r.survey_id, r.definition, count(*) OVER edition AS total,
      row_number() OVER (edition ORDER BY r.answered_at DESC, r.id) AS place
    FROM survey_response r WHERE ${SETTLED} WINDOW edition AS (PARTITION BY r.kind, r.survey_id, r.definition)
  ), editions AS (
    SELECT * FROM settled WHERE place = 1 ORDER BY total DESC, kind, survey_id, definition LIMIT ${EDITIONS}
  )
  SELECT e.kind, e.survey_id, e.definition, e.total,
    json_agg(json_build_object('answers', r.answers, 'surface', r.surface, 'finished', NOT r.unfinished)) AS answers
  FROM editions e
  JOIN settled s ON s.kind = e.kind AND s.survey_id IS NOT DISTINCT FROM e.survey_id AND s.definition = e.definition
  JOIN survey_response r ON r.shop_id = $1 AND r.id = s.id
  WHERE s.place <= ${ANSWERS_READ} GROUP BY 1, 2, 3, 4 ORDER BY e.total DESC, 1, 2, 3`;

const valuesOf = (shopId: string, { kind, days }: FunnelFilter) => [shopId, kind, days];

/** What became of the invitations that fell due in the period, and of the answers on other surfaces. */
export async function readFunnel(pool: Pool, shopId: string, filter: FunnelFilter): Promise<FunnelCounts> {
  const values = valuesOf(shopId, filter);
  const [invitations, surfaces] = await Promise.all([
    pool.query(INVITATIONS, values),
    pool.query(SURFACES, values),
  ]);
  const mailed = { sent: 0, accepted: 0, seen: 0, started: 0, finished: 0, answeredElsewhere: 0 };
  const funnel: FunnelCounts = { suppressed: [], deferred: 0, mailed, offered: 0, surfaces: [] };
  for (const row of invitations.rows) {
    const count = number(row.count);
    if (row.status === 'suppressed') funnel.suppressed.push({ reason: row.reason, count });
    else if (row.status === 'deferred') funnel.deferred += count;
    else if (row.channel === 'page') funnel.offered += count;
    else {
      mailed.sent += count;
      mailed.accepted += number(row.accepted);
      mailed.seen += number(row.seen);
      mailed.started += number(row.started);
      mailed.finished += number(row.finished);
      mailed.answeredElsewhere += number(row.elsewhere);
    }
  }
  funnel.suppressed = addUp(funnel.suppressed);
  funnel.surfaces = surfaces.rows.map((row) => ({
    surface: row.surface,
    started: number(row.started),
    finished: number(row.finished),
  }));
  return funnel;
}

/** One entry per reason, whichever channel it was about; the most frequent first. */
function addUp(entries: FunnelCounts['suppressed']): FunnelCounts['suppressed'] {
  const counts = new Map<string, number>();
  for (const { reason, count } of entries) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/**
 * The answers by which drop-off is counted, by edition; the one with the most answers first.
 * @param givenUpAfterMinutes an answer without its last step counts as left after so long
 */
export async function readEditionAnswers(
  pool: Pool,
  shopId: string,
  filter: FunnelFilter,
  givenUpAfterMinutes: number,
): Promise<EditionAnswers[]> {
  const { rows } = await pool.query(EDITION_ANSWERS, [...valuesOf(shopId, filter), givenUpAfterMinutes]);
  return rows.map((row) => ({
    kind: row.kind,
    edition: { surveyId: row.survey_id, version: row.definition },
    total: number(row.total),
    answers: row.answers,
  }));
}
