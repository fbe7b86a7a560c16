/**
 * The model that predicts orders, as it is stored, and its predictions. Its parts: the rhythm of the shop's buyers
 * (purchase-rhythm.ts) gives each buyer's chance of an order and the orders after it; corrections learnt on earlier windows
 * of the same shop (purchase-corrections.ts) make both right on average for buyers of each kind; a spread
 * (purchase-spread.ts) says how far counts lie around it. What is called churn is P(no order within the horizon), never
 * the chance that a buyer is lost for good.
 */
import { z } from 'zod';
import { correctedAnswer, correctionSchema } from './purchase-corrections.ts';
import { answerOf, countsOf, traitsOf } from './purchase-features.ts';
import type { PurchaseCounts } from './purchase-counts.ts';
import { quantileOf, spreadOver, spreadSchema } from './purchase-spread.ts';
import type { PurchaseSummary } from './purchase-summary.ts';

export const PURCHASE_MODEL_VERSION = 'purchase-3';
/** Stored models of these versions go on predicting until the next fit, which is due at once. */
const READABLE_VERSIONS = ['purchase-1', 'purchase-2', PURCHASE_MODEL_VERSION] as const;

const positive = z.number().positive();

/** What the back-test of values came to, as far as it decides about what is shown (customer-value-backtest.ts). */
export const valueProofSchema = z.object({
  shown: z.boolean(),
  /** Days ahead over which values were judged, at most those of a year. */
  days: z.number().int().positive(),
  /** Shares of the predicted distribution that are the bounds of an interval of a year, to hold 80% of the customers. */
  lowShare: z.number().min(0).max(1),
  highShare: z.number().min(0).max(1),
});
export type ValueProof = z.infer<typeof valueProofSchema>;

export const purchaseModelSchema = z.object({
  version: z.enum(READABLE_VERSIONS),
  /** `own`: the shop's data decide. `pooled`: too few of them, other shops' fits lead. */
  level: z.enum(['own', 'pooled']),
  seed: z.number().int(),
  /** Nothing later was read. */
  endDay: z.number().int(),
  horizonDays: z.number().int().positive(),
  /** Buyers, purchase days and days of history that it was fitted to, after sampling. */
  buyers: z.number().int(),
  purchaseDays: z.number().int(),
  historyDays: z.number().int(),
  /** Days since the shop counts as open. */
  openDays: z.number().int().default(0),
  rhythm: z.object({
    r: positive,
    alpha: positive,
    a: positive,
    b: positive,
    stages: z.number().int().positive(),
    dropout: z.enum(['bgnbd', 'mbgnbd']).default('mbgnbd'),
  }),
  /** Length of the earlier windows; the horizon where the history allows. */
  windowDays: z.number().int().positive(),
  chance: correctionSchema,
  further: correctionSchema,
  /** Level of the coming season, beside the corrections, for the days of the horizon. */
  seasonShift: z.number(),
  spread: spreadSchema,
  /** Standard deviation of the logarithm of totals, beside the chance of single buyers. */
  totalDeviation: z.number().nonnegative(),
  /** Earlier windows: orders predicted and actual. */
  windows: z.array(
    z.object({
      startDay: z.number().int(),
      buyers: z.number().int(),
      predicted: z.number(),
      actual: z.number(),
    }),
  ),
  /** Per window and buyer: share who ordered, mean orders. Null without windows. */
  windowMeans: z.object({ share: z.number(), orders: z.number() }).nullable(),
  /** Gamma-Gamma parameters of order values in minor units; null where too few values are known. */
  spend: z.object({ p: positive, q: positive, v: positive }).nullable(),
  /** Share of the valued purchase days after a first one that are of buyers who kept something, whom `spend` is about. */
  keptShare: z.number().min(0).max(1).default(1),
  /** Mean value of a purchase day after the first, minor units; null where none is known. */
  meanValueMinor: z.number().nullable(),
  /** null: values have not been judged. */
  value: valueProofSchema.nullable().default(null),
});
export type PurchaseModel = z.infer<typeof purchaseModelSchema>;

export interface PurchasePrediction {
  /** P(no order in the days ahead), 0-1: what the screens call churn. */
  probabilityOfNone: number;
  expectedPurchases: number;
  /** Orders expected after the first one, if there is one. */
  furtherPurchases: number;
  /** Central 80% interval of the number of purchase days, whole numbers. */
  low: number;
  high: number;
}

export const LOW_SHARE = 0.1;
export const HIGH_SHARE = 0.9;
/** The fewest and most that a chance may be: nothing about people is certain. */
const LEAST_CHANCE = 1e-4;
const YEAR_DAYS = 365;

/**
 * What a buyer is expected to order in the `days` after the summary's moment. Plain arithmetic of a microsecond or two.
 * @throws RangeError for a summary that cannot be, and for days below 1
 */
export function predictPurchases(
  model: PurchaseModel,
  summary: PurchaseSummary,
  days: number = model.horizonDays,
): PurchasePrediction {
  const { chance, further } = expectedOrders(model, countsOf(summary), days);
  const spread = spreadOver(model.spread, days, model.windowDays);
  return {
    probabilityOfNone: 1 - chance,
    expectedPurchases: chance * (1 + further),
    furtherPurchases: further,
    low: Math.min(days, quantileOf(spread, chance, further, LOW_SHARE)),
    high: Math.min(days, quantileOf(spread, chance, further, HIGH_SHARE)),
  };
}

/**
 * P(an order in the `days` after the moment of the counts), and the orders expected after it. Neither falls as the days
 * grow: days after the horizon, for which the season's level is, add to what is expected within it.
 */
export function expectedOrders(
  model: PurchaseModel,
  buyer: PurchaseCounts,
  days: number,
): { chance: number; further: number } {
  if (!(days >= 1)) throw new RangeError(`Predictions are for 1 day or more, not for ${days}.`);
  const { rhythm, windowDays, horizonDays, seasonShift } = model;
  const learnt = answerOf(rhythm, buyer, windowDays);
  const known = { answer: learnt, traits: traitsOf(buyer, windowDays) };
  const over = (length: number, shift: number) => {
    const ahead = length === windowDays ? learnt : answerOf(rhythm, buyer, length);
    const { chance, further } = correctedAnswer(model, known, shift, ahead);
    return { chance: heldChance(chance), further };
  };
  // There are no more purchase days than days.
  const upTo = ({ chance, further }: { chance: number; further: number }) => ({
    chance: heldChance(chance),
    further: Math.min(further, days - 1),
  });
  if (days <= horizonDays) return upTo(over(days, seasonShift));
  if (seasonShift === 0) return upTo(over(days, 0));
  // What a season has above the year's level the rest of the year has below it, spread over its days.
  const rest = -seasonShift * Math.min(1, horizonDays / Math.max(1, YEAR_DAYS - horizonDays));
  const [season, restSoFar, restAll] = [
    over(horizonDays, seasonShift),
    over(horizonDays, rest),
    over(days, rest),
  ];
  // Who ordered neither in the season nor after it.
  const none = (1 - season.chance) * ((1 - restAll.chance) / (1 - restSoFar.chance));
  return upTo({ chance: 1 - none, further: season.further + restAll.further - restSoFar.further });
}

const heldChance = (chance: number) => Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chance));
