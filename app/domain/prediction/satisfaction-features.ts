/** The facts of one order at a moment, as numbers. */
import type { OrderHistory, PastCounts } from './satisfaction-history.ts';
import { daysBetween, parcelsBy, promisedBy, type DeliveryRecord } from './satisfaction-record.ts';

/** In this order everywhere: a fitted model refers to them by place. */
export const SATISFACTION_FEATURES = [
  'lateDays',
  'totalDays',
  'promisedDays',
  'promiseShare',
  'handlingDays',
  'transitDays',
  'items',
  'parcels',
  'value',
  'unitValue',
  'freight',
  'freightShare',
  'sellerLow',
  'categoryLow',
  'regionLow',
  'sellerLate',
  'regionLate',
  'recentLate',
  'earlierOrders',
  'refundedShare',
  'productLow',
  'lastAnswer',
  'contacts',
] as const;
export type SatisfactionFeature = (typeof SATISFACTION_FEATURES)[number];
/** NaN = unknown. */
export type SatisfactionFeatures = Record<SatisfactionFeature, number>;

/** What weighs against the own past of a seller, category or region: so many low answers as expected ... */
const PRIOR_LOW = { seller: 2, category: 3, region: 4 };
/** ... and so many deliveries with the rate of the whole shop. */
const PRIOR_DELIVERIES = 20;
/** Rates of a shop that has none of its own yet. */
const FIRST_LOW = 5;
const FIRST_LATE_RATE = 0.1;
const PRODUCT_PRIOR = 20;
const FIRST_LOW_RATE = 0.1;

/**
 * The facts of an order as of a moment: once delivered, its whole way; before, the way so far, as if it arrived now,
 * which only understates how late it will be. Of what came after `asOf` nothing enters: dates behind it are unknown, and
 * so are parcels that had not been shipped and a promise that had not been told.
 * @param history what was known of others by `asOf`
 * @param typicalValueMinor the shop's median order, so that currencies don't matter
 */
export function satisfactionFeatures(
  record: DeliveryRecord,
  asOf: Date,
  history: OrderHistory,
  typicalValueMinor: number,
): SatisfactionFeatures {
  const by = (moment: Date | null) => (moment !== null && moment <= asOf ? moment : null);
  const shippedAt = by(record.shippedAt);
  const end = by(record.deliveredAt) ?? asOf;
  const totalDays = daysBetween(record.orderedAt, end);
  const promisedAt = promisedBy(record, asOf);
  const promisedDays = daysBetween(record.orderedAt, promisedAt);
  const items = Math.max(1, record.items);
  const valueMinor = record.valueMinor ?? NaN;
  const freightMinor = record.freightMinor ?? NaN;
  const relative = (minor: number) =>
    Math.log((Math.max(0, minor) + 0.01 * typicalValueMinor) / typicalValueMinor);
  const answers = record.productAnswers;
  return {
    lateDays: daysBetween(promisedAt, end),
    totalDays,
    promisedDays,
    promiseShare: promisedDays > 0 ? totalDays / promisedDays : NaN,
    // Not shipped yet: it has been handled so far. Delivered without a shipping date: unknown.
    handlingDays: shippedAt
      ? daysBetween(record.orderedAt, shippedAt)
      : by(record.deliveredAt)
        ? NaN
        : totalDays,
    transitDays: shippedAt ? daysBetween(shippedAt, end) : NaN,
    items,
    parcels: parcelsBy(record, asOf),
    value: relative(valueMinor),
    unitValue: relative(valueMinor / items),
    freight: relative(freightMinor),
    freightShare: freightMinor / Math.max(1, freightMinor + valueMinor),
    sellerLow: lowAgainstExpected(history.seller, history.overall, PRIOR_LOW.seller),
    categoryLow: lowAgainstExpected(history.category, history.overall, PRIOR_LOW.category),
    regionLow: lowAgainstExpected(history.region, history.overall, PRIOR_LOW.region),
    sellerLate: lateAgainstAll(history.seller, history.overall),
    regionLate: lateAgainstAll(history.region, history.overall),
    recentLate: lateAgainstAll(history.recent, history.overall),
    earlierOrders: record.earlierOrders ?? NaN,
    refundedShare: record.refundedShare ?? NaN,
    productLow: answers ? logOdds(shrunk(answers.low, answers.rated, FIRST_LOW_RATE, PRODUCT_PRIOR)) : NaN,
    lastAnswer: record.lastAnswer ?? NaN,
    contacts: record.contacts ?? NaN,
  };
}

/** The median value of orders, at least 1; 1 where none has a value. */
export function typicalValueOf(records: readonly DeliveryRecord[]): number {
  const values = records
    .flatMap(({ valueMinor }) => (valueMinor === null ? [] : [valueMinor]))
    .sort((a, b) => a - b);
  return Math.max(1, values[values.length >> 1] ?? 1);
}

/** A feature row in the order of `SATISFACTION_FEATURES`. */
export const featureRow = (features: SatisfactionFeatures): number[] =>
  SATISFACTION_FEATURES.map((name) => features[name]);

/**
 * Log of the low answers of one against those that its deliveries alone explain, both measured against the whole shop:
 * indirect standardisation, shrunk to 0 by a gamma prior of `prior` expected low answers.
 */
function lowAgainstExpected(own: PastCounts | null, overall: PastCounts, prior: number): number {
  if (own === null) return NaN;
  const shop = (overall.low + FIRST_LOW) / (overall.expectedLow + FIRST_LOW);
  return Math.log((own.low + prior) / (own.expectedLow * shop + prior));
}

/** Log-odds of being late, shrunk to the shop's rate, less those of the shop. */
function lateAgainstAll(own: Pick<PastCounts, 'delivered' | 'late'> | null, overall: PastCounts): number {
  if (own === null) return NaN;
  const shop = shrunk(overall.late, overall.delivered, FIRST_LATE_RATE, PRIOR_DELIVERIES);
  return logOdds(shrunk(own.late, own.delivered, shop, PRIOR_DELIVERIES)) - logOdds(shop);
}

const shrunk = (count: number, of: number, rate: number, weight: number) =>
  (count + rate * weight) / (of + weight);

const logOdds = (rate: number) => Math.log(rate / (1 - rate));
