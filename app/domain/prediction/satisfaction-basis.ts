/** The facts of an order as the columns of a regression: what is no straight line is cut into pieces that are. */
import type { SatisfactionFeature, SatisfactionFeatures } from './satisfaction-features.ts';
import type { SatisfactionReason } from './satisfaction-reasons.ts';
import type { Term } from './satisfaction-regression.ts';

/** The reason that each fact belongs to. */
export const REASON_OF: Readonly<Record<SatisfactionFeature, SatisfactionReason>> = {
  lateDays: 'lateness',
  totalDays: 'waiting',
  promisedDays: 'promise',
  promiseShare: 'lateness',
  handlingDays: 'handling',
  transitDays: 'waiting',
  items: 'basket',
  parcels: 'parcels',
  value: 'value',
  unitValue: 'value',
  freight: 'freight',
  freightShare: 'freight',
  sellerLow: 'seller',
  categoryLow: 'category',
  regionLow: 'region',
  sellerLate: 'seller',
  regionLate: 'region',
  recentLate: 'delays_now',
  earlierOrders: 'earlier_orders',
  refundedShare: 'refund',
  productLow: 'product',
  lastAnswer: 'last_answer',
  contacts: 'contacts',
};

interface Piece extends Partial<Term> {
  reason: SatisfactionReason;
  of: (facts: SatisfactionFeatures) => number;
}

/** More of it never makes a customer happier. */
const WORSE = { sign: 1 } as const;
/** What the past of a seller, a category or a region says of one more order: less than half of it, until answers say more. */
const PAST = { ...WORSE, ridge: 5 } as const;
/** What few orders have: log-odds change by up to 1, until answers say more. */
const RARE = { ridge: 1 } as const;
/** Costs of sending mostly tell what else is told: how far and how heavy. */
const FREIGHT = { ridge: 20 } as const;
const FREIGHT_SHARE = { ridge: 2 } as const;

const held = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The part of a fact within each stretch between two neighbouring knots: a line that bends at the knots. */
function stretches(feature: SatisfactionFeature, prior: Partial<Term>, ...knots: number[]): Piece[] {
  return knots.slice(1).map((end, i) => ({
    ...prior,
    reason: REASON_OF[feature],
    of: (facts) => held(facts[feature], knots[i]!, end) - knots[i]!,
  }));
}

/** Days on a scale on which the tenth counts more than the fiftieth. */
const logDays = (days: number) => Math.log(1 + held(days, 0, 120));
/** Where no date was promised, waiting itself must tell. */
const unpromised = (facts: SatisfactionFeatures) => Number(Number.isNaN(facts.lateDays));
const late = (facts: SatisfactionFeatures) => Number(facts.lateDays > 0);
const several = (facts: SatisfactionFeatures) => Number(facts.items > 1);

/** For every order. */
const COMMON: readonly Piece[] = [
  ...stretches('lateDays', WORSE, -20, 0, 10, 20),
  ...[0, 1, 3].map((days): Piece => ({
    ...WORSE,
    reason: 'lateness',
    of: (facts) => Number(facts.lateDays > days),
  })),
  { reason: 'waiting', of: unpromised },
  { ...WORSE, reason: 'waiting', of: (facts) => unpromised(facts) * logDays(facts.totalDays) },
  { ...WORSE, reason: 'waiting', of: (facts) => unpromised(facts) * held(facts.totalDays - 20, 0, 40) },
  { ...WORSE, reason: 'handling', of: (facts) => logDays(facts.handlingDays) },
  { reason: 'promise', of: (facts) => logDays(facts.promisedDays) },
  { reason: 'basket', of: several },
  { reason: 'basket', of: (facts) => Math.log(held(facts.items, 1, 20)) },
  // Of a late order only: where every order has several items it is lateness and nothing else.
  { ...RARE, reason: 'lateness', of: (facts) => several(facts) * late(facts) },
  { ...WORSE, ...RARE, reason: 'parcels', of: (facts) => Number(facts.parcels > 1) },
  ...stretches('freight', FREIGHT, -4, 4),
  ...stretches('freightShare', FREIGHT_SHARE, 0, 0.6),
  ...stretches('sellerLow', PAST, -2, 2),
  ...stretches('categoryLow', PAST, -2, 2),
  ...stretches('regionLow', PAST, -2, 2),
  { reason: 'earlier_orders', of: (facts) => Number(facts.earlierOrders > 0) },
  { ...WORSE, reason: 'refund', of: (facts) => Number(facts.refundedShare > 0) },
  ...stretches('refundedShare', WORSE, 0, 1),
  ...stretches('productLow', WORSE, -5, 2),
  ...stretches('lastAnswer', { sign: -1 }, 0, 100),
  ...stretches('contacts', WORSE, 0, 3),
];

/** On its way it is still open how late an order will be: what delays others counts as well. */
const ON_ITS_WAY: readonly Piece[] = [
  { ...WORSE, reason: 'waiting', of: (facts) => logDays(facts.totalDays) },
  { reason: 'handling', of: (facts) => Number(Number.isNaN(facts.transitDays)) },
  ...stretches('promiseShare', WORSE, 0, 2),
  ...stretches('sellerLate', PAST, -2, 2),
  ...stretches('regionLate', PAST, -2, 2),
  ...stretches('recentLate', WORSE, -2, 2),
];

export const STAGES = ['delivered', 'on_its_way'] as const;
export type Stage = (typeof STAGES)[number];

const PIECES: Readonly<Record<Stage, readonly Piece[]>> = {
  delivered: COMMON,
  on_its_way: [...COMMON, ...ON_ITS_WAY],
};

/** The reason of each column of a stage. */
export const reasonsOfPieces = (stage: Stage): SatisfactionReason[] =>
  PIECES[stage].map(({ reason }) => reason);

/** What is known of the coefficient of each column of a stage before any answer. */
export const termsOf = (stage: Stage): Term[] =>
  PIECES[stage].map(({ sign = 0, ridge = null }) => ({ sign, ridge }));

/** The columns of an order; NaN = unknown. */
export const piecesOf = (stage: Stage, facts: SatisfactionFeatures): number[] =>
  PIECES[stage].map(({ of }) => of(facts));
