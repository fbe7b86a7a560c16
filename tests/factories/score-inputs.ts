import fc from 'fast-check';
import type {
  AnswerInput,
  OrderInput,
  RatingInput,
  ScoreInputs,
  ScoreMetric,
} from '#app/domain/scoring/inputs.ts';
import { DAY_MS } from '#app/domain/scoring/numbers.ts';

/** Generated customers, for what holds of every score. */

/** The moment at which the generated customers are scored. */
export const NOW = new Date('2026-06-01T12:00:00Z');
const BEST_AND_WORST: Record<ScoreMetric, [worst: number, best: number]> = {
  nps: [0, 10],
  csat_product: [1, 5],
  csat_delivery: [1, 5],
  csat_purchase: [1, 5],
  confidence_purchase: [1, 5],
  csat_support: [1, 5],
  ces_support: [7, 1],
  ces_return: [7, 1],
  csat_website: [1, 5],
  csat_store: [1, 5],
};
export const METRICS = Object.keys(BEST_AND_WORST) as ScoreMetric[];

/** Whole hours or whole weeks ago (negative: to come), so that ties in time are met often. */
export const time = (fromDaysAgo: number, toDaysAgo: number): fc.Arbitrary<Date> => {
  const every = (days: number) =>
    fc
      .integer({ min: Math.ceil(toDaysAgo / days), max: Math.floor(fromDaysAgo / days) })
      .map((n) => n * days);
  return fc.oneof(every(1 / 24), every(7)).map((daysAgo) => new Date(NOW.getTime() - daysAgo * DAY_MS));
};

/** Two ratings of one measure, the first not better than the second. */
export const worseAndBetter = (metric: ScoreMetric) => {
  const [worst, best] = BEST_AND_WORST[metric];
  const rating = fc.integer({ min: Math.min(worst, best), max: Math.max(worst, best) });
  return fc
    .tuple(rating, rating)
    .map(([a, b]) => (a < b === worst < best ? [a, b] : [b, a]) as [number, number]);
};

export const money = fc.integer({ min: 0, max: 50_000 });
const id = fc.integer({ min: 1, max: 10 ** 6 }).map(String);
export const orderRef = fc.constantFrom(null, '1', '2', '3');
export const lineRef = fc.constantFrom(null, '11', '12', '13');

const answers = (oldest: number, newest: number): fc.Arbitrary<AnswerInput[]> =>
  fc.uniqueArray(
    fc.constantFrom(...METRICS).chain((metric) =>
      fc.record({
        id,
        metric: fc.constant(metric),
        rating: worseAndBetter(metric).map(([rating]) => rating),
        answeredAt: time(oldest, newest),
        orderId: orderRef,
        lineId: lineRef,
      }),
    ),
    { maxLength: 9, selector: (answer) => answer.id },
  );

export const order = (oldest: number, newest: number): fc.Arbitrary<OrderInput> =>
  fc
    .record({
      orderId: id,
      createdAt: time(oldest, newest),
      paid: fc.constantFrom(true, true, true, false),
      cancelled: fc.constantFrom(false, false, false, true),
      netMinor: money,
      discountMinor: fc.constantFrom(0, 0, 500),
      refundedMinor: fc.oneof(fc.constant(0), money),
      refundedNetMinor: fc.oneof(fc.constant(0), money),
      chargeback: fc.constantFrom(false, false, false, false, false, true),
    })
    .map((fields) => ({ ...fields, paidMinor: Math.round(fields.netMinor * 1.2) }));

const ratings = (oldest: number, newest: number): fc.Arbitrary<RatingInput[]> =>
  fc.array(fc.record({ rating: fc.integer({ min: 1, max: 5 }), at: time(oldest, newest) }), { maxLength: 4 });

export const shuffle = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });

/** Survey mails, of which some are opened some time later, or announced to be. */
export const surveyMails = (oldest: number, newest: number) =>
  fc.array(
    fc
      .record({ sentAt: time(oldest, newest), clickedAfterDays: maybe(fc.nat({ max: 40 })) })
      .map(({ sentAt, clickedAfterDays }) => {
        const clickedMs = clickedAfterDays === null ? null : sentAt.getTime() + clickedAfterDays * DAY_MS;
        const lastMs = NOW.getTime() - newest * DAY_MS;
        return { sentAt, clickedAt: clickedMs === null ? null : new Date(Math.min(clickedMs, lastMs)) };
      }),
    { maxLength: 6 },
  );

export const inputs = (oldest: number, newest: number): fc.Arbitrary<ScoreInputs> =>
  fc.record({
    answers: answers(oldest, newest),
    orders: fc.uniqueArray(order(oldest, newest), { maxLength: 7, selector: ({ orderId }) => orderId }),
    emailEngagement: maybe(
      fc.record({
        sentTotal: fc.nat({ max: 9 }),
        // Most of what was mailed is older than any window.
        surveys: surveyMails(Math.max(newest, Math.min(oldest, 90)), newest),
      }),
    ),
    lastSeenAt: maybe(time(oldest, newest)),
    pixelOnSince: maybe(time(oldest, newest)),
    reviews: ratings(oldest, newest),
    resolutions: ratings(oldest, newest),
    shopTypicalGapDays: maybe(fc.integer({ min: 0, max: 200 })),
    predictedClv: maybe(fc.record({ nowMinor: money, before90DaysMinor: money })),
  });
