/** Below how many people a group of answers without a name is not shown: whoever knows who was asked could tell them apart. */
export const SMALLEST_CELL = 5;

const CELL = `r.kind, coalesce(r.survey_id::text, ''), r.definition, r.identity`;

/**
 * SQL for the answers `r` that may be shown or counted in a group: of each version of a survey those that are anonymous or
 * under a pseudonym only where enough people gave them. One pseudonym is one person. $1 is the shop.
 * @param group SQL for what the group has in common, about `r`
 */
export const shownIn = (group: string) => `(r.identity = 'identified' OR (${CELL}) IN (
  SELECT ${CELL} FROM survey_response r WHERE r.shop_id = $1 AND r.identity <> 'identified' AND ${group}
  GROUP BY ${CELL} HAVING count(DISTINCT coalesce(r.pseudonym, r.id::text)) >= ${SMALLEST_CELL}))`;

/**
 * SQL for when an answer `r` came, as far as anybody is told: without a name the first of its month (UTC), or who was asked
 * a few days before would be found by the day. Rows are sorted by it as well, since their neighbours would tell. An index
 * has the same words.
 */
export const SHOWN_AT = `(CASE WHEN r.identity = 'identified' THEN r.answered_at
  ELSE date_trunc('month', r.answered_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' END)`;
