import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  WARNING_WEIGHTS,
  type WarningFacts,
  warningIndicators,
  type WarningKey,
} from './warning-indicators.ts';

const NOTHING: WarningFacts = {
  npsDropPoints: null,
  csatMean: null,
  clicksLast30Days: null,
  clicksPrevious30Days: null,
  daysSinceVisit: null,
  contactsLast30Days: null,
  escalatedLast90Days: null,
  oldestUnresolvedHours: null,
  daysSinceOrder: null,
  typicalGapDays: null,
  recentOrderValueMinor: null,
  earlierOrderValueMinor: null,
  worstReviewRating: null,
  publicComplaintsLast90Days: null,
};
const FINE: WarningFacts = {
  npsDropPoints: 0,
  csatMean: 5,
  clicksLast30Days: 4,
  clicksPrevious30Days: 4,
  daysSinceVisit: 1,
  contactsLast30Days: 0,
  escalatedLast90Days: 0,
  oldestUnresolvedHours: 0,
  daysSinceOrder: 10,
  typicalGapDays: 30,
  recentOrderValueMinor: 5_000,
  earlierOrderValueMinor: 5_000,
  worstReviewRating: 5,
  publicComplaintsLast90Days: 0,
};

const gradeOf = (key: WarningKey, facts: Partial<WarningFacts>) =>
  warningIndicators({ ...NOTHING, ...facts }).indicators.find((indicator) => indicator.key === key)!.grade;

test('weights add up to 100', () => {
  expect(Object.values(WARNING_WEIGHTS).reduce((a, b) => a + b, 0)).toBe(100);
});

describe('grades', () => {
  test.each<[WarningKey, Partial<WarningFacts>, number | null]>([
    ['satisfaction', {}, null],
    ['satisfaction', { npsDropPoints: -30 }, 0],
    ['satisfaction', { npsDropPoints: 10 }, 0.25],
    ['satisfaction', { npsDropPoints: 20 }, 0.5],
    ['satisfaction', { npsDropPoints: 30 }, 0.75],
    ['satisfaction', { npsDropPoints: 90 }, 1],
    ['satisfaction', { csatMean: 4.2 }, 0],
    ['satisfaction', { csatMean: 3.5 }, 0.5],
    ['satisfaction', { csatMean: 2.75 }, 0.75],
    ['satisfaction', { csatMean: 1 }, 1],
    ['satisfaction', { csatMean: 5, npsDropPoints: 40 }, 1],
    ['behaviour', { clicksLast30Days: 2, clicksPrevious30Days: 4 }, 0.5],
    ['behaviour', { clicksLast30Days: 9, clicksPrevious30Days: 4 }, 0],
    ['behaviour', { clicksLast30Days: 0, clicksPrevious30Days: 4 }, 1],
    ['behaviour', { clicksLast30Days: 0, clicksPrevious30Days: 1 }, null],
    ['behaviour', { clicksLast30Days: 0 }, null],
    ['behaviour', { daysSinceVisit: 15 }, 0],
    ['behaviour', { daysSinceVisit: 30 }, 0.5],
    ['behaviour', { daysSinceVisit: 60 }, 0.75],
    ['behaviour', { daysSinceVisit: 900 }, 1],
    ['support', { contactsLast30Days: 1 }, 0],
    ['support', { contactsLast30Days: 2 }, 0.5],
    ['support', { contactsLast30Days: 3 }, 1],
    ['support', { escalatedLast90Days: 1, contactsLast30Days: 0 }, 1],
    ['support', { oldestUnresolvedHours: 24 }, 0.25],
    ['support', { oldestUnresolvedHours: 48 }, 0.5],
    ['support', { oldestUnresolvedHours: 168 }, 1],
    ['purchases', { daysSinceOrder: 30, typicalGapDays: 30 }, 0],
    ['purchases', { daysSinceOrder: 45, typicalGapDays: 30 }, 0.5],
    ['purchases', { daysSinceOrder: 90, typicalGapDays: 30 }, 1],
    ['purchases', { daysSinceOrder: 90, typicalGapDays: 0 }, null],
    ['purchases', { daysSinceOrder: -3, typicalGapDays: 30 }, 0],
    ['purchases', { recentOrderValueMinor: 75, earlierOrderValueMinor: 100 }, 0.5],
    ['purchases', { recentOrderValueMinor: -20, earlierOrderValueMinor: 100 }, 1],
    ['purchases', { recentOrderValueMinor: 20, earlierOrderValueMinor: 0 }, null],
    ['external', { worstReviewRating: 4 }, 0],
    ['external', { worstReviewRating: 3 }, 0.5],
    ['external', { worstReviewRating: 1 }, 1],
    ['external', { publicComplaintsLast90Days: 1, worstReviewRating: 5 }, 1],
    ['external', { publicComplaintsLast90Days: Number.NaN }, null],
  ])('%s of %o is %s', (key, facts, grade) => {
    if (grade === null) expect(gradeOf(key, facts)).toBeNull();
    else expect(gradeOf(key, facts)).toBeCloseTo(grade, 12);
  });

  test('the value that was graded stands beside its key', () => {
    const report = warningIndicators({
      ...NOTHING,
      clicksLast30Days: 1,
      clicksPrevious30Days: 4,
      csatMean: 3,
    });
    expect(report.indicators[0]!.signs).toEqual([
      { key: 'nps_drop_points', grade: null, value: null },
      { key: 'csat_mean', grade: expect.closeTo(2 / 3, 12), value: 3 },
    ]);
    expect(report.indicators[1]!.signs[0]).toEqual({
      key: 'clicks_drop_share',
      grade: expect.closeTo(0.75, 12),
      value: 0.75,
    });
  });
});

describe('total', () => {
  test('nothing known is unknown, never 0', () => {
    expect(warningIndicators(NOTHING)).toMatchObject({ total: null, coverage: 0 });
  });

  test('all fine is 0 with full coverage', () => {
    expect(warningIndicators(FINE)).toMatchObject({ total: 0, coverage: 1 });
  });

  test('unknown indicators leave the total: (35 x 0.5 + 15 x 1) / 50', () => {
    const report = warningIndicators({
      ...NOTHING,
      npsDropPoints: 20,
      csatMean: 5,
      daysSinceOrder: 90,
      typicalGapDays: 30,
    });
    expect(report.total).toBeCloseTo(0.65, 12);
    // Of the purchases one of two signs is known.
    expect(report.coverage).toBeCloseTo(0.425, 12);
  });
});

const value = fc.oneof(
  fc.constant(null),
  fc.double({ min: -100, max: 1_000, noNaN: true }),
  fc.constantFrom(0, -1, Number.NaN, Infinity, 1e300, 5e-324),
);
const anyFacts = fc.record(
  Object.fromEntries(Object.keys(NOTHING).map((key) => [key, value])),
) as unknown as fc.Arbitrary<WarningFacts>;

/** Which way is worse: +1 where more is worse. */
const WORSE: Record<keyof WarningFacts, 1 | -1 | 0> = {
  npsDropPoints: 1,
  csatMean: -1,
  clicksLast30Days: -1,
  clicksPrevious30Days: 0,
  daysSinceVisit: 1,
  contactsLast30Days: 1,
  escalatedLast90Days: 1,
  oldestUnresolvedHours: 1,
  daysSinceOrder: 1,
  typicalGapDays: 0,
  recentOrderValueMinor: -1,
  earlierOrderValueMinor: 0,
  worstReviewRating: -1,
  publicComplaintsLast90Days: 1,
};

describe('for any facts', () => {
  test('grades and total lie within 0-1, contributions add up to the total', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { total, coverage, indicators } = warningIndicators(facts);
        const known = indicators.filter(({ grade }) => grade !== null);
        for (const { grade } of known) expect(grade! >= 0 && grade! <= 1).toBe(true);
        expect(coverage >= 0 && coverage <= 1).toBe(true);
        expect(total === null).toBe(known.length === 0);
        expect(total === null).toBe(coverage === 0);
        const sum = indicators.reduce((all, { contribution }) => all + contribution, 0);
        expect(sum).toBeCloseTo(total ?? 0, 10);
      }),
      { numRuns: 500 },
    );
  });

  test('monotone: a worse fact never lowers the total', () => {
    const keys = (Object.keys(WORSE) as (keyof WarningFacts)[]).filter((key) => WORSE[key] !== 0);
    const number = fc.double({ min: -50, max: 300, noNaN: true });
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...keys), number, number, (facts, key, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const [better, worse] = WORSE[key] > 0 ? [low, high] : [high, low];
        const before = warningIndicators({ ...facts, [key]: better }).total;
        const after = warningIndicators({ ...facts, [key]: worse }).total;
        if (before !== null) expect(after).toBeGreaterThanOrEqual(before - 1e-12);
      }),
      { numRuns: 1_000 },
    );
  });
});
