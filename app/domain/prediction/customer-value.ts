/** What a customer is worth over the next twelve months: expected orders times expected value, with an interval. */
import { gammaCumulative, gammaQuantile, normalQuantile } from './normal.ts';
import { countsOf } from './purchase-features.ts';
import { expectedOrders, HIGH_SHARE, LOW_SHARE, type PurchaseModel } from './purchase-model.ts';
import { spreadOver, varianceOf } from './purchase-spread.ts';
import type { PurchaseSummary } from './purchase-summary.ts';

/** Margin of twelve months in minor units of the shop's currency. */
export interface CustomerValue {
  expectedMinor: number;
  /** Central 80% interval. */
  lowMinor: number;
  highMinor: number;
  expectedPurchases: number;
  /** Expected value of one purchase day, net of refunds. */
  meanValueMinor: number;
}

/** Days ahead for which customers are valued: a model of a shorter horizon is stretched by its rhythm, and judged so. */
export const VALUE_DAYS = 365;
/** Where few values are known the spread of their mean has no end; it is held there. */
const LEAST_DEGREES = 0.5;

interface ExpectedValue {
  meanMinor: number;
  /** Of one purchase around the customer's own mean. */
  varianceOfOne: number;
  /** Of what is not known about that mean. */
  varianceOfMean: number;
}

/**
 * Expected value of a purchase day of one customer, net of refunds: Gamma-Gamma (gamma-gamma.ts) from the days after the
 * first, which are what the model is about. Days of which nothing was kept count with the value 0, for the customer as
 * for the shop: the less was kept, the less is expected. Null where the shop knows no value at all.
 */
export function expectedValueMinor(
  { spend, keptShare, meanValueMinor }: PurchaseModel,
  { valuedRepeats, repeatValueMinor }: PurchaseSummary,
): ExpectedValue | null {
  if (spend === null) {
    if (meanValueMinor === null) return null;
    // Too few to learn from: values as uneven as those of an exponential distribution.
    return { meanMinor: meanValueMinor, varianceOfOne: meanValueMinor ** 2, varianceOfMean: 0 };
  }
  const { p, q, v } = spend;
  // The rate of a customer's values is Gamma(shape, rate) after what was seen of them. Its mean is a mean of the shop's,
  // which weighs (q - 1) / p days, and of the customer's own days; the shop's is lower by those who keep nothing.
  const shape = q + p * valuedRepeats;
  const rate = keptShare * v + repeatValueMinor;
  const square = rate ** 2 / ((shape - 1) * Math.max(LEAST_DEGREES, shape - 2));
  const meanMinor = (p * rate) / (shape - 1);
  // How little is known of whether this customer keeps anything.
  const unknown = (q - 1) / (shape - 1);
  const ofKeeping = keptShare > 0 ? unknown * (1 / keptShare - 1) * meanMinor ** 2 : 0;
  return {
    meanMinor,
    varianceOfOne: p * square,
    varianceOfMean: (p * p * square) / (shape - 1) + ofKeeping,
  };
}

/** The revenue of a customer in days ahead: 0 with 1 - `chance`, and else Gamma, with this mean and variance in all. */
export interface RevenueDistribution {
  chance: number;
  meanMinor: number;
  variance: number;
  expectedPurchases: number;
  /** Expected value of one purchase day, net of refunds. */
  meanValueMinor: number;
}

/**
 * What a customer may spend in the `days` ahead. It takes in how many orders come, what each is worth, how little is
 * known of the customer's own mean, and how far totals of the shop lie off what was expected.
 * @returns null where the shop knows no value at all
 */
export function revenueAhead(
  model: PurchaseModel,
  summary: PurchaseSummary,
  days: number,
): RevenueDistribution | null {
  const value = expectedValueMinor(model, summary);
  if (value === null) return null;
  const { chance, further } = expectedOrders(model, countsOf(summary), days);
  const orders = chance * (1 + further);
  const ordersVariance =
    varianceOf(spreadOver(model.spread, days, model.windowDays), chance, further) +
    (orders * model.totalDeviation) ** 2;
  const { meanMinor } = value;
  return {
    chance,
    meanMinor: orders * meanMinor,
    variance:
      orders * value.varianceOfOne +
      ordersVariance * meanMinor ** 2 +
      (ordersVariance + orders ** 2) * value.varianceOfMean,
    expectedPurchases: orders,
    meanValueMinor: meanMinor,
  };
}

/**
 * The margin that a customer is expected to bring in the next 365 days, rounded to minor units. Where none may come at
 * all, as is usual, the low end of the interval is 0, and more than 80% lie inside.
 * @param marginShare 0-1
 * @returns null where the shop knows no value at all, or values did not pass their back-test
 * @throws RangeError for a margin share outside 0-1
 */
export function customerValue(
  model: PurchaseModel,
  summary: PurchaseSummary,
  marginShare: number,
): CustomerValue | null {
  if (!(marginShare >= 0 && marginShare <= 1)) {
    throw new RangeError(`The margin share must lie between 0 and 1, not at ${marginShare}.`);
  }
  if (model.value?.shown === false) return null;
  const revenue = revenueAhead(model, summary, VALUE_DAYS);
  if (revenue === null) return null;
  const { lowShare, highShare } = model.value ?? { lowShare: LOW_SHARE, highShare: HIGH_SHARE };
  const quantile = (share: number) => Math.round(marginShare * revenueQuantile(revenue, share));
  return {
    expectedMinor: Math.round(marginShare * revenue.meanMinor),
    lowMinor: quantile(lowShare),
    highMinor: quantile(highShare),
    expectedPurchases: revenue.expectedPurchases,
    meanValueMinor: revenue.meanValueMinor,
  };
}

function revenueQuantile(revenue: RevenueDistribution, share: number): number {
  const { chance, meanMinor } = revenue;
  if (1 - chance >= share || meanMinor <= 0) return 0;
  const { mean, variance } = ofSome(revenue);
  return gammaQuantile(mean, variance, normalQuantile((share - (1 - chance)) / chance));
}

/** P(revenue <= amount). */
export function revenueCumulative(revenue: RevenueDistribution, amountMinor: number): number {
  if (amountMinor < 0) return 0;
  const { chance, meanMinor } = revenue;
  if (amountMinor === 0 || meanMinor <= 0) return amountMinor > 0 ? 1 : 1 - chance;
  const { mean, variance } = ofSome(revenue);
  return 1 - chance + chance * gammaCumulative(mean, variance, amountMinor);
}

/** Mean and variance of the revenue of who orders at all. */
function ofSome({ chance, meanMinor, variance }: RevenueDistribution): { mean: number; variance: number } {
  const mean = meanMinor / chance;
  return {
    mean,
    variance: Math.max((variance + meanMinor * meanMinor) / chance - mean * mean, 1e-6 * mean ** 2),
  };
}
