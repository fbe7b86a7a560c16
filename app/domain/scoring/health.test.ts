import { describe, expect, test } from 'vitest';
import { bandOf, combineParts, type HealthInputKey, INPUT_WEIGHTS, PART_WEIGHTS } from './health.ts';
import type { AnswerInput, OrderInput, ScoreInputs, ScoreMetric } from './inputs.ts';
import { DAY_MS } from './numbers.ts';
import { scoreCustomer } from './score.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const EMPTY: ScoreInputs = {
  answers: [],
  orders: [],
  emailEngagement: null,
  lastSeenAt: null,
  pixelOnSince: null,
  reviews: [],
  resolutions: [],
  shopTypicalGapDays: null,
  predictedClv: null,
};
let counter = 0;

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS);
}

function answer(metric: ScoreMetric, rating: number, ageDays: number): AnswerInput {
  counter += 1;
  return {
    id: `answer-${counter}`,
    metric,
    rating,
    answeredAt: daysAgo(ageDays),
    orderId: null,
    lineId: null,
  };
}

function order(ageDays: number, of: Partial<OrderInput> = {}): OrderInput {
  counter += 1;
  return {
    orderId: String(counter),
    createdAt: daysAgo(ageDays),
    paid: true,
    cancelled: false,
    netMinor: 5_000,
    discountMinor: 0,
    paidMinor: 6_000,
    refundedMinor: 0,
    refundedNetMinor: 0,
    chargeback: false,
    ...of,
  };
}

/** The value (0-100) of one input of the health score; null = unknown. */
function inputValue(key: HealthInputKey, inputs: Partial<ScoreInputs>): number | null {
  const reason = scoreCustomer({ ...EMPTY, ...inputs }, NOW).reasons.find((entry) => entry.key === key);
  return reason?.value ?? null;
}

test('weights of each level add up to 100', () => {
  const sum = (weights: Record<string, number>) => Object.values(weights).reduce((a, b) => a + b, 0);
  expect([PART_WEIGHTS, ...Object.values(INPUT_WEIGHTS)].map(sum)).toEqual([100, 100, 100, 100]);
});

describe('combineParts', () => {
  test('the example of the specification: NPS 9 alone, behaviour 80, economics 80 is 84', () => {
    const satisfaction = inputValue('nps', { answers: [answer('nps', 9, 3)] });
    expect(combineParts({ satisfaction, behaviour: 80, economics: 80 })).toBeCloseTo(84, 10);
  });

  test.each([
    [{ satisfaction: 100, behaviour: 0, economics: 0 }, 40],
    [{ satisfaction: null, behaviour: 60, economics: 0 }, 35],
    [{ satisfaction: null, behaviour: null, economics: 33 }, 33],
    [{ satisfaction: null, behaviour: null, economics: null }, null],
  ])('%o is %s', (parts, health) => {
    expect(combineParts(parts)).toBe(health);
  });
});

test('resolutions and reviews are plain means of what was given in 24 months', () => {
  const ratings = [
    { rating: 5, at: daysAgo(300) },
    { rating: 2, at: daysAgo(1) },
    { rating: 1, at: daysAgo(730) },
    { rating: 1, at: daysAgo(-1) },
  ];
  expect(inputValue('resolutions', { resolutions: ratings })).toBe(62.5);
  expect(inputValue('reviews', { reviews: ratings })).toBe(62.5);
  expect(inputValue('reviews', { resolutions: ratings })).toBeNull();
});

describe('purchase timing', () => {
  const timing = (shopTypicalGapDays: number | null, ...orders: OrderInput[]) =>
    inputValue('purchase_timing', { shopTypicalGapDays, orders });

  test.each([
    [10, 100],
    [30, 100],
    [45, 75],
    [60, 50],
    [90, 0],
    [400, 0],
  ])('%d days after the last order at a typical gap of 30 is %d', (days, points) => {
    expect(timing(30, order(days))).toBeCloseTo(points, 10);
    expect(timing(null, order(days), order(days + 30))).toBeCloseTo(points, 10);
  });

  test('own gaps are shrunk with 3 pseudo-gaps of the shop', () => {
    // own 10, 10; shop 40, 40, 40 -> median 40
    expect(timing(40, order(80), order(90), order(100))).toBeCloseTo(50, 10);
    // own 10 x 4 against 40 x 3 -> median 10
    expect(timing(40, order(20), order(30), order(40), order(50), order(60))).toBeCloseTo(50, 10);
  });

  test('is unknown without an order, and without any gap', () => {
    expect(timing(40)).toBeNull();
    expect(timing(null, order(5))).toBeNull();
    expect(timing(0, order(5))).toBeNull();
  });

  test('orders of the same day are no rhythm', () => {
    expect(timing(null, order(5), order(5.01))).toBeNull();
    expect(timing(null, order(40), order(40.01), order(60.01))).toBeCloseTo(50, 10);
  });

  test('unpaid, cancelled and future orders do not count', () => {
    const last = order(60);
    expect(timing(30, last, order(1, { paid: false }), order(2, { cancelled: true }), order(-1))).toBe(50);
  });
});

test.each([
  [0, 100],
  [30, 100],
  [75, 50],
  [97.5, 25],
  [120, null],
  [500, null],
  [-1, null],
])('site: last seen %d days ago is %s', (days, points) => {
  expect(inputValue('site', { lastSeenAt: daysAgo(days), pixelOnSince: daysAgo(600) })).toBe(points);
});

test.each([
  ['is unknown while the pixel is off, whenever they were seen', 5, null, null],
  ['is unknown before the pixel is on', 5, -1, null],
  ['is 100 by a visit of late, though the pixel was off since', 29, 3, 100],
  ['is unknown after 30 days of which the pixel ran through a part', 30, 3, null],
  ['fades where the pixel ran through all of them', 75, 75, 50],
])('site: %s', (_, seenDaysAgo, onDaysAgo, points) => {
  const pixelOnSince = onDaysAgo === null ? null : daysAgo(onDaysAgo);
  expect(inputValue('site', { lastSeenAt: daysAgo(seenDaysAgo), pixelOnSince })).toBe(points);
});

test.each([
  [[100, 100, 100], null],
  [[100, 100, 100, 100], 50],
  [[100, 120, 120, 120], 70],
  [[100, 100, 100, 40], 30],
  [[100, 400, 400, 400], 100],
  [[400, 10, 10, 10], 0],
  [[0, 10, 10, 10], null],
])('order value: %o, oldest first, is %s', (values, points) => {
  const orders = values.map((netMinor, i) => order(100 - i, { netMinor })).reverse();
  const value = inputValue('order_value', { orders });
  if (points === null) expect(value).toBeNull();
  else expect(value).toBeCloseTo(points, 10);
});

test.each([
  [100, 100, 50],
  [150, 100, 75],
  [500, 100, 100],
  [0, 100, 0],
  [10, 0, 100],
  [0, 0, null],
])('predicted CLV: %d now, %d before is %s', (nowMinor, before90DaysMinor, points) => {
  expect(inputValue('predicted_clv', { predictedClv: { nowMinor, before90DaysMinor } })).toBe(points);
});

test('discounts: share of orders without one', () => {
  const orders = [order(1, { discountMinor: 1 }), order(2), order(3), order(4)];
  expect(inputValue('discounts', { orders })).toBe(75);
});

describe('payment', () => {
  const payment = (...orders: OrderInput[]) => inputValue('payment', { orders });

  test('is known (100) from the first paid order, so that a first refund lowers it', () => {
    expect(payment()).toBeNull();
    expect(payment(order(3, { paid: false }))).toBeNull();
    expect(payment(order(3))).toBe(100);
    expect(payment(order(3, { refundedMinor: 1_500 }))).toBe(75);
  });

  test('counts the orders of 365 days', () => {
    expect(payment(order(3), order(364.9, { refundedMinor: 3_000 }))).toBe(75);
    expect(payment(order(3), order(365, { refundedMinor: 3_000, chargeback: true }))).toBe(100);
    expect(payment(order(365, { refundedMinor: 3_000 }))).toBe(100);
  });

  test('a chargeback on an order that was cancelled is one all the same', () => {
    const charged = (daysAgo: number) => order(daysAgo, { cancelled: true, chargeback: true });
    expect(payment(order(3), charged(9))).toBe(0);
    expect(payment(charged(9))).toBe(0);
    expect(payment(order(3), charged(365))).toBe(100);
    expect(payment(charged(365))).toBeNull();
    expect(payment(order(3), order(9, { paid: false, cancelled: true, chargeback: true }))).toBe(100);
    expect(payment(order(3), order(9, { cancelled: true, refundedMinor: 6_000 }))).toBe(100);
  });

  test('a chargeback is 0; more refunded than paid is 0; a free order is 100', () => {
    expect(payment(order(3), order(9, { chargeback: true }))).toBe(0);
    expect(payment(order(3, { refundedMinor: 7_000 }))).toBe(0);
    expect(payment(order(3, { paidMinor: 0 }))).toBe(100);
    expect(payment(order(3, { paidMinor: 0, refundedMinor: 100 }))).toBe(0);
  });
});

describe('coverage', () => {
  test('is the product of the level weights of what is known', () => {
    // NPS 0.40 x 0.50, discounts and payment 0.25 x (0.20 + 0.15)
    const score = scoreCustomer({ ...EMPTY, answers: [answer('nps', 2, 1)], orders: [order(3)] }, NOW);
    expect(score.healthCoverage).toBe(0.2875);
  });

  test('below 0.35: a number at most, no band, not flagged, "not enough data"', () => {
    const score = scoreCustomer({ ...EMPTY, answers: [answer('nps', 0, 1)] }, NOW);
    expect(score).toMatchObject({ health: 0, band: null, flagged: false, mainReason: 'Not enough data' });
    const nothing = scoreCustomer(EMPTY, NOW);
    expect(nothing).toMatchObject({ health: null, healthCoverage: 0, band: null, reasons: [] });
  });

  test('of exactly 0.35 is enough', () => {
    // 0.35 x (0.25 + 0.15 + 0.10) + 0.25 x (0.35 + 0.20 + 0.15); four orders of one day have no timing yet
    const inputs: ScoreInputs = {
      ...EMPTY,
      emailEngagement: {
        sentTotal: 9,
        surveys: [9, 39, 40].map((days) => ({ sentAt: daysAgo(days), clickedAt: daysAgo(days) })),
      },
      lastSeenAt: daysAgo(119.99),
      pixelOnSince: daysAgo(300),
      reviews: [{ rating: 1, at: daysAgo(3) }],
      orders: [order(3), order(3), order(3), order(3)],
    };
    expect(scoreCustomer(inputs, NOW)).toMatchObject({
      healthCoverage: 0.35,
      band: 'at_risk',
      flagged: true,
    });
    const below = scoreCustomer({ ...inputs, reviews: [] }, NOW);
    expect(below).toMatchObject({ healthCoverage: 0.315, band: null, flagged: false });
    expect(below.health).not.toBeNull();
  });
});

test.each([
  [100, 'thriving'],
  [80, 'thriving'],
  [79.9, 'healthy'],
  [60, 'healthy'],
  [59.9, 'at_risk'],
  [40, 'at_risk'],
  [39.9, 'critical'],
  [20, 'critical'],
  [19.9, 'lost'],
  [0, 'lost'],
])('a health of %d is %s', (value, band) => {
  expect(bandOf(value)).toBe(band);
});
