import type { Pool } from 'pg';
import { SHOWN_AT, shownIn } from './anonymous-cells.ts';
import { NOT_ERASED } from '../staff-acts.repo.server.ts';
import type { PageCursor } from './customers.read.server.ts';
import type {
  ResponseCounts,
  ResponseFilter,
  ResponseSlice,
  RouteCounts,
  StoredResponseRow,
} from './response-views.ts';
import { keyedPage, number, personFrom, type SqlRow } from './rows.server.ts';
import type { Page } from './views.ts';

/** What is held back is out of the way, in a view of its own. */
const SLICES: Record<ResponseSlice, string> = {
  all: "r.status <> 'quarantined'",
  low: "r.status <> 'quarantined' and r.route = 'low'",
  comment: "r.status <> 'quarantined' and r.comment <> ''",
  unverified: "r.status = 'unverified'",
  quarantined: "r.status = 'quarantined'",
};

/**
 * One page of answers, newest first (then by id), paged by key in both directions. Answers of
 * which an erasure left nothing are not in it.
 */
export async function readResponses(
  pool: Pool,
  shopId: string,
  filter: ResponseFilter,
  cursor: PageCursor,
  limit: number,
): Promise<Page<StoredResponseRow>> {
  const after = parseCursor(cursor.after);
  const key = after ?? parseCursor(cursor.before);
  const backwards = key !== null && !after;
  const { sql, values } = where(shopId, filter);
  sql.push(SLICES[filter.view]);
  sql.push(shownIn(sql.join(' and ')));
  if (key) {
    const at = `$${values.push(key.at)}::timestamptz`;
    const id = `$${values.push(key.id)}::uuid`;
    sql.push(`(${SHOWN_AT}, r.id) ${backwards ? '>' : '<'} (${at}, ${id})`);
  }
  const direction = backwards ? 'asc' : 'desc';
  const { rows } = await pool.query(
    `with page as (select r.*, ${SHOWN_AT} as shown_at from survey_response r where r.shop_id = $1 and ${sql.join(' and ')}
       order by ${SHOWN_AT} ${direction}, r.id ${direction} limit ${limit + 1})
     select p.id, p.kind, p.metric, p.rating, p.route, p.status, p.surface, p.identity, p.incentive, p.shown_at, p.comment, p.revision, ${STEPS} as steps, p.held_reason as rule,
            p.answers, p.survey_id, p.definition, case when p.answers ? 'lines' then o.doc -> 'lines' end as lines,
            p.claimed_by is not null as claimed, c.id as customer_id, c.first_name, c.last_name, c.email,
            o.order_id, o.name as order_name, k.id as case_id, k.number as case_number,
            f.files, a.at as held_at, a.reason as held_reason, a.kind as last_act, st.name as held_by
       from page p
       left join customer c on c.shop_id = p.shop_id and c.id = p.customer_id
       left join orders o on o.shop_id = p.shop_id and o.order_id = p.order_id and o.source_updated_at is not null
       left join support_case k on k.shop_id = p.shop_id and k.source_kind = 'response' and k.source_id = p.id::text
       left join lateral (select kind, at, reason, staff_id from response_act where shop_id = p.shop_id and response_id = p.id
         order by at desc, id desc limit 1) a on p.status = 'quarantined'
       left join lateral (select json_agg(json_build_object('id', u.id, 'kind', u.kind, 'mediaType', u.media_type,
           'sizeBytes', u.size_bytes) order by u.created_at, u.id) as files
         from survey_upload u where u.shop_id = p.shop_id and u.response_id = p.id) f on p.answers ? 'uploads'
       left join staff st on st.shop_id = p.shop_id and st.user_id = a.staff_id
      order by p.shown_at ${direction}, p.id ${direction}`,
    values,
  );
  return keyedPage(rows.map(responseFrom), { limit, backwards, fromStart: key === null, cursorOf });
}

/**
 * How many versions of an answer `p` led to its being sent: the event of that carries the version, steps have none. Who gives
 * no name sends all at once. null: what leads to nothing, as a stranger's visit, has no event. $1 is the shop.
 */
const STEPS = `CASE WHEN p.unfinished THEN p.revision WHEN p.revision = 1 OR p.identity <> 'identified' THEN 1
  ELSE (SELECT min(split_part(e.dedupe_key, ':', 2)::int) FROM event e WHERE e.shop_id = $1 AND e.source = 'answer'
    AND e.dedupe_key = ANY (ARRAY(SELECT p.id || ':' || version FROM generate_series(1, p.revision) version))) END`;

/** How many answers a filter finds, and where they lead. */
export async function countResponses(
  pool: Pool,
  shopId: string,
  filter: ResponseFilter,
): Promise<ResponseCounts> {
  const { sql, values } = where(shopId, filter);
  const slice = SLICES[filter.view];
  const { rows } = await pool.query(
    `select count(*) filter (where shown and ${slice}) as n, count(*) filter (where shown and ${slice} and r.route = 'low') as low,
            count(*) filter (where shown and ${slice} and r.route = 'middle') as middle,
            count(*) filter (where shown and ${slice} and r.route = 'high') as high,
            count(*) filter (where shown and ${slice} and r.status <> 'verified') as not_counted,
            coalesce(bool_or(${slice} and not shown), false) as small_cell,
            ${routeCounts('with_reward', `shown and ${slice} and r.incentive`)},
            ${routeCounts('without_reward', `shown and ${slice} and not r.incentive and r.comparable`)},
            count(*) filter (where held_shown and ${SLICES.quarantined}) as quarantined
       from (select r.*, bool_or(r.incentive) over (partition by r.kind) as comparable, ${shownIn([...sql, slice].join(' and '))} as shown,
                    ${shownIn([...sql, SLICES.quarantined].join(' and '))} as held_shown
               from survey_response r where r.shop_id = $1 and ${sql.join(' and ')}) r`,
    values,
  );
  const row = rows[0];
  return {
    n: number(row?.n),
    low: number(row?.low),
    middle: number(row?.middle),
    high: number(row?.high),
    notCounted: number(row?.not_counted),
    quarantined: number(row?.quarantined),
    smallCell: row?.small_cell ?? false,
    withReward: routeCountsFrom(row, 'with_reward'),
    withoutReward: routeCountsFrom(row, 'without_reward'),
  };
}

/** How many answers a condition finds, and how many of them are low and high, as columns `<name>_n` and so on. */
const routeCounts = (name: string, condition: string) =>
  `count(*) filter (where ${condition}) as ${name}_n, count(*) filter (where ${condition} and r.route = 'low') as ${name}_low,
            count(*) filter (where ${condition} and r.route = 'high') as ${name}_high`;

const routeCountsFrom = (row: SqlRow | undefined, name: string): RouteCounts => ({
  n: number(row?.[`${name}_n`]),
  low: number(row?.[`${name}_low`]),
  high: number(row?.[`${name}_high`]),
});

/** The conditions of a filter but for its view; the first value is the shop, which each statement names itself. */
function where(shopId: string, filter: ResponseFilter): { sql: string[]; values: unknown[] } {
  const sql = [NOT_ERASED];
  const values: unknown[] = [shopId];
  if (filter.kind) sql.push(`r.kind = $${values.push(filter.kind)}`);
  if (filter.surface) sql.push(`r.surface = $${values.push(filter.surface)}`);
  if (filter.route) sql.push(`r.route = $${values.push(filter.route)}`);
  if (filter.rewarded !== null) sql.push(`r.incentive = $${values.push(filter.rewarded)}`);
  if (filter.days !== null)
    sql.push(
      `r.answered_at >= (select business_now()) - $${values.push(filter.days)}::int * interval '24 hours'`,
    );
  // Searched for as it was typed: % and _ are no wildcards here.
  if (filter.search)
    sql.push(`r.comment ilike $${values.push(`%${filter.search.replace(/[\\%_]/g, '\\$&')}%`)}`);
  return { sql, values };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** "<ISO time>_<id>". Anything else counts as no cursor, so that a mistyped address shows page 1. */
function parseCursor(text: string | null | undefined): { at: string; id: string } | null {
  const [, at, id] = CURSOR.exec(text ?? '') ?? [];
  return at && id && !Number.isNaN(Date.parse(at)) ? { at, id } : null;
}

const cursorOf = (row: StoredResponseRow): string => `${row.answeredAt}_${row.id}`;

function responseFrom(row: SqlRow): StoredResponseRow {
  return {
    id: row.id,
    kind: row.kind,
    metric: row.metric,
    rating: row.rating,
    route: row.route,
    status: row.status,
    surface: row.surface,
    identity: row.identity,
    rewarded: row.incentive,
    answeredAt: row.shown_at.toISOString(),
    comment: row.comment || null,
    answers: row.answers,
    edition: { surveyId: row.survey_id, version: row.definition },
    lineTitles: Object.fromEntries(
      (row.lines ?? []).map((line: { lineId: string; title: string }) => [line.lineId, line.title]),
    ),
    files: row.files ?? [],
    versions: row.revision,
    steps: row.steps === null ? null : number(row.steps),
    customer: row.customer_id ? personFrom(row) : null,
    claimed: row.claimed,
    order: row.order_id ? { orderId: row.order_id, name: row.order_name } : null,
    case: row.case_id ? { id: row.case_id, number: row.case_number } : null,
    heldByRule: row.rule,
    held:
      row.last_act === 'quarantine'
        ? { at: row.held_at.toISOString(), reason: row.held_reason, staffName: row.held_by }
        : null,
  };
}
