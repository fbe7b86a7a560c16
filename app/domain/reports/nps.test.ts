import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countNps, npsEstimate } from './nps.ts';

test('groups: 0-6 detractors, 7-8 passives, 9-10 promoters', () => {
  const each = (count: number) => Array.from({ length: 11 }, (_, rating) => ({ rating, count }));
  expect(countNps(each(1))).toEqual({ promoters: 2, passives: 2, detractors: 7 });
  expect(countNps(each(30))).toEqual({ promoters: 60, passives: 60, detractors: 210 });
});

describe('npsEstimate', () => {
  // Published margins of error for 55% promoters and 15% detractors (NPS 40): 14 points at n = 100.
  test.each([
    [100, 14.4],
    [400, 7.2],
    [2_000, 3.22],
  ])('NPS 40 from %d answers has a margin of %d', (n, margin) => {
    const nps = npsEstimate({ promoters: 0.55 * n, passives: 0.3 * n, detractors: 0.15 * n });
    if (nps.outcome !== 'shown') throw new Error('The figure should be shown.');
    expect(nps).toMatchObject({ n });
    expect(nps.value).toBeCloseTo(40, 10);
    expect(nps.high - nps.value).toBeCloseTo(margin, 1);
    expect(nps.value - nps.low).toBeCloseTo(margin, 1);
  });

  test('passives count in n: all kinds alike are NPS 0', () => {
    expect(npsEstimate({ promoters: 10, passives: 10, detractors: 10 })).toMatchObject({ n: 30, value: 0 });
  });

  test('below 5 answers it is not shown', () => {
    expect(npsEstimate({ promoters: 4, passives: 0, detractors: 0 })).toEqual({
      outcome: 'not_enough',
      n: 4,
    });
    expect(npsEstimate({ promoters: 0, passives: 0, detractors: 0 })).toEqual({
      outcome: 'not_enough',
      n: 0,
    });
    expect(npsEstimate({ promoters: 4, passives: 1, detractors: 0 }).outcome).toBe('shown');
  });

  test('five promoters do not prove an NPS of exactly 100', () => {
    const nps = npsEstimate({ promoters: 5, passives: 0, detractors: 0 });
    // p 5.75 / 8, d 0.75 / 8: variance 0.421875 / 8, margin 45.0
    expect(nps).toMatchObject({ value: 100, high: 100 });
    expect(nps.outcome === 'shown' ? nps.low : Number.NaN).toBeCloseTo(55, 1);
  });

  test('the interval holds the value, lies within the scale and narrows with n', () => {
    const count = fc.nat({ max: 500 });
    fc.assert(
      fc.property(count, count, count, (promoters, passives, detractors) => {
        const nps = npsEstimate({ promoters, passives, detractors });
        if (nps.outcome === 'not_enough') return nps.n < 5;
        const more = npsEstimate({
          promoters: 4 * promoters,
          passives: 4 * passives,
          detractors: 4 * detractors,
        });
        if (more.outcome === 'not_enough') return false;
        const ordered = -100 <= nps.low && nps.low <= nps.value && nps.value <= nps.high && nps.high <= 100;
        return ordered && nps.high > nps.low && more.high - more.low < nps.high - nps.low;
      }),
    );
  });
});
