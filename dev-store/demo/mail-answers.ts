import type { Pool } from 'pg';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import { mailKey, type AnswerEvent, type MailAnswer } from './script.ts';

/**
 * Which shoppers answer the survey mails of the latest step, and when. Reads which
 * messages went out (or may have: status unknown) and looks the shopper's mind up in
 * the script, so that the same mails get the same answers in every play.
 */
export function createMailReader(
  pool: Pool,
  minds: ReadonlyMap<string, MailAnswer>,
): (now: Date) => Promise<AnswerEvent[]> {
  const seen = new Set<string>();
  return async (now) => {
    const { rows } = await pool.query<{
      action_id: string;
      kind: SurveyKind;
      order_id: string;
      email: string | null;
      shopify_id: string | null;
    }>({
      name: 'demo_mails',
      text: `
        SELECT a.id AS action_id, i.kind, i.order_id, c.email, c.shopify_id
        FROM action a
        JOIN survey_invitation i ON i.shop_id = a.shop_id AND i.id = (a.payload ->> 'invitationId')::uuid
        JOIN customer c ON c.shop_id = a.shop_id AND c.id = a.customer_id
        WHERE a.kind = 'send_survey' AND a.status IN ('done', 'unknown') AND (i.kind <> 'relationship' OR i.sequence = 0)
          AND a.created_at > $1`,
      values: [new Date(now.getTime() - DAY_MS)],
    });
    return rows.flatMap((row): AnswerEvent[] => {
      if (seen.has(row.action_id)) return [];
      seen.add(row.action_id);
      const mind = minds.get(mailKey(row.order_id, row.kind));
      if (!mind || row.email === null) return [];
      return [
        {
          kind: 'answer',
          at: now.getTime() + mind.delayMs,
          subject: row.order_id,
          orderId: row.order_id,
          survey: row.kind,
          door: { kind: 'mail', email: row.email, actionId: row.action_id, customerId: row.shopify_id },
          answer: mind,
        },
      ];
    });
  };
}
