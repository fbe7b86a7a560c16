import type { Pool } from 'pg';

/** What the play led to; printed by `--json` exactly like this. */
export interface Summary {
  /** Everything that entered the line, of every source: webhooks, answers, timers, polls, staff acts. */
  events: { received: number; processed: number; duplicate: number; ignored: number; failed: number };
  /** eligible = suppressed + deferred + sent; what is not due yet is not in it. */
  surveys: { eligible: number; suppressed: number; deferred: number; sent: number; answered: number };
  feedback: { unsolicited: number };
  scores: { customers: number; byBand: Record<Band, number> };
  cases: { opened: number };
  actions: { done: number; failed: number; unknown: number };
  points: { posted: number };
  referrals: { issued: number };
  durationMs: number;
}

const BANDS = ['thriving', 'healthy', 'at_risk', 'critical', 'lost', 'not_enough_data'] as const;
type Band = (typeof BANDS)[number];

/** Facts beside the summary that a play must satisfy, and figures for people. */
export interface Findings {
  webhooksStored: number;
  stillOpen: number;
  csat: number | null;
  nps: number | null;
  failures: string[];
}

const SUMMARY = `
  WITH e AS (SELECT count(*) AS rows, coalesce(sum(duplicates), 0) AS duplicates,
      count(*) FILTER (WHERE status = 'processed') AS processed, count(*) FILTER (WHERE status = 'ignored') AS ignored,
      count(*) FILTER (WHERE status = 'failed') AS failed FROM event),
    i AS (SELECT count(*) FILTER (WHERE status = 'suppressed') AS suppressed,
      count(*) FILTER (WHERE status = 'deferred') AS deferred,
      count(*) FILTER (WHERE status IN ('sending', 'sent')) AS sent FROM survey_invitation),
    r AS (SELECT count(*) FILTER (WHERE status IN ('verified', 'unverified')) AS answered,
      count(*) FILTER (WHERE status = 'unsolicited') AS unsolicited FROM survey_response),
    s AS (SELECT count(*) AS customers, json_object_agg(band, n) AS bands FROM (
      SELECT coalesce(band, 'not_enough_data') AS band, count(*) AS n FROM customer
      WHERE scored_at IS NOT NULL AND merged_into_id IS NULL AND redacted_at IS NULL GROUP BY 1) b),
    a AS (SELECT count(*) FILTER (WHERE status = 'done') AS done, count(*) FILTER (WHERE status = 'failed') AS failed,
      count(*) FILTER (WHERE status = 'unknown') AS unknown FROM action)
  SELECT json_build_object(
    'events', json_build_object('received', e.rows + e.duplicates, 'processed', e.processed, 'duplicate', e.duplicates,
      'ignored', e.ignored, 'failed', e.failed),
    'surveys', json_build_object('eligible', i.suppressed + i.deferred + i.sent, 'suppressed', i.suppressed,
      'deferred', i.deferred, 'sent', i.sent, 'answered', r.answered),
    'feedback', json_build_object('unsolicited', r.unsolicited),
    'bands', s.bands,
    'cases', json_build_object('opened', (SELECT count(*) FROM support_case)),
    'actions', json_build_object('done', a.done, 'failed', a.failed, 'unknown', a.unknown),
    'points', json_build_object('posted', (SELECT coalesce(sum(points), 0) FROM points_entry)),
    'referrals', json_build_object('issued', (SELECT count(*) FROM referral_code))) AS summary
  FROM e, i, r, s, a`;

type Read = Omit<Summary, 'scores' | 'durationMs'> & { bands: Partial<Record<Band, number>> | null };

/** Reads the summary from the rows of the one shop in this database. */
export async function readSummary(pool: Pool, durationMs: number): Promise<Summary> {
  const { rows } = await pool.query<{ summary: Read }>(SUMMARY);
  const { events, surveys, feedback, bands, cases, actions, points, referrals } = rows[0]!.summary;
  const byBand = Object.fromEntries(BANDS.map((band) => [band, bands?.[band] ?? 0])) as Record<Band, number>;
  const customers = Object.values(byBand).reduce((sum, n) => sum + n, 0);
  const scores = { customers, byBand };
  return { events, surveys, feedback, scores, cases, actions, points, referrals, durationMs };
}

/** What the summary does not say but decides whether the play went well. */
export async function readFindings(pool: Pool): Promise<Findings> {
  const { rows } = await pool.query<{
    webhooks: number;
    open: number;
    csat: number | null;
    nps: number | null;
  }>(`
    SELECT (SELECT count(*)::int FROM event WHERE source = 'shopify') AS webhooks,
      (SELECT count(*)::int FROM event WHERE status = 'received')
        + (SELECT count(*)::int FROM customer WHERE merged_into_id IS NULL AND stale_seq <> scored_seq) AS open,
      (SELECT avg(rating)::float8 FROM survey_response WHERE status = 'verified' AND metric LIKE 'csat%') AS csat,
      (SELECT 100 * avg(CASE WHEN rating >= 9 THEN 1 WHEN rating <= 6 THEN -1 ELSE 0 END)::float8
        FROM survey_response WHERE status = 'verified' AND metric = 'nps') AS nps`);
  const { rows: failures } = await pool.query<{ what: string }>(`
    (SELECT 'Event ' || id || ' (' || topic || ') failed: ' || coalesce(error, reason, 'no reason kept') AS what
      FROM event WHERE status = 'failed' ORDER BY id LIMIT 5)
    UNION ALL
    (SELECT 'Action ' || id || ' (' || kind || ') failed: ' || coalesce(error, reason, 'no reason kept')
      FROM action WHERE status = 'failed' ORDER BY id LIMIT 5)`);
  const [row] = rows;
  return {
    webhooksStored: row?.webhooks ?? 0,
    stillOpen: row?.open ?? 0,
    csat: row?.csat ?? null,
    nps: row?.nps ?? null,
    failures: failures.map(({ what }) => what),
  };
}

/** Sentences about everything that is wrong with a finished play; none = it went well. */
export function judge(
  summary: Summary,
  findings: Findings,
  expected: { webhooks: number; problems: readonly string[] },
): string[] {
  const { events, actions } = summary;
  const wrong = [...expected.problems.slice(0, 10), ...findings.failures];
  if (events.failed > 0) wrong.push(`${events.failed} events failed.`);
  if (actions.failed > 0) wrong.push(`${actions.failed} actions failed.`);
  if (findings.webhooksStored !== expected.webhooks) {
    wrong.push(`${expected.webhooks} webhooks were sent, but ${findings.webhooksStored} are stored.`);
  }
  if (findings.stillOpen > 0) wrong.push(`${findings.stillOpen} events or scores are still open.`);
  if (events.received !== events.processed + events.ignored + events.failed + events.duplicate) {
    wrong.push('The counts of events do not add up.');
  }
  return wrong;
}

/** The summary as a table for people. */
export function summaryTable(summary: Summary, findings: Pick<Findings, 'csat' | 'nps'>): string {
  const n = (value: number) => value.toLocaleString('en');
  const { events, surveys, scores, actions } = summary;
  const asked = surveys.sent;
  const bands = BANDS.map((band) => `${n(scores.byBand[band])} ${band.replaceAll('_', ' ')}`).join(', ');
  const rows: [string, string][] = [
    [
      'Events',
      `${n(events.received)} received: ${n(events.processed)} processed, ${n(events.duplicate)} duplicate, ${n(events.ignored)} ignored, ${n(events.failed)} failed`,
    ],
    [
      'Surveys',
      `${n(surveys.eligible)} eligible: ${n(surveys.sent)} sent, ${n(surveys.suppressed)} suppressed, ${n(surveys.deferred)} deferred`,
    ],
    [
      'Answers',
      `${n(surveys.answered)} answers, ${n(summary.feedback.unsolicited)} unsolicited${asked > 0 ? '' : ' (no survey was mailed)'}`,
    ],
    ['Satisfaction', `CSAT ${findings.csat?.toFixed(2) ?? '-'} of 5, NPS ${findings.nps?.toFixed(0) ?? '-'}`],
    ['Customers', `${n(scores.customers)} scored: ${bands}`],
    ['Cases', `${n(summary.cases.opened)} opened`],
    ['Actions', `${n(actions.done)} done, ${n(actions.failed)} failed, ${n(actions.unknown)} unknown`],
    [
      'Loyalty',
      `${n(summary.points.posted)} points posted, ${n(summary.referrals.issued)} referral codes issued`,
    ],
    ['Duration', `${(summary.durationMs / 1000).toFixed(1)} s`],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`).join('\n');
}
