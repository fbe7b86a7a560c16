import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { CaseState, CaseStatus } from '../../domain/cases/transitions.ts';
import { createPrisma } from './prisma.server.ts';
import { SCORE_AGAIN } from './score-again.ts';

export interface StaffCase {
  state: CaseState;
  ownerId: string | null;
}

/** Who did it and when (business time), for the note on the case and the event row. */
export interface Trace {
  staffId: string;
  at: Date;
  /** acknowledge | assign | resolve | close | reopen | note */
  kind: string;
  text: string | null;
}

/** A redaction leaves nothing of what was said: such an answer is shown and changed no more. */
export const NOT_ERASED = "(r.answers <> '{}' or r.comment is not null)";

const SEEN_AGAIN_AFTER = "interval '15 minutes'";

/**
 * What staff may write, each as one statement: the change, the note that explains it and
 * the event row of source 'staff' stand or fall together.
 */
export function createStaffActs(pool: Pool) {
  const prisma = createPrisma(pool);

  /**
   * Runs `change` (a data-modifying select of the case's id) with its note and event.
   * @param status of the event: received where the line has to decide what follows
   * @returns the event's id; null when nothing was changed
   */
  async function traced(
    shopId: string,
    caseId: string,
    trace: Trace,
    status: 'received' | 'processed',
    { change, values }: { change: string; values: unknown[] },
  ): Promise<string | null> {
    const eventId = uuidv7();
    const processed = status === 'processed';
    const { rows } = await pool.query(
      `with changed as (${change}),
            noted as (insert into case_note (shop_id, id, case_id, at, staff_id, kind, text)
              select $1::uuid, $3::uuid, id, $4::timestamptz, $5::text, $6::text, $7::text from changed returning id),
            recorded as (insert into event (shop_id, id, source, topic, dedupe_key, status, occurred_at, received_at,
                customer_id, order_id, ref_id, processed_at)
              select $1::uuid, $8::uuid, 'staff', 'case.' || $6::text, ($3::uuid)::text, '${status}', $4::timestamptz, $4::timestamptz,
                     ${processed ? 'null, null' : 'k.customer_id, k.order_id'}, ($2::uuid)::text, ${processed ? 'now()' : 'null'}
                from changed join support_case k on k.shop_id = $1::uuid and k.id = changed.id returning id)
       select (select count(*) from changed)::int as changed, (select count(*) from noted) + (select count(*) from recorded) as traces`,
      [shopId, caseId, uuidv7(), trace.at, trace.staffId, trace.kind, trace.text, eventId, ...values],
    );
    return rows[0]?.changed === 1 ? eventId : null;
  }

  return {
    /** Notes that somebody of the staff is here; writes at most every 15 minutes per person. */
    async touchStaff(shopId: string, staff: { userId: string; name: string }): Promise<void> {
      await pool.query(
        `insert into staff (shop_id, user_id, name, last_seen_at) values ($1, $2, $3, business_now())
         on conflict (shop_id, user_id) do update set last_seen_at = business_now()
          where staff.last_seen_at < business_now() - ${SEEN_AGAIN_AFTER}`,
        [shopId, staff.userId, staff.name],
      );
    },

    async renameStaff(shopId: string, userId: string, name: string): Promise<boolean> {
      const { staff } = await prisma();
      const { count } = await staff.updateMany({ where: { shopId, userId }, data: { name } });
      return count === 1;
    },

    async loadCase(shopId: string, caseId: string): Promise<StaffCase | null> {
      const { rows } = await pool.query(
        `select k.*, (select count(*)::int from case_note n
                       where n.shop_id = k.shop_id and n.case_id = k.id and n.kind = 'reopen') as reopened
           from support_case k where k.shop_id = $1 and k.id = $2`,
        [shopId, caseId],
      );
      const row = rows[0];
      if (!row) return null;
      return {
        ownerId: row.owner_id,
        state: {
          status: row.status as CaseStatus,
          dueAt: row.due_at,
          acknowledgedAt: row.acknowledged_at,
          resolvedAt: row.resolved_at,
          closedAt: row.closed_at,
          resolution: row.resolution,
          rootCause: row.root_cause,
          reopened: row.reopened,
        },
      };
    },

    /**
     * Stores the next state if the case still has the status that the decision was taken on.
     * Whoever acts on a case nobody owns becomes its owner.
     * @returns the event of the act, still to be decided on unless the case was only acknowledged; null: somebody else was first
     */
    async saveCase(
      shopId: string,
      caseId: string,
      from: CaseStatus,
      next: CaseState,
      trace: Trace,
    ): Promise<string | null> {
      const change = `
        update support_case set status = $10, due_at = $11, acknowledged_at = $12, resolved_at = $13, closed_at = $14,
               resolution = $15, root_cause = $16, owner_id = coalesce(owner_id, $5::text)
         where shop_id = $1::uuid and id = $2::uuid and status = $9::text returning id`;
      const times = [next.dueAt, next.acknowledgedAt, next.resolvedAt, next.closedAt];
      const values = [from, next.status, ...times, next.resolution, next.rootCause];
      const status = trace.kind === 'acknowledge' ? 'processed' : 'received';
      return traced(shopId, caseId, trace, status, { change, values });
    },

    async assignCase(shopId: string, caseId: string, trace: Trace): Promise<boolean> {
      const change = `update support_case set owner_id = $5::text
         where shop_id = $1::uuid and id = $2::uuid and status <> 'closed' returning id`;
      return (await traced(shopId, caseId, trace, 'processed', { change, values: [] })) !== null;
    },

    async addNote(shopId: string, caseId: string, trace: Trace): Promise<boolean> {
      const change = `select id from support_case where shop_id = $1::uuid and id = $2::uuid`;
      return (await traced(shopId, caseId, trace, 'processed', { change, values: [] })) !== null;
    },

    /**
     * Stores that an answer is to be held back, or to count again: the event for the line, and who
     * asked for it and why. One such act at a time, counted in the event's key, so that of two at
     * once one is stored.
     * @returns already = it is so; waiting = another act is stored and not decided yet
     */
    async moderateAnswer(
      shopId: string,
      responseId: string,
      act: {
        eventId: string;
        kind: 'quarantine' | 'restore';
        reason: string | null;
        staffId: string;
        at: Date;
      },
    ): Promise<'stored' | 'gone' | 'already' | 'waiting'> {
      const { rows } = await pool.query(
        `with answer as (
           select r.id, r.customer_id, r.order_id, (r.status = 'quarantined') = ($4::text = 'quarantine') as already
             from survey_response r where r.shop_id = $1 and r.id = $2 and ${NOT_ERASED}
         ), before as (
           select count(*) as acts, coalesce(bool_or(e.status = 'received'), false) as open
             from response_act a left join event e on e.shop_id = a.shop_id and e.id = a.id
            where a.shop_id = $1 and a.response_id = $2
         ), stored as (
           insert into event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, customer_id, order_id, ref_id)
           select $1::uuid, $3::uuid, 'staff', 'response.' || $4::text, 'response:' || answer.id || ':' || before.acts, $5::timestamptz,
                  $5::timestamptz, answer.customer_id, answer.order_id, answer.id::text
             from answer, before where not answer.already and not before.open
           on conflict (shop_id, source, dedupe_key) do nothing returning id
         ), noted as (
           insert into response_act (shop_id, id, response_id, kind, reason, staff_id, at)
           select $1::uuid, id, $2::uuid, $4::text, $6::text, $7::text, $5::timestamptz from stored
         )
         select (select already from answer) as already, exists (select 1 from stored) as stored`,
        [shopId, responseId, act.eventId, act.kind, act.at, act.reason, act.staffId],
      );
      const { already, stored } = rows[0] as { already: boolean | null; stored: boolean };
      if (already === null) return 'gone';
      return stored ? 'stored' : already ? 'already' : 'waiting';
    },

    async loadSettings(shopId: string): Promise<unknown> {
      const { shop } = await prisma();
      const row = await shop.findUnique({ where: { id: shopId }, select: { settings: true } });
      return row?.settings ?? {};
    },

    /**
     * Stores settings unless somebody else changed them since `expected` was read.
     * @param scoreBuyers has the customers who ordered in the last 12 months scored in the next turns of business time
     * @param newRules has everybody's score made anew
     */
    async saveSettings(
      shopId: string,
      expected: unknown,
      next: unknown,
      { scoreBuyers = false, newRules = false }: { scoreBuyers?: boolean; newRules?: boolean } = {},
    ): Promise<boolean> {
      // One statement: the database compares, so two writers cannot both find their `expected`; and no score that was
      // read by the old settings is stored after it.
      const { rows } = await pool.query(
        `with saved as (
           update shop set settings = $3::jsonb, rules_seq = rules_seq + $5::int,
             pixel_due_at = case when settings -> 'visits' is distinct from $3::jsonb -> 'visits' then now() else pixel_due_at end
            where id = $1 and settings = $2::jsonb returning id
         ), again as (
           update customer set ${SCORE_AGAIN} from saved
            where $4 and shop_id = $1 and merged_into_id is null and last_order_at > business_now() - interval '12 months'
         )
         select count(*)::int as changed from saved`,
        [shopId, JSON.stringify(expected), JSON.stringify(next), scoreBuyers, newRules ? 1 : 0],
      );
      return rows[0]?.changed === 1;
    },

    /** Puts failed events back to 'received': the one given, or the oldest 500. Returns their ids. */
    async replayEvents(shopId: string, eventId: string | null): Promise<string[]> {
      const { rows } = await pool.query(
        `update event set status = 'received', error = null, attempts = 0
          where shop_id = $1 and id in (
            select id from event where shop_id = $1 and status = 'failed' and ($2::uuid is null or id = $2)
             order by received_at, id limit 500 for update skip locked)
         returning id`,
        [shopId, eventId],
      );
      return rows.map((row) => row.id);
    },

    /**
     * Puts an action that failed, or whose fate is unknown, back to 'pending', with its
     * invitation. A message takes its place in the contact ledger when it is claimed again, and
     * as of then: days may have passed. The mail that was left out because this brought no reward waits for it again.
     * False when it stands elsewhere.
     */
    async retryAction(shopId: string, actionId: string): Promise<boolean> {
      const { rows } = await pool.query(
        `with again as (
           update action set status = 'pending', error = null, reason = null, attempts = 0, lease_until = null,
                  payload = payload || '{"resent": "true"}', queued_at = now(), done_at = null
            where shop_id = $1 and id = $2 and status in ('unknown', 'failed') returning kind, customer_id, payload->>'invitationId' as invitation_id
         ), asked as (
           update survey_invitation i set status = 'sending', reason = null from again
            where i.shop_id = $1 and again.kind = 'send_survey' and i.id = again.invitation_id::uuid and i.status in ('sent', 'suppressed') and i.answered_at is null
         ), mail as (
           update action m set status = 'waiting', reason = null, attempts = 0, done_at = null from again
            where m.shop_id = $1 and m.customer_id = again.customer_id and m.after_id = $2 and m.kind = 'send_incentive'
              and (m.status = 'pending' or (m.status = 'skipped' and m.reason = 'no_reward'))
         )
         select count(*)::int as changed from again`,
        [shopId, actionId],
      );
      return rows[0]?.changed === 1;
    },
  };
}

export type StaffActs = ReturnType<typeof createStaffActs>;
