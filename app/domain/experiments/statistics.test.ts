import { describe, expect, it, test } from 'vitest';
import { chiSquareTail, twoSided, upperQuantile } from './chance.ts';
import { sameShare, sampleRatio } from './sample-ratio.ts';
import { baseRateOf, daysUntilRead, peoplePerArm } from './sample-size.ts';

// Abramowitz & Stegun, table 26.1 (normal) and 26.8 (chi-square).
test.each([
  [0, 1],
  [1, 0.317310507863],
  [1.959963984540054, 0.05],
  [2.5758293035489, 0.01],
  [3.290526731491925, 0.001],
  [5, 5.733031438e-7],
])('two-sided p of z = %d is %d', (z, p) => {
  expect(twoSided(z) / p).toBeCloseTo(1, 9);
  expect(twoSided(-z)).toBe(twoSided(z));
});

test.each([
  [0.025, 1.959963984540054],
  [0.2, 0.8416212335729143],
  [0.0125, 2.241402727604947],
  [0.5, 0],
])('z above which %d lies is %d', (p, z) => expect(upperQuantile(p)).toBeCloseTo(z, 9));

test.each([
  [3.841459, 1, 0.05],
  [10.827566, 1, 0.001],
  [5.991465, 2, 0.05],
  [13.815511, 2, 0.001],
  [7.814728, 3, 0.05],
  [16.266236, 3, 0.001],
])('chi-square %d with %d degrees of freedom: %d', (x, degrees, p) => {
  expect(chiSquareTail(x, degrees) / p).toBeCloseTo(1, 5);
});

test('other degrees of freedom are refused', () => {
  expect(() => chiSquareTail(1, 4)).toThrow(RangeError);
});

describe('people per arm at 80% power and 5%', () => {
  // 20% against 25%: (1.95996 sqrt(0.34875) + 0.84162 sqrt(0.3475))^2 / 0.0025 = 1,093.7 by hand.
  it.each([
    [0.2, 0.05, 1, 1_094],
    // 10% against 15%: (1.95996 sqrt(0.21875) + 0.84162 sqrt(0.2175))^2 / 0.0025 = 686 by hand.
    [0.1, 0.05, 1, 686],
    // At one half a rise and a fall need the same: 388.
    [0.5, 0.1, 1, 388],
    // Two comparisons at 2.5% each.
    [0.2, 0.05, 2, 1_325],
  ])('base %d, difference %d, %d variants: %d', (baseRate, effect, variants, people) => {
    expect(peoplePerArm({ baseRate, effect, variants })).toBe(people);
  });

  it('is a number also at the ends', () => {
    for (const baseRate of [0, 1, 0.999]) {
      const people = peoplePerArm({ baseRate, effect: 0.5, variants: 1 });
      expect(Number.isInteger(people) && people > 0, String(baseRate)).toBe(true);
    }
  });

  it('plans with the own rate from 30 mails on', () => {
    expect(baseRateOf({ delivered: 29, answered: 20 })).toEqual({ rate: 0.1, assumed: true });
    expect(baseRateOf({ delivered: 40, answered: 10 })).toEqual({ rate: 0.25, assumed: false });
  });
});

describe('the split of people', () => {
  const split = (...counts: number[]) => sampleRatio(counts.map((count) => ({ count, weight: 1 })));

  it.each([
    // (821588 - 818531)^2 / 2 / 820059.5 -> chi-square 5.70, p 0.017: no alarm at 0.001.
    [[821_588, 818_531], 'fine', 0.017],
    // Kohavi, Tang & Xu 2020, "Trustworthy Online Controlled Experiments", p. 45: 821,588 against 815,482, p 1.8e-6.
    [[821_588, 815_482], 'mismatch', 1.8e-6],
    [[500, 500], 'fine', 1],
    [[4, 4], 'not_enough', 1],
  ])('%j: %s', (counts, outcome, p) => {
    const found = split(...counts);
    expect(found.outcome).toBe(outcome);
    expect(found.p / p).toBeCloseTo(1, 1);
  });

  it('follows the weights', () => {
    const groups = [
      { count: 750, weight: 3 },
      { count: 250, weight: 1 },
    ];
    expect(sampleRatio(groups)).toEqual({ outcome: 'fine', p: 1 });
    expect(sampleRatio(groups.map((group) => ({ ...group, weight: 1 }))).outcome).toBe('mismatch');
  });

  it('of those reached: 2 x 2 by hand', () => {
    // 90 of 100 and 70 of 100: share 0.8, chi-square 2 x 10^2 / 16 = 12.5, p 0.00041.
    const found = sameShare([
      { count: 90, of: 100 },
      { count: 70, of: 100 },
    ]);
    expect(found.outcome).toBe('mismatch');
    expect(found.p).toBeCloseTo(0.00041, 5);
    expect(
      sameShare([
        { count: 8, of: 10 },
        { count: 8, of: 10 },
      ]).outcome,
    ).toBe('not_enough');
    expect(
      sameShare([
        { count: 50, of: 50 },
        { count: 60, of: 60 },
      ]),
    ).toEqual({ outcome: 'fine', p: 1 });
    expect(
      sameShare([
        { count: 0, of: 0 },
        { count: 0, of: 0 },
      ]).outcome,
    ).toBe('not_enough');
  });
});

describe('how long it takes until the result is read', () => {
  it.each([
    // 10 a day: 100 days, and 10 more in which the last ones may answer.
    [1_000, 300, 110],
    [1, 300, 11],
    [100, 7, 439],
    [100, 0, null],
  ])('%d people, %d of them in 30 days: %s days', (people, lately, days) => {
    expect(daysUntilRead(people, lately)).toBe(days);
  });
});
