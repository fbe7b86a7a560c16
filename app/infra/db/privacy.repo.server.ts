import type { Pool, PoolClient } from 'pg';
import { AppError } from '../../domain/core/app-error.ts';
import { PERSONAL_DATA, redactionOf } from './personal-data.ts';
import { mergeCustomers, type Merge, type Merged } from './merge-customers.server.ts';
import { withTransaction } from './pool.server.ts';

/** Who a privacy request is about: customer keys, and the orders it names. */
export interface Subject {
  keys: string[];
  /** Of the account, if the request names one. */
  shopifyId: string | null;
  orderIds: string[];
}

/** Erasing, merging and handing out what is stored about a person (see personal-data.ts for the map). */
export interface PrivacyRepo {
  recordDataRequest(
    shopId: string,
    request: { id: string; subject: Subject; requestedAt: Date },
  ): Promise<void>;
  /**
   * Empties every personal field of the person and what was made of them, keeps the other numbers, and leaves tombstones.
   * All rows that belong to the keys are one person: an account and what was bought as a guest.
   */
  redactCustomer(
    shopId: string,
    request: {
      requestId: string;
      subject: Subject;
      email: string | null;
      /** The key of a guest with this e-mail, and the tombstone of a key. */
      guestKey: (email: string) => string;
      /** The key of an order: what comes of it later is the erased person's too. */
      orderKey: (orderId: string) => string;
      tombstone: (key: string) => string;
      /** Under what the pseudonymous answers of a customer's row stand. */
      pseudonym: (customerId: string) => string;
      now: Date;
    },
  ): Promise<void>;
  /**
   * An order that turned out to be an erased person's: empties what guests said about it at checkout,
   * deletes the bytes of what came before it, and leaves a tombstone for what will come. Inside the
   * caller's transaction, under the order's lock.
   */
  eraseUnknownOrder(
    shopId: string,
    client: PoolClient,
    order: { orderId: string; tombstone: string; now: Date },
  ): Promise<void>;
  /** Deletes everything of the shop but its own row, this request's event and the record of requests. */
  redactShop(shopId: string, request: { requestId: string; now: Date }): Promise<void>;
  /** Moves everything of the deleted customer to the kept one; null when either was erased. */
  mergeCustomers(shopId: string, merge: Merge): Promise<Merged | null>;
}

const SHOP_TABLES = [
  ...['answer_import_row', 'answer_import'],
  ...[
    'raw_body',
    'event',
    'survey_link',
    'survey_upload',
    'response_act',
    'survey_response',
    'survey_invitation',
    'case_note',
    'support_case',
    'contact',
  ],
  ...[
    'action',
    'points_entry',
    'referral_code',
    'discount_grant',
    'survey_reward',
    'budget',
    'timer',
    'score_history',
    'customer_prediction',
    'order_prediction',
    'model_run',
    'order_return',
    'site_day',
    'site_event',
  ],
  ...['orders', 'customer', 'staff', 'tombstone', 'survey', 'survey_version', 'product', 'survey_experiment'],
];

/** The rows of the subject: by key, guests by the orders named, and whoever was merged into them. */
const PEOPLE = `
  WITH named AS (
    SELECT current_customer_id($1, c.id) AS id FROM customer c WHERE c.shop_id = $1 AND c.key = ANY($2)
    UNION
    SELECT c.id FROM orders o JOIN customer c ON c.shop_id = $1 AND c.id = o.customer_id
    WHERE o.shop_id = $1 AND o.order_id = ANY($3) AND customer_key_rank(c.key) < 3
  )
  SELECT c.id, c.key, c.email, c.shopify_id FROM customer c
  WHERE c.shop_id = $1 AND (c.id IN (SELECT id FROM named)
    OR (c.merged_into_id IS NOT NULL AND current_customer_id($1, c.id) IN (SELECT id FROM named)))
  ORDER BY c.merged_into_id IS NOT NULL, c.id`;

export function createPrivacyRepo(pool: Pool): PrivacyRepo {
  return {
    async recordDataRequest(shopId, { id, subject, requestedAt }) {
      const { rows } = await pool.query(PEOPLE, [shopId, subject.keys, subject.orderIds]);
      await pool.query(
        `WITH body AS (DELETE FROM raw_body WHERE shop_id = $1 AND event_id = $2),
         done AS (UPDATE event SET status = 'processed', processed_at = now() WHERE shop_id = $1 AND id = $2)
         INSERT INTO privacy_request (shop_id, id, kind, customer_id, status, requested_at, shopify_customer_id, order_ids)
         VALUES ($1, $2, 'data_request', $3, 'open', $4, $5, $6) ON CONFLICT DO NOTHING`,
        [shopId, id, rows[0]?.id ?? null, requestedAt, subject.shopifyId, subject.orderIds],
      );
    },

    redactCustomer: (shopId, request) =>
      withTransaction(pool, (client) => redactCustomer(client, shopId, request)),

    async eraseUnknownOrder(shopId, client, { orderId, tombstone, now }) {
      await client.query(
        `WITH earlier AS (DELETE FROM raw_body b USING event e
           WHERE b.shop_id = $1 AND e.shop_id = $1 AND e.id = b.event_id AND e.order_id = $2),
         later AS (INSERT INTO tombstone (shop_id, subject_key, at) VALUES ($1, $3, $4) ON CONFLICT DO NOTHING)
         UPDATE survey_response SET answers = '{}', comment = NULL
         WHERE shop_id = $1 AND order_id = $2 AND customer_id IS NULL AND claimed_by IS NULL
           AND status IN ('unverified', 'quarantined')`,
        [shopId, orderId, tombstone, now],
      );
    },

    redactShop: (shopId, request) =>
      withTransaction(pool, async (client) => {
        for (const table of SHOP_TABLES) {
          const keep = table === 'event' ? ' AND id <> $2' : ' AND $2::uuid IS NOT NULL';
          await client.query(`DELETE FROM ${table} WHERE shop_id = $1${keep}`, [shopId, request.requestId]);
        }
        await client.query(
          `WITH requests AS (UPDATE privacy_request SET shopify_customer_id = NULL, order_ids = '{}' WHERE shop_id = $1),
           shop_row AS (UPDATE shop SET status = 'redacted', name = NULL, email = NULL, settings = '{}',
             live_surveys = '[]', live_experiments = '[]', pixel_account = NULL, pixel_id = NULL, pixel_problem = NULL,
             pixel_on_since = NULL
             WHERE id = $1 RETURNING domain)
           DELETE FROM shopify_session USING shop_row WHERE shop_domain = shop_row.domain`,
          [shopId],
        );
        await recordDone(client, shopId, { ...request, kind: 'shop_redact', customerId: null, summary: {} });
      }),

    mergeCustomers: (shopId, merge) =>
      withTransaction(pool, (client) => mergeCustomers(client, shopId, merge)),
  };
}

async function redactCustomer(
  client: PoolClient,
  shopId: string,
  request: Parameters<PrivacyRepo['redactCustomer']>[1],
) {
  const { subject, now } = request;
  const people = await lockPeople(client, shopId, subject, request.guestKey);
  const customers = people.map((row) => row.id);
  const emails = [request.email, ...people.map((row) => row.email)].filter((text) => text !== null);
  const shopifyIds = [...subject.keys, ...people.map((row) => row.key as string)]
    .filter((key) => key.startsWith('c:'))
    .map((key) => key.slice(2));
  const owned = await client.query(
    'SELECT order_id FROM orders WHERE shop_id = $1 AND customer_id = ANY($2)',
    [shopId, customers],
  );
  const orders = [...new Set([...subject.orderIds, ...owned.rows.map((row) => row.order_id as string)])];
  const traces = [...emails, ...shopifyIds].map(wholeWord);
  const unreadable = await client.query(
    `SELECT e.id FROM event e JOIN raw_body b ON b.shop_id = $1 AND b.event_id = e.id WHERE e.shop_id = $1 AND e.status = 'failed'`,
    [shopId],
  );

  const counts: Record<string, number> = {};
  const claimants = [
    ...[...shopifyIds, ...subject.keys, ...people.map((row) => row.key as string)],
    ...emails.map(request.guestKey),
  ];
  const about = [
    shopId,
    customers,
    orders,
    claimants,
    request.requestId,
    traces,
    now,
    customers.map(request.pseudonym),
  ];
  for (const table of PERSONAL_DATA) {
    counts[table.table] = (await client.query(redactionOf(table), about)).rowCount ?? 0;
  }
  // Nothing is to be scored any more: what is due, or waits for an event's score, is not.
  await client.query(
    `UPDATE customer SET next_score_at = NULL, stale_since = NULL, scored_seq = stale_seq WHERE shop_id = $1 AND id = ANY($2)`,
    [shopId, customers],
  );
  await client.query(
    `UPDATE event SET status = 'ignored', reason = $3 WHERE shop_id = $1 AND id = ANY($2)
       AND NOT EXISTS (SELECT FROM raw_body b WHERE b.shop_id = $1 AND b.event_id = event.id)`,
    [shopId, unreadable.rows.map((row) => row.id), ERASED_BYTES],
  );
  const keys = [
    ...[...subject.keys, ...people.map((row) => row.key as string)],
    ...[...emails.map(request.guestKey), ...orders.map(request.orderKey)],
  ];
  await client.query(
    `INSERT INTO tombstone (shop_id, subject_key, at) SELECT $1, key, $3 FROM unnest($2::text[]) AS key ON CONFLICT DO NOTHING`,
    [shopId, [...new Set(keys)].filter((key) => !key.startsWith('erased:')).map(request.tombstone), now],
  );
  await recordDone(client, shopId, {
    requestId: request.requestId,
    kind: 'customer_redact',
    customerId: customers[0] ?? null,
    summary: counts,
    now,
  });
}

const ERASED_BYTES = 'What this delivery said was erased with the person it was about.';

/** A regular expression (PostgreSQL's, without regard to case) for an id or address that is not part of a longer one. */
function wholeWord(text: string): string {
  return `(^|[^\\w.+-])${text.replace(/[^\w@]/g, '\\$&')}($|[^\\w.-]|\\.([^\\w]|$))`;
}

interface Person {
  id: string;
  key: string;
  email: string | null;
  shopify_id: string | null;
}

/**
 * Every row that is the person, under their locks: those of the keys, and what was bought as a guest under
 * the e-mail address of one of them, which a request need not name.
 * @throws AppError 'customer_merged' (retryable) when somebody joined them while the locks were waited for
 */
async function lockPeople(
  client: PoolClient,
  shopId: string,
  subject: Subject,
  guestKey: (email: string) => string,
): Promise<Person[]> {
  const find = async () => {
    const named = (await client.query<Person>(PEOPLE, [shopId, subject.keys, subject.orderIds])).rows;
    const guests = named.flatMap(({ email }) => (email === null ? [] : [guestKey(email)]));
    const keys = [...new Set([...subject.keys, ...guests])];
    return { keys, people: (await client.query<Person>(PEOPLE, [shopId, keys, subject.orderIds])).rows };
  };
  const before = await find();
  const locked = [...before.keys, ...before.people.map((row) => row.key)];
  await client.query('SELECT lock_customers($1, $2)', [shopId, locked]);
  const { people } = await find();
  if (people.some((row) => !locked.includes(row.key))) {
    throw new AppError(
      'customer_merged',
      'Another row of the person appeared meanwhile; it is tried again.',
      {
        retryable: true,
      },
    );
  }
  return people;
}

/** With the event itself, whose bytes are gone by now: a second run would have nothing to read. */
async function recordDone(
  client: PoolClient,
  shopId: string,
  done: { requestId: string; kind: string; customerId: string | null; summary: object; now: Date },
) {
  await client.query(
    `WITH event_done AS (UPDATE event SET status = 'processed', error = NULL, processed_at = now() WHERE shop_id = $1 AND id = $2)
     INSERT INTO privacy_request (shop_id, id, kind, customer_id, status, requested_at, done_at, summary)
     VALUES ($1, $2, $3, $4, 'done', $5, $5, $6) ON CONFLICT (shop_id, id) DO UPDATE SET status = 'done', done_at = $5`,
    [shopId, done.requestId, done.kind, done.customerId, done.now, done.summary],
  );
}
