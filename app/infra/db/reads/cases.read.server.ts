import type { Pool } from 'pg';
import { CASE_COLUMNS, CASE_JOINS, caseFrom, iso, number, numberOrNull, type SqlRow } from './rows.server.ts';
import type { CaseRow, CaseView } from './case-views.ts';
import type { Page } from './views.ts';

export type CaseSlice = 'open' | 'mine' | 'unassigned' | 'resolved' | 'closed' | 'all';

const ACTIVE = "k.status in ('open', 'acknowledged')";
/** An acknowledged case has an answer under way: its clock has stopped, so it stands behind those that wait for one. */
const QUEUE_TIME =
  "(k.due_at + case when k.status = 'acknowledged' then interval '1000 years' else interval '0' end)";
const SLICES: Record<CaseSlice, { condition: string; queue: boolean }> = {
  open: { condition: ACTIVE, queue: true },
  mine: { condition: `${ACTIVE} and k.owner_id = $2`, queue: true },
  unassigned: { condition: `${ACTIVE} and k.owner_id is null`, queue: true },
  resolved: { condition: "k.status = 'resolved'", queue: false },
  closed: { condition: "k.status = 'closed'", queue: false },
  all: { condition: 'true', queue: false },
};

/**
 * A page of cases. Active ones form a queue: unanswered ones by due time, then the acknowledged;
 * the others stand newest first. Paged forwards by key (`<ISO time>_<id>`).
 */
export async function readCases(
  pool: Pool,
  shopId: string,
  input: { view: CaseSlice; staffId: string; after: string | null },
  limit: number,
): Promise<Page<CaseRow>> {
  const { condition, queue } = SLICES[input.view];
  const [column, compare, direction] = queue ? [QUEUE_TIME, '>', 'asc'] : ['k.opened_at', '<', 'desc'];
  const cursor = parseCursor(input.after);
  const { rows } = await pool.query(
    `select ${CASE_COLUMNS}, ${column} as sort_at from support_case k ${CASE_JOINS}
      where k.shop_id = $1 and $2::text is not null and ${condition}
        and ($3::timestamptz is null or (${column}, k.id) ${compare} ($3::timestamptz, $4::uuid))
      order by ${column} ${direction}, k.id ${direction} limit ${limit + 1}`,
    [shopId, input.staffId, cursor?.at ?? null, cursor?.id ?? null],
  );
  const page = rows.slice(0, limit).map(caseFrom);
  const last = rows[page.length - 1];
  const more = rows.length > limit && last !== undefined;
  return {
    rows: page,
    before: null,
    after: more ? `${last.sort_at.toISOString()}_${last.id}` : null,
  };
}

/** Sizes of the views, for their tabs. */
export async function countCases(
  pool: Pool,
  shopId: string,
  staffId: string,
): Promise<Record<CaseSlice, number>> {
  const { rows } = await pool.query(
    `select ${Object.entries(SLICES)
      .map(([view, slice]) => `count(*) filter (where ${slice.condition}) as "${view}"`)
      .join(', ')}
       from support_case k where k.shop_id = $1 and $2::text is not null`,
    [shopId, staffId],
  );
  return Object.fromEntries(Object.keys(SLICES).map((view) => [view, number(rows[0]?.[view])])) as Record<
    CaseSlice,
    number
  >;
}

/** Low ones stand among the notes of a case that they joined. */
const OTHER_ANSWERS = `
  select r.id, r.kind, r.metric, r.rating, r.comment, r.status, r.answered_at
    from support_case k join survey_response r on r.shop_id = k.shop_id and r.order_id = k.order_id
   where k.shop_id = $1 and k.id = $2 and k.prediction is not null and r.id is distinct from k.response_id
     and r.status in ('verified', 'unsolicited') and (k.source_kind = 'prediction' or r.route is distinct from 'low')
   order by r.answered_at, r.id limit 50`;

/** One case with the answer and order behind it, what was sent, and every note. Null when the shop has no such case. */
export async function readCase(pool: Pool, shopId: string, caseId: string): Promise<CaseView | null> {
  const found = await pool.query(
    `select ${CASE_COLUMNS}, k.source_kind, k.resolved_at, k.root_cause, k.resolution, k.response_id,
            c.band, c.health, c.tier, r.id as answer_id, r.kind as answer_kind, r.metric, r.rating, r.comment,
            r.status as answer_status, r.answered_at, o.order_id, o.placed_at, o.delivered_at, o.delivered_assumed,
            o.cancelled_at, o.total_minor, o.refunded_minor, o.doc->'lines' as lines
       from support_case k ${CASE_JOINS}
       left join survey_response r on r.shop_id = k.shop_id and r.id = k.response_id
      where k.shop_id = $1 and k.id = $2`,
    [shopId, caseId],
  );
  const row = found.rows[0];
  if (!row) return null;
  const [others, notes, messages] = await Promise.all([
    pool.query(OTHER_ANSWERS, [shopId, caseId]),
    pool.query(
      `select n.id, n.at, n.kind, n.text, st.name from case_note n
         left join staff st on st.shop_id = n.shop_id and st.user_id = n.staff_id
        where n.shop_id = $1 and n.case_id = $2 order by n.at, n.id limit 500`,
      [shopId, caseId],
    ),
    pool.query(
      `select a.id, a.kind, a.status, coalesce(a.done_at, a.created_at) as at, coalesce(a.reason, a.error) as reason,
              g.code, g.amount_minor, g.currency, g.expires_at
         from action a left join discount_grant g on g.shop_id = a.shop_id and g.id = a.id and g.status = 'confirmed'
        where a.shop_id = $1 and a.customer_id = $2 and a.created_at >= $4::timestamptz - interval '1 day'
          and a.kind in ('send_acknowledgement', 'create_recovery_discount') and a.payload->>'responseId' = $3
        order by a.created_at limit 50`,
      [shopId, row.customer_id, row.response_id, row.opened_at],
    ),
  ]);
  return {
    ...caseFrom(row),
    ...detailsFrom(row),
    otherAnswers: others.rows.map((other) => ({ id: other.id, ...answerFrom(other) })),
    messages: messages.rows.map((entry) => ({
      actionId: entry.id,
      kind: entry.kind,
      status: entry.status,
      at: entry.at.toISOString(),
      reason: entry.reason,
      offer: entry.code
        ? {
            code: entry.code,
            amountMinor: number(entry.amount_minor),
            currency: entry.currency,
            expiresAt: entry.expires_at.toISOString(),
          }
        : null,
    })),
    notes: notes.rows.map((entry) => ({
      id: entry.id,
      at: entry.at.toISOString(),
      kind: entry.kind,
      text: entry.text,
      staffName: entry.name,
    })),
  };
}

function detailsFrom(row: SqlRow): Omit<CaseView, keyof CaseRow | 'otherAnswers' | 'messages' | 'notes'> {
  return {
    sourceKind: row.source_kind,
    resolvedAt: iso(row.resolved_at),
    rootCause: row.root_cause,
    resolution: row.resolution,
    customerBand: row.band,
    customerHealth: numberOrNull(row.health),
    customerTier: row.tier,
    answer: row.answer_id ? answerFrom({ ...row, kind: row.answer_kind, status: row.answer_status }) : null,
    order: row.order_id ? orderFrom(row) : null,
  };
}

function answerFrom(row: SqlRow): NonNullable<CaseView['answer']> {
  const { kind, metric, rating, comment, status } = row;
  return { kind, metric, rating, comment, status, answeredAt: row.answered_at.toISOString() };
}

function orderFrom(row: SqlRow): NonNullable<CaseView['order']> {
  const lines: SqlRow[] = Array.isArray(row.lines) ? row.lines : [];
  return {
    orderId: row.order_id,
    name: row.order_name,
    placedAt: iso(row.placed_at),
    deliveredAt: iso(row.delivered_at),
    deliveredAssumed: row.delivered_assumed,
    cancelledAt: iso(row.cancelled_at),
    totalMinor: number(row.total_minor),
    refundedMinor: number(row.refunded_minor),
    lines: lines.map((line) => ({
      title: String(line.title ?? ''),
      quantity: number(line.quantity),
      netMinor: number(line.netMinor),
    })),
  };
}

function parseCursor(text: string | null): { at: string; id: string } | null {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/.exec(text ?? '');
  return match ? { at: match[1]!, id: match[2]! } : null;
}
