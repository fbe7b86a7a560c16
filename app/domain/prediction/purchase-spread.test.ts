import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '#tests/factories/simulated-shops.ts';
import type { Corrections } from './purchase-corrections.ts';
import { cumulative, EVEN_SPREAD, fitSpread, quantileOf, spreadOver, varianceOf } from './purchase-spread.ts';
import type { WindowRow } from './purchase-windows.ts';

const NONE = { level: 0, slopes: [0, 0, 0, 0], centres: [0, 0, 0, 0] };
const UNCORRECTED: Corrections = { chance: NONE, further: NONE, levelDeviation: 0, windowDeviation: 0 };
const PLAN = { windowDays: 90, starts: [{ day: 0, sameSeason: false }], weight: 1, independent: 1 };

const rowsOf = (counts: number[], further: number): WindowRow[] =>
  counts.map((purchases) => ({
    window: 0,
    answer: { chance: 0, further: Math.log(further) },
    traits: [0, 0, 0],
    purchases,
  }));

describe('the distribution of orders', () => {
  it('without dispersion is a chance, and after it Poisson', () => {
    // P(N <= 2) = 0.4 + 0.6 (e^-1.5 + 1.5 e^-1.5)
    expect(cumulative(EVEN_SPREAD, 0.6, 1.5, 2)).toBeCloseTo(0.4 + 0.6 * 2.5 * Math.exp(-1.5), 10);
    expect(cumulative(EVEN_SPREAD, 0.6, 1.5, 0)).toBeCloseTo(0.4, 12);
    expect(cumulative(EVEN_SPREAD, 0.6, 1.5, -1)).toBe(0);
  });

  it('has the mean and the variance that it says, with any dispersion', () => {
    const spread = { ...EVEN_SPREAD, dispersion: 2.5 };
    let [mean, square] = [0, 0];
    for (let count = 1; count < 400; count += 1) {
      const share = cumulative(spread, 0.7, 3, count) - cumulative(spread, 0.7, 3, count - 1);
      mean += count * share;
      square += count * count * share;
    }
    expect(mean).toBeCloseTo(0.7 * 4, 6);
    expect(square - mean * mean).toBeCloseTo(varianceOf(spread, 0.7, 3), 6);
  });

  it('has quantiles that are the first counts to reach their share, rising with it', () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(
        share,
        fc.double({ min: 0.001, max: 1_500, noNaN: true }),
        fc.double({ min: 0.3, max: 9, noNaN: true }),
        share,
        (chance, further, dispersion, wanted) => {
          const spread = { ...EVEN_SPREAD, dispersion };
          const found = quantileOf(spread, chance, further, wanted);
          expect(cumulative(spread, chance, further, found)).toBeGreaterThanOrEqual(wanted - 1e-12);
          if (found > 0) expect(cumulative(spread, chance, further, found - 1)).toBeLessThan(wanted);
        },
      ),
    );
  });
});

describe('the spread that windows teach', () => {
  it('is even for Poisson orders, and has the dispersion of uneven ones', () => {
    const chance = chanceOf(3);
    const poisson = (mean: number) => {
      let count = 0;
      for (let at = chance.exponential(); at < mean; at += chance.exponential()) count += 1;
      return count;
    };
    const even = fitSpread(
      rowsOf(
        Array.from({ length: 20_000 }, () => 1 + poisson(1.5)),
        1.5,
      ),
      UNCORRECTED,
      PLAN,
      [0],
    );
    expect(even.dispersion).toBeCloseTo(1, 1);
    even.quantiles.forEach((share, i) => expect(Math.abs(share - i / 20)).toBeLessThan(0.01));
    // Rates of Gamma(3, 1 / 0.5): the variance is 1 + 0.5 times the mean.
    const uneven = Array.from({ length: 20_000 }, () => 1 + poisson(chance.gamma(3) * 0.5));
    expect(fitSpread(rowsOf(uneven, 1.5), UNCORRECTED, PLAN, [0]).dispersion).toBeCloseTo(1.5, 1);
  });

  it('narrows where orders are more regular than by chance', () => {
    const regular = fitSpread(
      rowsOf(
        Array.from({ length: 5_000 }, () => 3),
        2,
      ),
      UNCORRECTED,
      PLAN,
      [0],
    );
    expect(regular.dispersion).toBeLessThan(0.1);
    expect(quantileOf(regular, 0.999, 2, 0.1)).toBe(3);
    expect(quantileOf(regular, 0.999, 2, 0.9)).toBe(3);
    expect(quantileOf(EVEN_SPREAD, 0.999, 2, 0.9)).toBe(5);
  });

  it('is even without orders, and widens with the horizon', () => {
    expect(fitSpread(rowsOf([0, 0], 1), UNCORRECTED, PLAN, [0])).toEqual(EVEN_SPREAD);
    const spread = { ...EVEN_SPREAD, dispersion: 1.5 };
    expect(spreadOver(spread, 360, 90).dispersion).toBeCloseTo(3, 12);
    expect(spreadOver(spread, 90, 90)).toBe(spread);
  });
});
