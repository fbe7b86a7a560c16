import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerInput, OrderInput, RatingInput, ScoreInputs, ScoreMetric } from './inputs.ts';
import { DAY_MS } from './numbers.ts';
import { scoreCustomer, scoreIsStaticUntil, shownScore, shownScoreIsStaticUntil } from './score.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const BEST_AND_WORST: Record<ScoreMetric, [worst: number, best: number]> = {
  nps: [0, 10],
  csat_product: [1, 5],
  csat_delivery: [1, 5],
  csat_purchase: [1, 5],
  confidence_purchase: [1, 5],
  csat_support: [1, 5],
  ces_support: [7, 1],
  ces_return: [7, 1],
};
const METRICS = Object.keys(BEST_AND_WORST) as ScoreMetric[];

/** Whole hours or whole weeks ago (negative: to come), so that ties in time are met often. */
const time = (fromDaysAgo: number, toDaysAgo: number): fc.Arbitrary<Date> => {
  const every = (days: number) =>
    fc
      .integer({ min: Math.ceil(toDaysAgo / days), max: Math.floor(fromDaysAgo / days) })
      .map((n) => n * days);
  return fc.oneof(every(1 / 24), every(7)).map((daysAgo) => new Date(NOW.getTime() - daysAgo * DAY_MS));
};

/** Two ratings of one measure, the first not better than the second. */
const worseAndBetter = (metric: ScoreMetric) => {
  const [worst, best] = BEST_AND_WORST[metric];
  const rating = fc.integer({ min: Math.min(worst, best), max: Math.max(worst, best) });
  return fc
    .tuple(rating, rating)
    .map(([a, b]) => (a < b === worst < best ? [a, b] : [b, a]) as [number, number]);
};

const few = fc.nat({ max: 5 });
const money = fc.integer({ min: 0, max: 50_000 });
const id = fc.integer({ min: 1, max: 10 ** 6 }).map(String);
const orderRef = fc.constantFrom(null, '1', '2', '3');
const lineRef = fc.constantFrom(null, '11', '12', '13');

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

const order = (oldest: number, newest: number): fc.Arbitrary<OrderInput> =>
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

const shuffle = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });

const inputs = (oldest: number, newest: number): fc.Arbitrary<ScoreInputs> =>
  fc.record({
    answers: answers(oldest, newest),
    orders: fc.uniqueArray(order(oldest, newest), { maxLength: 7, selector: ({ orderId }) => orderId }),
    emailEngagement: maybe(
      fc.record({ sentTotal: fc.nat({ max: 9 }), clicksLast30Days: few, clicksPrevious30Days: few }),
    ),
    lastSeenAt: maybe(time(oldest, newest)),
    reviews: ratings(oldest, newest),
    resolutions: ratings(oldest, newest),
    shopTypicalGapDays: maybe(fc.integer({ min: 0, max: 200 })),
    predictedClv: maybe(fc.record({ nowMinor: money, before90DaysMinor: money })),
  });

/** Old, present and future-dated entries together. */
const anyInputs = inputs(800, -30);
/** Everything at least a day old, to which a newest event can be added. */
const pastInputs = inputs(800, 1);
const newestTime = time(0.5, 0);

function expectNotBetter(worse: ScoreInputs, better: ScoreInputs): void {
  const [low, high] = [scoreCustomer(worse, NOW), scoreCustomer(better, NOW)];
  if (low.csi !== null) expect(low.csi).toBeLessThanOrEqual(high.csi ?? Number.NaN);
  if (low.health !== null) expect(low.health).toBeLessThanOrEqual(high.health ?? Number.NaN);
}

describe('monotone: a lower value of the newest event never gives a higher score', () => {
  test.each(METRICS)('answer to %s', (metric) => {
    const event = fc.record({
      pair: worseAndBetter(metric),
      at: newestTime,
      orderId: orderRef,
      lineId: lineRef,
    });
    fc.assert(
      fc.property(pastInputs, event, (past, { pair, at, orderId, lineId }) => {
        const [worse, better] = pair.map((rating): ScoreInputs => ({
          ...past,
          answers: [{ id: 'newest', metric, rating, answeredAt: at, orderId, lineId }, ...past.answers],
        })) as [ScoreInputs, ScoreInputs];
        expectNotBetter(worse, better);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['reviews', 'resolutions'] as const)('%s', (list) => {
    fc.assert(
      fc.property(pastInputs, worseAndBetter('csat_support'), newestTime, (past, pair, at) => {
        const [worse, better] = pair.map((rating) => ({ ...past, [list]: [...past[list], { rating, at }] }));
        expectNotBetter(worse as ScoreInputs, better as ScoreInputs);
      }),
    );
  });

  const newestOrder = fc.tuple(order(0.5, 0), money, money);

  test('value of the newest order', () => {
    fc.assert(
      fc.property(pastInputs, newestOrder, (past, [event, a, b]) => {
        const [worse, better] = [Math.min(a, b), Math.max(a, b)].map((netMinor): ScoreInputs => ({
          ...past,
          orders: [...past.orders, { ...event, orderId: 'newest', netMinor, paidMinor: netMinor * 1.2 }],
        })) as [ScoreInputs, ScoreInputs];
        expectNotBetter(worse, better);
      }),
      { numRuns: 300 },
    );
  });

  test('a discount, a refund, a higher refund and a chargeback, on any order', () => {
    fc.assert(
      fc.property(pastInputs, newestOrder, fc.nat(), (past, [event, a, b], pick) => {
        const orders = [...past.orders, { ...event, orderId: 'newest', refundedMinor: 0, chargeback: false }];
        const changed = pick % orders.length;
        const withOrder = (of: Partial<OrderInput>): ScoreInputs => ({
          ...past,
          orders: orders.map((entry, i) => (i === changed ? { ...entry, ...of } : entry)),
        });
        expectNotBetter(
          withOrder({ refundedMinor: Math.max(a, b) }),
          withOrder({ refundedMinor: Math.min(a, b) }),
        );
        expectNotBetter(withOrder({ refundedMinor: a }), withOrder({ refundedMinor: 0 }));
        expectNotBetter(withOrder({ chargeback: true }), withOrder({ chargeback: false }));
        expectNotBetter(withOrder({ discountMinor: 100 }), withOrder({ discountMinor: 0 }));
      }),
      { numRuns: 300 },
    );
  });

  test('clicks, visits and predicted value', () => {
    const pair = fc
      .tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(
      fc.property(
        pastInputs,
        pair as fc.Arbitrary<[number, number]>,
        fc.nat({ max: 5 }),
        (past, [less, more], before) => {
          const clicks = (clicksLast30Days: number): ScoreInputs => ({
            ...past,
            emailEngagement: { sentTotal: 5, clicksLast30Days, clicksPrevious30Days: before },
          });
          expectNotBetter(clicks(less), clicks(more));
          const seen = (daysAgo: number) => ({
            ...past,
            lastSeenAt: new Date(NOW.getTime() - daysAgo * DAY_MS),
          });
          expectNotBetter(seen(25 * more), seen(25 * less));
          const clv = (nowMinor: number) => ({
            ...past,
            predictedClv: { nowMinor, before90DaysMinor: before },
          });
          expectNotBetter(clv(less), clv(more));
        },
      ),
    );
  });
});

describe('for any inputs', () => {
  test('scores and reasons lie within 0-100, coverage within 0-1, nothing is NaN', () => {
    fc.assert(
      fc.property(anyInputs, (any) => {
        const score = scoreCustomer(any, NOW);
        const points = [score.csi, score.health, ...score.reasons.map((reason) => reason.value)];
        for (const value of points) expect(value === null || (value >= 0 && value <= 100)).toBe(true);
        for (const share of [score.csiCoverage, score.healthCoverage])
          expect(share >= 0 && share <= 1).toBe(true);
        expect(score.csi === null).toBe(score.csiCoverage === 0);
        expect(score.health === null).toBe(score.healthCoverage === 0);
        expect(score.band === null).toBe(score.healthCoverage < 0.35);
        expect(score.flagged).toBe(score.band !== null && (score.health as number) < 60);
        expect(score.mainReason === null).toBe(score.band !== null && !score.flagged);
      }),
      { numRuns: 500 },
    );
  });

  test('the reasons add up: 50 + contributions is the score', () => {
    fc.assert(
      fc.property(anyInputs, (any) => {
        const { health, reasons } = scoreCustomer(any, NOW);
        const sum = reasons.reduce((total, reason) => total + reason.contribution, 50);
        if (health === null) expect(reasons).toEqual([]);
        else expect(Math.abs(sum - health)).toBeLessThanOrEqual(0.05 + 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  test('the order of arrival is irrelevant, and a replay gives the same', () => {
    const shuffled = anyInputs.chain((any) =>
      fc.record({
        any: fc.constant(any),
        again: fc.record({
          answers: shuffle(any.answers),
          orders: shuffle(any.orders),
          reviews: shuffle(any.reviews),
          resolutions: shuffle(any.resolutions),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ any, again }) => {
        const score = scoreCustomer(any, NOW);
        expect(scoreCustomer({ ...any, ...again }, NOW)).toEqual(score);
        expect(scoreCustomer(structuredClone(any), NOW)).toEqual(score);
      }),
      { numRuns: 500 },
    );
  });

  test('what is dated after now changes nothing', () => {
    fc.assert(
      fc.property(pastInputs, inputs(-1 / 24, -30), (past, future) => {
        const both: ScoreInputs = {
          ...past,
          answers: [...future.answers, ...past.answers],
          orders: [...future.orders, ...past.orders],
          reviews: [...future.reviews, ...past.reviews],
          resolutions: [...future.resolutions, ...past.resolutions],
        };
        expect(scoreCustomer(both, NOW)).toEqual(scoreCustomer(past, NOW));
      }),
    );
  });

  const shown = (any: ScoreInputs, at: Date) => {
    const { healthCoverage, ...score } = shownScore(scoreCustomer(any, at));
    return { ...score, healthCoverage: score.band && healthCoverage };
  };
  test.each([
    ['the score', scoreIsStaticUntil, scoreCustomer],
    [
      'what is shown',
      (any: ScoreInputs, now: Date) => shownScoreIsStaticUntil(any, now, scoreCustomer(any, now)),
      shown,
    ],
  ])('until it says, %s stays what it is, whenever one looks', (_, staticUntil, look) => {
    fc.assert(
      fc.property(anyInputs, fc.double({ min: 0, max: 1, noNaN: true }), (any, fraction) => {
        const spanMs = Math.min((staticUntil(any, NOW) ?? NOW).getTime() - NOW.getTime() - 1, 2_000 * DAY_MS);
        for (const share of spanMs > 0 ? [fraction, 1] : []) {
          const later = new Date(NOW.getTime() + Math.floor(spanMs * share));
          expect(look(any, later)).toEqual(look(any, NOW));
        }
      }),
      { numRuns: 1_500 },
    );
  });
});
