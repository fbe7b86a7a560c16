/** The facts of an order as the columns of a regression: what is no straight line is cut into pieces that are. */
import type { SatisfactionFeature, SatisfactionFeatures } from './satisfaction-features.ts';
import type { SatisfactionReason } from './satisfaction-reasons.ts';

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

interface Piece {
  reason: SatisfactionReason;
  of: (facts: SatisfactionFeatures) => number;
}

const held = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The part of a fact within each stretch between two neighbouring knots: a line that bends at the knots. */
function stretches(feature: SatisfactionFeature, ...knots: number[]): Piece[] {
  return knots.slice(1).map((end, i) => ({
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
  ...stretches('lateDays', -20, 0, 10, 20),
  ...[0, 1, 3].map((days): Piece => ({ reason: 'lateness', of: (facts) => Number(facts.lateDays > days) })),
  { reason: 'waiting', of: unpromised },
  { reason: 'waiting', of: (facts) => unpromised(facts) * logDays(facts.totalDays) },
  { reason: 'waiting', of: (facts) => unpromised(facts) * held(facts.totalDays - 20, 0, 40) },
  { reason: 'handling', of: (facts) => logDays(facts.handlingDays) },
  { reason: 'promise', of: (facts) => logDays(facts.promisedDays) },
  { reason: 'basket', of: several },
  { reason: 'basket', of: (facts) => Math.log(held(facts.items, 1, 20)) },
  { reason: 'basket', of: (facts) => several(facts) * late(facts) },
  { reason: 'parcels', of: (facts) => Number(facts.parcels > 1) },
  ...stretches('freight', -4, 4),
  ...stretches('freightShare', 0, 0.6),
  ...stretches('sellerLow', -2, 2),
  ...stretches('categoryLow', -2, 2),
  ...stretches('regionLow', -2, 2),
  { reason: 'earlier_orders', of: (facts) => Number(facts.earlierOrders > 0) },
  { reason: 'refund', of: (facts) => Number(facts.refundedShare > 0) },
  ...stretches('refundedShare', 0, 1),
  ...stretches('productLow', -5, 2),
  ...stretches('lastAnswer', 0, 100),
  ...stretches('contacts', 0, 3),
];

/** On its way it is still open how late an order will be: what delays others counts as well. */
const ON_ITS_WAY: readonly Piece[] = [
  { reason: 'waiting', of: (facts) => logDays(facts.totalDays) },
  { reason: 'handling', of: (facts) => Number(Number.isNaN(facts.transitDays)) },
  ...stretches('promiseShare', 0, 2),
  ...stretches('sellerLate', -2, 2),
  ...stretches('regionLate', -2, 2),
  ...stretches('recentLate', -2, 2),
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

/** The columns of an order; NaN = unknown. */
export const piecesOf = (stage: Stage, facts: SatisfactionFeatures): number[] =>
  PIECES[stage].map(({ of }) => of(facts));
