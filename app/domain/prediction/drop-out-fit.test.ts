import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fitBgNbd } from './bg-nbd.ts';
import { dropoutLogLikelihood } from './drop-out-fit.ts';
import { occasions, type DropoutModel, type DropoutParameters } from './drop-out.ts';
import { fitMbgNbd } from './mbg-nbd.ts';
import type { PurchaseCounts } from './purchase-counts.ts';
import { logGamma } from './special-functions.ts';

const MODELS = [
  ['bgnbd', fitBgNbd],
  ['mbgnbd', fitMbgNbd],
] as const;

/**
 * ln of the density of one history, integrated over rate and chance on a plain grid of their logarithm and log-odds:
 * no formula of the papers but the likelihood of one buyer whose rate and chance are known.
 */
function integrated(
  model: DropoutModel,
  p: DropoutParameters,
  { repeats, recency, age }: PurchaseCounts,
): number {
  const k = occasions(model, repeats);
  const step = 0.05;
  let sum = 0;
  const rateNorm = p.r * Math.log(p.alpha) - logGamma(p.r);
  const chanceNorm = logGamma(p.a + p.b) - logGamma(p.a) - logGamma(p.b);
  const rates = Array.from({ length: 1_200 }, (_, i) => Math.exp(-45 + i * step));
  const odds = Array.from({ length: 1_600 }, (_, i) => -40 + i * step);
  const [whileActive, ifLost] = [age, recency].map((until) =>
    rates.reduce((total, rate) => {
      const density = rateNorm + p.r * Math.log(rate) - p.alpha * rate;
      return total + step * Math.exp(density + repeats * Math.log(rate) - rate * until);
    }, 0),
  );
  for (const u of odds) {
    const [lost, kept] = [1 / (1 + Math.exp(-u)), 1 / (1 + Math.exp(u))];
    const density = Math.exp(chanceNorm + p.a * Math.log(lost) + p.b * Math.log(kept));
    const end = kept ** k * whileActive! + (k > 0 ? lost * kept ** (k - 1) * ifLost! : 0);
    sum += step * density * end;
  }
  return Math.log(sum);
}

describe.each(MODELS)('%s', (model, fit) => {
  it.each([
    [{ repeats: 0, recency: 0, age: 0 }],
    [{ repeats: 0, recency: 0, age: 38.9 }],
    [{ repeats: 1, recency: 2.1, age: 38.9 }],
    [{ repeats: 7, recency: 30.4, age: 31 }],
    [{ repeats: 26, recency: 30, age: 30 }],
  ])('has the likelihood that integration gives for %j', (buyer) => {
    for (const p of [
      { r: 0.5, alpha: 4.4, a: 0.8, b: 2.4 },
      { r: 3, alpha: 10, a: 2.5, b: 0.7 },
    ]) {
      expect(dropoutLogLikelihood(model, p, [buyer])).toBeCloseTo(integrated(model, p, buyer), 6);
    }
  });

  const buyer = fc
    .record({ repeats: fc.nat(6), first: fc.integer({ min: 1, max: 40 }), rest: fc.nat(40) })
    .map(({ repeats, first, rest }) => {
      const recency = repeats === 0 ? 0 : first;
      return { repeats, recency, age: recency + rest };
    });
  const buyers = fc.array(buyer, { minLength: 5, maxLength: 80 });

  it('does not see the order of the buyers, and a fit is at a maximum', () => {
    fc.assert(
      fc.property(buyers, (some) => {
        const found = fit(some);
        expect(fit(some.toReversed())).toEqual(found);
        const { r, alpha, a, b } = found.parameters;
        for (const value of [r, alpha, a, b, found.logLikelihood]) expect(Number.isFinite(value)).toBe(true);
        expect(dropoutLogLikelihood(model, found.parameters, some)).toBeCloseTo(found.logLikelihood, 6);
        for (const factor of [0.9, 1.1]) {
          const beside = [
            { r: r * factor, alpha, a, b },
            { r, alpha: alpha * factor, a, b },
            { r, alpha, a: a * factor, b },
            { r, alpha, a, b: b * factor },
          ];
          const best = Math.max(...beside.map((p) => dropoutLogLikelihood(model, p, some)));
          // Beyond the limits it may rise a little still: that is what not converged means.
          if (found.converged) expect(best).toBeLessThanOrEqual(found.logLikelihood + 1e-7);
        }
      }),
      { seed: 4, numRuns: 40 },
    );
  });

  it('in another unit of time alpha scales with it, and nothing else changes', () => {
    const factors = fc.constantFrom(1 / 7, 12 / 365.25, 24, 1e-6, 1e6);
    fc.assert(
      fc.property(buyers, factors, (some, factor) => {
        const one = fit(some);
        const other = fit(
          some.map(({ repeats, recency, age }) => ({
            repeats,
            recency: recency * factor,
            age: age * factor,
          })),
        );
        const events = some.reduce((sum, { repeats }) => sum + repeats, 0);
        expect(other.logLikelihood).toBeCloseTo(one.logLikelihood - events * Math.log(factor), 5);
        expect(other.converged).toBe(one.converged);
        if (!one.converged) return;
        expect(other.parameters.alpha / one.parameters.alpha / factor).toBeCloseTo(1, 4);
        for (const name of ['r', 'a', 'b'] as const) {
          expect(other.parameters[name] / one.parameters[name]).toBeCloseTo(1, 4);
        }
      }),
      { seed: 4, numRuns: 40 },
    );
  });

  const monthly = Array.from({ length: 400 }, (_, index) => {
    const repeats = 4 + (index % 6);
    return { repeats, recency: repeats * 30, age: repeats * 30 + (index % 30) };
  });
  const some = Array.from({ length: 300 }, (_, index) => ({
    repeats: index % 5,
    recency: index % 5 === 0 ? 0 : 100 + (index % 50),
    age: 200 + (index % 100),
  }));
  it.each([
    ['nobody', [], 'fewer than two'],
    ['one buyer', [{ repeats: 3, recency: 20, age: 30 }], 'fewer than two'],
    ['nobody came back', monthly.map(({ age }) => ({ repeats: 0, recency: 0, age })), 'Nobody bought again'],
    ['everything on one day', some.map(() => ({ repeats: 0, recency: 0, age: 0 })), 'Nobody bought again'],
    ['all buy monthly and none is lost', monthly, 'No loss of buyers'],
    [
      'a second purchase a week later, and never again',
      monthly.map(() => ({ repeats: 1, recency: 7, age: 365 })),
      'cannot be learnt',
    ],
  ])('%s: bounded, not converged, and it says why', (_name, sample, why) => {
    const found = fit(sample);
    expect(found.converged).toBe(false);
    expect(found.note).toContain(why);
    expect(found.customers).toBe(sample.length);
    for (const value of Object.values(found.parameters)) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1e10);
    }
    expect(Number.isFinite(found.logLikelihood)).toBe(true);
  });

  it('stands one buyer of 10,000 purchases', () => {
    const found = fit([...some, { repeats: 10_000, recency: 3_650, age: 3_650 }]);
    expect(found).toMatchObject({ converged: true, note: null, customers: 301, repeaters: 241 });
    expect(Number.isFinite(found.logLikelihood)).toBe(true);
  });
});

test('MBG/NBD is BG/NBD with one more occasion: the two agree where nobody is lost', () => {
  const p = { r: 0.5, alpha: 5, a: 1e-4, b: 1e4 };
  const sample = [
    { repeats: 0, recency: 0, age: 39 },
    { repeats: 4, recency: 30, age: 39 },
  ];
  const [one, other] = (['bgnbd', 'mbgnbd'] as const).map((model) => dropoutLogLikelihood(model, p, sample));
  expect(one).toBeCloseTo(other!, 6);
});
