/**
 * What is set on a customer to be scored again (SQL): due for the next tick, and stale, so that a score that was
 * read before this and comes to be stored after it, made by the old rules or answers, loses like one that missed an event.
 */
export const SCORE_AGAIN = `next_score_at = business_now(), stale_seq = stale_seq + 1,
  stale_since = CASE WHEN stale_seq = scored_seq THEN now() ELSE stale_since END`;
