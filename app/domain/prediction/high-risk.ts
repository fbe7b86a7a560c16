/** Who is at high risk of not coming back, and what that is worth (domain.md section 4). */

const HIGH_RISK_ABOVE = 0.7;
const HIGH_RISK_MIN_ORDERS = 2;
const HIGH_RISK_GAPS = 1.5;

export interface RiskFacts {
  /** P(no order within the horizon), 0-1; null without a prediction. */
  probabilityOfNone: number | null;
  orders: number;
  daysSinceLastOrder: number | null;
  /** The customer's typical days between two orders. */
  typicalGapDays: number | null;
}

/**
 * P(none) above 70%, and at least 2 orders, and more than 1.5 typical gaps since the last order. Most one-time buyers
 * are above 70%: flagging them all helps nobody. What is unknown is no high risk.
 */
export function isHighRisk({
  probabilityOfNone,
  orders,
  daysSinceLastOrder,
  typicalGapDays,
}: RiskFacts): boolean {
  if (probabilityOfNone === null || daysSinceLastOrder === null || typicalGapDays === null) return false;
  if (!(typicalGapDays > 0)) return false;
  return (
    probabilityOfNone > HIGH_RISK_ABOVE &&
    orders >= HIGH_RISK_MIN_ORDERS &&
    daysSinceLastOrder > HIGH_RISK_GAPS * typicalGapDays
  );
}

/** Minor units of the shop's currency; the basis says on the screen whether it is a prediction. */
export interface ValueAtRiskEstimate {
  amountMinor: number;
  basis: 'fit' | 'rule';
}

/**
 * P(no order in the horizon) x expected 12-month margin if retained, rounded half up, never below 0. Without a
 * prediction the value of the rule, (100 - health)/100 x revenue x margin share, is handed through.
 * @param fit null, or with figures that are not finite: no prediction
 * @param ruleAmountMinor null: no score either
 */
export function valueAtRisk(
  fit: { probabilityOfNone: number; marginIfRetainedMinor: number } | null,
  ruleAmountMinor: number | null,
): ValueAtRiskEstimate | null {
  if (fit !== null && Number.isFinite(fit.probabilityOfNone) && Number.isFinite(fit.marginIfRetainedMinor)) {
    const probability = Math.min(1, Math.max(0, fit.probabilityOfNone));
    const amount = probability * Math.max(0, fit.marginIfRetainedMinor);
    // The allowance keeps a true half, such as 0.7 x 15, from being rounded down.
    return { amountMinor: Math.floor(amount + 0.5 + 1e-9), basis: 'fit' };
  }
  return ruleAmountMinor === null ? null : { amountMinor: ruleAmountMinor, basis: 'rule' };
}
