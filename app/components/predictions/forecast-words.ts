import { formatMoney } from '../../domain/core/money.ts';
import type { CustomerGroup } from '../../domain/prediction/groups.ts';
import type { HighValueReport, HighValueSignKey } from '../../domain/prediction/high-value-signs.ts';
import type { ReferralScore } from '../../domain/prediction/referral-propensity.ts';
import type { Trajectory } from '../../domain/prediction/trajectory.ts';
import type { ValueTier } from '../../domain/prediction/value-tiers.ts';
import type {
  WarningIndicator,
  WarningKey,
  WarningSign,
} from '../../domain/prediction/warning-indicators.ts';
import { formatNumber, formatPercent, formatSigned, plural } from '../format.ts';

/** The words for what is expected of a customer. */

export const WARNING_LABELS: Record<WarningKey, string> = {
  satisfaction: 'Satisfaction',
  behaviour: 'Visits and mails',
  support: 'Support',
  purchases: 'Orders',
  external: 'Public complaints',
};

const TIERS: Record<ValueTier, string> = {
  A: 'A: among the top 10% of your customers',
  B: 'B: among the top 25% of your customers',
  C: 'C: below the top 25% of your customers',
};

export const valueTierText = (tier: ValueTier): string => TIERS[tier];

interface Margin {
  clvMinor: number;
  clvLowMinor: number | null;
  clvHighMinor: number | null;
}

/**
 * The margin that is expected, with its 80% interval. Of whom most likely nothing comes the mean lies above the interval,
 * made by the few who come after all: a range that leaves out its own middle is said in words instead.
 */
export function marginText(
  { clvMinor, clvLowMinor: low, clvHighMinor: high }: Margin,
  currency: string,
): string {
  const money = (minor: number) => formatMoney(minor, currency);
  if (low === null || high === null) return money(clvMinor);
  if (low <= clvMinor && clvMinor <= high && high > 0)
    return `${money(clvMinor)} (80% interval ${money(low)} to ${money(high)})`;
  if (high <= 0)
    return clvMinor > 0 ? `Most likely nothing; ${money(clvMinor)} on average` : 'Most likely nothing';
  const range = low > 0 ? `${money(low)} to ${money(high)}` : `at most ${money(high)}`;
  return `Most likely ${range}; ${money(clvMinor)} on average`;
}

const days = (count: number): string => plural(Math.round(count), 'day');

/** What was looked at for a sign, as a fact; null where it is not known. */
export function signText({ key, value }: WarningSign): string | null {
  if (value === null) return null;
  switch (key) {
    case 'nps_drop_points':
      return value > 0
        ? `newest NPS ${formatNumber(value / 10, 1)} below the ones before`
        : 'newest NPS not below the ones before';
    case 'csat_mean':
      return `CSAT ${formatNumber(value, 1)} of 5 on average`;
    case 'clicks_drop_share':
      return value > 0
        ? `${formatPercent(value)} fewer clicks in mails than before`
        : 'no fewer clicks in mails than before';
    case 'days_since_visit':
      return value < 1 ? 'last visit today' : `last visit ${days(value)} ago`;
    case 'contacts':
      return `${plural(value, 'problem')} in 30 days`;
    case 'escalated':
      return value === 0
        ? 'no problem in 90 days took more than one contact'
        : `${plural(value, 'problem')} in 90 days took more than one contact`;
    case 'unresolved_hours':
      return value === 0
        ? 'no open complaint'
        : `a complaint open for ${value < 48 ? plural(Math.round(value), 'hour') : days(value / 24)}`;
    case 'gaps_since_order':
      return `last order ${formatNumber(value, 1)} times the usual gap ago`;
    case 'order_value_drop_share':
      return value > 0
        ? `orders ${formatPercent(value)} smaller than before`
        : 'orders no smaller than before';
    default:
      return null;
  }
}

/** The facts behind an indicator, the ones that weigh first. */
export function indicatorFacts({ signs }: WarningIndicator): string {
  const known = signs
    .flatMap((sign) => {
      const text = signText(sign);
      return text === null ? [] : [{ text, grade: sign.grade ?? 0 }];
    })
    .sort((one, other) => other.grade - one.grade);
  const sentence = known.map(({ text }) => text).join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A grade in a word: 0.5 is the field's threshold. */
export function gradeText(grade: number): string {
  if (grade < 0.05) return 'No sign';
  if (grade < 0.5) return 'Slight';
  return grade < 0.8 ? 'Clear' : 'Strong';
}

/** Points of 100 in 30 days: an interval as wide as the whole scale says nothing that the certainty does not. */
const WIDEST_INTERVAL = 100;
/** Below this certainty a direction is a guess: of three, the flat one needs no word. */
const LEAST_CERTAINTY = 0.8;
const DIRECTIONS = { improving: 'improving', flat: 'steady', declining: 'declining' } as const;

/** Where satisfaction is going, with how sure that is. */
export function trajectoryText(trajectory: Trajectory): string {
  if (trajectory.outcome === 'not_enough') {
    return trajectory.reason === 'few_days'
      ? `Not enough answers to see a direction: answers on ${plural(trajectory.days, 'day')}, and it takes 3.`
      : 'Not enough answers to see a direction: they lie within less than 14 days.';
  }
  const { direction, slope, interval, confidence } = trajectory;
  const told = interval && interval.high - interval.low <= WIDEST_INTERVAL;
  const between = told
    ? `, ${formatPercent(interval.coverage)} interval ${formatSigned(interval.low)} to ${formatSigned(interval.high)}`
    : '';
  const certain = confidence >= LEAST_CERTAINTY;
  const is = certain ? `Satisfaction is ${DIRECTIONS[direction]}` : 'Satisfaction has no clear direction';
  const sure = certain
    ? `This is ${formatPercent(confidence)} sure, from`
    : `That it is ${DIRECTIONS[direction]} is ${formatPercent(confidence)} sure, from`;
  return `${is}: ${formatSigned(slope)} points of 100 in 30 days${between}. ${sure} answers on ${plural(trajectory.days, 'day')}.`;
}

const GROUPS: Record<CustomerGroup, string> = {
  new: 'new (first order under 30 days ago)',
  active: 'active (an order in 12 months)',
  long_tenured: 'long-tenured (first order over 12 months ago)',
  loyal: 'loyal (4 orders or more)',
  advocate: 'advocate (brought a friend)',
};

/** The groups of a customer, "Active (an order in 12 months), loyal (4 orders or more)". */
export function groupsText(groups: readonly CustomerGroup[]): string {
  const text = groups.map((group) => GROUPS[group]).join(', ');
  return text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : 'None: no order counts yet';
}

/** Whether the customer would recommend the shop, and what that rests on. */
export function referralText({ score, parts }: ReferralScore): string {
  if (score === null) return 'Not known: never answered how likely they are to recommend you';
  const done = parts.find(({ key }) => key === 'has_recommended')?.grade ?? null;
  const basis =
    done === null ? 'what they say; whom they brought is not known' : 'what they say and whom they brought';
  return `${formatNumber(10 * score, 1)} of 10 by a rule, from ${basis}`;
}

const SIGNS: Record<HighValueSignKey, string> = {
  first_csat: 'happy with the first order',
  fast_adoption: 'a fast second order',
  help_reading: 'reads the help pages',
  social_engagement: 'shows the shop to others',
  referrals: 'brings friends',
};

/** Which early signs of a high value a customer shows. */
export function signsText({ signs, present, known }: HighValueReport): string {
  if (known === 0) return 'Nothing is known about early signs of a high value yet.';
  const shown = signs.filter((sign) => sign.present === true).map(({ key }) => SIGNS[key]);
  const counted = `${present} of ${known} known signs`;
  return present === 0
    ? `None so far; ${known} of ${signs.length} are known.`
    : `${counted}: ${shown.join(', ')}.`;
}
