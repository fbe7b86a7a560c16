import type { Pool, PoolClient } from 'pg';
import type { Metric, Route, SurveyKind } from '../../domain/surveys/contract.ts';

/** What is stored of an answer, whichever door it came through. */
export interface NewAnswer {
  responseId: string;
  eventId: string;
  surface: 'hosted_page' | 'storefront' | 'checkout';
  metric: Metric;
  rating: number;
  route: Route;
  /** Everything that was accepted, by question id; scoring reads the ratings beside the first from here. */
  answers: {
    ratings: Record<string, number>;
    choices: Record<string, string[]>;
    texts: Record<string, string>;
  };
  comment: string | null;
  definition: number;
  /**
   * Minutes of business time after which a step counts as the answer if nothing more comes; null when this is the
   * last step: then it counts at once.
   */
  stepCountsAfterMinutes: number | null;
}

/** stored = first answer, updated = a later one, unchanged = the same answer again, refused = the door is closed. */
export type StoredAnswer =
  | { outcome: 'stored' | 'updated'; responseId: string; eventId: string }
  | { outcome: 'unchanged' }
  | { outcome: 'refused' };

export interface Claim {
  kind: SurveyKind;
  orderId: string;
  /** Shopify's id of the customer whom the checkout token names; null for a guest. */
  claimedBy: string | null;
  claimant: string;
  /** Keys of the people it may be about, claimant first, the order's own guest last. */
  keys: string[];
  /** What those keys left behind if they were erased. */
  tombstones: string[];
}

export interface AnswersRepo {
  /** Stores, and with the last step uses the link up; refused = used, expired, unknown or erased by now. */
  storeByLink(
    shopId: string,
    link: { tokenHash: Buffer; customerId: string; orderId: string },
    answer: NewAnswer,
  ): Promise<StoredAnswer>;
  /** For a customer known by Shopify's signature; refused = the order is not this customer's, or erased. */
  storeForCustomer(
    shopId: string,
    about: { kind: SurveyKind; orderId: string; shopifyCustomerId: string },
    answer: NewAnswer,
  ): Promise<StoredAnswer>;
  /**
   * From checkout, where nothing proves the order. An order known to be the claimant's is answered as
   * by `storeForCustomer`; else it is a claim, unverified, and without `claimedBy` only the first counts.
   * Refused = the order's customer, the claimant or the order itself was erased.
   */
  storeClaim(shopId: string, about: Claim, answer: NewAnswer): Promise<StoredAnswer>;
}

/**
 * Statements share their parameters: $1 shop, $2 response, $3 event, $4-$10 the answer, $11 the minutes after which a
 * step counts (null: it counts now), $12.. the door's own.
 */
function store(source: string, status: string, claimedBy: string, mayUpdate: string): string {
  return `
  WITH clock AS MATERIALIZED (SELECT business_now() AS now),
  source AS (${source}),
  response AS (
    INSERT INTO survey_response AS r (shop_id, id, answer_key, kind, customer_id, order_id, invitation_id, surface,
      status, claimed_by, metric, rating, route, answers, comment, definition, answered_at, unfinished)
    SELECT $1, $2, s.answer_key, s.kind, s.customer_id, s.order_id, s.invitation_id, $4,
      '${status}', ${claimedBy}, $5, $6, $7, $8::jsonb, $9, $10, clock.now, $11::int IS NOT NULL
    FROM source s, clock
    ON CONFLICT (shop_id, answer_key) DO UPDATE SET
      customer_id = coalesce(excluded.customer_id, r.customer_id),
      invitation_id = coalesce(excluded.invitation_id, r.invitation_id),
      status = CASE WHEN r.status = 'quarantined' THEN r.status ELSE excluded.status END,
      surface = excluded.surface, metric = excluded.metric, rating = excluded.rating, route = excluded.route,
      answers = excluded.answers, comment = excluded.comment, definition = excluded.definition,
      answered_at = excluded.answered_at, unfinished = r.unfinished AND excluded.unfinished, revision = r.revision + 1
    WHERE ${mayUpdate} AND (r.answers IS DISTINCT FROM excluded.answers OR (r.unfinished AND NOT excluded.unfinished))
    RETURNING id, revision, customer_id, order_id, invitation_id
  ),
  stored_event AS (
    INSERT INTO event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, customer_id, order_id, ref_id)
    SELECT $1, $3, 'answer', 'answer.submitted', r.id || ':' || r.revision, clock.now, clock.now, r.customer_id,
      r.order_id, r.id::text
    FROM response r, clock WHERE $11::int IS NULL
  ),
  step AS (
    INSERT INTO timer (shop_id, kind, subject_id, due_at, status)
    SELECT $1, 'answer.due', r.id::text, clock.now + $11::int * interval '1 minute', 'open'
    FROM response r, clock WHERE $11::int IS NOT NULL
    ON CONFLICT (shop_id, kind, subject_id) DO UPDATE SET due_at = excluded.due_at, status = 'open'
  ),
  last_step AS (
    UPDATE timer t SET status = 'fired' FROM response r
    WHERE t.shop_id = $1 AND t.kind = 'answer.due' AND t.subject_id = r.id::text AND $11::int IS NULL
  ),
  answered AS (
    UPDATE survey_invitation i SET answered_at = coalesce(i.answered_at, clock.now)
    FROM source s, clock WHERE i.shop_id = $1 AND i.id = s.invitation_id
  )
  SELECT (SELECT count(*)::int FROM source) AS admitted, (SELECT id FROM response) AS response_id,
    (SELECT revision FROM response) AS revision`;
}

/** $12 token hash. The link is used up in the statement that stores the last step, so that two posts make one answer. */
const BY_LINK = store(
  `SELECT l.invitation_id, l.kind, c.id AS customer_id, l.order_id,
     l.kind || ':' || l.order_id || ':' || coalesce(i.sequence, 0) AS answer_key
   FROM link l
   CROSS JOIN LATERAL current_customer_id($1, l.customer_id) AS who(id)
   JOIN customer c ON c.shop_id = $1 AND c.id = who.id
   LEFT JOIN survey_invitation i ON i.shop_id = $1 AND i.id = l.invitation_id`,
  'verified',
  'NULL',
  'true',
).replace(
  'source AS (',
  `link AS (
    UPDATE survey_link l SET used_at = CASE WHEN $11::int IS NULL THEN clock.now END FROM clock
    WHERE l.shop_id = $1 AND l.token_hash = $12 AND l.used_at IS NULL AND l.expires_at > clock.now
      AND EXISTS (SELECT FROM current_customer_id($1, l.customer_id) AS who(id)
        JOIN customer c ON c.shop_id = $1 AND c.id = who.id WHERE c.redacted_at IS NULL)
    RETURNING l.invitation_id, l.kind, l.customer_id, l.order_id
  ),
  source AS (`,
);

/**
 * $12 kind, $13 order, $14 Shopify customer, under any id that was merged into the owner. Of repeated surveys
 * the newest that was due counts, else the first. A test order is nobody's to answer for.
 */
const FOR_CUSTOMER = store(
  `SELECT i.id AS invitation_id, $12::text AS kind, c.id AS customer_id, o.order_id,
     $12 || ':' || o.order_id || ':' || coalesce(i.sequence, 0) AS answer_key
   FROM orders o
   CROSS JOIN LATERAL current_customer_id($1, o.customer_id) AS who(id)
   JOIN customer c ON c.shop_id = $1 AND c.id = who.id AND c.redacted_at IS NULL
   LEFT JOIN LATERAL (
     SELECT id, sequence FROM survey_invitation i
     WHERE i.shop_id = $1 AND i.kind = $12 AND i.order_id = o.order_id
       AND (i.sequence = 0 OR i.due_at <= (SELECT now FROM clock))
     ORDER BY sequence DESC LIMIT 1) i ON true
   WHERE o.shop_id = $1 AND o.order_id = $13 AND NOT o.test
     AND EXISTS (SELECT FROM customer n WHERE n.shop_id = $1 AND n.shopify_id = $14
       AND current_customer_id($1, n.id) = who.id)`,
  'verified',
  'NULL',
  'true',
);

/**
 * $12 kind, $13 order, $14 claimed customer, $15 claimant's hash, $16 tombstones. The order need not be known
 * yet, and that of an erased person never will be: there the tombstone is all that tells.
 */
const CLAIM = store(
  `SELECT NULL::uuid AS invitation_id, $12::text AS kind, NULL::uuid AS customer_id, $13::text AS order_id,
     $12 || ':' || $13 || ':u:' || $15 AS answer_key
   WHERE NOT EXISTS (
     SELECT FROM orders o CROSS JOIN LATERAL current_customer_id($1, o.customer_id) AS who(id)
     JOIN customer c ON c.shop_id = $1 AND c.id = who.id
     WHERE o.shop_id = $1 AND o.order_id = $13 AND c.redacted_at IS NOT NULL)
   AND NOT EXISTS (SELECT FROM tombstone WHERE shop_id = $1 AND subject_key = ANY($16::text[]))`,
  'unverified',
  // Who was merged into another account claims as that account.
  `coalesce((SELECT k.shopify_id FROM customer n JOIN customer k ON k.shop_id = $1 AND k.id = current_customer_id($1, n.id)
     WHERE n.shop_id = $1 AND n.shopify_id = $14 LIMIT 1), $14::text)`,
  '$14::text IS NOT NULL',
);

/** What lock_line raises when the customer it waited for is another one by now, or nobody. */
const CUSTOMER_MOVED = 'AC001';
const MAX_TRIES = 3;

/** A statement with its own parameters, from $12 on. */
interface Door {
  name: string;
  text: string;
  own: unknown[];
}

interface Line {
  orderId: string;
  customerId: string | null;
  keys: string[];
}

export function createAnswersRepo(pool: Pool): AnswersRepo {
  /** Under the line's locks: an answer and an erasure, or an event being processed, never overlap. */
  async function once(shopId: string, line: Line, answer: NewAnswer, doors: Door[]): Promise<StoredAnswer> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const [first = null, ...others] = line.keys;
      await client.query({
        name: 'answer_lock',
        text: 'SELECT lock_line($1, $2, $4, $3)',
        values: [shopId, line.orderId, line.customerId, first],
      });
      // A guest's own key sorts behind all others, so it may be locked after them.
      if (others.length > 0) await client.query('SELECT lock_customers($1, $2)', [shopId, others]);
      let outcome: StoredAnswer = { outcome: 'refused' };
      for (const door of doors) {
        outcome = await execute(client, shopId, door, answer);
        if (outcome.outcome !== 'refused') break;
      }
      await client.query('COMMIT');
      return outcome;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  /** The first door that admits the answer stores it. */
  async function run(shopId: string, line: Line, answer: NewAnswer, doors: Door[]): Promise<StoredAnswer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await once(shopId, line, answer, doors);
      } catch (error) {
        if ((error as { code?: string }).code !== CUSTOMER_MOVED || tries === MAX_TRIES) throw error;
      }
    }
  }

  const forCustomer = (kind: SurveyKind, orderId: string, shopifyCustomerId: string): Door => ({
    name: 'answer_for_customer',
    text: FOR_CUSTOMER,
    own: [kind, orderId, shopifyCustomerId],
  });

  return {
    storeByLink: (shopId, { tokenHash, ...about }, answer) =>
      run(shopId, { ...about, keys: [] }, answer, [
        { name: 'answer_by_link', text: BY_LINK, own: [tokenHash] },
      ]),
    storeForCustomer: (shopId, { kind, orderId, shopifyCustomerId }, answer) =>
      run(shopId, { orderId, customerId: null, keys: [] }, answer, [
        forCustomer(kind, orderId, shopifyCustomerId),
      ]),
    storeClaim: (shopId, { kind, orderId, claimedBy, claimant, keys, tombstones }, answer) => {
      const own = [kind, orderId, claimedBy, claimant, tombstones];
      const claim = { name: 'answer_claim', text: CLAIM, own };
      const doors = claimedBy === null ? [claim] : [forCustomer(kind, orderId, claimedBy), claim];
      return run(shopId, { orderId, customerId: null, keys }, answer, doors);
    },
  };
}

async function execute(
  client: PoolClient,
  shopId: string,
  { own, ...query }: Door,
  answer: NewAnswer,
): Promise<StoredAnswer> {
  const { responseId, eventId, surface, metric, rating, route, comment, definition, stepCountsAfterMinutes } =
    answer;
  const answers = JSON.stringify(answer.answers);
  const values = [
    shopId,
    responseId,
    eventId,
    surface,
    metric,
    rating,
    route,
    answers,
    comment,
    definition,
    stepCountsAfterMinutes,
    ...own,
  ];
  const { rows } = await client.query({ ...query, values });
  const row = rows[0];
  if (row.admitted === 0) return { outcome: 'refused' };
  if (row.response_id === null) return { outcome: 'unchanged' };
  return { outcome: row.revision === 1 ? 'stored' : 'updated', responseId: row.response_id, eventId };
}
