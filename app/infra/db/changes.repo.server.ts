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
 * The writing half of the line: all changes of one event, or of several about different orders and customers, in one
 * SQL statement, made of one data-modifying CTE per table that has something to say.
 */

export interface SavedEvent {
  id: string;
  customerId: string | null;
  orderId: string | null;
  /** When the source was written that names the customer as the order's owner; null when it doesn't. */
  ownerToldAt: Date | null;
  /** Whose the order was, when it turned out to be somebody else's. */
  movedFrom: string | null;
  /** The event is about an erased person: its bytes go at once. */
  dropBody: boolean;
  changes: Changes;
}

/** Actions that are new and ready to run now, by event. */
export type NewActions = Map<string, string[]>;

/**
 * PostgreSQL takes a set made of JSON for 100 rows, and would rather read a whole table than look
 * each of them up. They are a handful: a limit says so, and cuts nothing.
 */
const FEW = 'LIMIT jsonb_array_length($$)';

/** Since when a score is out of date: machine time at which the event was stored. */
const ARRIVED = '(SELECT e.created_at FROM event e WHERE e.shop_id = $1 AND e.id = j.event_id)';

const PARTS = {
  customers: `INSERT INTO customer (shop_id, id, key, shopify_id, email, first_name, last_name, phone, locale, country_code,
      time_zone, email_consent, email_consent_at, profile_told_at, created_at, stale_seq, stale_since)
    SELECT $1, id, key, shopify_id, email, first_name, last_name, phone, locale, country_code, time_zone, email_consent,
      email_consent_at, profile_told_at, created_at, 1, ${ARRIVED} FROM customers_given j
    WHERE NOT EXISTS (SELECT FROM customer c WHERE c.shop_id = $1 AND c.id = j.id) RETURNING id`,
  orders: `INSERT INTO orders AS o (shop_id, order_id, customer_id, name, currency, channel, country_code, locale, placed_at,
      paid_at, cancelled_at, delivered_at, delivered_assumed, financial_status, subtotal_minor, discount_minor,
      discount_codes, total_minor, refunded_minor, test, chargeback_at, doc, source_updated_at, owner_told_at)
    SELECT $1, j.* FROM jsonb_to_recordset($$) AS j(order_id text, customer_id uuid, name text, currency text, channel text,
      country_code text, locale text, placed_at timestamptz, paid_at timestamptz, cancelled_at timestamptz,
      delivered_at timestamptz, delivered_assumed boolean, financial_status text, subtotal_minor bigint,
      discount_minor bigint, discount_codes text[], total_minor bigint, refunded_minor bigint, test boolean, chargeback_at timestamptz, doc jsonb,
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
      discount_codes = excluded.discount_codes,
      total_minor = excluded.total_minor, refunded_minor = excluded.refunded_minor, test = excluded.test, chargeback_at = excluded.chargeback_at,
      doc = excluded.doc, source_updated_at = excluded.source_updated_at
    RETURNING order_id`,
  // The domain's withReturn is the same rule: what was planned by it has to agree with what is stored.
  returns: `INSERT INTO order_return AS r (shop_id, return_id, order_id, status, lines, shown_at, source_updated_at)
    SELECT $1, j.* FROM jsonb_to_recordset($$) AS j(return_id text, order_id text, status text, lines jsonb,
      shown_at timestamptz, source_updated_at timestamptz)
    ON CONFLICT (shop_id, return_id) DO UPDATE SET order_id = coalesce(r.order_id, excluded.order_id),
      lines = CASE WHEN excluded.lines = '[]' OR (r.lines <> '[]' AND excluded.source_updated_at < r.source_updated_at)
        THEN r.lines ELSE excluded.lines END,
      shown_at = least(r.shown_at, excluded.shown_at),
      status = CASE WHEN excluded.source_updated_at >= r.source_updated_at THEN excluded.status ELSE r.status END,
      source_updated_at = greatest(excluded.source_updated_at, r.source_updated_at)
    RETURNING return_id`,
  invitations: `INSERT INTO survey_invitation (shop_id, id, kind, customer_id, order_id, sequence, subject_id, experiment_id, arm, status,
      reason, channel, first_due_at, due_at, assumed, decided_at, sent_at, answered_at)
    SELECT $1, j.* FROM invitations_given j
    WHERE NOT EXISTS (SELECT FROM survey_invitation i WHERE i.shop_id = $1 AND i.id = j.id) RETURNING id`,
  responses: `UPDATE survey_response r SET status = j.status, customer_id = j.customer_id, answer_key = j.answer_key,
      invitation_id = j.invitation_id, held_reason = CASE WHEN j.status = 'quarantined' THEN r.held_reason END
    FROM (SELECT * FROM jsonb_to_recordset($$) AS j(id uuid, status text, customer_id uuid, answer_key text,
      invitation_id uuid) ${FEW}) j
    WHERE r.shop_id = $1 AND r.id = j.id RETURNING r.id`,
  actions: `INSERT INTO action (shop_id, event_id, created_at, id, kind, dedupe_key, customer_id, order_id, status, after_id,
      payload, due_at)
    SELECT $1, j.event_id, $2, j.id, j.kind, j.dedupe_key, j.customer_id, j.order_id, j.status, j.after_id, j.payload, j.due_at
    FROM jsonb_to_recordset($$) AS j(event_id uuid, id uuid, kind text, dedupe_key text, customer_id uuid,
      order_id text, status text, after_id uuid, payload jsonb, due_at timestamptz)
    ON CONFLICT (shop_id, dedupe_key) DO NOTHING
    RETURNING id, event_id, status, due_at`,
  contacts: `INSERT INTO contact (shop_id, action_id, customer_id, topic, marketing, survey_kind, metric, status, at)
    SELECT $1, j.* FROM jsonb_to_recordset($$) AS j(action_id uuid, customer_id uuid, topic text, marketing boolean,
      survey_kind text, metric text, status text, at timestamptz)
    ON CONFLICT (shop_id, action_id) DO NOTHING RETURNING action_id`,
  timers: `INSERT INTO timer (shop_id, kind, subject_id, due_at, status)
    SELECT $1, j.* FROM jsonb_to_recordset($$) AS j(kind text, subject_id text, due_at timestamptz, status text)
    ON CONFLICT (shop_id, kind, subject_id) DO UPDATE SET due_at = excluded.due_at, status = excluded.status
      WHERE timer.status = 'open' OR excluded.status = 'open'
    RETURNING kind`,
  rescored: `UPDATE customer c SET stale_seq = c.stale_seq + 1,
      stale_since = CASE WHEN c.stale_seq = c.scored_seq THEN ${ARRIVED} ELSE c.stale_since END
    FROM (SELECT * FROM jsonb_to_recordset($$) AS j(id uuid, event_id uuid) ${FEW}) j
    WHERE c.shop_id = $1 AND c.id = j.id AND c.merged_into_id IS NULL RETURNING c.id`,
  bodies: `DELETE FROM raw_body WHERE shop_id = $1
      AND event_id = ANY(ARRAY(SELECT jsonb_array_elements_text($$)::uuid)) RETURNING event_id`,
} as const;

type Part = keyof typeof PARTS;

/**
 * Rows that others touch outside the line's locks (a score, the end of a message) and that have
 * a second unique key: there INSERT ... ON CONFLICT can trip over the other key, so what
 * exists is updated and only what does not is inserted.
 */
const UPDATES: Partial<Record<Part, string>> = {
  customers: `customers_given AS (SELECT * FROM jsonb_to_recordset($$) AS j(id uuid, key text, shopify_id text, email text,
      first_name text, last_name text, phone text, locale text, country_code text, time_zone text, email_consent text,
      email_consent_at timestamptz, profile_told_at jsonb, created_at timestamptz, event_id uuid) ${FEW}),
    customers_updated AS (UPDATE customer c SET shopify_id = j.shopify_id, email = j.email, first_name = j.first_name,
      last_name = j.last_name, phone = j.phone, locale = j.locale, country_code = j.country_code, time_zone = j.time_zone,
      email_consent = j.email_consent, email_consent_at = j.email_consent_at, profile_told_at = j.profile_told_at,
      stale_seq = c.stale_seq + 1, stale_since = CASE WHEN c.stale_seq = c.scored_seq
        THEN ${ARRIVED} ELSE c.stale_since END
    FROM customers_given j WHERE c.shop_id = $1 AND c.id = j.id AND c.merged_into_id IS NULL RETURNING c.id)`,
  // A message that has ended meanwhile stays ended.
  invitations: `invitations_given AS (SELECT * FROM jsonb_to_recordset($$) AS j(id uuid, kind text, customer_id uuid,
      order_id text, sequence int, subject_id text, experiment_id uuid, arm text, status text, reason text, channel text, first_due_at timestamptz, due_at timestamptz,
      assumed boolean, decided_at timestamptz, sent_at timestamptz, answered_at timestamptz) ${FEW}),
    invitations_updated AS (UPDATE survey_invitation i SET subject_id = j.subject_id,
      status = CASE WHEN j.status = 'sending' AND i.status = 'sent' THEN 'sent' ELSE j.status END, reason = j.reason,
      first_due_at = j.first_due_at, due_at = j.due_at, assumed = j.assumed, decided_at = j.decided_at,
      sent_at = coalesce(j.sent_at, i.sent_at), answered_at = coalesce(i.answered_at, j.answered_at)
    FROM invitations_given j WHERE i.shop_id = $1 AND i.id = j.id RETURNING i.id)`,
};

/** Each event by itself, found by its key, and open still: its row is locked since the lines are. */
const EVENTS = `UPDATE event e SET status = j.status, reason = j.reason, customer_id = j.customer_id, order_id = j.order_id,
    error = NULL, attempts = e.attempts + 1, processed_at = now()
  FROM (SELECT * FROM jsonb_to_recordset($3::jsonb) AS j(id uuid, status text, reason text, customer_id uuid, order_id text)
    LIMIT jsonb_array_length($3::jsonb)) j
  WHERE e.shop_id = $1 AND e.id = j.id RETURNING e.id`;

/** $1 is the shop, $2 business time, $3 the events; one parameter per part follows. */
const OWN_PARAMETERS = 3;

/**
 * What nearly every group writes: a group has all of these, if only empty. Else there would be hundreds of different
 * statements, each of them planned and kept on each connection. One event alone has only what it writes.
 */
const USUAL: ReadonlySet<Part> = new Set([
  'customers',
  'orders',
  'invitations',
  'actions',
  'contacts',
  'timers',
  'rescored',
]);

const ALL_PARTS = Object.keys(PARTS) as Part[];

const statements = new Map<string, { name: string; text: string }>();

/** The statement for a set of parts, written once. */
function statementFor(used: readonly Part[]): { name: string; text: string } {
  // PostgreSQL cuts names at 63 bytes, and two that begin alike would be one.
  const name = `save_${ALL_PARTS.map((part) => (used.includes(part) ? part[0] : '-')).join('')}`;
  const known = statements.get(name);
  if (known) return known;
  const parts = used.map((part, index) => {
    const update = UPDATES[part] ? `${UPDATES[part]}, ` : '';
    const sql = `${update}${part}_saved AS (${PARTS[part]})`;
    return sql.replaceAll('$$', () => `$${OWN_PARAMETERS + 1 + index}::jsonb`);
  });
  const people = used.includes('customers')
    ? '(SELECT count(*) FROM customers_saved) + (SELECT count(*) FROM customers_updated)'
    : '0';
  const rescored = used.includes('rescored') ? '(SELECT count(*) FROM rescored_saved)' : '0';
  const actions = used.includes('actions')
    ? `(SELECT json_agg(json_build_array(event_id, id)) FROM actions_saved WHERE status = 'pending' AND due_at <= $2)`
    : 'NULL::json';
  const text = `WITH ${[...parts, `events_saved AS (${EVENTS})`].join(',\n')}
    SELECT ${people} AS people, ${rescored} AS rescored, (SELECT count(*) FROM events_saved) AS events, ${actions} AS actions, $2::timestamptz`;
  statements.set(name, { name, text });
  return { name, text };
}

/** All rows to write, by part. */
function rowsOf(events: readonly SavedEvent[]): Record<Part, unknown[]> {
  const people = ({ id, changes }: SavedEvent) =>
    [changes.customer, changes.bystander].filter((person) => person !== null).map((c) => customerRow(c, id));
  return {
    customers: events.flatMap(people),
    orders: events.flatMap(({ changes, customerId, ownerToldAt }) =>
      changes.order ? [orderRow(changes.order, customerId, ownerToldAt)] : [],
    ),
    returns: events.flatMap(({ changes }) => (changes.return ? [returnRow(changes.return)] : [])),
    invitations: events.flatMap(({ changes }) => changes.invitations.map(invitationRow)),
    responses: events.flatMap(({ changes }) => changes.responses.map(responseRow)),
    actions: events.flatMap(({ id, changes }) => changes.actions.map((action) => actionRow(action, id))),
    contacts: events.flatMap(({ changes }) => changes.contacts.map(contactRow)),
    timers: events.flatMap(({ changes }) => changes.timers.map(timerRow)),
    rescored: events.flatMap(({ id, changes, customerId }) =>
      changes.rescore && !changes.customer && customerId ? [{ id: customerId, event_id: id }] : [],
    ),
    bodies: events.flatMap(({ id, dropBody }) => (dropBody ? [id] : [])),
  };
}

/**
 * Saves what events change, and marks them, inside the caller's transaction. Several must be about different orders
 * and customers, whose locks are held.
 * @throws AppError 'customer_merged' (retryable) when a customer was merged meanwhile, or an event is there no more.
 */
export async function saveChanges(
  client: PoolClient,
  shopId: string,
  now: Date,
  events: readonly SavedEvent[],
): Promise<NewActions> {
  const rows = rowsOf(events);
  const used = ALL_PARTS.filter((part) => rows[part].length > 0 || (events.length > 1 && USUAL.has(part)));
  const ended = events.map(({ id, customerId, orderId, changes }) => ({
    id,
    status: changes.ignoredBecause ? 'ignored' : 'processed',
    reason: changes.ignoredBecause,
    customer_id: customerId,
    order_id: orderId,
  }));
  const values = [shopId, now, JSON.stringify(ended), ...used.map((part) => JSON.stringify(rows[part]))];
  const [saved] = (await client.query({ ...statementFor(used), values })).rows;
  const missing =
    Number(saved.people) < rows.customers.length ||
    Number(saved.rescored) < rows.rescored.length ||
    Number(saved.events) < events.length;
  if (missing) {
    throw new AppError(
      'customer_merged',
      'The customer was merged into another while this event was decided; it is decided again.',
      { retryable: true },
    );
  }
  for (const { movedFrom, customerId, orderId } of events)
    if (movedFrom) await handOver(client, shopId, { from: movedFrom, to: customerId, orderId });
  const actions: NewActions = new Map(events.map(({ id }) => [id, []]));
  for (const [eventId, id] of (saved.actions ?? []) as [string, string][]) actions.get(eventId)?.push(id);
  return actions;
}
