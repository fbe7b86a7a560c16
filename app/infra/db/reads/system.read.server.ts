import type { Pool } from 'pg';
import { readTrouble } from './overview.read.server.ts';
import type { OpenPrisma } from '../prisma.server.ts';
import { number, personFrom } from './rows.server.ts';
import type { SystemView } from './views.ts';

const LIST_LIMIT = 50;
const WINDOW = "interval '30 days'";

/** The System section of the settings: what waits, what failed, what was left out and why (last 30 days). */
export async function readSystem(pool: Pool, prisma: OpenPrisma, shopId: string): Promise<SystemView> {
  const ask = async (sql: string) => (await pool.query(sql, [shopId])).rows;
  const [trouble, events, actions, stale, failed, stuck, ignored, staff, budget, visits] = await Promise.all([
    readTrouble(pool, shopId),
    ask(`select status, count(*) as count from event
          where shop_id = $1 and received_at >= (select business_now()) - ${WINDOW} group by status order by status`),
    ask(`select status, count(*) as count from action
          where shop_id = $1 and created_at >= (select business_now()) - ${WINDOW} group by status order by status`),
    ask(`select count(*) as count from customer c join shop s on s.id = c.shop_id
           where c.shop_id = $1 and c.merged_into_id is null and c.redacted_at is null
             and (c.stale_seq > c.scored_seq or (s.rules_seq <> s.refreshed_seq and c.rules_seq <> s.rules_seq))`),
    ask(`select id, source, topic, received_at, attempts, reason, error from event
          where shop_id = $1 and status = 'failed' order by received_at desc, id limit ${LIST_LIMIT}`),
    ask(`select a.id, a.kind, a.status, a.created_at, a.attempts, a.reason, a.error,
                c.id as customer_id, c.first_name, c.last_name, c.email
           from action a left join customer c on c.shop_id = a.shop_id and c.id = a.customer_id
          where a.shop_id = $1 and a.status in ('failed', 'unknown') order by a.created_at desc, a.id limit ${LIST_LIMIT}`),
    ask(`select topic, coalesce(reason, '') as reason, count(*) as count from event
          where shop_id = $1 and status = 'ignored' and received_at >= (select business_now()) - ${WINDOW}
          group by 1, 2 order by 3 desc, 1 limit ${LIST_LIMIT}`),
    readStaff(prisma, shopId),
    ask(`select b.period, b.limit_minor, b.used_minor from budget b join shop s on s.id = b.shop_id
          where b.shop_id = $1 and b.purpose = 'recovery'
            and b.period = to_char((select business_now()) at time zone s.time_zone, 'YYYY-MM')`),
    ask(`select s.pixel_id is not null as "on", s.pixel_problem as problem,
                (select count(distinct d.customer_id) from site_day d where d.shop_id = $1
                    and d.day > ((select business_now()) at time zone 'UTC')::date - 30) as customers
           from shop s where s.id = $1`),
  ]);
  const counts = (rows: { status: string; count: string }[]) =>
    rows.map((row) => ({ status: row.status, count: number(row.count) }));
  return {
    trouble,
    eventsByStatus: counts(events),
    actionsByStatus: counts(actions),
    staleScores: number(stale[0]?.count),
    failedEvents: failed.map((row) => ({
      id: row.id,
      source: row.source,
      topic: row.topic,
      receivedAt: row.received_at.toISOString(),
      attempts: row.attempts,
      reason: row.reason,
      error: row.error,
    })),
    stuckActions: stuck.map((row) => ({
      id: row.id,
      kind: row.kind,
      status: row.status,
      createdAt: row.created_at.toISOString(),
      attempts: row.attempts,
      reason: row.reason,
      error: row.error,
      customer: row.customer_id ? personFrom(row) : null,
    })),
    ignored: ignored.map((row) => ({ topic: row.topic, reason: row.reason, count: number(row.count) })),
    staff,
    visits: {
      on: visits[0].on,
      problem: visits[0].problem,
      customers: number(visits[0].customers),
    },
    budget: budget[0]
      ? {
          period: budget[0].period,
          limitMinor: number(budget[0].limit_minor),
          usedMinor: number(budget[0].used_minor),
        }
      : null,
  };
}

async function readStaff(prisma: OpenPrisma, shopId: string): Promise<SystemView['staff']> {
  const { staff } = await prisma();
  const rows = await staff.findMany({
    where: { shopId },
    orderBy: { lastSeenAt: 'desc' },
    take: LIST_LIMIT,
  });
  return rows.map(({ userId, name, lastSeenAt }) => ({ userId, name, lastSeenAt: lastSeenAt.toISOString() }));
}
