/**
 * Would this customer recommend the shop, and have they done so (domain.md section 4)? A rule on a scale of 0-1, not a
 * probability: until enough invitations have had an outcome there is nothing to fit or to calibrate it on.
 */

export type ReferralPart = 'would_recommend' | 'has_recommended';

/** Percent of the score. What somebody has done weighs as much as what they say. */
export const REFERRAL_WEIGHTS: Readonly<Record<ReferralPart, number>> = {
  would_recommend: 50,
  has_recommended: 50,
};

export interface ReferralFacts {
  /** Mean of the remembered NPS ratings in points of 100, newer ones counting more; null = never asked or answered. */
  npsPoints: number | null;
  /** Was given a link or code to hand on, so that not having used it says something. */
  invited: boolean;
  /** Times friends opened the link. */
  linkVisits: number;
  /** Friends who ordered and whose return window is open. */
  pendingReferrals: number;
  qualifiedReferrals: number;
}

export interface ReferralScore {
  /** 0-1; null when neither part is known. */
  score: number | null;
  /** Known share of the weight, 0-1. */
  coverage: number;
  parts: { key: ReferralPart; weight: number; grade: number | null }[];
  /** Says on the screen that this is a rule, not a prediction. */
  basis: 'rule';
}

/** NPS 5 and below: would not recommend; from there the grade rises by 0.2 per step to 1 at 10. */
const NEUTRAL_POINTS = 50;
/** What the strongest thing a customer has done is worth. */
const DONE = { twice: 1, once: 0.8, pending: 0.6, linkOpened: 0.3, nothing: 0 } as const;

/**
 * The score, from the NPS history and from the customer's referrals; an unknown part leaves it and the other is
 * weighted up. Who was never invited and has referred nobody is unknown there, not 0. Monotone in every fact.
 */
export function referralPropensity(facts: ReferralFacts): ReferralScore {
  const grades: Record<ReferralPart, number | null> = {
    would_recommend: wouldRecommend(facts.npsPoints),
    has_recommended: hasRecommended(facts),
  };
  const parts = (Object.keys(REFERRAL_WEIGHTS) as ReferralPart[]).map((key) => ({
    key,
    weight: REFERRAL_WEIGHTS[key],
    grade: grades[key],
  }));
  let sum = 0;
  let knownWeight = 0;
  for (const { weight, grade } of parts) {
    if (grade === null) continue;
    sum += weight * grade;
    knownWeight += weight;
  }
  const score = knownWeight === 0 ? null : sum / knownWeight;
  return { score, coverage: knownWeight / 100, parts, basis: 'rule' };
}

function wouldRecommend(npsPoints: number | null): number | null {
  if (npsPoints === null || !Number.isFinite(npsPoints)) return null;
  return Math.min(1, Math.max(0, (npsPoints - NEUTRAL_POINTS) / (100 - NEUTRAL_POINTS)));
}

function hasRecommended({
  invited,
  linkVisits,
  pendingReferrals,
  qualifiedReferrals,
}: ReferralFacts): number | null {
  if (qualifiedReferrals >= 2) return DONE.twice;
  if (qualifiedReferrals >= 1) return DONE.once;
  if (pendingReferrals >= 1) return DONE.pending;
  if (linkVisits >= 1) return DONE.linkOpened;
  return invited ? DONE.nothing : null;
}
