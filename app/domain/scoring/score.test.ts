import { describe, expect, test } from 'vitest';
import type { AnswerInput, OrderInput, ScoreInputs, ScoreMetric } from './inputs.ts';
import { DAY_MS } from './numbers.ts';
import { scoreCustomer, scoreIsStaticUntil, shownScoreIsStaticUntil, STATIC_FOREVER } from './score.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const EMPTY: ScoreInputs = {
  answers: [],
  orders: [],
  emailEngagement: null,
  lastSeenAt: null,
  pixelOnSince: daysAgo(300),
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

const mail = (sentDaysAgo: number, clickedDaysAgo: number | null = null) => ({
  sentAt: daysAgo(sentDaysAgo),
  clickedAt: clickedDaysAgo === null ? null : daysAgo(clickedDaysAgo),
});

describe('a scored customer', () => {
  const unhappy: ScoreInputs = { ...EMPTY, answers: [answer('nps', 2, 2)], orders: [order(30), order(60)] };

  test('whole, by hand', () => {
    // satisfaction 20; timing 100; discounts 100, payment 100: 0.40 x 20 + 0.35 x 100 + 0.25 x 100 = 68
    const score = scoreCustomer(unhappy, NOW);
    expect(score).toMatchObject({
      csi: 20,
      csiCoverage: 0.3,
      segment: 'at_risk',
      health: 68,
      healthCoverage: 0.4625,
      band: 'healthy',
      flagged: false,
      mainReasonKey: null,
      mainReason: null,
      version: 'default-2',
    });
    expect(score.reasons.map(({ key, value }) => [key, value])).toEqual([
      ['purchase_timing', 100],
      ['nps', 20],
      ['discounts', 100],
      ['payment', 100],
    ]);
    const contributions = score.reasons.map((reason) => reason.contribution);
    expect(contributions[0]).toBeCloseTo(17.5, 10);
    expect(contributions[1]).toBeCloseTo(-12, 10);
    expect(contributions[2]).toBeCloseTo((0.25 * 50 * 20) / 35, 10);
    expect(contributions[3]).toBeCloseTo((0.25 * 50 * 15) / 35, 10);
  });

  test('a first refund and a lower NPS lower the score', () => {
    const refunded = { ...unhappy, orders: [order(30, { refundedMinor: 600 }), order(60)] };
    expect(scoreCustomer(refunded, NOW).health).toBe(67.5);
    expect(scoreCustomer({ ...unhappy, answers: [answer('nps', 1, 2)] }, NOW)).toMatchObject({
      csi: 10,
      health: 64,
    });
  });

  test('says what the values of the new inputs were made of', () => {
    const score = scoreCustomer(
      {
        ...EMPTY,
        orders: [
          order(400, { chargeback: true }),
          order(200, { refundedMinor: 1_000 }),
          order(3, { chargeback: true }),
        ],
        resolutions: [
          { rating: 4, at: daysAgo(3) },
          { rating: 2, at: daysAgo(800) },
        ],
        lastSeenAt: daysAgo(40),
        emailEngagement: { sentTotal: 6, surveys: [mail(8, 3), mail(40, 35), mail(50, 45), mail(70, 61)] },
      },
      NOW,
    );
    const facts = Object.fromEntries(score.reasons.map(({ key, fact }) => [key, fact]));
    expect(facts).toEqual({
      resolutions: { kind: 'ratings', count: 1 },
      purchase_timing: undefined,
      engagement: { kind: 'clicks', last30Days: 1, previous30Days: 2 },
      // Nothing that is stored with a score says when somebody was there.
      site: undefined,
      discounts: undefined,
      payment: { kind: 'payments', paidMinor: 12_000, refundedMinor: 1_000, chargebacks: 1 },
    });
    const spotless = scoreCustomer({ ...EMPTY, orders: [order(3), order(400, { chargeback: true })] }, NOW);
    expect(spotless.reasons.find(({ key }) => key === 'payment')).not.toHaveProperty('fact');
  });

  test('a flagged one has the input that costs most as main reason', () => {
    const overdue = { ...unhappy, orders: [order(70), order(100)] };
    expect(scoreCustomer(overdue, NOW)).toMatchObject({
      band: 'at_risk',
      mainReasonKey: 'nps',
      mainReason: 'Unlikely to recommend the store',
    });
    const passive = { ...overdue, answers: [answer('nps', 7, 2)], orders: [order(90), order(120)] };
    expect(scoreCustomer(passive, NOW)).toMatchObject({
      health: 53,
      flagged: true,
      mainReasonKey: 'purchase_timing',
      mainReason: 'Overdue for the next order',
    });
  });

  test('a flagged one has a main reason even if no input is under the neutral 50', () => {
    const lukewarm = scoreCustomer(
      {
        ...EMPTY,
        answers: [answer('nps', 5.5, 1)],
        resolutions: [{ rating: 3.2, at: daysAgo(1) }],
        emailEngagement: {
          sentTotal: 175,
          surveys: Array.from({ length: 155 }, (_, i) => mail(i < 55 ? 20 : 50, i < 55 ? 15 : 45)),
        },
      },
      NOW,
    );
    expect(lukewarm).toMatchObject({ health: 55, flagged: true, mainReasonKey: 'engagement' });
  });
});

describe('scoreIsStaticUntil', () => {
  const until = (inputs: Partial<ScoreInputs>) => scoreIsStaticUntil({ ...EMPTY, ...inputs }, NOW);

  test.each<[string, Partial<ScoreInputs>, Date | null]>([
    ['nothing known', {}, STATIC_FOREVER],
    ['an answer', { answers: [answer('nps', 3, 700), answer('nps', 9, 10)] }, daysAgo(-30)],
    ['a review', { reviews: [{ rating: 3, at: daysAgo(1) }] }, daysAgo(-729)],
    ['an order without any gap', { orders: [order(3)] }, STATIC_FOREVER],
    ['an order within its gap', { orders: [order(3)], shopTypicalGapDays: 20 }, daysAgo(-17)],
    ['an overdue order', { orders: [order(30)], shopTypicalGapDays: 20 }, null],
    ['an order at 3 gaps', { orders: [order(60)], shopTypicalGapDays: 20 }, STATIC_FOREVER],
    ['a recent visit', { lastSeenAt: daysAgo(10) }, daysAgo(-20)],
    ['a fading visit', { lastSeenAt: daysAgo(30) }, null],
    ['a visit long ago', { lastSeenAt: daysAgo(120) }, STATIC_FOREVER],
    ['a visit before the pixel was off', { lastSeenAt: daysAgo(9), pixelOnSince: daysAgo(2) }, daysAgo(-21)],
    ['a visit, and the pixel is off', { lastSeenAt: daysAgo(9), pixelOnSince: null }, STATIC_FOREVER],
    ['a visit announced', { lastSeenAt: daysAgo(-2) }, daysAgo(-2)],
    ['a refund', { orders: [order(3, { refundedMinor: 1 }), order(300)] }, daysAgo(-65)],
    ['a refund, no rhythm', { orders: [order(3, { refundedMinor: 1 })] }, daysAgo(-362)],
    ['a chargeback, no rhythm', { orders: [order(3, { chargeback: true })] }, daysAgo(-362)],
    [
      'a chargeback on a cancelled order',
      { orders: [order(3, { chargeback: true, cancelled: true }), order(2)] },
      daysAgo(-362),
    ],
    ['a prediction', { predictedClv: { nowMinor: 5, before90DaysMinor: 5 } }, null],
    ['a click', { emailEngagement: { sentTotal: 4, surveys: [mail(4, 3)] } }, daysAgo(-26)],
    ['a click before', { emailEngagement: { sentTotal: 4, surveys: [mail(1), mail(60, 59)] } }, daysAgo(-1)],
    ['a click to come', { emailEngagement: { sentTotal: 4, surveys: [mail(1, -1)] } }, daysAgo(-1)],
    ['a mail of now', { emailEngagement: { sentTotal: 4, surveys: [mail(1), mail(40, 35)] } }, daysAgo(-6)],
    ['no mail of late', { emailEngagement: { sentTotal: 4, surveys: [mail(31, 3)] } }, STATIC_FOREVER],
    ['too few mails', { emailEngagement: { sentTotal: 3, surveys: [mail(4, 3)] } }, STATIC_FOREVER],
    ['no clicks', { emailEngagement: { sentTotal: 9, surveys: [mail(4)] } }, STATIC_FOREVER],
    ['a future order', { orders: [order(-5)], reviews: [{ rating: 3, at: daysAgo(-4) }] }, daysAgo(-4)],
  ])('%s', (_, inputs, expected) => {
    expect(until(inputs)).toEqual(expected);
  });

  test.each<[string, Partial<ScoreInputs>]>([
    ['an answer drops out', { answers: [answer('nps', 3, 700), answer('nps', 9, 10)] }],
    [
      'a click leaves the last 30 days',
      { emailEngagement: { sentTotal: 4, surveys: [mail(2), mail(20, 19)] } },
    ],
    [
      'a click leaves the 30 days before',
      { emailEngagement: { sentTotal: 4, surveys: [mail(2, 1), mail(50, 45), mail(55, 50)] } },
    ],
    [
      'the last mail is no news any more',
      { emailEngagement: { sentTotal: 4, surveys: [mail(29), mail(50, 31)] } },
    ],
    ['a mail is passed by', { emailEngagement: { sentTotal: 4, surveys: [mail(1), mail(40, 35)] } }],
    ['a chargeback is a year old', { orders: [order(300, { chargeback: true, cancelled: true }), order(3)] }],
    ['a visit is no news and the pixel was off', { lastSeenAt: daysAgo(9), pixelOnSince: daysAgo(2) }],
    ['a refunded order is a year old', { orders: [order(300, { refundedMinor: 9 }), order(3)] }],
  ])('is tight: at that instant the score is another one, when %s', (_, some) => {
    const inputs = { ...EMPTY, ...some };
    const at = scoreIsStaticUntil(inputs, NOW) as Date;
    const before = scoreCustomer(inputs, new Date(at.getTime() - 1));
    expect(before).toEqual(scoreCustomer(inputs, NOW));
    expect(scoreCustomer(inputs, at)).not.toEqual(before);
  });
});

test.each<[string, Partial<ScoreInputs>, Date | null]>([
  [
    'below the coverage of a band nothing moves but how much is known',
    { lastSeenAt: daysAgo(60) },
    daysAgo(-60),
  ],
  [
    'so too where only a chargeback is',
    { orders: [order(9, { chargeback: true, cancelled: true })] },
    daysAgo(-356),
  ],
  ['except what is still to come', { lastSeenAt: daysAgo(60), orders: [order(-5)] }, daysAgo(-5)],
  [
    'with a band it is the score itself',
    { answers: [answer('nps', 9, 10)], orders: [order(60), order(40)], shopTypicalGapDays: 20 },
    null,
  ],
])('shownScoreIsStaticUntil: %s', (_, inputs, expected) => {
  const all = { ...EMPTY, ...inputs };
  expect(shownScoreIsStaticUntil(all, NOW, scoreCustomer(all, NOW))).toEqual(expected);
});
