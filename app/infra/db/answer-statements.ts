/** One statement for each door through which an answer is stored: a mailed link, the storefront, a claim at checkout. */
import { awaitsSteps } from './snapshot-sql.ts';

/**
 * Statements share their parameters: $1 shop, $2 response, $3 event, $4-$10 the answer, $11 the minutes after which a
 * step counts (null: it counts now), $12 the survey (null: the preset), $13.. the door's own.
 *
 * `held` of the source is why a rule holds the answer back. Such an answer leads to nothing: no event, no timer, and its
 * invitation is not answered. It may stand where nothing stands, or what a rule held back before, or, of a burst, the
 * steps it began with; whatever comes later and is not held back takes its place, as if it were not there.
 * @param source gives invitation_id, kind, customer_id, order_id, answer_key and held
 */
function store(source: string, status: string, claimedBy: string, mayUpdate: string): string {
  return `
  WITH clock AS MATERIALIZED (SELECT business_now() AS now),
  source AS (${source}),
  before AS (
    SELECT r.id, r.unfinished, r.held_reason IS NOT NULL AS held, r.answers IS DISTINCT FROM $8::jsonb AS differs,
      r.answers ? 'uploads' AS had_uploads,
      ${awaitsSteps('r.id')} AS awaits_steps
    FROM survey_response r JOIN source s ON s.answer_key = r.answer_key WHERE r.shop_id = $1
  ),
  response AS (
    INSERT INTO survey_response AS r (shop_id, id, answer_key, kind, customer_id, order_id, invitation_id, surface,
      status, held_reason, claimed_by, metric, rating, route, answers, comment, definition, survey_id, answered_at, unfinished)
    SELECT $1, $2, s.answer_key, s.kind, s.customer_id, s.order_id, s.invitation_id, $4,
      CASE WHEN s.held IS NULL THEN '${status}' ELSE 'quarantined' END, s.held, ${claimedBy}, $5, $6, $7, $8::jsonb, $9, $10,
      $12::uuid, clock.now, $11::int IS NOT NULL
    FROM source s, clock
    ON CONFLICT (shop_id, answer_key) DO UPDATE SET
      customer_id = coalesce(excluded.customer_id, r.customer_id),
      invitation_id = coalesce(excluded.invitation_id, r.invitation_id),
      -- What staff hold back stays so, and a step says nothing new about the answer that it belongs to.
      status = CASE WHEN coalesce(excluded.held_reason, r.held_reason) IS NULL
        AND (r.status = 'quarantined' OR $11::int IS NOT NULL) THEN r.status ELSE excluded.status END,
      held_reason = excluded.held_reason,
      surface = excluded.surface, metric = excluded.metric, rating = excluded.rating, route = excluded.route,
      answers = excluded.answers, comment = excluded.comment, definition = excluded.definition, survey_id = excluded.survey_id,
      answered_at = CASE WHEN (SELECT differs OR held FROM before) THEN excluded.answered_at ELSE r.answered_at END,
      unfinished = (r.unfinished OR r.held_reason IS NOT NULL) AND excluded.unfinished,
      revision = r.revision + CASE WHEN (SELECT differs FROM before) THEN 1 ELSE 0 END
    WHERE ${mayUpdate} AND CASE WHEN r.held_reason IS NOT NULL THEN true
      WHEN excluded.held_reason IS NOT NULL
      THEN excluded.held_reason = 'burst' AND r.unfinished AND r.status <> 'quarantined' AND (SELECT awaits_steps FROM before)
      WHEN $11::int IS NULL
      THEN r.answers IS DISTINCT FROM excluded.answers OR r.unfinished
      -- A finished answer takes no more steps.
      ELSE r.answers IS DISTINCT FROM excluded.answers AND r.unfinished END
    RETURNING id, revision, customer_id, order_id, invitation_id, held_reason
  ),
  stored_event AS (
    INSERT INTO event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, customer_id, order_id, ref_id)
    SELECT $1, $3, 'answer', 'answer.submitted', r.id || ':' || r.revision, clock.now, clock.now, r.customer_id,
      r.order_id, r.id::text
    FROM response r CROSS JOIN clock LEFT JOIN before b ON true
    -- The same again after it counted changes nothing.
    WHERE $11::int IS NULL AND r.held_reason IS NULL AND (b.id IS NULL OR b.differs OR b.awaits_steps OR b.held)
    RETURNING id
  ),
  step AS (
    INSERT INTO timer (shop_id, kind, subject_id, due_at, status)
    SELECT $1, 'answer.due', r.id::text, clock.now + $11::int * interval '1 minute', 'open'
    FROM response r, clock WHERE $11::int IS NOT NULL AND r.held_reason IS NULL
    ON CONFLICT (shop_id, kind, subject_id) DO UPDATE SET due_at = excluded.due_at, status = 'open'
  ),
  last_step AS (
    UPDATE timer t SET status = 'fired' FROM response r
    WHERE t.shop_id = $1 AND t.kind = 'answer.due' AND t.subject_id = r.id::text AND $11::int IS NULL
  ),
  answered AS (
    UPDATE survey_invitation i SET answered_at = CASE WHEN s.held IS NULL THEN coalesce(i.answered_at, clock.now) END
    FROM source s, clock WHERE i.shop_id = $1 AND i.id = s.invitation_id
      -- What was begun before a burst does not count any more.
      AND (s.held IS NULL OR EXISTS (SELECT FROM response))
  )
  SELECT (SELECT count(*)::int FROM source) AS admitted,
    $11::int IS NOT NULL AND EXISTS (SELECT FROM before WHERE NOT unfinished AND NOT held) AS closed_to_steps,
    (SELECT id FROM response) AS response_id, (SELECT id FROM stored_event) AS event_id,
    (SELECT revision FROM response) AS revision, (SELECT had_uploads FROM before) AS had_uploads`;
}

/**
 * $13 token hash, $14-$16 the rules by which scanners are known. The link is used up in the statement that stores the last step, so that two posts make one answer,
 * and with it the other links of the invitation. What is held back uses up none: the person is still to answer.
 *
 * How fast ratings follow each other is a matter of machine time, now(): the shop's clock may stand still, and then
 * all that is posted in an hour would come at once. Only what now() gave is compared with it, as only business time
 * is with scanned_at.
 */
export const BY_LINK = store(
  `SELECT l.invitation_id, l.kind, c.id AS customer_id, l.order_id, l.held,
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
  `posted AS (
    SELECT recent.ratings, CASE
      WHEN clock.now < l.scanned_at + $14::int * interval '1 second' AND NOT said.the_same THEN 'scanned'
      WHEN (SELECT count(*) FROM jsonb_object_keys(recent.ratings)) >= $15::int THEN 'burst' END AS held
    FROM clock, survey_link l CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_object_agg(key, value), '{}')
        -- Lines are rated one after another, each as it deserves: no burst.
        || CASE WHEN EXISTS (SELECT FROM jsonb_each($8::jsonb -> 'ratings') WHERE value = to_jsonb($6::int))
          THEN jsonb_build_object($6::int, extract(epoch FROM now())) ELSE '{}' END AS ratings
      FROM jsonb_each(l.recent_ratings) WHERE value::float8 > extract(epoch FROM now()) - $16::int) recent
    -- Words to a rating that a person gave before the scan are that person's.
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM survey_response r WHERE r.shop_id = $1 AND r.held_reason IS NULL
      AND r.rating IS NOT DISTINCT FROM $6::int AND r.answer_key = l.kind || ':' || l.order_id || ':' || coalesce(
        (SELECT i.sequence FROM survey_invitation i WHERE i.shop_id = $1 AND i.id = l.invitation_id), 0)) AS the_same) said
    WHERE l.shop_id = $1 AND l.token_hash = $13
  ),
  link AS (
    UPDATE survey_link l SET used_at = CASE WHEN $11::int IS NULL AND p.held IS NULL THEN clock.now END,
      recent_ratings = p.ratings
    FROM clock, posted p
    WHERE l.shop_id = $1 AND l.token_hash = $13 AND l.used_at IS NULL AND l.expires_at > clock.now
      AND EXISTS (SELECT FROM current_customer_id($1, l.customer_id) AS who(id)
        JOIN customer c ON c.shop_id = $1 AND c.id = who.id WHERE c.redacted_at IS NULL)
    RETURNING l.invitation_id, l.kind, l.customer_id, l.order_id, p.held
  ),
  other_links AS (
    UPDATE survey_link o SET used_at = clock.now FROM clock, link l
    WHERE o.shop_id = $1 AND o.customer_id = l.customer_id AND o.invitation_id = l.invitation_id
      AND o.token_hash <> $13 AND o.used_at IS NULL AND $11::int IS NULL AND l.held IS NULL
  ),
  source AS (`,
);

/**
 * $13 kind, $14 order, $15 Shopify customer, under any id that was merged into the owner. Of repeated surveys
 * the newest that was due counts, else the first. A test order is nobody's to answer for.
 */
export const FOR_CUSTOMER = store(
  `SELECT i.id AS invitation_id, $13::text AS kind, c.id AS customer_id, o.order_id, NULL::text AS held,
     $13 || ':' || o.order_id || ':' || coalesce(i.sequence, 0) AS answer_key
   FROM orders o
   CROSS JOIN LATERAL current_customer_id($1, o.customer_id) AS who(id)
   JOIN customer c ON c.shop_id = $1 AND c.id = who.id AND c.redacted_at IS NULL
   LEFT JOIN LATERAL (
     SELECT id, sequence FROM survey_invitation i
     WHERE i.shop_id = $1 AND i.kind = $13 AND i.order_id = o.order_id
       AND (i.sequence = 0 OR i.due_at <= (SELECT now FROM clock))
     ORDER BY sequence DESC LIMIT 1) i ON true
   WHERE o.shop_id = $1 AND o.order_id = $14 AND NOT o.test
     AND EXISTS (SELECT FROM customer n WHERE n.shop_id = $1 AND n.shopify_id = $15
       AND current_customer_id($1, n.id) = who.id)`,
  'verified',
  'NULL',
  'true',
);

/**
 * $13 kind, $14 order, $15 claimed customer, $16 claimant's hash, $17 tombstones. The order need not be known
 * yet, and that of an erased person never will be: there the tombstone is all that tells.
 */
export const CLAIM = store(
  `SELECT NULL::uuid AS invitation_id, $13::text AS kind, NULL::uuid AS customer_id, $14::text AS order_id, NULL::text AS held,
     $13 || ':' || $14 || ':u:' || $16 AS answer_key
   WHERE NOT EXISTS (
     SELECT FROM orders o CROSS JOIN LATERAL current_customer_id($1, o.customer_id) AS who(id)
     JOIN customer c ON c.shop_id = $1 AND c.id = who.id
     WHERE o.shop_id = $1 AND o.order_id = $14 AND c.redacted_at IS NOT NULL)
   AND NOT EXISTS (SELECT FROM tombstone WHERE shop_id = $1 AND subject_key = ANY($17::text[]))`,
  'unverified',
  // Who was merged into another account claims as that account.
  `coalesce((SELECT k.shopify_id FROM customer n JOIN customer k ON k.shop_id = $1 AND k.id = current_customer_id($1, n.id)
     WHERE n.shop_id = $1 AND n.shopify_id = $15 LIMIT 1), $15::text)`,
  // A guest proves nothing, so only their first answer counts; until it is sent off it has steps.
  '($15::text IS NOT NULL OR r.unfinished)',
);
