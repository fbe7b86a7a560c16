import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '#tests/factories/simulated-shops.ts';
import { expectedPurchases, fitBgNbd, probabilityOfNone } from './bg-nbd.ts';
import { fitMbgNbd } from './mbg-nbd.ts';
import type { PurchaseCounts } from './purchase-counts.ts';
import { chooseRhythm, fitRhythm } from './purchase-rhythm-fit.ts';
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
  it.each([
    ['MBG/NBD', 'mbgnbd', fitMbgNbd],
    ['BG/NBD', 'bgnbd', fitBgNbd],
  ] as const)('is %s: the same fit, chance and further purchases', (_, dropout, fitOf) => {
    const buyers = buyersOf(1, 1_500, 3).map(({ counts }) => counts);
    const { parameters } = fitOf(buyers);
    const rhythm = fitRhythm(buyers, { stages: 1, dropout }, FLAT);
    const fitted = { r: rhythm.r, alpha: rhythm.alpha, a: rhythm.a, b: rhythm.b };
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      expect(fitted[name] / parameters[name]).toBeCloseTo(1, 3);
    }
    for (const buyer of buyers.slice(0, 50)) {
      const some = 1 - probabilityOfNone(dropout, fitted, buyer, 90);
      expect(chanceOfPurchase(rhythm, buyer, 90)).toBeCloseTo(some, 10);
      const all = expectedPurchases(dropout, fitted, buyer, 90);
      expect(some * (1 + furtherPurchases(rhythm, buyer, 90))).toBeCloseTo(all, 10);
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
      { stages: 4, dropout: 'mbgnbd' },
      FLAT,
    );
    expect(r).toBeCloseTo(0.8, 1);
    // Stages come at 4 times the rate of purchases: Gamma(0.8, 32 / 4).
    expect(alpha / 8).toBeCloseTo(1, 0);
    expect(a / (a + b)).toBeCloseTo(0.25, 1);
  });

  it('knows who is nearly due, and who is overdue for good', () => {
    const rhythm = { r: 5, alpha: 12.5, a: 1, b: 9, stages: 12, dropout: 'mbgnbd' } as const;
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
          dropout: fc.constantFrom('bgnbd', 'mbgnbd'),
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

describe('the drop-out', () => {
  /** Poisson buyers with r 0.8 and alpha 40 days, who are lost with Beta(1.5, 1.5) after a repeat, and after the first purchase if `early`. */
  const buyersWhoLeave = (early: boolean, size: number, seed: number): PurchaseCounts[] => {
    const chance = chanceOf(seed);
    return Array.from({ length: size }, () => {
      const rate = chance.gamma(0.8) / 40;
      const loss = chance.beta(1.5, 1.5);
      let [at, repeats] = [0, 0];
      while (!((repeats > 0 || early) && chance.uniform() < loss)) {
        const gap = chance.exponential() / rate;
        if (at + gap > AGE) break;
        at += gap;
        repeats += 1;
      }
      return { repeats, recency: at, age: AGE };
    });
  };

  it.each([
    ['bgnbd', false],
    ['mbgnbd', true],
  ] as const)('is the one that buyers speak for: %s', (dropout, early) => {
    for (const seed of [11, 12, 13])
      expect(chooseRhythm(buyersWhoLeave(early, 2_000, seed), 1, FLAT).dropout).toBe(dropout);
  });

  it('loses nobody before a repeat where nobody is lost there', () => {
    const rhythm = { r: 0.8, alpha: 40, a: 1.5, b: 1.5, stages: 1 };
    const once = { repeats: 0, recency: 0, age: 200 };
    const [early, late] = (['mbgnbd', 'bgnbd'] as const).map((dropout) =>
      chanceOfPurchase({ ...rhythm, dropout }, once, 90),
    );
    expect(late).toBeCloseTo(1 - (240 / 330) ** 0.8, 12);
    expect(early).toBeLessThan(late! / 1.5);
  });

  it('is that of an early loss where the buyers say nothing of it', () => {
    expect(chooseRhythm([], 1, { means: [0, 4, 0, 1], deviations: [1, 1, 1, 1] }).dropout).toBe('mbgnbd');
  });
});

describe('the prior', () => {
  it('holds where there are no buyers or nobody is lost, and gives way to many', () => {
    const prior = { means: [0, 4, 0, 1], deviations: [1, 1, 1, 1] };
    const alone = fitRhythm([], { stages: 1, dropout: 'mbgnbd' }, prior);
    expect([alone.r, alone.alpha, alone.a, alone.b].map(Math.log)).toEqual(
      [0, 4, 0, 1].map((mean) => expect.closeTo(mean, 3)),
    );
    const sure = Array.from({ length: 300 }, () => ({ repeats: 10, recency: 300, age: 310 }));
    const fitted = fitRhythm(sure, { stages: 1, dropout: 'mbgnbd' }, prior);
    const { dropout: _, ...numbers } = fitted;
    expect(Object.values(numbers).every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    expect(fitted.a / fitted.b).toBeLessThan(0.05);
  });
});
