/** The part of churn that explains: five warning indicators, graded and weighted (domain.md section 4). */

export type WarningKey = 'satisfaction' | 'behaviour' | 'support' | 'purchases' | 'external';

/** Percent of the total. */
export const WARNING_WEIGHTS: Readonly<Record<WarningKey, number>> = {
  satisfaction: 35,
  behaviour: 25,
  support: 20,
  purchases: 15,
  external: 5,
};

/** The rule that made the grades; raised with every change of a weight or threshold. */
export const WARNING_VERSION = 'warning-1';

/**
 * What is known about one customer as of one moment, each a number of fixed size that one aggregate over rows gives.
 * null = the source is not connected, or has too little to say; a number that is not finite counts as null.
 */
export interface WarningFacts {
  /** How far the newest NPS lies below the mean of the earlier ones, in points of 100; negative where it rose. */
  npsDropPoints: number | null;
  /** Mean of the remembered CSAT ratings, newer ones counting more, 1-5. */
  csatMean: number | null;
  /** Human clicks in e-mails. Counts too small to tell a fall from chance are taken as unknown. */
  clicksLast30Days: number | null;
  clicksPrevious30Days: number | null;
  daysSinceVisit: number | null;
  /** Contacts about problems in the last 30 days. */
  contactsLast30Days: number | null;
  /** Cases of the last 90 days for which the customer had to come back, see app/domain/cases/escalated.ts. */
  escalatedLast90Days: number | null;
  /** How long the oldest case without a solution has waited; 0 when there is none. */
  oldestUnresolvedHours: number | null;
  daysSinceOrder: number | null;
  /** The customer's typical days between two orders. */
  typicalGapDays: number | null;
  /** Mean of the last 3 orders and of those before, minor units. */
  recentOrderValueMinor: number | null;
  earlierOrderValueMinor: number | null;
  /** The worst public review of the last 90 days, 1-5. */
  worstReviewRating: number | null;
  /** Public complaints of the last 90 days. */
  publicComplaintsLast90Days: number | null;
}

/** One sign inside an indicator. */
export interface WarningSign {
  key: string;
  /** 0 = nothing to see, 0.5 = at the threshold of the field, 1 = as bad as it is graded. */
  grade: number | null;
  /** What was graded, in the unit of the key; null = unknown. */
  value: number | null;
}

export interface WarningIndicator {
  key: WarningKey;
  weight: number;
  /** The worst of the known signs, 0-1; null when none is known. */
  grade: number | null;
  /** Its part of the total; all contributions add up to the total. */
  contribution: number;
  signs: WarningSign[];
}

export interface WarningReport {
  /** 0-1, by weight over the known indicators; null when none is known. */
  total: number | null;
  /** Known share of the weight, 0-1; an indicator is known in part when some of its signs are not. */
  coverage: number;
  indicators: WarningIndicator[];
  version: string;
}

/** Fewer clicks than this in the earlier window, and their absence is chance. */
const MIN_CLICKS_BEFORE = 2;
/** Orders less than a day apart are no rhythm. */
const SHORTEST_GAP_DAYS = 1;

/**
 * Where a sign starts to count, where it stands at the threshold of the field (grade 0.5), and where it is as bad as it
 * is graded. Thresholds named by domain.md sections 4, 8 and 12: NPS down 20 points, CSAT 3.5, clicks down by half, 30
 * days without a visit, 2 contacts in 30 days, 48 hours to close a case, 1.5 typical gaps, low is 1-2 stars.
 */
const SCALES = {
  nps_drop_points: [0, 20, 40],
  csat_mean: [4.2, 3.5, 2],
  clicks_drop_share: [0, 0.5, 1],
  days_since_visit: [15, 30, 90],
  contacts: [1, 2, 3],
  escalated: [0, 0.5, 1],
  unresolved_hours: [0, 48, 168],
  gaps_since_order: [1, 1.5, 3],
  order_value_drop_share: [0, 0.25, 0.5],
  worst_review: [4, 3, 2],
  public_complaints: [0, 0.5, 1],
} as const satisfies Record<string, readonly [none: number, threshold: number, full: number]>;
type SignKey = keyof typeof SCALES;

/**
 * Grades the five indicators. An indicator is as bad as the worst of its known signs, so that a sign that becomes known
 * never hides another. Unknown indicators leave the total, whose other weights are scaled up; they never count as 0.
 * Monotone: a worse fact never lowers a grade, nor the total.
 */
export function warningIndicators(facts: WarningFacts): WarningReport {
  const signs: Record<WarningKey, WarningSign[]> = {
    satisfaction: [sign('nps_drop_points', facts.npsDropPoints), sign('csat_mean', facts.csatMean)],
    behaviour: [
      sign('clicks_drop_share', clicksDropShare(facts)),
      sign('days_since_visit', facts.daysSinceVisit),
    ],
    support: [
      sign('contacts', facts.contactsLast30Days),
      sign('escalated', facts.escalatedLast90Days),
      sign('unresolved_hours', facts.oldestUnresolvedHours),
    ],
    purchases: [
      sign('gaps_since_order', gapsSinceOrder(facts)),
      sign('order_value_drop_share', orderValueDropShare(facts)),
    ],
    external: [
      sign('worst_review', facts.worstReviewRating),
      sign('public_complaints', facts.publicComplaintsLast90Days),
    ],
  };
  const keys = Object.keys(WARNING_WEIGHTS) as WarningKey[];
  const graded = keys.map((key) => ({ key, weight: WARNING_WEIGHTS[key], ...worst(signs[key]) }));
  let knownWeight = 0;
  let coverage = 0;
  let sum = 0;
  for (const { weight, grade, knownShare } of graded) {
    coverage += weight * knownShare;
    if (grade === null) continue;
    knownWeight += weight;
    sum += weight * grade;
  }
  return {
    total: knownWeight === 0 ? null : Math.min(1, sum / knownWeight),
    coverage: Math.min(1, coverage / 100),
    indicators: graded.map(({ key, weight, grade }) => ({
      key,
      weight,
      grade,
      contribution: grade === null ? 0 : (weight * grade) / knownWeight,
      signs: signs[key],
    })),
    version: WARNING_VERSION,
  };
}

function worst(signs: readonly WarningSign[]): { grade: number | null; knownShare: number } {
  const known = signs.flatMap(({ grade }) => (grade === null ? [] : [grade]));
  return { grade: known.length === 0 ? null : Math.max(...known), knownShare: known.length / signs.length };
}

function sign(key: SignKey, given: number | null): WarningSign {
  const value = knownNumber(given);
  if (value === null) return { key, grade: null, value };
  const [none, threshold, full] = SCALES[key];
  // One line from none to the threshold, another from there to full, whichever way the scale runs.
  const first = (value - none) / (threshold - none);
  const second = (value - threshold) / (full - threshold);
  const grade = first <= 0 ? 0 : first < 1 ? first / 2 : Math.min(1, 0.5 + second / 2);
  return { key, grade, value };
}

function clicksDropShare({ clicksLast30Days, clicksPrevious30Days }: WarningFacts): number | null {
  const before = knownNumber(clicksPrevious30Days);
  const last = knownNumber(clicksLast30Days);
  if (before === null || last === null || before < MIN_CLICKS_BEFORE) return null;
  return 1 - Math.max(0, last) / before;
}

function gapsSinceOrder({ daysSinceOrder, typicalGapDays }: WarningFacts): number | null {
  const gap = knownNumber(typicalGapDays);
  const days = knownNumber(daysSinceOrder);
  return gap === null || days === null || gap <= 0 ? null : days / Math.max(SHORTEST_GAP_DAYS, gap);
}

function orderValueDropShare({ recentOrderValueMinor, earlierOrderValueMinor }: WarningFacts): number | null {
  const earlier = knownNumber(earlierOrderValueMinor);
  const recent = knownNumber(recentOrderValueMinor);
  return earlier === null || recent === null || earlier < 1 ? null : 1 - recent / earlier;
}

const knownNumber = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;
