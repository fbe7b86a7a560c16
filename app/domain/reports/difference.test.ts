import { describe, expect, test } from 'vitest';
import { differenceBetween } from './difference.ts';
import { meanEstimate, sumRatings } from './mean.ts';
import { npsEstimate } from './nps.ts';
import { shareEstimate } from './share.ts';

describe('differenceBetween', () => {
  // Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 20, 0.6791, 1],
  ])('shares %d/%d less %d/%d: %d to %d', (a, n, b, m, low, high) => {
    const result = differenceBetween(shareEstimate(b, m), shareEstimate(a, n));
    if (result.outcome === 'not_enough') throw new Error('The difference should be shown.');
    expect(result.outcome).toBe('changed');
    expect(result.difference).toBeCloseTo(a / n - b / m, 10);
    expect(result.low).toBeCloseTo(low, 4);
    expect(result.high).toBeCloseTo(high, 4);
  });

  test('NPS: the margins add up as squares', () => {
    // both 40 and 52 with n = 400: margin of each from its own variance
    const before = npsEstimate({ promoters: 220, passives: 120, detractors: 60 });
    const after = npsEstimate({ promoters: 256, passives: 96, detractors: 48 });
    const result = differenceBetween(before, after);
    if (result.outcome === 'not_enough') throw new Error('The difference should be shown.');
    const margin = 196 * Math.sqrt((0.7 - 0.16 + (0.76 - 0.2704)) / 400);
    expect(result.difference).toBeCloseTo(12, 10);
    expect(result.low).toBeCloseTo(12 - margin, 2);
    expect(result.high).toBeCloseTo(12 + margin, 2);
    expect(result.outcome).toBe('changed');
  });

  test('a change within the noise is no real change, in either direction', () => {
    const few = npsEstimate({ promoters: 22, passives: 12, detractors: 6 });
    const fewLater = npsEstimate({ promoters: 25, passives: 10, detractors: 5 });
    expect(differenceBetween(few, fewLater).outcome).toBe('no_real_change');
    expect(differenceBetween(fewLater, few).outcome).toBe('no_real_change');
    expect(differenceBetween(few, few)).toMatchObject({ outcome: 'no_real_change', difference: 0 });
  });

  test('a real fall is a change too', () => {
    const before = meanEstimate(sumRatings([5, 5, 4, 5, 5, 4, 5, 5]));
    const after = meanEstimate(sumRatings([2, 3, 2, 1, 3, 2, 2, 3]));
    const result = differenceBetween(before, after);
    expect(result.outcome).toBe('changed');
    expect(result).toMatchObject({ difference: -2.5 });
  });

  test('too few answers on one side: nothing is said', () => {
    const enough = shareEstimate(5, 9);
    expect(differenceBetween(enough, shareEstimate(2, 4))).toEqual({ outcome: 'not_enough' });
    expect(differenceBetween(shareEstimate(2, 4), enough)).toEqual({ outcome: 'not_enough' });
  });
});
