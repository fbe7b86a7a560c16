import { createHash } from 'node:crypto';

/**
 * The calls by which an answer is stored, one for each door: a mailed link, the storefront, a claim at checkout, a
 * visit. What they do stands in the functions of the database (migrations 0015_answer_functions and
 * 0025_finished_once): each locks, judges and stores in one round trip. $1 is the shop, $2 to $13 the answer, $14.. the
 * door's own.
 */

const ANSWER = `ROW($2::uuid, $3::uuid, $4::text, $5::text, $6::int, $7::text, $8::jsonb, $9::text, $10::int, $11::int,
  $12::uuid, $13::boolean)::new_answer`;

/** What became of it, as columns. By name: a statement whose columns change with a type fails while it is kept. */
const stored = (of: string) =>
  ['admitted', 'response_id', 'event_id', 'revision', 'answered'].map((name) => `${of}.${name}`).join(', ');

/**
 * $14 token hash, $15-$17 the rules by which scanners are known; $18 kind and $19 edition by which the answers were
 * read before the link was looked up, null where it was.
 */
export const BY_LINK = `SELECT ${stored('(s.stored)')}, s.page
  FROM answer_by_link($1, $14::bytea, ${ANSWER}, $15::int, $16::int, $17::int, $18::text, $19::text) s`;

/** $14 kind, $15 order, $16 Shopify customer, $17 mark of a page that may change what was sent off, $18 what it saw. */
export const FOR_CUSTOMER = `SELECT ${stored('s')}
  FROM answer_for_customer($1, ${ANSWER}, $14::text, $15::text, $16::text, $17::text, $18::int) s`;

/** $14 kind, $15 order, $16 claimed customer, $17 claimant's hash, $18 keys of the people, $19 tombstones, $20 page. */
export const CLAIM = `SELECT ${stored('s')} FROM answer_claim(
  $1, ${ANSWER}, $14::text, $15::text, $16::text, $17::text, $18::text[], $19::text[], $20::text) s`;

/** $14 kind, $15 hash of the visit, $16 Shopify customer or null. */
export const OF_VISIT = `SELECT ${stored('s')}
  FROM answer_of_visit($1, ${ANSWER}, $14::text, $15::text, $16::text) s`;

/** $14 token hash, $15 for how many seconds a scan counts, $16 answer key, $17 identity, $18 pseudonym or null. */
export const UNNAMED = `SELECT answer_unnamed($1, $14::bytea, ${ANSWER}, $15::int, $16::text, $17::text, $18::text) AS outcome`;

/** $14 kind, $15 answer key, $16 identity. */
export const UNNAMED_VISIT = `SELECT store_unnamed($1, ${ANSWER}, $15::text, $14::text, NULL, $16::text, NULL) AS outcome`;

/** $1 shop, $2 token hash: behind an answer without a name. */
export const USE_UP_LINKS = 'SELECT use_up_links($1, $2::bytea)';

/** What answers about a visit are stored under: whoever reads the database cannot answer in its name. */
export function visitHash(visitId: string): string {
  return createHash('sha256').update(visitId).digest('hex');
}
