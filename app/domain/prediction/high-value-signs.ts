/** Early signs that a customer will be worth much, seen before their orders tell (domain.md section 4). */

export const HIGH_VALUE_SIGNS = [
  'first_csat',
  'fast_adoption',
  'help_reading',
  'social_engagement',
  'referrals',
] as const;
export type HighValueSignKey = (typeof HIGH_VALUE_SIGNS)[number];

/** What is known as of one moment; null = the source is not connected or has nothing to say yet. */
export interface HighValueFacts {
  /** Mean CSAT of the surveys about the first order, 1-5. */
  firstCsat: number | null;
  /** Days from the first delivery to the second order; null while there is none. */
  adoptionTempoDays: number | null;
  daysSinceFirstDelivery: number | null;
  /** The typical days between two orders in this shop. */
  typicalGapDays: number | null;
  /** Help pages read, seen with consent. */
  helpPagesRead: number | null;
  /** Public reviews, shared pictures, follows and the like. */
  socialInteractions: number | null;
  /** Qualified referrals; null for who has no code to hand on. */
  referrals: number | null;
}

export interface HighValueSign {
  key: HighValueSignKey;
  /** null = unknown. */
  present: boolean | null;
  /** What was looked at: CSAT, days, or a count. */
  value: number | null;
}

export interface HighValueReport {
  signs: HighValueSign[];
  present: number;
  known: number;
}

const MIN_FIRST_CSAT = 4.5;
const MIN_HELP_PAGES = 2;
/** A second order within this time is fast where the shop's own rhythm is not known. */
const FAST_DAYS = 30;

/**
 * Which of the five signs a customer shows: a first CSAT of 4.5 or more, a second order sooner after delivery than the
 * shop's typical gap, two help pages read or more, any social engagement, any referral. They are counted, not weighed:
 * what they are worth is for the shop's own figures to show. A second order that has not come is unknown until the
 * time for a fast one is over. Numbers that are not finite count as unknown.
 */
export function highValueSigns(facts: HighValueFacts): HighValueReport {
  const atLeast = (value: number | null, threshold: number): Omit<HighValueSign, 'key'> => {
    const known = value !== null && Number.isFinite(value) ? value : null;
    return { value: known, present: known === null ? null : known >= threshold };
  };
  const found: Record<HighValueSignKey, Omit<HighValueSign, 'key'>> = {
    first_csat: atLeast(facts.firstCsat, MIN_FIRST_CSAT),
    fast_adoption: fastAdoption(facts),
    help_reading: atLeast(facts.helpPagesRead, MIN_HELP_PAGES),
    social_engagement: atLeast(facts.socialInteractions, 1),
    referrals: atLeast(facts.referrals, 1),
  };
  const signs = HIGH_VALUE_SIGNS.map((key) => ({ key, ...found[key] }));
  return {
    signs,
    present: signs.filter(({ present }) => present === true).length,
    known: signs.filter(({ present }) => present !== null).length,
  };
}

function fastAdoption(facts: HighValueFacts): Omit<HighValueSign, 'key'> {
  const { adoptionTempoDays: tempo, daysSinceFirstDelivery: since, typicalGapDays: gap } = facts;
  const fastDays = gap !== null && Number.isFinite(gap) && gap > 0 ? gap : FAST_DAYS;
  if (tempo !== null && Number.isFinite(tempo)) return { value: tempo, present: tempo <= fastDays };
  return { value: null, present: since !== null && since > fastDays ? false : null };
}
