/** The back-test of predicted orders as it is stored and shown. */
import { z } from 'zod';
import { valueReportSchema } from './customer-value-backtest.ts';
import { BASELINES } from './purchase-baselines.ts';
import { decileSchema } from './purchase-deciles.ts';
import { purchaseMetricsSchema } from './purchase-metrics.ts';
import { verdictSchema } from './purchase-verdict.ts';

const count = z.number().int().nonnegative();

export const purchaseReportSchema = z.object({
  version: z.string(),
  seed: z.number().int(),
  /** The newest window: fitted to what was known at the end of this day, judged by the days after it. */
  endDay: z.number().int(),
  horizonDays: z.number().int().positive(),
  /** Days ahead for which a model was asked; more than the horizon where a young shop has fewer to test by. null: unknown. */
  wantedDays: z.number().int().positive().nullable().default(null),
  /** What the newest fit could use, and the buyers judged, each once in however many windows. */
  data: z.object({
    buyers: count,
    purchaseDays: count,
    historyDays: z.number(),
    earlierWindows: count,
    heldOut: count,
  }),
  model: purchaseMetricsSchema,
  baselines: z.object(
    Object.fromEntries(BASELINES.map((name) => [name, purchaseMetricsSchema])) as Record<
      (typeof BASELINES)[number],
      typeof purchaseMetricsSchema
    >,
  ),
  /** Of the newest window, most expected orders first. */
  deciles: z.array(decileSchema),
  /** Share of the deciles whose orders lie in their 80% interval; null without a model. */
  decileCoverage: z.number().nullable(),
  /** Chance of an order, least first. */
  calibration: z.array(z.object({ n: count, predicted: z.number(), actual: z.number() })),
  /** Shares of buyers in tenths of the randomised PIT. */
  pitHistogram: z.array(z.number()),
  /** Per judged window, newest first: orders, with the 80% interval of the total. */
  windows: z.array(
    z.object({
      endDay: z.number().int(),
      buyers: count,
      predicted: z.number(),
      low: z.number(),
      high: z.number(),
      actual: z.number(),
      brier: z.number().nullable(),
      baseRateBrier: z.number().nullable(),
    }),
  ),
  /** Revenue of the windows in minor units, where values are known. */
  revenue: z.object({ predictedMinor: z.number(), actualMinor: z.number() }).nullable(),
  /** The back-test of customers' values over up to a year; null: none was made. */
  value: valueReportSchema.nullable().default(null),
  verdict: verdictSchema,
});
export type PurchaseReport = z.infer<typeof purchaseReportSchema>;
