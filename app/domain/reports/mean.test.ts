import { describe, expect, test } from 'vitest';
import { meanEstimate, sumRatings } from './mean.ts';
import { tQuantile975 } from './t-quantile.ts';

// Student's table, two-sided 5%.
test.each([
  [1, 12.7062],
  [2, 4.3027],
  [3, 3.1824],
  [4, 2.7764],
  [5, 2.5706],
  [9, 2.2622],
  [10, 2.2281],
  [19, 2.093],
  [30, 2.0423],
  [60, 2.0003],
  [100, 1.984],
  [120, 1.9799],
  [200, 1.9719],
  [500, 1.9647],
  [1_000, 1.9623],
  [1_000_000, 1.96],
])('t of %d degrees of freedom is %d', (df, t) => {
  expect(tQuantile975(df)).toBeCloseTo(t, 4);
});

test('t: the exact solution and the expansion meet, and falling df raise it', () => {
  expect(tQuantile975(200) - tQuantile975(201)).toBeGreaterThan(0);
  expect(tQuantile975(200) - tQuantile975(201)).toBeLessThan(1e-4);
  for (let df = 2; df < 400; df += 1) expect(tQuantile975(df)).toBeLessThan(tQuantile975(df - 1));
});

test.each([0, -1, 2.5, Number.NaN])('t: %d degrees of freedom are refused', (df) => {
  expect(() => tQuantile975(df)).toThrow(RangeError);
});

describe('meanEstimate', () => {
  test('t interval by hand', () => {
    // mean 3.6, s^2 = 5.2 / 4 = 1.3, margin 2.7764 x sqrt(1.3 / 5) = 1.4157
    const mean = meanEstimate(sumRatings([5, 4, 4, 2, 3]));
    if (mean.outcome !== 'shown') throw new Error('The figure should be shown.');
    expect(mean.n).toBe(5);
    expect(mean.value).toBeCloseTo(3.6, 10);
    expect(mean.low).toBeCloseTo(3.6 - 1.4157, 3);
    expect(mean.high).toBeCloseTo(3.6 + 1.4157, 3);
  });

  test('is held within the scale when one is given', () => {
    const mean = meanEstimate(sumRatings([5, 4, 4, 2, 3]), { min: 1, max: 5 });
    expect(mean).toMatchObject({ high: 5 });
    expect(meanEstimate(sumRatings([1, 1, 1, 1, 5]), { min: 1, max: 5 })).toMatchObject({ low: 1 });
  });

  test('equal ratings have no spread; below 5 it is not shown', () => {
    expect(meanEstimate(sumRatings([4, 4, 4, 4, 4]))).toMatchObject({ value: 4, low: 4, high: 4 });
    expect(meanEstimate(sumRatings([4, 4, 4, 4]))).toEqual({ outcome: 'not_enough', n: 4 });
    expect(meanEstimate(sumRatings([]))).toEqual({ outcome: 'not_enough', n: 0 });
  });
});
