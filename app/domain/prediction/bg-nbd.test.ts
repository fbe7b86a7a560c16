import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type DropoutModel,
  expectedPurchases,
  expectedRepeatsFromBirth,
  probabilityActive,
  probabilityOfNone,
  purchaseDistribution,
} from './bg-nbd.ts';

const counts = ([repeats, recency, age]: number[]) => ({ repeats: repeats!, recency: recency!, age: age! });

describe('what was published for CDNOW', () => {
  // Rounded to 3 digits in the paper of 2005, and as the vignette of the R package BTYD prints them.
  const paper = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
  const vignette = { r: 0.2425982, alpha: 4.4136842, a: 0.7929899, b: 2.4261667 };
  const frequent = { repeats: 26, recency: 30.85714, age: 31 };

  it.each([
    [0.1429, 0.0078],
    [1, 0.0532],
    [3, 0.1506],
    [31.8571, 1.0405],
    [32, 1.0437],
    [78, 1.8576],
  ])('E[X(%d)] = %d', (time, repeats) => {
    expect(expectedRepeatsFromBirth('bgnbd', vignette, time)).toBeCloseTo(repeats, 3);
  });

  test('a year of a newcomer and of customer 1516', () => {
    expect(expectedRepeatsFromBirth('bgnbd', vignette, 52)).toBeCloseTo(1.444004, 5);
    expect(expectedPurchases('bgnbd', vignette, frequent, 52)).toBeCloseTo(25.75659, 3);
    expect(probabilityActive('bgnbd', vignette, frequent)).toBeCloseTo(0.9688523, 6);
    expect(expectedPurchases('bgnbd', paper, { repeats: 2, recency: 30.43, age: 38.86 }, 39)).toBeCloseTo(
      1.226,
      3,
    );
  });

  it.each([
    [10, 0.3474606],
    [15, 0.04283391],
    [20, 0.004158973],
    [25, 0.0003583685],
  ])('who bought %d times and then fell silent is expected to buy %d times', (repeats, expected) => {
    const silent = { repeats, recency: 20, age: 39 };
    expect(expectedPurchases('bgnbd', vignette, silent, 52) / expected).toBeCloseTo(1, 3);
  });
});

/** [r, alpha, a, b], [repeats, recency, age], horizon, BG/NBD, MBG/NBD: the hypergeometric form at 40 digits. */
const REFERENCE: [number[], number[], number, number, number][] = [
  [[0.24, 4.4, 0.79, 2.4], [0, 0, 39], 13, 0.0688632429849166, 0.0442937508788447],
  [[0.24, 4.4, 0.79, 2.4], [2, 30, 39], 39, 1.20835058717909, 1.32424812163556],
  [[0.24, 4.4, 1.0, 2.4], [2, 30, 39], 39, 1.08223212192335, 1.20580702328944],
  [[0.24, 4.4, 1.0000001, 2.4], [2, 30, 39], 39, 1.08223206728332, 1.20580697123459],
  [[0.5, 5, 0.001, 0.5], [3, 10, 12], 52, 10.6884121787841, 10.6919592862728],
  [[2, 10, 0.0001, 0.0001], [0, 0, 0], 1000, 100.449145095185, 99.9489144539569],
  [[2, 10, 5, 10000.0], [10, 30, 39], 52, 12.6189835787384, 12.6189950572051],
  [[10000.0, 10000.0, 10000.0, 10000.0], [5, 30, 39], 52, 0.00025358244530522, 0.000253620468051171],
  [[0.3, 0.01, 0.8, 2], [0, 0, 0], 90, 22.0565853394902, 21.1802681815031],
  [[0.3, 0.001, 0.8, 2], [0, 0, 0], 9000, 113.197813477424, 112.213548910792],
  [[1, 10, 0.5, 3], [10000, 9999, 10000], 365, 361.358201832933, 361.358527213765],
  [[1, 10, 0.5, 3], [10000, 200, 200], 365, 13095.4249387155, 13095.6839591642],
  [[1, 1, 1000.0, 2], [50, 200, 200], 365, 0.0510510510510511, 0.0520520520520521],
  [[3, 8, 0.05, 10000.0], [40, 200, 201], 4000, 821.285426708102, 821.28558939808],
  [[0.25, 4.4, 0.8, 2.4], [300, 36, 39], 52, 4.41495808521657e-5, 4.43327140124236e-5],
];

test.each(REFERENCE)('%j expect of %j in %d: %d, or %d', (p, buyer, horizon, bgnbd, mbgnbd) => {
  const [r, alpha, a, b] = p as [number, number, number, number];
  const of = (model: DropoutModel) => expectedPurchases(model, { r, alpha, a, b }, counts(buyer), horizon);
  expect(Math.abs(of('bgnbd') / bgnbd - 1)).toBeLessThan(1e-10);
  expect(Math.abs(of('mbgnbd') / mbgnbd - 1)).toBeLessThan(1e-10);
});

describe('of any parameters and any buyer', () => {
  const positive = (low: number, high: number) =>
    fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
  const parameters = fc.record({
    r: positive(0.01, 100),
    alpha: positive(0.01, 1000),
    a: positive(0.001, 1000),
    b: positive(0.001, 1000),
  });
  const length = fc.double({ min: 0, max: 400, noNaN: true });
  const buyer = fc
    .record({ repeats: fc.oneof(fc.nat(5), fc.nat(10_000)), recency: length, rest: length })
    .map(({ repeats, recency, rest }) => {
      const seen = repeats === 0 ? 0 : recency;
      return { repeats, recency: seen, age: seen + rest };
    });
  const model = fc.constantFrom<DropoutModel>('bgnbd', 'mbgnbd');

  it('chances lie in 0..1, and more time brings more purchases', () => {
    fc.assert(
      fc.property(model, parameters, buyer, length, length, (which, p, one, near, more) => {
        const far = near + more;
        const [noneNear, noneFar] = [near, far].map((horizon) => probabilityOfNone(which, p, one, horizon));
        const [soon, late] = [near, far].map((horizon) => expectedPurchases(which, p, one, horizon));
        expect(noneNear).toBeLessThanOrEqual(1);
        expect(noneFar).toBeGreaterThanOrEqual(0);
        expect(noneFar).toBeLessThanOrEqual(noneNear!);
        expect(soon).toBeGreaterThanOrEqual(0);
        expect(late).toBeGreaterThanOrEqual(soon! * (1 - 1e-9));
        // At least one purchase in all that are not none.
        expect(late).toBeGreaterThanOrEqual((1 - noneFar!) * (1 - 1e-9) - 1e-15);
        expect(late).toBeLessThan(Infinity);
        expect(probabilityOfNone(which, p, one, 0)).toBe(1);
        expect(expectedPurchases(which, p, one, 0)).toBe(0);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('the distribution begins with none, sums to 1, and has the expected purchases as its mean', () => {
    const few = fc
      .nat(60)
      .chain((repeats) => buyer.map((one) => (one.repeats === 0 ? one : { ...one, repeats: repeats + 1 })));
    const seldom = parameters.map((p) => ({ ...p, alpha: p.alpha + 100, r: Math.min(p.r, 10) }));
    fc.assert(
      fc.property(
        model,
        seldom,
        few,
        fc.double({ min: 0, max: 60, noNaN: true }),
        (which, p, one, horizon) => {
          const distribution = purchaseDistribution(which, p, one, horizon, 2_000);
          const sum = distribution.reduce((total, chance) => total + chance, 0);
          const mean = distribution.reduce((total, chance, count) => total + count * chance, 0);
          expect(distribution).toHaveLength(2_001);
          expect(Math.min(...distribution)).toBeGreaterThanOrEqual(0);
          expect(distribution[0]).toBe(probabilityOfNone(which, p, one, horizon));
          expect(sum).toBeCloseTo(1, 8);
          expect(mean).toBeCloseTo(expectedPurchases(which, p, one, horizon), 6);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});

test('10,000 repeats: a distribution around its mean, though the chance of none is below any number', () => {
  const p = { r: 1, alpha: 10, a: 0.5, b: 3 };
  const daily = { repeats: 10_000, recency: 9_999, age: 10_000 };
  const distribution = purchaseDistribution('bgnbd', p, daily, 365, 700);
  expect(distribution.reduce((total, chance) => total + chance, 0)).toBeCloseTo(1, 8);
  expect(distribution.reduce((total, chance, count) => total + count * chance, 0)).toBeCloseTo(361.3582, 3);
});

test.each([
  ['repeats', () => probabilityOfNone('bgnbd', { r: 1, alpha: 1, a: 1, b: 1 }, counts([-1, 0, 5]), 3)],
  ['horizon', () => expectedPurchases('bgnbd', { r: 1, alpha: 1, a: 1, b: 1 }, counts([0, 0, 5]), -3)],
  ['horizon', () => purchaseDistribution('bgnbd', { r: 1, alpha: 1, a: 1, b: 1 }, counts([0, 0, 5]), NaN, 3)],
  ['parameter alpha', () => expectedRepeatsFromBirth('mbgnbd', { r: 1, alpha: 0, a: 1, b: 1 }, 3)],
  ['parameter b', () => expectedRepeatsFromBirth('mbgnbd', { r: 1, alpha: 1, a: 1, b: NaN }, 3)],
])('refuses an impossible %s', (what, call) => {
  expect(call).toThrow(what);
});
