/** SQL: states at a moment, whatever became of them later, for what is learnt as of one. $1 is the shop. */

/** Of the order `o`. */
export const paidBy = (moment: string) => `coalesce(o.paid_at <= ${moment}, false)`;
export const cancelledBy = (moment: string) => `coalesce(o.cancelled_at <= ${moment}, false)`;

/**
 * Of the answer `r`, given by then: whether it counted. What staff did to it since, held it back or let it count, tells how
 * it stood before.
 */
export const verifiedBy = (moment: string) => `coalesce((SELECT a.kind = 'quarantine' FROM response_act a
  WHERE a.shop_id = $1 AND a.response_id = r.id AND a.at > ${moment} ORDER BY a.at, a.id LIMIT 1), r.status = 'verified')`;

/** Of the case `k`: when it had been closed, null while it was not. The trail tells of a closing that was undone since. */
export const closedBy = (moment: string) => `CASE WHEN k.closed_at <= ${moment} THEN k.closed_at ELSE (
  SELECT max(n.at) FROM case_note n WHERE n.shop_id = $1 AND n.case_id = k.id AND n.kind = 'close' AND n.at <= ${moment}
    AND NOT EXISTS (SELECT FROM case_note r WHERE r.shop_id = $1 AND r.case_id = k.id AND r.kind = 'reopen'
      AND r.at >= n.at AND r.at <= ${moment})) END`;
