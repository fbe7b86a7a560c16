import { formatMoney } from '../domain/core/money.ts';
import type { HealthInputKey } from '../domain/scoring/health.ts';
import { INPUT_LABELS } from '../domain/scoring/reasons.ts';
import type { ReasonView } from '../infra/db/reads/views.ts';
import { formatDay, plural } from './format.ts';

/** What an input was made of, in words; null: of a kind that is not known here. */
export function factText(
  fact: NonNullable<ReasonView['fact']>,
  currency: string,
  timeZone: string,
): string | null {
  switch (fact.kind) {
    case 'clicks':
      return `${plural(fact.last30Days, 'survey mail')} opened by the customer in 30 days, ${fact.previous30Days} in the 30 days before`;
    case 'visit':
      return `Last known visit on ${formatDay(fact.lastSeenAt, timeZone)}`;
    case 'ratings':
      return `From ${plural(fact.count, 'rating')}`;
    case 'payments': {
      const { chargebacks, refundedMinor, paidMinor } = fact;
      const refunded =
        refundedMinor > 0 &&
        `${formatMoney(refundedMinor, currency)} of ${formatMoney(paidMinor, currency)} refunded`;
      const charged = chargebacks > 0 && `chargeback on ${plural(chargebacks, 'order')}`;
      const words = [charged, refunded].filter((part) => part !== false).join(', ');
      return `${words.charAt(0).toUpperCase()}${words.slice(1)}, in 12 months`;
    }
    default:
      return null;
  }
}

/** When an input is unknown: it is left out then, and the others count for more. */
const UNKNOWN_WHEN: Readonly<Record<HealthInputKey, string>> = {
  nps: 'not answered yet',
  trend: 'fewer than 3 answers',
  resolutions: 'no solved problem was rated',
  product: 'not answered yet',
  purchase_timing: 'no order, or no usual time between orders yet',
  engagement: 'fewer than 4 mails, no survey mailed in 30 days or only just now, or none opened in 60',
  site: 'no visit known of late, which takes the store’s pixel and the customer’s consent and account',
  reviews: 'no source of public reviews is connected',
  order_value: 'fewer than 4 orders',
  predicted_clv: 'no prediction, or no order yet 90 days ago to compare it with',
  discounts: 'no paid order',
  payment: 'no paid order',
};

/** The inputs that a score leaves out, each with why: "Public reviews (no source of public reviews is connected)". */
export function unknownInputs(known: readonly string[]): string[] {
  return (Object.keys(INPUT_LABELS) as HealthInputKey[])
    .filter((key) => !known.includes(key))
    .map((key) => `${INPUT_LABELS[key]} (${UNKNOWN_WHEN[key]})`);
}
