import type { Pool } from 'pg';
import { iso, number } from './rows.server.ts';
import type { SurveyFunnel } from './views.ts';

/** Per survey kind, what became of the invitations that fell due since `since`: two set-based queries. */
export async function readFunnels(pool: Pool, shopId: string, since: Date): Promise<SurveyFunnel[]> {
  const [invitations, answers] = await Promise.all([
    pool.query(
      `select kind, status, channel, case when status = 'suppressed' then coalesce(reason, '') end as reason,
              count(*) as count, count(answered_at) as answered
         from survey_invitation where shop_id = $1 and due_at >= $2 group by 1, 2, 3, 4`,
      [shopId, since],
    ),
    pool.query(
      // Of an answer without a customer nobody is told the day.
      `select kind, max(answered_at) as last from survey_response
        where shop_id = $1 and answered_at >= $2 and identity = 'identified' group by kind`,
      [shopId, since],
    ),
  ]);
  const funnels = new Map<string, SurveyFunnel>();
  const of = (kind: string): SurveyFunnel => {
    const known = funnels.get(kind) ?? {
      kind,
      scheduled: 0,
      suppressed: [],
      deferred: 0,
      sent: 0,
      offered: 0,
      answered: 0,
      lastAnswerAt: null,
    };
    funnels.set(kind, known);
    return known;
  };
  for (const row of invitations.rows) {
    const funnel = of(row.kind);
    const count = number(row.count);
    if (row.status === 'suppressed') funnel.suppressed.push({ reason: row.reason, count });
    else if (row.status === 'deferred') funnel.deferred += count;
    else if (row.status === 'sent') {
      if (row.channel === 'page') funnel.offered += count;
      else funnel.sent += count;
      funnel.answered += number(row.answered);
    } else funnel.scheduled += count;
  }
  for (const row of answers.rows) of(row.kind).lastAnswerAt = iso(row.last);
  for (const funnel of funnels.values()) funnel.suppressed.sort((a, b) => b.count - a.count);
  return [...funnels.values()];
}
