/**
 * What is set on a customer to be scored again (SQL): due for the next tick, and stale, so that a score that was
 * read before this and comes to be stored after it, made by the old rules or answers, loses like one that missed an event.
 */
export const SCORE_AGAIN = `next_score_at = business_now(), stale_seq = stale_seq + 1,
  stale_since = CASE WHEN stale_seq = scored_seq THEN now() ELSE stale_since END`;

/**
 * SQL: scores people again to whom a mail was sent, or who clicked in one: parts of a WITH, for a statement in which $1
 * is the shop. Without a click in 60 days the score knows nothing of either. How many mails there were is not asked: of
 * two that are sent at once neither sees the other.
 *
 * Whatever else the statement updates goes `FROM ..., scored_again_first`: the line holds its customers' rows before it
 * takes any other, in the order of their ids, and whoever took them the other way round would wait for it in a circle.
 * @param people a query for the ids of customers
 * @param clicked an SQL condition on a customer `c`: by this very statement they clicked
 */
export const scoreClicksAgain = (people: string, clicked = 'false') => `
  clicking AS (
    SELECT c.id FROM customer c WHERE c.shop_id = $1 AND c.id IN (${people}) AND c.merged_into_id IS NULL
      AND (${clicked} OR EXISTS (SELECT FROM survey_invitation i WHERE i.shop_id = $1 AND i.customer_id = c.id AND i.by_name
        AND coalesce(i.seen_at, i.answered_at) > (SELECT business_now()) - interval '60 days'))
    ORDER BY c.id FOR UPDATE),
  scored_again AS (
    UPDATE customer c SET ${SCORE_AGAIN} FROM clicking WHERE c.shop_id = $1 AND c.id = clicking.id RETURNING c.id),
  scored_again_first AS (SELECT count(*) FROM scored_again)`;

/**
 * What a visit to the store sets on its customer `c` (SQL). Scores only know whether somebody was there in the last
 * 30 days: a later visit within them changes nothing but when that ends, which is looked at when the first 30 are over.
 * @param at an SQL expression for the time of the visit, business time, not in the future
 */
export const seenAt = (at: string) => `last_seen_at = greatest(c.last_seen_at, ${at}),
  stale_seq = c.stale_seq + ${moved(at)}::int,
  next_score_at = CASE WHEN ${moved(at)} THEN business_now() ELSE c.next_score_at END,
  stale_since = CASE WHEN ${moved(at)} AND c.stale_seq = c.scored_seq THEN now() ELSE c.stale_since END`;

const moved = (at: string) => `(c.last_seen_at IS NULL
  OR (c.last_seen_at < ${at} AND c.last_seen_at <= business_now() - interval '30 days'))`;
