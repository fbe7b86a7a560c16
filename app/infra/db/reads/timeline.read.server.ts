import type { Pool } from 'pg';
import { number, numberOrNull, type SqlRow } from './rows.server.ts';
import type { TimelineEntry } from './views.ts';

/** Most rows that are read of each source; the page says so when a source is longer. */
export const TIMELINE_LIMIT = 200;

/** Health moves smaller than this, within one band, are not worth a line. */
const NOTABLE_POINTS = 3;

/** What happened to one customer, newest first: one query per source, all of them by customer key. */
export async function readTimeline(pool: Pool, shopId: string, customerId: string): Promise<TimelineEntry[]> {
  const ask = async (sql: string) =>
    (await pool.query(`${sql} limit ${TIMELINE_LIMIT}`, [shopId, customerId])).rows;
  const [orders, invitations, answers, actions, points, cases, scores] = await Promise.all([
    ask(`select order_id, name, placed_at, cancelled_at, delivered_at, delivered_assumed, total_minor, doc from orders
          where shop_id = $1 and customer_id = $2 order by placed_at desc nulls last`),
    ask(`select i.*, o.name as order_name from survey_invitation i
           left join orders o on o.shop_id = i.shop_id and o.order_id = i.order_id
          where i.shop_id = $1 and i.customer_id = $2 order by i.due_at desc`),
    ask(`select r.*, o.name as order_name from survey_response r
           left join orders o on o.shop_id = r.shop_id and o.order_id = r.order_id
          where r.shop_id = $1 and r.customer_id = $2 order by r.answered_at desc`),
    // Asking for a survey and posting points have lines of their own (invitations, points).
    ask(`select a.*, o.name as order_name, g.amount_minor as grant_minor from action a
           left join orders o on o.shop_id = a.shop_id and o.order_id = a.order_id
           left join discount_grant g on g.shop_id = a.shop_id and g.id = a.id
          where a.shop_id = $1 and a.customer_id = $2
            and a.kind not in ('post_points', 'open_case', 'open_care_case', 'close_care_case')
            and not (a.kind = 'send_survey' and a.status in ('done', 'skipped', 'pending'))
          order by a.created_at desc`),
    ask(`select min(p.id::text) as id, p.at, p.reason, p.bucket, sum(p.points) as points, o.name as order_name
           from points_entry p left join orders o on o.shop_id = p.shop_id and o.order_id = p.order_id
          where p.shop_id = $1 and p.customer_id = $2
          group by p.at, p.reason, p.bucket, o.name having sum(p.points) <> 0 order by p.at desc`),
    ask(`select k.*, o.name as order_name from support_case k
           left join orders o on o.shop_id = k.shop_id and o.order_id = k.order_id
          where k.shop_id = $1 and k.customer_id = $2 order by k.opened_at desc`),
    ask(`select at, health, band, version, lag(health) over (order by at) as health_before,
             lag(band) over (order by at) as band_before, lag(version) over (order by at) as version_before
           from score_history where shop_id = $1 and customer_id = $2 order by at desc`),
  ]);
  return [
    ...orders.flatMap(orderEntries),
    ...invitations.map(invitationEntry),
    ...answers.map(answerEntry),
    ...actions.map(actionEntry),
    ...points.map(pointsEntry),
    ...cases.flatMap(caseEntries),
    ...scores.filter(isNotable).map(scoreEntry),
  ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1));
}

function orderEntries(row: SqlRow): TimelineEntry[] {
  const doc = row.doc ?? {};
  const base = { orderName: row.name || null };
  const entries: TimelineEntry[] = [];
  const add = (
    what: string,
    kind: TimelineEntry['kind'],
    at: Date | string | null,
    more: Partial<TimelineEntry> = {},
  ) => {
    if (at)
      entries.push({
        ...base,
        id: `${row.order_id}:${what}:${more.id ?? ''}`,
        kind,
        at: new Date(at).toISOString(),
        what,
        ...more,
      });
  };
  const lines = list(doc.lines).map((line) =>
    line.quantity > 1 ? `${line.quantity} × ${line.title}` : `${line.title}`,
  );
  add('order_placed', 'order', row.placed_at, { amountMinor: number(row.total_minor), lines });
  add('order_cancelled', 'order', row.cancelled_at);
  add('delivered', 'shipping', row.delivered_at, { assumed: row.delivered_assumed });
  for (const shipment of list(doc.fulfillments)) {
    add('shipped', 'shipping', shipment.createdAt, {
      id: key('f', shipment.fulfillmentId),
      subject: shipment.trackingCompany,
    });
  }
  for (const event of list(doc.shipmentEvents)) {
    if (event.status === 'delivered') continue;
    add('shipment_event', 'shipping', event.happenedAt, {
      id: key('e', event.eventId),
      status: event.status,
    });
  }
  for (const refund of list(doc.refunds)) {
    add('refunded', 'refund', refund.createdAt, {
      id: key('r', refund.refundId),
      amountMinor: number(refund.amountMinor),
    });
  }
  for (const dispute of list(doc.disputes)) {
    add('disputed', 'refund', dispute.initiatedAt, {
      id: key('d', dispute.disputeId),
      subject: dispute.type,
      status: dispute.status,
    });
  }
  for (const back of list(doc.returns)) {
    const reasons = list(back.lines)
      .map((line) => line.reason)
      .filter((reason) => typeof reason === 'string');
    add('return', 'refund', back.sourceUpdatedAt, {
      id: key('b', back.returnId),
      status: back.status,
      reason: reasons[0] ?? null,
    });
  }
  return entries;
}

const list = (value: unknown): SqlRow[] => (Array.isArray(value) ? value : []);
const key = (prefix: string, id: unknown) => `${prefix}${String(id)}`;

function invitationEntry(row: SqlRow): TimelineEntry {
  const at = row.status === 'sent' ? row.sent_at : row.status === 'suppressed' ? row.decided_at : row.due_at;
  return {
    id: row.id,
    kind: 'survey',
    at: (at ?? row.due_at).toISOString(),
    what: row.status === 'sent' && row.channel === 'page' ? 'survey_offered' : `survey_${row.status}`,
    orderName: row.order_name || null,
    subject: row.kind,
    reason: row.reason,
    assumed: row.assumed,
  };
}

function answerEntry(row: SqlRow): TimelineEntry {
  return {
    id: row.id,
    kind: 'answer',
    at: row.answered_at.toISOString(),
    what: 'answered',
    orderName: row.order_name || null,
    subject: row.kind,
    status: row.status,
    metric: row.metric,
    rating: row.rating,
    comment: row.comment,
  };
}

function actionEntry(row: SqlRow): TimelineEntry {
  const amount = numberOrNull(row.grant_minor);
  return {
    id: row.id,
    kind: 'action',
    at: (row.done_at ?? row.created_at).toISOString(),
    what: 'action',
    orderName: row.order_name || null,
    subject: row.kind,
    status: row.status,
    reason: row.reason ?? row.error,
    actionId: row.id,
    ...(amount !== null && { amountMinor: amount }),
  };
}

function pointsEntry(row: SqlRow): TimelineEntry {
  return {
    id: `points:${row.id}`,
    kind: 'points',
    at: row.at.toISOString(),
    what: 'points',
    orderName: row.order_name || null,
    points: number(row.points),
    bucket: row.bucket,
    reason: row.reason,
  };
}

function caseEntries(row: SqlRow): TimelineEntry[] {
  const base = {
    kind: 'case' as const,
    orderName: row.order_name || null,
    caseId: row.id,
    subject: `#${row.number} ${row.title}`,
  };
  const steps: [string, Date | null][] = [
    ['case_opened', row.opened_at],
    ['case_acknowledged', row.acknowledged_at],
    ['case_resolved', row.resolved_at],
    ['case_closed', row.closed_at],
  ];
  return steps.flatMap(([what, at]) =>
    at ? [{ ...base, id: `${row.id}:${what}`, what, at: at.toISOString() }] : [],
  );
}

function isNotable(row: SqlRow): boolean {
  if (row.band !== row.band_before) return true;
  if (row.health === null || row.health_before === null) return false;
  return Math.abs(number(row.health) - number(row.health_before)) >= NOTABLE_POINTS;
}

function scoreEntry(row: SqlRow): TimelineEntry {
  return {
    id: `score:${row.at.toISOString()}`,
    kind: 'score',
    at: row.at.toISOString(),
    what: 'score',
    orderName: null,
    health: numberOrNull(row.health),
    healthBefore: numberOrNull(row.health_before),
    band: row.band,
    bandBefore: row.band_before,
    ...(row.version_before !== null && row.version_before !== row.version && { newRule: row.version }),
  };
}
