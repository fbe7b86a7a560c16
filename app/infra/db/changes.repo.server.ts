import type { PoolClient } from 'pg';
import type { Changes } from '../../domain/core/actions.ts';
import { AppError } from '../../domain/core/app-error.ts';
import {
  customerRow,
  orderRow,
  returnRow,
  invitationRow,
  responseRow,
  actionRow,
  contactRow,
  timerRow,
} from './changes-rows.ts';
import { handOver } from './hand-over.server.ts';

/**
 * The writing half of process-event: all changes of one event in one SQL statement,
 * made of one data-modifying CTE per table that has something to say.
 */

export interface SavedEvent {
  id: string;
  now: Date;
  customerId: string | null;
  orderId: string | null;
  /** When the source was written that names the customer as the order's owner; null when it doesn't. */
  ownerToldAt: Date | null;
  /** Whose the order was, when it turned out to be somebody else's. */
  movedFrom: string | null;
  /** The event is about an erased person: its bytes go at once. */
  dropBody: boolean;
}

export interface SaveResult {
  /** Actions that are new and ready to run now. */
  actionIds: string[];
}

/**
 * PostgreSQL takes a set made of JSON for 100 rows, and would rather read a whole table than look
 * each of them up. They are a handful: a limit says so, and cuts nothing.
 */
const FEW = 'LIMIT jsonb_array_length($$)';

const PARTS = {
  customers: `INSERT INTO customer (shop_id, id, key, shopify_id, email, first_name, last_name, phone, locale, country_code,
      time_zone, email_consent, email_consent_at, profile_told_at, created_at, stale_seq, stale_since)
    SELECT $1, j.*, 1, (SELECT created_at FROM event WHERE shop_id = $1 AND id = $2) FROM customers_given j
    WHERE NOT EXISTS (SELECT FROM customer c WHERE c.shop_id = $1 AND c.id = j.id) RETURNING id`,
  order: `INSERT INTO orders AS o (shop_id, order_id, customer_id, name, currency, channel, country_code, locale, placed_at,
      paid_at, cancelled_at, delivered_at, delivered_assumed, financial_status, subtotal_minor, discount_minor, total_minor,
      refunded_minor, test, doc, source_updated_at, owner_told_at)
    SELECT $1, j.* FROM jsonb_to_record($$) AS j(order_id text, customer_id uuid, name text, currency text, channel text,
      country_code text, locale text, placed_at timestamptz, paid_at timestamptz, cancelled_at timestamptz,
      delivered_at timestamptz, delivered_assumed boolean, financial_status text, subtotal_minor bigint,
      discount_minor bigint, total_minor bigint, refunded_minor bigint, test boolean, doc jsonb,
      source_updated_at timestamptz, owner_told_at timestamptz)
    ON CONFLICT (shop_id, order_id) DO UPDATE SET customer_id = coalesce(excluded.customer_id, o.customer_id),
      owner_told_at = CASE WHEN excluded.owner_told_at IS NULL THEN o.owner_told_at
        WHEN excluded.customer_id = o.customer_id THEN greatest(excluded.owner_told_at, o.owner_told_at)
        ELSE excluded.owner_told_at END,
      name = excluded.name, currency = excluded.currency, channel = excluded.channel, country_code = excluded.country_code,
      locale = excluded.locale, placed_at = excluded.placed_at, paid_at = excluded.paid_at,
      cancelled_at = excluded.cancelled_at, delivered_at = excluded.delivered_at,
      delivered_assumed = excluded.delivered_assumed, financial_status = excluded.financial_status,
      subtotal_minor = excluded.subtotal_minor, discount_minor = excluded.discount_minor,
      total_minor = excluded.total_minor, refunded_minor = excluded.refunded_minor, test = excluded.test,
      doc = excluded.doc, source_updated_at = excluded.source_updated_at
    RETURNING order_id`,
  return: `INSERT INTO order_return AS r (shop_id, return_id, order_id, status, lines, source_updated_at)
    SELECT $1, j.* FROM jsonb_to_record($$) AS j(return_id text, order_id text, status text, lines jsonb,
      source_updated_at timestamptz)
    ON CONFLICT (shop_id, return_id) DO UPDATE SET order_id = coalesce(r.order_id, excluded.order_id),
      lines = CASE WHEN excluded.lines = '[]' THEN r.lines ELSE excluded.lines END,
      status = CASE WHEN excluded.source_updated_at >= r.source_updated_at THEN excluded.status ELSE r.status END,
      source_updated_at = greatest(excluded.source_updated_at, r.source_updated_at)
    RETURNING return_id`,
  invitations: `INSERT INTO survey_invitation (shop_id, id, kind, customer_id, order_id, sequence, status, reason, channel,
      first_due_at, due_at, assumed, decided_at, sent_at, answered_at)
    SELECT $1, j.* FROM invitations_given j
    WHERE NOT EXISTS (SELECT FROM survey_invitation i WHERE i.shop_id = $1 AND i.id = j.id) RETURNING id`,
  responses: `UPDATE survey_response r SET status = j.status, customer_id = j.customer_id, answer_key = j.answer_key,
      invitation_id = j.invitation_id
    FROM (SELECT * FROM jsonb_to_recordset($$) AS j(id uuid, status text, customer_id uuid, answer_key text,
      invitation_id uuid) ${FEW}) j
    WHERE r.shop_id = $1 AND r.id = j.id RETURNING r.id`,
  actions: `INSERT INTO action (shop_id, event_id, created_at, id, kind, dedupe_key, customer_id, order_id, status, after_id,
      payload, due_at)
    SELECT $1, j.event_id, $3, j.id, j.kind, j.dedupe_key, j.customer_id, j.order_id, j.status, j.after_id, j.payload, j.due_at
    FROM jsonb_to_recordset($$) AS j(event_id uuid, id uuid, kind text, dedupe_key text, customer_id uuid,
      order_id text, status text, after_id uuid, payload jsonb, due_at timestamptz)
    ON CONFLICT (shop_id, dedupe_key) DO NOTHING
    RETURNING id, status, due_at`,
  contacts: `INSERT INTO contact (shop_id, action_id, customer_id, topic, marketing, survey_kind, metric, status, at)
    SELECT $1, j.* FROM jsonb_to_recordset($$) AS j(action_id uuid, customer_id uuid, topic text, marketing boolean,
      survey_kind text, metric text, status text, at timestamptz)
    ON CONFLICT (shop_id, action_id) DO NOTHING RETURNING action_id`,
  timers: `INSERT INTO timer (shop_id, kind, subject_id, due_at, status)
    SELECT $1, j.* FROM jsonb_to_recordset($$) AS j(kind text, subject_id text, due_at timestamptz, status text)
    ON CONFLICT (shop_id, kind, subject_id) DO UPDATE SET due_at = excluded.due_at, status = excluded.status
      WHERE timer.status = 'open' OR excluded.status = 'open'
    RETURNING kind`,
} as const;

/**
 * Rows that others touch outside the line's locks (a score, the end of a message) and that have
 * a second unique key: there INSERT ... ON CONFLICT can trip over the other key, so what
 * exists is updated and only what does not is inserted.
 */
const UPDATES: Partial<Record<keyof typeof PARTS, string>> = {
  customers: `customers_given AS (SELECT * FROM jsonb_to_recordset($$) AS j(id uuid, key text, shopify_id text, email text,
      first_name text, last_name text, phone text, locale text, country_code text, time_zone text, email_consent text,
      email_consent_at timestamptz, profile_told_at jsonb, created_at timestamptz) ${FEW}),
    customers_updated AS (UPDATE customer c SET shopify_id = j.shopify_id, email = j.email, first_name = j.first_name,
      last_name = j.last_name, phone = j.phone, locale = j.locale, country_code = j.country_code, time_zone = j.time_zone,
      email_consent = j.email_consent, email_consent_at = j.email_consent_at, profile_told_at = j.profile_told_at,
      stale_seq = c.stale_seq + 1, stale_since = CASE WHEN c.stale_seq = c.scored_seq
        THEN (SELECT created_at FROM event WHERE shop_id = $1 AND id = $2) ELSE c.stale_since END
    FROM customers_given j WHERE c.shop_id = $1 AND c.id = j.id AND c.merged_into_id IS NULL RETURNING c.id)`,
  // A message that has ended meanwhile stays ended.
  invitations: `invitations_given AS (SELECT * FROM jsonb_to_recordset($$) AS j(id uuid, kind text, customer_id uuid,
      order_id text, sequence int, status text, reason text, channel text, first_due_at timestamptz, due_at timestamptz,
      assumed boolean, decided_at timestamptz, sent_at timestamptz, answered_at timestamptz) ${FEW}),
    invitations_updated AS (UPDATE survey_invitation i SET
      status = CASE WHEN j.status = 'sending' AND i.status = 'sent' THEN 'sent' ELSE j.status END, reason = j.reason,
      first_due_at = j.first_due_at, due_at = j.due_at, assumed = j.assumed, decided_at = j.decided_at,
      sent_at = coalesce(j.sent_at, i.sent_at), answered_at = coalesce(i.answered_at, j.answered_at)
    FROM invitations_given j WHERE i.shop_id = $1 AND i.id = j.id RETURNING i.id)`,
};

type Part = keyof typeof PARTS;
type UsedPart = Part | 'rescore';

const RESCORE = `UPDATE customer SET stale_seq = stale_seq + 1, stale_since = CASE WHEN stale_seq = scored_seq
    THEN (SELECT created_at FROM event WHERE shop_id = $1 AND id = $2) ELSE stale_since END
  WHERE shop_id = $1 AND id = $$ AND merged_into_id IS NULL RETURNING id`;
const EVENT = `UPDATE event SET status = $4, reason = $5, customer_id = $6::uuid, order_id = $7, error = NULL,
    attempts = attempts + 1, processed_at = now()
  WHERE shop_id = $1 AND id = $2 AND $3::timestamptz IS NOT NULL RETURNING id`;
/** The parameters that every event has; those of the used parts follow in their order. */
const OWN_PARAMETERS = 7;

const statements = new Map<string, { name: string; text: string }>();

/** One CTE per part; $1 is the shop, $2 the event or the events, $3 business time, the parts' own parameters follow. */
function partsOf(used: readonly UsedPart[], ownParameters: number): string[] {
  return used.map((part, index) => {
    const parameter = `$${ownParameters + 1 + index}`;
    if (part === 'rescore') return `rescore_saved AS (${RESCORE.replace('$$', () => parameter)})`;
    const update = UPDATES[part] ? `${UPDATES[part]}, ` : '';
    return `${update}${part}_saved AS (${PARTS[part]})`.replaceAll('$$', () => `${parameter}::jsonb`);
  });
}

const newActionsOf = (used: readonly UsedPart[]) =>
  used.includes('actions')
    ? `(SELECT array_agg(id) FROM actions_saved WHERE status = 'pending' AND due_at <= $3)`
    : 'NULL::uuid[]';

/** The statement for a set of parts, written once: there are a few dozen sets. */
function statementFor(used: readonly UsedPart[], dropBody: boolean): { name: string; text: string } {
  const name = `save_${used.join('_')}${dropBody ? '_drop' : ''}`;
  const known = statements.get(name);
  if (known) return known;
  const parts = partsOf(used, OWN_PARAMETERS);
  parts.push(`event_saved AS (${EVENT})`);
  if (dropBody) parts.push('body_dropped AS (DELETE FROM raw_body WHERE shop_id = $1 AND event_id = $2)');
  const customers = used.includes('customers')
    ? '(SELECT count(*) FROM customers_saved) + (SELECT count(*) FROM customers_updated)'
    : used.includes('rescore')
      ? '(SELECT count(*) FROM rescore_saved)'
      : '1';
  const text = `WITH ${parts.join(',\n')} SELECT ${customers} AS customers, ${newActionsOf(used)} AS action_ids`;
  statements.set(name, { name, text });
  return { name, text };
}

/**
 * Saves the changes and marks the event, inside the caller's transaction.
 * @throws AppError 'customer_merged' (retryable) when the customer was merged meanwhile.
 */
export async function saveChanges(
  client: PoolClient,
  shopId: string,
  event: SavedEvent,
  changes: Changes,
): Promise<SaveResult> {
  const values: unknown[] = [
    shopId,
    event.id,
    event.now,
    changes.ignoredBecause ? 'ignored' : 'processed',
    changes.ignoredBecause,
    event.customerId,
    event.orderId,
  ];
  const used: UsedPart[] = [];
  const add = (part: Part, rows: unknown) => {
    if (Array.isArray(rows) && rows.length === 0) return;
    values.push(JSON.stringify(rows));
    used.push(part);
  };
  const people = [changes.customer, changes.bystander].filter((person) => person !== null);
  add('customers', people.map(customerRow));
  if (changes.order) add('order', orderRow(changes.order, event.customerId, event.ownerToldAt));
  if (changes.return) add('return', returnRow(changes.return));
  add('invitations', changes.invitations.map(invitationRow));
  add('responses', changes.responses.map(responseRow));
  add(
    'actions',
    changes.actions.map((action) => actionRow(action, event.id)),
  );
  add('contacts', changes.contacts.map(contactRow));
  add('timers', changes.timers.map(timerRow));
  if (changes.rescore && !changes.customer && event.customerId) {
    values.push(event.customerId);
    used.push('rescore');
  }
  const { rows } = await client.query({ ...statementFor(used, event.dropBody), values });
  if (Number(rows[0].customers) < Math.max(1, people.length)) {
    throw new AppError(
      'customer_merged',
      'The customer was merged into another while this event was decided; it is decided again.',
      {
        retryable: true,
      },
    );
  }
  if (event.movedFrom) {
    await handOver(client, shopId, { from: event.movedFrom, to: event.customerId, orderId: event.orderId });
  }
  return { actionIds: rows[0].action_ids ?? [] };
}

const EVENTS = `UPDATE event e SET status = j.status, reason = j.reason, customer_id = j.customer_id, error = NULL,
    attempts = e.attempts + 1, processed_at = now()
  FROM (SELECT * FROM jsonb_to_recordset($2::jsonb) AS j(id uuid, status text, reason text, customer_id uuid)
    LIMIT jsonb_array_length($2::jsonb)) j
  WHERE e.shop_id = $1 AND e.id = j.id AND e.status = 'received' AND $3::timestamptz IS NOT NULL RETURNING e.id`;

/** What several events about different customers change, and when that was decided. */
export interface SavedTogether {
  now: Date;
  events: { id: string; customerId: string; changes: Pick<Changes, PartsOfContacts | 'ignoredBecause'> }[];
}
type PartsOfContacts = 'invitations' | 'actions' | 'contacts' | 'timers';

/**
 * Saves what many due contacts lead to, and marks their events, in one statement.
 * @throws AppError 'event_moved' (retryable) when one of the events is open no more
 */
export async function saveTogether(
  client: PoolClient,
  shopId: string,
  { now, events }: SavedTogether,
): Promise<SaveResult> {
  const rows = {
    invitations: events.flatMap(({ changes }) => changes.invitations.map(invitationRow)),
    actions: events.flatMap(({ id, changes }) => changes.actions.map((action) => actionRow(action, id))),
    contacts: events.flatMap(({ changes }) => changes.contacts.map(contactRow)),
    timers: events.flatMap(({ changes }) => changes.timers.map(timerRow)),
  };
  const used = (Object.keys(rows) as PartsOfContacts[]).filter((part) => rows[part].length > 0);
  const ended = events.map(({ id, customerId, changes }) => ({
    id,
    status: changes.ignoredBecause ? 'ignored' : 'processed',
    reason: changes.ignoredBecause,
    customer_id: customerId,
  }));
  const parts = [...partsOf(used, TOGETHER_PARAMETERS), `events_saved AS (${EVENTS})`];
  const saved = await client.query({
    name: `save_together_${used.join('_')}`,
    text: `WITH ${parts.join(',\n')} SELECT (SELECT count(*) FROM events_saved) AS events, ${newActionsOf(used)} AS action_ids`,
    values: [shopId, JSON.stringify(ended), now, ...used.map((part) => JSON.stringify(rows[part]))],
  });
  if (Number(saved.rows[0].events) < events.length) {
    const message =
      'An event ended elsewhere while it was decided with others; nothing of the group is kept.';
    throw new AppError('event_moved', message, { retryable: true });
  }
  return { actionIds: saved.rows[0].action_ids ?? [] };
}
const TOGETHER_PARAMETERS = 3;
