import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '#tests/factories/simulated-shops.ts';
import { expectedPurchases, probabilityOfNone } from './bg-nbd.ts';
import { fitMbgNbd } from './mbg-nbd.ts';
import type { PurchaseCounts } from './purchase-counts.ts';
import { fitRhythm } from './purchase-rhythm-fit.ts';
import { chanceOfPurchase, furtherPurchases, MOST_STAGES, stagesOf } from './purchase-rhythm.ts';

const FLAT = { means: [0, 4, 0, 0], deviations: [1e3, 1e3, 1e3, 1e3] };
const AGE = 360;

/** Buyers of MBG/CNBD-k with r 0.8, k stages of mean rate 1 / 40 days, losses Beta(1, 3), all first seen on day 0. */
function buyersOf(stages: number, size: number, seed: number) {
  const chance = chanceOf(seed);
  return Array.from({ length: size }, () => {
    const rate = (stages * chance.gamma(0.8)) / 32;
    const loss = chance.beta(1, 3);
    const gaps: number[] = [];
    for (let at = 0; chance.uniform() >= loss;) {
      const gap = chance.gamma(stages) / rate;
      if (at + gap > AGE) break;
      at += gap;
      gaps.push(gap);
    }
    const recency = gaps.reduce((sum, gap) => sum + gap, 0);
    return {
      counts: { repeats: gaps.length, recency, age: AGE } satisfies PurchaseCounts,
      gaps: gaps.length,
      sumOfGaps: recency,
      sumOfSquares: gaps.reduce((sum, gap) => sum + gap * gap, 0),
    };
  });
}

describe('the rhythm with one stage', () => {
  it('is MBG/NBD: the same fit, chance and further purchases', () => {
    const buyers = buyersOf(1, 1_500, 3).map(({ counts }) => counts);
    const { parameters } = fitMbgNbd(buyers);
    const fitted = fitRhythm(buyers, 1, FLAT);
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      expect(fitted[name] / parameters[name]).toBeCloseTo(1, 3);
    }
    for (const buyer of buyers.slice(0, 50)) {
      const some = 1 - probabilityOfNone('mbgnbd', fitted, buyer, 90);
      expect(chanceOfPurchase(fitted, buyer, 90)).toBeCloseTo(some, 10);
      const all = expectedPurchases('mbgnbd', fitted, buyer, 90);
      expect(some * (1 + furtherPurchases(fitted, buyer, 90))).toBeCloseTo(all, 10);
    }
  });
});

describe('the stages', () => {
  it.each([1, 2, 5, 12])('are learnt from the gaps: %d', (stages) => {
    const learnt = stagesOf(buyersOf(stages, 4_000, 5));
    expect(Math.abs(learnt - stages)).toBeLessThanOrEqual(stages > 5 ? 1 : 0);
  });

  it('are one where nobody has two gaps or gaps are wilder than by chance, and end at the most', () => {
    expect(stagesOf([])).toBe(1);
    expect(stagesOf([{ gaps: 1, sumOfGaps: 30, sumOfSquares: 900 }])).toBe(1);
    expect(stagesOf([{ gaps: 2, sumOfGaps: 100, sumOfSquares: 99 ** 2 + 1 }])).toBe(1);
    expect(stagesOf([{ gaps: 4, sumOfGaps: 120, sumOfSquares: 4 * 900 }])).toBe(MOST_STAGES);
  });
});

describe('the rhythm with several stages', () => {
  it('finds the parameters again that buyers were made with', () => {
    const { r, alpha, a, b } = fitRhythm(
      buyersOf(4, 6_000, 7).map(({ counts }) => counts),
      4,
      FLAT,
    );
    expect(r).toBeCloseTo(0.8, 1);
    // Stages come at 4 times the rate of purchases: Gamma(0.8, 32 / 4).
    expect(alpha / 8).toBeCloseTo(1, 0);
    expect(a / (a + b)).toBeCloseTo(0.25, 1);
  });

  it('knows who is nearly due, and who is overdue for good', () => {
    const rhythm = { r: 5, alpha: 12.5, a: 1, b: 9, stages: 12 };
    const after = (silence: number) =>
      chanceOfPurchase(rhythm, { repeats: 10, recency: 300, age: 300 + silence }, 14);
    expect(after(2)).toBeLessThan(0.1);
    expect(after(25)).toBeGreaterThan(0.6);
    expect(after(90)).toBeLessThan(0.01);
  });

  it('gives chances in 0-1 that grow with the horizon, for any buyer', () => {
    const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          r: positive,
          alpha: positive,
          a: positive,
          b: positive,
          stages: fc.integer({ min: 1, max: 24 }),
        }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 0, max: 3_000 }),
        (rhythm, repeats, recency, silence) => {
          const known = repeats === 0 ? 0 : recency;
          const buyer = { repeats, recency: known, age: known + silence };
          const [near, far] = [30, 90].map((days) => chanceOfPurchase(rhythm, buyer, days));
          expect(near).toBeGreaterThanOrEqual(0);
          expect(far).toBeLessThanOrEqual(1);
          expect(far! - near!).toBeGreaterThanOrEqual(-1e-9);
          expect(furtherPurchases(rhythm, buyer, 90)).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('the prior', () => {
  it('holds where there are no buyers or nobody is lost, and gives way to many', () => {
    const prior = { means: [0, 4, 0, 1], deviations: [1, 1, 1, 1] };
    const alone = fitRhythm([], 1, prior);
    expect([alone.r, alone.alpha, alone.a, alone.b].map(Math.log)).toEqual(
      [0, 4, 0, 1].map((mean) => expect.closeTo(mean, 3)),
    );
    const sure = Array.from({ length: 300 }, () => ({ repeats: 10, recency: 300, age: 310 }));
    const fitted = fitRhythm(sure, 1, prior);
    expect(Object.values(fitted).every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    expect(fitted.a / fitted.b).toBeLessThan(0.05);
  });
});
