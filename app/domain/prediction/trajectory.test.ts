import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discordantCdf } from './kendall.ts';
import { type SatisfactionPoint, type Trajectory, trajectoryOf } from './trajectory.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const DAY_MS = 86_400_000;
const point = (daysAgo: number, points: number): SatisfactionPoint => ({
  at: new Date(NOW.getTime() - daysAgo * DAY_MS),
  points,
});
/** Points 30 days apart, oldest first: a step of x between neighbours is x points per 30 days. */
const monthly = (...values: number[]) => values.map((value, i) => point(30 * (values.length - 1 - i), value));

type Shown = Extract<Trajectory, { outcome: 'shown' }>;
const shown = (answers: SatisfactionPoint[]): Shown => {
  const found = trajectoryOf(answers, NOW);
  if (found.outcome !== 'shown') throw new Error(found.reason);
  return found;
};

describe('discordantCdf', () => {
  test('small tables of permutations by inversions, counted by hand', () => {
    // n = 3: 1 2 2 1 of 6; n = 5: 1 4 9 15 20 22 20 15 9 4 1 of 120.
    expect(discordantCdf(3).map((p) => Math.round(6 * p))).toEqual([1, 3, 5, 6]);
    expect(discordantCdf(5).map((p) => Math.round(120 * p))).toEqual([
      1, 5, 14, 29, 49, 71, 91, 106, 115, 119, 120,
    ]);
    expect(discordantCdf(1)).toEqual([1]);
  });

  test('has mean n(n-1)/4 and variance n(n-1)(2n+5)/72', () => {
    const n = 40;
    const chances = discordantCdf(n).map((p, k, all) => p - (all[k - 1] ?? 0));
    const mean = chances.reduce((sum, p, k) => sum + p * k, 0);
    expect(mean).toBeCloseTo((n * (n - 1)) / 4, 6);
    const variance = chances.reduce((sum, p, k) => sum + p * (k - mean) ** 2, 0);
    expect(variance).toBeCloseTo((n * (n - 1) * (2 * n + 5)) / 72, 4);
  });
});

describe('the cloud-seeding data of Hollander & Wolfe (chapter 9), with years as months and a level of 50', () => {
  // Ratios of years 1-5: 1.26 1.27 1.12 1.16 1.03. The ten slopes by hand, sorted: -0.15 -0.13 -0.08 -0.07 -0.0575
  // -0.055 -0.045 -0.0333 0.01 0.04: median -0.05625; second lowest and highest at 1 - 2 x 5/120 = 0.9167.
  const seeding = shown(monthly(51.26, 51.27, 51.12, 51.16, 51.03));

  test('the median of the slopes', () => {
    expect(seeding.slope).toBeCloseTo(-0.05625, 10);
  });

  test("Sen's interval", () => {
    expect(seeding.interval?.low).toBeCloseTo(-0.13, 10);
    expect(seeding.interval?.high).toBeCloseTo(0.01, 10);
    expect(seeding.interval?.coverage).toBeCloseTo(1 - 10 / 120, 10);
  });

  test('so small a slope is flat', () => {
    // No slope beyond 2 either way: 1 - 2 x half of 1/120.
    expect(seeding).toMatchObject({ direction: 'flat', days: 5 });
    expect(seeding.confidence).toBeCloseTo(119 / 120, 10);
  });
});

describe('directions', () => {
  test.each<[string, number[], Shown['direction'], number, number]>([
    // All 3 slopes above 2: below = 0, 1 - (1/6 + 0)/2.
    ['three rising', [40, 50, 60], 'improving', 10, 11 / 12],
    ['three falling', [100, 75, 50], 'declining', -25, 11 / 12],
    ['three equal', [75, 75, 75], 'flat', 0, 10 / 12],
    ['one outlier among six changes nothing', [70, 70, 0, 70, 70, 70], 'flat', 0, NaN],
    ['four rising', [10, 20, 30, 40], 'improving', 10, 47 / 48],
  ])('%s', (_, values, direction, slope, confidence) => {
    const found = shown(monthly(...values));
    expect(found.direction).toBe(direction);
    expect(found.slope).toBeCloseTo(slope, 10);
    if (!Number.isNaN(confidence)) expect(found.confidence).toBeCloseTo(confidence, 10);
  });

  test('slopes that lie on the limit count half', () => {
    // Three slopes of exactly 2: below = 1.5, halfway.
    const found = shown(monthly(50, 52, 54));
    expect(found.direction).toBe('flat');
    expect(found.chances.improving).toBeCloseTo(0.5, 10);
  });

  test('three days allow no interval of 80%, four do', () => {
    expect(shown(monthly(1, 2, 3)).interval).toBeNull();
    expect(shown(monthly(10, 20, 40, 40)).interval).toEqual({
      low: 0,
      high: 20,
      coverage: expect.closeTo(1 - 2 / 24, 10),
    });
  });
});

describe('not enough data', () => {
  test.each<[string, SatisfactionPoint[], string, number]>([
    ['nothing', [], 'few_days', 0],
    ['two days', [point(0, 5), point(50, 5), point(50.01, 7)], 'few_days', 2],
    ['many answers on one day', Array.from({ length: 50 }, (_, i) => point(i / 100, 2 * i)), 'few_days', 1],
    ['three days within two weeks', [point(0, 10), point(6, 50), point(13, 90)], 'short_span', 3],
    [
      'from the future, forgotten, no number',
      [point(-1, 5), point(730, 5), point(1, NaN), point(2, 3)],
      'few_days',
      1,
    ],
    ['no date', [{ at: new Date(NaN), points: 5 }], 'few_days', 0],
  ])('%s', (_, answers, reason, days) => {
    expect(trajectoryOf(answers, NOW)).toEqual({ outcome: 'not_enough', reason, days });
  });

  test('14 days between the first and the last are enough', () => {
    expect(trajectoryOf([point(0, 10), point(6, 50), point(14, 90)], NOW).outcome).toBe('shown');
  });
});

test('answers of one day are one point, their mean', () => {
  expect(shown([...monthly(40, 50, 20), point(0, 100)])).toEqual(shown(monthly(40, 50, 60)));
});

test('10,000 answers are a matter of the newest 60 days with answers', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => point(i % 200, i % 200 < 60 ? 50 : 100));
  expect(shown(many)).toMatchObject({ direction: 'flat', slope: 0, days: 60 });
});

const anyPoint = fc
  .tuple(
    fc.oneof(fc.integer({ min: -30, max: 800 }), fc.double({ min: 0, max: 60, noNaN: true })),
    fc.oneof(fc.constantFrom(0, 25, 50, 75, 100), fc.constantFrom(-5, 1e9, Number.NaN, Infinity)),
  )
  .map(([daysAgo, points]) => point(daysAgo, points));
const anyAnswers = fc.array(anyPoint, { maxLength: 40 });

describe('for any answers', () => {
  test('chances add up to 1, the slope lies in its interval, nothing is NaN', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const found = trajectoryOf(answers, NOW);
        if (found.outcome !== 'shown') return;
        expect(Number.isFinite(found.slope)).toBe(true);
        const { improving, flat, declining } = found.chances;
        expect(improving + flat + declining).toBeCloseTo(1, 10);
        for (const chance of [improving, flat, declining]) expect(chance >= 0 && chance <= 1).toBe(true);
        if (found.direction !== 'flat') expect(found.confidence).toBeGreaterThanOrEqual(0.5 - 1e-9);
        const { low, high, coverage } = found.interval ?? {
          low: found.slope,
          high: found.slope,
          coverage: 0.8,
        };
        expect(low <= found.slope && found.slope <= high && coverage >= 0.8 && coverage < 1).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('the order of arrival is irrelevant', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        expect(trajectoryOf([...answers].reverse(), NOW)).toEqual(trajectoryOf(answers, NOW));
      }),
    );
  });

  test('upside down the direction turns round', () => {
    const turned = { improving: 'declining', flat: 'flat', declining: 'improving' } as const;
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const found = trajectoryOf(answers, NOW);
        const turn = (points: number) =>
          Number.isFinite(points) ? 100 - Math.min(100, Math.max(0, points)) : points;
        const mirrored = trajectoryOf(
          answers.map(({ at, points }) => ({ at, points: turn(points) })),
          NOW,
        );
        if (found.outcome !== 'shown' || mirrored.outcome !== 'shown') return;
        expect(mirrored.slope).toBeCloseTo(-found.slope, 9);
        if (Math.abs(Math.abs(found.slope) - 2) > 1e-9)
          expect(mirrored.direction).toBe(turned[found.direction]);
      }),
    );
  });

  test('a better newest day never lowers the slope', () => {
    const pastDays = fc.array(fc.tuple(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 0, max: 100 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(pastDays, fc.nat({ max: 100 }), fc.nat({ max: 100 }), (past, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((newest) =>
          trajectoryOf([point(0, newest), ...past.map(([daysAgo, points]) => point(daysAgo, points))], NOW),
        );
        if (low?.outcome === 'shown' && high?.outcome === 'shown')
          expect(high.slope).toBeGreaterThanOrEqual(low.slope);
      }),
    );
  });
});
