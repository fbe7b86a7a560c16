import type { Pool } from 'pg';
import { ABOUT, PERSONAL_DATA } from './personal-data.ts';
import { createPrisma } from './prisma.server.ts';

/** The people of a request as the map of personal data asks for them: all rows that are one person. */
export interface DataSubject {
  customerIds: string[];
  orderIds: string[];
  /** Under what the person's unconfirmed answers stand: Shopify's ids of the accounts, the key of a guest with the address. */
  claimants: string[];
  /** Under what the person's pseudonymous answers stand. */
  pseudonyms: string[];
}

export interface DataRequest {
  requestedAt: Date;
  /** null: nothing is stored about the person (any more). */
  subject: DataSubject | null;
}

/** One part of the answer; each row is a plain object with names in camel case. */
export interface PersonalSection {
  section: string;
  rows: Record<string, unknown>[];
}

/** Answering customers/data_request: who it is about, what is stored, and that it was sent. */
export interface DataRequestsRepo {
  /** @param hashed the key of a guest with this e-mail, and the pseudonym of a customer's row */
  find(
    shopId: string,
    requestId: string,
    hashed: { guestKey: (email: string) => string; pseudonym: (customerId: string) => string },
  ): Promise<DataRequest | null>;
  /** Every part of what is stored about the person, one table at a time. */
  personalSections(shopId: string, subject: DataSubject, now: Date): AsyncGenerator<PersonalSection>;
  /** Closes an open request; false when it is none. */
  markSent(shopId: string, requestId: string, at: Date): Promise<boolean>;
}

/** Tables without a personal field of their own, which tell about the person through its id. */
const ALSO_ABOUT = [
  'order_return',
  'survey_invitation',
  'contact',
  'points_entry',
  'discount_grant',
  'survey_reward',
];

/** What the reader knows a table as, in the order of the file; a table that has no name here keeps its own. */
const SECTIONS: Record<string, { name: string; orderBy: string }> = {
  customer: { name: 'profiles', orderBy: 't.created_at' },
  orders: { name: 'orders', orderBy: 't.placed_at' },
  order_return: { name: 'returns', orderBy: 't.source_updated_at' },
  survey_invitation: { name: 'surveyInvitations', orderBy: 't.first_due_at' },
  survey_response: { name: 'answers', orderBy: 't.answered_at' },
  survey_upload: { name: 'files', orderBy: 't.created_at' },
  answer_import_row: { name: 'answersToBeImported', orderBy: 't.line' },
  support_case: { name: 'cases', orderBy: 't.number' },
  contact: { name: 'messages', orderBy: 't.at' },
  points_entry: { name: 'points', orderBy: 't.at' },
  discount_grant: { name: 'discountCodes', orderBy: 't.issued_at' },
  survey_reward: { name: 'surveyRewards', orderBy: 't.issued_at' },
  referral_code: { name: 'referralCodes', orderBy: 't.issued_at' },
  site_day: { name: 'storeVisits', orderBy: 't.day' },
  score_history: { name: 'scores', orderBy: 't.at' },
  customer_prediction: { name: 'predictions', orderBy: 't.as_of' },
  order_prediction: { name: 'orderPredictions', orderBy: 't.as_of' },
};

/** Bookkeeping of the app, and members of staff, who are persons of their own; of files only what they are is told. */
const LEFT_OUT = [
  'marks',
  'owner',
  'bytes',
  'person_key',
  'shop_id',
  'staff_id',
  'owner_id',
  'stale_seq',
  'scored_seq',
  'stale_since',
  'next_score_at',
  'rules_seq',
  'model_run_id',
];

/**
 * The rows of one person: the one that the request named, what was merged into it, and what was
 * bought as a guest under the same e-mail address. Erased rows say nothing any more.
 */
const PEOPLE = `
  WITH named AS (
    SELECT current_customer_id($1, r.customer_id) AS id FROM privacy_request r WHERE r.shop_id = $1 AND r.id = $2
  ), person AS (
    SELECT c.id, lower(c.email) AS email, customer_key_rank(c.key) AS rank
    FROM customer c JOIN named ON named.id = c.id WHERE c.shop_id = $1 AND c.redacted_at IS NULL
  )
  SELECT c.id, c.shopify_id, c.email FROM customer c CROSS JOIN person p
  WHERE c.shop_id = $1 AND c.redacted_at IS NULL
    AND (c.id = p.id OR (c.merged_into_id IS NOT NULL AND current_customer_id($1, c.id) = p.id)
      OR (lower(c.email) = p.email AND (customer_key_rank(c.key) < 3 OR p.rank < 3)))
  ORDER BY c.id`;

/**
 * The person's orders, those that the request names and nobody else owns, and whether an answer at
 * checkout stands for them: before its order is known, it belongs to no stored customer.
 */
const ORDERS_AND_CLAIMS = `
  WITH request AS (
    SELECT shopify_customer_id, order_ids FROM privacy_request WHERE shop_id = $1 AND id = $2
  ), about AS (
    SELECT order_id FROM orders WHERE shop_id = $1 AND customer_id = ANY($3)
    UNION SELECT named.order_id FROM request CROSS JOIN LATERAL unnest(request.order_ids) AS named(order_id)
    WHERE NOT EXISTS (SELECT FROM orders o WHERE o.shop_id = $1 AND o.order_id = named.order_id AND o.customer_id IS NOT NULL)
  )
  SELECT coalesce((SELECT array_agg(order_id) FROM about), '{}') AS "orderIds",
    coalesce((SELECT array_agg(shopify_customer_id) FROM request WHERE shopify_customer_id IS NOT NULL), '{}') AS "claimedBy",
    EXISTS (SELECT FROM survey_response r, request WHERE r.shop_id = $1 AND r.answers <> '{}'
      AND (r.claimed_by = request.shopify_customer_id OR (r.customer_id IS NULL AND r.claimed_by IS NULL
        AND r.order_id IN (SELECT order_id FROM about)))) AS "hasClaims"`;

export function createDataRequestsRepo(pool: Pool): DataRequestsRepo {
  const prisma = createPrisma(pool);
  return {
    async find(shopId, requestId, { guestKey, pseudonym }) {
      const { privacyRequest } = await prisma();
      const request = await privacyRequest.findFirst({
        where: { shopId, id: requestId, kind: 'data_request' },
        select: { requestedAt: true },
      });
      if (!request) return null;
      const people = await pool.query(PEOPLE, [shopId, requestId]);
      const customerIds = people.rows.map((row) => row.id as string);
      const { rows } = await pool.query(ORDERS_AND_CLAIMS, [shopId, requestId, customerIds]);
      const { orderIds, claimedBy, hasClaims } = rows[0];
      if (customerIds.length === 0 && !hasClaims) return { ...request, subject: null };
      const accounts = people.rows.flatMap((row) => (row.shopify_id as string | null) ?? []);
      const guests = people.rows.flatMap((row) => (row.email === null ? [] : guestKey(row.email)));
      const claimants = [...new Set([...accounts, ...claimedBy, ...guests])];
      const pseudonyms = customerIds.map(pseudonym);
      return { ...request, subject: { customerIds, orderIds, claimants, pseudonyms } };
    },

    async *personalSections(shopId, subject, now) {
      const { customerIds, orderIds, claimants, pseudonyms } = subject;
      const about = [shopId, customerIds, orderIds, claimants, null, [], now, pseudonyms];
      const read = async (table: string): Promise<Record<string, unknown>[]> =>
        (await pool.query(selectionOf(table), about)).rows.map(({ row }) => row);
      const notes = (await read('case_note')).map(readable);
      for (const table of exportedTables()) {
        const rows = await read(table);
        yield {
          section: SECTIONS[table]?.name ?? table,
          rows: rows.map((row) =>
            table === 'support_case'
              ? { ...readable(row), notes: notes.filter((note) => note['caseId'] === row['id']) }
              : readable(row),
          ),
        };
      }
    },

    async markSent(shopId, requestId, at) {
      const { privacyRequest } = await prisma();
      const { count } = await privacyRequest.updateMany({
        where: { shopId, id: requestId, kind: 'data_request', status: 'open' },
        data: { status: 'done', doneAt: at, shopifyCustomerId: null, orderIds: [] },
      });
      return count === 1;
    },
  };
}

/** Named sections first; what the map exports beyond them follows. Notes stand with their cases. */
function exportedTables(): string[] {
  const exported = [...PERSONAL_DATA.filter((one) => one.exported).map(({ table }) => table), ...ALSO_ABOUT];
  const known = Object.keys(SECTIONS).filter((table) => exported.includes(table));
  return [...new Set([...known, ...exported])].filter((table) => table !== 'case_note');
}

/** The rows of one table that are the person's; parameters as in ABOUT. */
function selectionOf(table: string): string {
  const mapped = PERSONAL_DATA.find((one) => one.table === table);
  const rows = mapped?.rows ?? belongs(table);
  return `WITH ${ABOUT} SELECT to_jsonb(t) - 'bytes' AS row FROM ${table} t, about
    WHERE t.shop_id = about.shop_id AND (${rows}) ORDER BY ${SECTIONS[table]?.orderBy ?? 'row'}`;
}

const belongs = (table: string) =>
  table === 'order_return' ? 't.order_id = ANY(about.orders)' : 't.customer_id = ANY(about.customers)';

function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => !LEFT_OUT.includes(column))
      .map(([column, value]) => [camelCase(column), value]),
  );
}

/** "first_name" -> "firstName". */
export function camelCase(column: string): string {
  return column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
