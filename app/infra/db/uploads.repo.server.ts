import type { Pool, PoolClient } from 'pg';
import type { SurveyKind } from '../../domain/surveys/contract.ts';
import type { UploadKind } from '../../domain/surveys/uploads.ts';
import { withTransaction } from './pool.server.ts';

export interface NewUpload {
  uploadId: string;
  questionId: string;
  kind: UploadKind;
  mediaType: string;
  bytes: Uint8Array;
}

/** Pictures and voice notes (docs/decisions/023-uploads-in-postgresql.md). */
export interface UploadsRepo {
  /**
   * Stores a file that came through a mailed link, which alone may name it in an answer.
   * refused = the link is used, expired or unknown, or its person was erased.
   */
  storeByLink(
    shopId: string,
    link: { tokenHash: Buffer; most: number },
    upload: NewUpload,
  ): Promise<'stored' | 'refused' | 'too_many'>;
  /**
   * Stores a file of a customer whom Shopify names, for one survey of one order: only that customer's answer to it may
   * name the file. refused = the order is not this customer's, or erased.
   */
  storeForCustomer(
    shopId: string,
    about: { shopifyCustomerId: string; kind: SurveyKind; orderId: string; most: number },
    upload: NewUpload,
  ): Promise<'stored' | 'refused' | 'too_many'>;
  /** A file of an answer; null: there is none, or no answer has it. */
  find(shopId: string, uploadId: string): Promise<{ mediaType: string; bytes: Buffer } | null>;
}

/** Whoever holds the link's token owns what came through it. */
export const ownerByLink = (tokenHash: Buffer) => `link:${tokenHash.toString('hex')}`;

/** Files of a customer belong to the survey and the order that they were made for. */
export const ownerByCustomer = (about: { shopifyCustomerId: string; kind: SurveyKind; orderId: string }) =>
  `customer:${about.shopifyCustomerId}:${about.kind}:${about.orderId}`;

/**
 * Counting takes the link's row, which an erasure deletes before it deletes the files: whichever is first, no file of an
 * erased person stays.
 */
const STORE = `
  WITH clock AS MATERIALIZED (SELECT business_now() AS now),
  link AS (
    UPDATE survey_link l SET uploads = l.uploads + 1 FROM clock
    WHERE l.shop_id = $1 AND l.token_hash = $2 AND l.uploads < $3 AND l.used_at IS NULL AND l.expires_at > clock.now
      AND EXISTS (SELECT FROM current_customer_id($1, l.customer_id) AS who(id)
        JOIN customer c ON c.shop_id = $1 AND c.id = who.id WHERE c.redacted_at IS NULL)
    RETURNING l.customer_id, l.order_id
  )
  INSERT INTO survey_upload (shop_id, id, owner, question_id, kind, media_type, size_bytes, bytes, created_at, customer_id, order_id)
  SELECT $1, $4, $5, $6, $7, $8, length($9::bytea), $9, clock.now, link.customer_id, link.order_id FROM link, clock`;

/** Under the locks of the order's line, so that files that come at once are counted. */
const OWNER = `
  SELECT c.id FROM customer c JOIN orders o ON o.shop_id = $1 AND o.order_id = $3
  WHERE c.shop_id = $1 AND c.redacted_at IS NULL
    AND c.id = (SELECT current_customer_id($1, n.id) FROM customer n WHERE n.shop_id = $1 AND n.shopify_id = $2)
    AND c.id = current_customer_id($1, o.customer_id) AND NOT o.test`;

const STORE_FOR_CUSTOMER = `
  INSERT INTO survey_upload (shop_id, id, owner, question_id, kind, media_type, size_bytes, bytes, created_at, customer_id, order_id)
  SELECT $1, $4, $2, $5, $6, $7, length($8::bytea), $8, business_now(), $9, $10
  WHERE (SELECT count(*) FROM survey_upload WHERE shop_id = $1 AND owner = $2) < $3::int`;

export function createUploadsRepo(pool: Pool): UploadsRepo {
  return {
    async storeByLink(shopId, { tokenHash, most }, upload) {
      const { uploadId, questionId, kind, mediaType, bytes } = upload;
      const file = [uploadId, ownerByLink(tokenHash), questionId, kind, mediaType, bytes];
      const { rowCount } = await pool.query(STORE, [shopId, tokenHash, most, ...file]);
      if (rowCount === 1) return 'stored';
      const full = await pool.query(
        'SELECT 1 FROM survey_link WHERE shop_id = $1 AND token_hash = $2 AND uploads >= $3',
        [shopId, tokenHash, most],
      );
      return full.rowCount === 1 ? 'too_many' : 'refused';
    },

    async storeForCustomer(shopId, { most, ...about }, upload) {
      const { uploadId, questionId, kind, mediaType, bytes } = upload;
      const { shopifyCustomerId, orderId } = about;
      return withTransaction(pool, async (client) => {
        // An erasure takes the same locks: whichever is first, no file of an erased person stays.
        await client.query('SELECT lock_line($1, $2, NULL, NULL)', [shopId, orderId]);
        const owner = await client.query(OWNER, [shopId, shopifyCustomerId, orderId]);
        if (owner.rowCount !== 1) return 'refused';
        const file = [uploadId, questionId, kind, mediaType, bytes, owner.rows[0].id, orderId];
        const values = [shopId, ownerByCustomer(about), most, ...file];
        const stored = await client.query(STORE_FOR_CUSTOMER, values);
        return stored.rowCount === 1 ? 'stored' : 'too_many';
      });
    },

    async find(shopId, uploadId) {
      const { rows } = await pool.query(
        `SELECT media_type AS "mediaType", bytes FROM survey_upload
         WHERE shop_id = $1 AND id = $2 AND response_id IS NOT NULL`,
        [shopId, uploadId],
      );
      return rows[0] ?? null;
    },
  };
}

/**
 * Questions whose answer names a file that is not this owner's, or was not made for that question. The files that are
 * stay locked until the transaction ends, so that no purge takes them.
 * @param owner null: nobody who could have sent files
 * @param named ids of files by question
 */
export async function unknownUploads(
  client: PoolClient,
  shopId: string,
  owner: string | null,
  named: Readonly<Record<string, string[]>>,
): Promise<string[]> {
  const ids = Object.values(named).flat();
  if (ids.length === 0) return [];
  const { rows } = await client.query<{ id: string; question_id: string }>(
    `SELECT id, question_id FROM survey_upload
     WHERE shop_id = $1 AND owner = $2 AND id = ANY($3::uuid[]) ORDER BY id FOR UPDATE`,
    [shopId, owner, ids],
  );
  const questionOf = new Map(rows.map((row) => [row.id, row.question_id]));
  return Object.keys(named).filter((question) =>
    named[question]?.some((id) => questionOf.get(id) !== question),
  );
}

/** The answer has these files from now on; those that it had and names no more are left to the purge. */
export async function attachUploads(
  client: PoolClient,
  shopId: string,
  responseId: string,
  ids: readonly string[],
): Promise<void> {
  await client.query(
    `UPDATE survey_upload u SET response_id = CASE WHEN u.id = ANY($3::uuid[]) THEN r.id END,
       customer_id = coalesce(r.customer_id, u.customer_id)
     FROM survey_response r WHERE r.shop_id = $1 AND r.id = $2 AND u.shop_id = $1
       AND (u.response_id = r.id OR u.id = ANY($3::uuid[]))`,
    [shopId, responseId, ids],
  );
}
