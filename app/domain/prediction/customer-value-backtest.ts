/** Proves what customers are said to be worth: predicted from what was known, judged by what was spent since. */
import { z } from 'zod';
import { revenueAhead, revenueCumulative, VALUE_DAYS } from './customer-value.ts';
import { fitPurchaseModel, type FitOptions } from './purchase-model-fit.ts';
import { HIGH_SHARE, LOW_SHARE, type ValueProof } from './purchase-model.ts';
import { purchaseDaysOf, summarisePurchases, type PurchaseHistory } from './purchase-summary.ts';
import { seededRandom } from './seeded-random.ts';

const n = z.number();

const reasonSchema = z.discriminatedUnion('code', [
  /** `ratio` is predicted / actual revenue. */
  z.object({ code: z.literal('passed'), ratio: n }),
  /** Passed, over fewer days than values are predicted for. */
  z.object({ code: z.literal('passed_in_part'), ratio: n, days: n, needed: n }),
  z.object({ code: z.literal('too_far_off'), ratio: n, limit: n }),
  z.object({ code: z.literal('intervals_off'), coverage: n }),
  /** So few of the judged customers spent anything that is known. */
  z.object({ code: z.literal('too_few_spent'), buyers: n, needed: n }),
  /** When the judged days began there were too few customers or orders for a model. */
  z.object({ code: z.literal('no_model_then'), days: n }),
]);
export type ValueReason = z.infer<typeof reasonSchema>;

/** The back-test of values as it is stored and shown. */
export const valueReportSchema = z.object({
  /** Fitted to what was known at the end of this day, judged by the `days` after it. */
  endDay: z.number().int(),
  days: z.number().int().positive(),
  /** Customers judged: those all of whose later orders have a known value. */
  buyers: z.number().int().nonnegative(),
  predictedMinor: n,
  actualMinor: n,
  /** Share of the customers in the 80% interval, its bounds learnt on the others; 80% is right. */
  coverage: n.nullable(),
  shown: z.boolean(),
  reason: reasonSchema,
});
export type ValueReport = z.infer<typeof valueReportSchema>;

/** A total so many times too high or too low is no number to act on. */
const MOST_FOLD = 1.5;
const LEAST_SPENDERS = 10;
/** Customers that the bounds of an untested interval count as. */
const UNTESTED_WEIGHT = 20;
/** What lies outside even that is left to chance. */
const MOST_SHARE = 0.999;
/** How far the coverage may lie off 80%, beside two standard errors. */
const COVERAGE_ROOM = 0.1;

interface JudgedValue {
  predictedMinor: number;
  actualMinor: number;
  /** Where in the predicted distribution the actual revenue lies; uniform within the chance of none where none came. */
  place: number;
}

/**
 * Judges values over the days after `endDay`, which the histories must cover: the total against what came, and the
 * intervals by where in its distribution each customer's revenue lies. The bounds of intervals are moved to where they
 * would have held 80%; whether that is right is seen on customers by whom they were not moved. Where less than a year is
 * judged, they are moved apart further for the rest of it.
 * @param days at most `VALUE_DAYS`
 */
export function backtestCustomerValue(
  histories: readonly PurchaseHistory[],
  { days, ...options }: FitOptions & { days: number },
): { report: ValueReport; proof: ValueProof } {
  const { endDay } = options;
  const predicted = judgedValues(histories, options, days);
  const judged = predicted ?? [];
  const places = judged.map(({ place }) => place);
  const predictedMinor = judged.reduce((sum, one) => sum + one.predictedMinor, 0);
  const actualMinor = judged.reduce((sum, one) => sum + one.actualMinor, 0);
  const coverage = crossedCoverage(places);
  const reason: ValueReason = predicted
    ? reasonOf(judged, predictedMinor / actualMinor, coverage ?? 0, days)
    : { code: 'no_model_then', days };
  const shown = reason.code === 'passed' || reason.code === 'passed_in_part';
  return {
    report: { endDay, days, buyers: judged.length, predictedMinor, actualMinor, coverage, shown, reason },
    proof: { shown, days, ...widened(boundsOf(places), days) },
  };
}

/** Null where no model could be fitted at the time; of whom no value is known is left out. */
function judgedValues(
  histories: readonly PurchaseHistory[],
  options: FitOptions,
  days: number,
): JudgedValue[] | null {
  const { endDay, seed } = options;
  const fit = fitPurchaseModel(histories, options);
  if (fit.outcome !== 'fitted') return null;
  const random = seededRandom(seed);
  return histories.flatMap((history) => {
    const summary = summarisePurchases(history, endDay);
    const revenue = summary && revenueAhead(fit.model, summary, days);
    const actualMinor = spentAfter(history, endDay, days);
    if (!revenue || actualMinor === null) return [];
    const upTo = revenueCumulative(revenue, actualMinor);
    const place = actualMinor > 0 ? upTo : random() * upTo;
    return [{ predictedMinor: revenue.meanMinor, actualMinor, place }];
  });
}

function reasonOf(
  judged: readonly JudgedValue[],
  ratio: number,
  coverage: number,
  days: number,
): ValueReason {
  const spenders = judged.filter(({ actualMinor }) => actualMinor > 0).length;
  if (spenders < LEAST_SPENDERS) return { code: 'too_few_spent', buyers: spenders, needed: LEAST_SPENDERS };
  if (Math.abs(Math.log(ratio)) > Math.log(MOST_FOLD))
    return { code: 'too_far_off', ratio, limit: MOST_FOLD };
  const right = HIGH_SHARE - LOW_SHARE;
  if (Math.abs(coverage - right) > COVERAGE_ROOM + 2 * Math.sqrt((right * (1 - right)) / judged.length))
    return { code: 'intervals_off', coverage };
  return days < VALUE_DAYS
    ? { code: 'passed_in_part', ratio, days, needed: VALUE_DAYS }
    : { code: 'passed', ratio };
}

/** Null where the value of one of the orders is not known. */
function spentAfter({ id, orders }: PurchaseHistory, endDay: number, days: number): number | null {
  let spent = 0;
  for (const { day, valueMinor } of purchaseDaysOf(id, orders, endDay + days)) {
    if (day <= endDay) continue;
    if (valueMinor === null) return null;
    spent += valueMinor;
  }
  return spent;
}

/** The shares below which a tenth and nine tenths of the places lie, with some places as an untested interval has them. */
function boundsOf(places: readonly number[]): Pick<ValueProof, 'lowShare' | 'highShare'> {
  const untested = Array.from({ length: UNTESTED_WEIGHT }, (_, i) => (i + 0.5) / UNTESTED_WEIGHT);
  const sorted = [...places, ...untested].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { lowShare: at(LOW_SHARE), highShare: at(HIGH_SHARE) };
}

/** The bounds for a year: the less of it was tested, the less is left outside them. */
function widened({ lowShare, highShare }: ReturnType<typeof boundsOf>, days: number) {
  const tested = Math.min(1, days / VALUE_DAYS);
  return {
    lowShare: tested * lowShare,
    highShare: Math.min(MOST_SHARE, 1 - tested * (1 - highShare)),
  };
}

/** Of every second customer the share within the bounds that the others teach, and the other way round. */
function crossedCoverage(places: readonly number[]): number | null {
  if (places.length === 0) return null;
  let inside = 0;
  for (const half of [0, 1]) {
    const { lowShare, highShare } = boundsOf(places.filter((_, i) => i % 2 !== half));
    inside += places.filter((place, i) => i % 2 === half && place >= lowShare && place <= highShare).length;
  }
  return inside / places.length;
}
