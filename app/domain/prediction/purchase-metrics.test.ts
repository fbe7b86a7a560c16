import { describe, expect, it } from 'vitest';
import { decileCoverage, decilesOf, totalInterval } from './purchase-deciles.ts';
import {
  chanceBins,
  measure,
  pitHistogram,
  randomisedPit,
  unmeasured,
  type JudgedBuyer,
} from './purchase-metrics.ts';
import { seededRandom } from './seeded-random.ts';

const buyer = (chance: number, expected: number, actual: number, below = 0, upTo = 1): JudgedBuyer => ({
  chance,
  expected,
  actual,
  below,
  upTo,
});

describe('metrics of predicted orders', () => {
  it('are what they are by hand', () => {
    const judged = [buyer(0.8, 1.6, 2), buyer(0.6, 0.8, 0), buyer(0.3, 0.4, 1), buyer(0.1, 0.1, 0)];
    expect(measure('m', judged, 1)).toEqual({
      name: 'm',
      // Of the 4 pairs of one who ordered and one who did not, 3 are in order.
      auc: 0.75,
      brier: expect.closeTo((0.04 + 0.36 + 0.49 + 0.01) / 4, 12),
      baseRateBrier: 0.25,
      ece: expect.closeTo((0.2 + 0.6 + 0.7 + 0.1) / 4, 12),
      predictedTotal: expect.closeTo(2.9, 12),
      actualTotal: 3,
      // A tenth of 4 buyers is 0.4 of the first, who made 2 of 3 orders.
      topDecileShare: expect.closeTo((0.4 * 2) / 3, 12),
      intervalCoverage: expect.any(Number),
    });
  });

  it('shares out ties at the border of the best tenth', () => {
    const judged = Array.from({ length: 20 }, (_, i) => buyer(0.5, i === 7 ? 2 : 1, i < 10 ? 1 : 0));
    // The one in front made 1 of 10 orders, the other place goes to one of 19 with 9 orders between them.
    expect(measure('m', judged, 1).topDecileShare).toBeCloseTo((1 + 9 / 19) / 10, 12);
  });

  it('has nulls, never NaN, where a figure does not exist', () => {
    expect(measure('m', [], 1)).toMatchObject({
      auc: null,
      brier: null,
      ece: null,
      topDecileShare: null,
      actualTotal: 0,
    });
    expect(measure('m', [buyer(0.9, 2, 3)], 1)).toMatchObject({
      auc: null,
      baseRateBrier: 0,
      topDecileShare: expect.closeTo(0.1, 12),
    });
    expect(unmeasured('m', [{ actual: 4 }])).toMatchObject({
      brier: null,
      predictedTotal: null,
      actualTotal: 4,
    });
    expect(pitHistogram([], 1)).toEqual([]);
    expect(chanceBins([])).toEqual([]);
  });
});

describe('the randomised PIT', () => {
  it('lies between the shares below and up to what came, by seed', () => {
    const judged = [buyer(0.5, 1, 0, 0, 0.4), buyer(0.5, 1, 2, 0.7, 0.8)];
    const [low, high] = randomisedPit(judged, 5);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(low).toBeLessThan(0.4);
    expect(high).toBeGreaterThanOrEqual(0.7);
    expect(high).toBeLessThan(0.8);
    expect(randomisedPit(judged, 5)).toEqual([low, high]);
    expect(randomisedPit(judged, 6)).not.toEqual([low, high]);
  });

  it('is uniform for true distributions, and 80% are inside', () => {
    const random = seededRandom(9);
    // Bernoulli(p) for p drawn anywhere.
    const judged = Array.from({ length: 20_000 }, () => {
      const p = random();
      const came = random() < p;
      return buyer(p, p, Number(came), came ? 1 - p : 0, came ? 1 : 1 - p);
    });
    expect(measure('m', judged, 2).intervalCoverage).toBeCloseTo(0.8, 1);
    for (const share of pitHistogram(judged, 2)) expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
  });
});

describe('deciles', () => {
  it('are tenths by what was expected, with intervals of their totals', () => {
    const buyers = Array.from({ length: 25 }, (_, i) => ({ expected: i, variance: i, actual: i }));
    const deciles = decilesOf(buyers.toReversed(), 0);
    expect(deciles.map(({ n }) => n)).toEqual([3, 2, 3, 2, 3, 2, 3, 2, 3, 2]);
    // 22 + 23 + 24 orders, Poisson: 80% of Gamma(69) lie between 58.6 and 79.9, so of whole orders 59 to 79.
    expect(deciles[0]).toEqual({ n: 3, predicted: 69, actual: 69, low: 59, high: 79 });
    expect(deciles[9]).toMatchObject({ n: 2, predicted: 1 });
    expect(decileCoverage(deciles)).toBe(1);
    expect(decileCoverage([{ n: 1, predicted: 5, actual: 9, low: 3, high: 8 }, ...deciles.slice(0, 3)])).toBe(
      0.75,
    );
    expect(decilesOf(buyers.slice(0, 4), 0)).toHaveLength(4);
    expect(decilesOf([], 0)).toEqual([]);
    expect(decileCoverage([])).toBeNull();
  });

  it('widen with what all buyers share, and hold 0 orders where next to none are expected', () => {
    expect(totalInterval(100, 100, 0)).toEqual({ low: 88, high: 113 });
    expect(totalInterval(100, 100, 0.2)).toEqual({ low: 73, high: 129 });
    expect(totalInterval(0.2, 0.2, 0.1)).toMatchObject({ low: 0 });
    expect(totalInterval(0, 0, 0.1)).toEqual({ low: 0, high: 0 });
  });

  it('hold four Poisson totals in five, also of a few orders', () => {
    const held = (mean: number) => {
      const { low, high } = totalInterval(mean, mean, 0);
      let [chance, sum] = [Math.exp(-mean), 0];
      for (let count = 0; count <= high; chance *= mean / (count += 1)) if (count >= low) sum += chance;
      return sum;
    };
    const shares = Array.from({ length: 29 }, (_, i) => held(i + 2));
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeCloseTo(0.8, 2);
    expect(Math.min(...shares)).toBeGreaterThan(0.7);
    expect(Math.max(...shares)).toBeLessThan(0.88);
  });

  it('are right four times in five', () => {
    const random = seededRandom(4);
    const poisson = (mean: number) => {
      let [count, product] = [0, random()];
      while (product > Math.exp(-mean)) [count, product] = [count + 1, product * random()];
      return count;
    };
    for (const mean of [20, 80]) {
      const { low, high } = totalInterval(mean, mean, 0);
      const inside = Array.from({ length: 4_000 }, () => poisson(mean)).filter(
        (n) => n >= low && n <= high,
      ).length;
      expect(inside / 4_000).toBeGreaterThan(0.77);
      expect(inside / 4_000).toBeLessThan(0.85);
    }
  });
});
