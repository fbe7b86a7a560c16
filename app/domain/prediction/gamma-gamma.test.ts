import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { expectedMeanValue, fitGammaGamma } from './gamma-gamma.ts';
import { seededRandom } from './seeded-random.ts';
import { logGamma } from './special-functions.ts';

/** Published for CDNOW, in dollars (Fader & Hardie 2013). */
const CDNOW = { p: 6.25, q: 3.74, v: 15.44 };

describe('expectedMeanValue', () => {
  it('draws a mean towards that of all buyers, the less the more was bought', () => {
    const all = (CDNOW.p * CDNOW.v) / (CDNOW.q - 1);
    expect(expectedMeanValue(CDNOW, { repeats: 0, meanValue: 0 })).toBeCloseTo(all, 9);
    expect(all).toBeCloseTo(35.22, 2);
    const drawn = [1, 2, 10, 10_000].map((repeats) => expectedMeanValue(CDNOW, { repeats, meanValue: 100 }));
    expect(drawn).toEqual(drawn.toSorted((one, other) => one - other));
    expect(drawn[0]).toBeGreaterThan(all);
    expect(drawn[3]).toBeCloseTo(100, 1);
  });

  it('agrees with the mean over the rate, integrated', () => {
    // Given the rate nu a value is p / nu on average; nu given the past is Gamma(px + q, v + xz).
    const buyer = { repeats: 3, meanValue: 22.5 };
    const [shape, rate] = [CDNOW.p * 3 + CDNOW.q, CDNOW.v + 3 * 22.5];
    const step = 0.01;
    let mean = 0;
    for (let u = -6; u < 4; u += step) {
      const nu = Math.exp(u);
      mean += step * Math.exp(shape * Math.log(rate * nu) - rate * nu - logGamma(shape)) * (CDNOW.p / nu);
    }
    expect(expectedMeanValue(CDNOW, buyer)).toBeCloseTo(mean, 6);
  });

  it.each([
    [{ p: 1, q: 1, v: 1 }, { repeats: 0, meanValue: 0 }, 'No mean exists'],
    [{ p: NaN, q: 2, v: 1 }, { repeats: 0, meanValue: 0 }, 'No mean exists'],
    [CDNOW, { repeats: 1, meanValue: NaN }, 'impossible figures'],
    [CDNOW, { repeats: -1, meanValue: 3 }, 'impossible figures'],
  ])('refuses %j with %j', (p, buyer, why) => {
    expect(() => expectedMeanValue(p, buyer)).toThrow(why);
  });

  it('takes more refunded than bought for nothing', () => {
    const nothing = expectedMeanValue(CDNOW, { repeats: 2, meanValue: 0 });
    expect(expectedMeanValue(CDNOW, { repeats: 2, meanValue: -40 })).toBe(nothing);
    expect(nothing).toBeGreaterThan(0);
  });
});

describe('fitGammaGamma', () => {
  const spend = fc.record({
    repeats: fc.integer({ min: 1, max: 5 }),
    meanValue: fc.integer({ min: 1, max: 20_000 }).map((cents) => cents / 100),
  });
  const spends = fc.array(spend, { minLength: 4, maxLength: 60 });

  it('does not see the order of the buyers nor the currency, and ends in numbers', () => {
    fc.assert(
      fc.property(spends, fc.constantFrom(100, 0.01, 157.3), (buyers, rate) => {
        const found = fitGammaGamma(buyers);
        expect(fitGammaGamma(buyers.toReversed())).toEqual(found);
        const { p, q, v } = found.parameters;
        for (const value of [p, q - 1, v]) expect(value).toBeGreaterThan(0);
        const other = fitGammaGamma(buyers.map((one) => ({ ...one, meanValue: one.meanValue * rate })));
        expect(other.converged).toBe(found.converged);
        expect(other.logLikelihood + buyers.length * Math.log(rate)).toBeCloseTo(found.logLikelihood, 4);
        if (!found.converged) return;
        expect(other.parameters.v / v / rate).toBeCloseTo(1, 3);
        for (const buyer of [...buyers, { repeats: 0, meanValue: 0 }]) {
          expect(expectedMeanValue(found.parameters, buyer)).toBeGreaterThan(0);
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('leaves out who has no repeat, and who paid nothing, and counts them', () => {
    const buyers = [10, 25, 14, 60, 33].map((meanValue, index) => ({ repeats: 1 + (index % 3), meanValue }));
    const others = [
      { repeats: 0, meanValue: 0 },
      { repeats: 3, meanValue: 0 },
      { repeats: 1, meanValue: -5 },
    ];
    expect(fitGammaGamma([...buyers, ...others])).toEqual({ ...fitGammaGamma(buyers), leftOut: 3 });
    expect(fitGammaGamma(buyers).customers).toBe(5);
  });

  // What each spends is settled by a rate that differs as the model has it, and does not vary at all.
  const next = seededRandom(4);
  const habitual = Array.from({ length: 500 }, (_, i) => {
    const rate = [1, 2, 3].reduce((sum) => sum - Math.log(next()), 0);
    return { repeats: 1 + (i % 4), meanValue: 40 / rate };
  });
  it.each([
    ['nobody', [], 'Fewer than two'],
    [
      'only one-time buyers',
      [
        { repeats: 0, meanValue: 0 },
        { repeats: 0, meanValue: 0 },
      ],
      'Fewer than two',
    ],
    ['one buyer', [{ repeats: 2, meanValue: 10 }], 'Fewer than two'],
    [
      'all spend the same',
      Array.from({ length: 100 }, (_, i) => ({ repeats: 1 + (i % 4), meanValue: 20 })),
      'alike',
    ],
    ['each the same every time', habitual, 'every time'],
    [
      'a few spend a million times as much',
      Array.from({ length: 200 }, (_, i) => ({
        repeats: 1 + (i % 4),
        meanValue: Math.exp(20 * (i / 200) ** 3),
      })),
      'no mean can be relied on',
    ],
  ])('%s: bounded, not converged, and it says why', (_name, buyers, why) => {
    const { parameters, converged, note, logLikelihood } = fitGammaGamma(buyers);
    expect(converged).toBe(false);
    expect(note).toContain(why);
    expect(Number.isFinite(logLikelihood)).toBe(true);
    for (const value of Object.values(parameters)) expect(value).toBeLessThan(1e12);
    expect(expectedMeanValue(parameters, { repeats: 1, meanValue: 10 })).toBeGreaterThan(0);
  });

  test('refuses what is no number, and says where it stands', () => {
    expect(() =>
      fitGammaGamma([
        { repeats: 1, meanValue: 2 },
        { repeats: 1, meanValue: NaN },
      ]),
    ).toThrow('Buyer 2 of 2');
  });
});
