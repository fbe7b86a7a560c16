import { clicksIn } from './behaviour.ts';
import { paymentsIn } from './economics.ts';
import { FLAG_BELOW, type Health, type HealthInputKey } from './health.ts';
import type { KnownFacts } from './known.ts';

/** Why a customer is on the at-risk list; also the values that list can be filtered by. */
export type MainReasonKey = HealthInputKey | 'not_enough_data';

/** One line of the explanation of a health score. */
export interface ReasonEntry {
  key: HealthInputKey;
  /** Plain words for staff. */
  label: string;
  /** The input's value, 0-100. */
  value: number;
  /** Signed points against a neutral 50, unrounded; 50 + their sum = the unrounded score. */
  contribution: number;
  /** What the value was made of, where the value alone does not say it. */
  fact?: ReasonFact;
}

/**
 * Stands still for as long as the score does: no ages, and no sums of a window that nothing was refunded in. It is kept
 * with every score, so it says numbers only: when somebody was in the store stands in one place, which an erasure empties.
 */
export type ReasonFact =
  /** Human clicks in the last 30 days and in the 30 before. */
  | { kind: 'clicks'; last30Days: number; previous30Days: number }
  | { kind: 'ratings'; count: number }
  /** Of the orders of 365 days, minor units of the shop's currency. */
  | { kind: 'payments'; paidMinor: number; refundedMinor: number; chargebacks: number };

export const INPUT_LABELS: Readonly<Record<HealthInputKey, string>> = {
  nps: 'Would recommend the store (NPS)',
  trend: 'Direction of satisfaction',
  resolutions: 'Satisfaction with solved problems',
  product: 'Satisfaction with products',
  purchase_timing: 'Time since the last order',
  engagement: 'Clicks in e-mails',
  site: 'Visits to the store',
  reviews: 'Public reviews',
  order_value: 'Value of recent orders',
  predicted_clv: 'Predicted value',
  discounts: 'Buying without discounts',
  payment: 'Refunds and chargebacks',
};

export const MAIN_REASON_LABELS: Readonly<Record<MainReasonKey, string>> = {
  nps: 'Unlikely to recommend the store',
  trend: 'Satisfaction is falling',
  resolutions: 'Problems not solved well',
  product: 'Unhappy with products',
  purchase_timing: 'Overdue for the next order',
  engagement: 'Clicks less in e-mails',
  site: 'Has not visited lately',
  reviews: 'Poor public reviews',
  order_value: 'Orders are getting smaller',
  predicted_clv: 'Predicted value is falling',
  discounts: 'Buys with discounts',
  payment: 'Refunds or chargebacks',
  not_enough_data: 'Not enough data',
};

/** The reasons of a health score, strongest first (either sign); equal ones in the order of the table. */
export function reasonsOf(health: Health, facts: KnownFacts): ReasonEntry[] {
  return health.inputs
    .map(({ key, value, contribution }) => {
      const fact = factBehind(key, facts);
      return { key, label: INPUT_LABELS[key], value, contribution, ...(fact && { fact }) };
    })
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

function factBehind(key: HealthInputKey, facts: KnownFacts): ReasonFact | null {
  switch (key) {
    case 'engagement':
      return { kind: 'clicks', ...clicksIn(facts) };
    case 'resolutions':
      return { kind: 'ratings', count: facts.resolutions.length };
    case 'reviews':
      return { kind: 'ratings', count: facts.reviews.length };
    case 'payment': {
      const payments = paymentsIn(facts);
      const spotless = payments.refundedMinor <= 0 && payments.chargebacks === 0;
      return spotless ? null : { kind: 'payments', ...payments };
    }
    default:
      return null;
  }
}

/**
 * Why a customer is flagged: the input that takes most from the 60 points at which nobody is
 * flagged. Counted from 60, not from the neutral 50, because a flagged customer always has
 * an input below 60 but need not have one below 50. `not_enough_data` without a band, null
 * for a customer who is not flagged.
 */
export function mainReasonOf(health: Health): MainReasonKey | null {
  if (health.band === null) return 'not_enough_data';
  if (!health.flagged) return null;
  let main: MainReasonKey | null = null;
  let largest = 0;
  for (const { key, share, value } of health.inputs) {
    const shortfall = share * (FLAG_BELOW - value);
    if (shortfall > largest) {
      largest = shortfall;
      main = key;
    }
  }
  return main;
}
