import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aucOf, brierOf, calibrationBins, eceOf, type Judged, outcomeRate } from './metrics.ts';

const judged = (...pairs: [number, 0 | 1][]): Judged[] =>
  pairs.map(([probability, outcome]) => ({ probability, outcome: outcome === 1 }));

/** Few distinct probabilities, so that ties are met often. */
const anyCases = fc.array(
  fc.record({ probability: fc.integer({ min: 0, max: 8 }).map((k) => k / 8), outcome: fc.boolean() }),
  { maxLength: 60 },
);

describe('aucOf', () => {
  test.each<[string, Judged[], number | null]>([
    ['perfect', judged([0.9, 1], [0.8, 1], [0.3, 0], [0.1, 0]), 1],
    ['upside down', judged([0.9, 0], [0.1, 1]), 0],
    ['all the same', judged([0.5, 0], [0.5, 1], [0.5, 1]), 0.5],
    // Pairs yes/no: 0.8>0.4, 0.8>0.6, 0.4=0.4 (half), 0.4<0.6: 2.5 of 4.
    ['with a tie', judged([0.8, 1], [0.4, 1], [0.4, 0], [0.6, 0]), 0.625],
    ['one outcome only', judged([0.8, 1], [0.4, 1]), null],
    ['no cases', [], null],
  ])('%s', (_, cases, auc) => {
    expect(aucOf(cases)).toBe(auc);
  });

  test('is the share of pairs in the right order, and forgets the order of arrival', () => {
    fc.assert(
      fc.property(anyCases, (cases) => {
        const yes = cases.filter(({ outcome }) => outcome);
        const no = cases.filter(({ outcome }) => !outcome);
        const right = yes.flatMap((a) =>
          no.map((b) => (a.probability > b.probability ? 1 : a.probability === b.probability ? 0.5 : 0)),
        );
        const auc = aucOf(cases);
        if (right.length === 0) expect(auc).toBeNull();
        else expect(auc).toBeCloseTo(right.reduce<number>((a, b) => a + b, 0) / right.length, 10);
        expect(aucOf([...cases].reverse())).toBe(auc);
      }),
    );
  });
});

test('Brier: mean squared difference', () => {
  expect(brierOf(judged([0.9, 1], [0.2, 0], [0.6, 0]))).toBeCloseTo((0.01 + 0.04 + 0.36) / 3, 12);
  expect(brierOf([])).toBeNull();
});

describe('calibration', () => {
  test('bins hold equal numbers, and never split equal probabilities', () => {
    const cases = judged([0.1, 0], [0.2, 0], [0.2, 1], [0.2, 0], [0.9, 1], [0.7, 1]);
    const bins = calibrationBins(cases, 3);
    expect(bins.map(({ n }) => n)).toEqual([4, 2]);
    expect(bins[0]!.predicted).toBeCloseTo(0.175, 12);
    expect(bins[0]!.actual).toBe(0.25);
    // (4 x |0.175 - 0.25| + 2 x |0.8 - 1|) / 6
    expect(eceOf(cases, 3)).toBeCloseTo(0.7 / 6, 12);
    expect(eceOf([])).toBeNull();
  });

  test('every case is in one bin, and calibration in the large is kept', () => {
    fc.assert(
      fc.property(anyCases, fc.integer({ min: 1, max: 12 }), (cases, count) => {
        const bins = calibrationBins(cases, count);
        expect(bins.length).toBeLessThanOrEqual(count);
        expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(cases.length);
        const actual = bins.reduce((sum, bin) => sum + bin.n * bin.actual, 0);
        expect(actual / Math.max(1, cases.length)).toBeCloseTo(outcomeRate(cases) ?? 0, 10);
        const ece = eceOf(cases, count);
        if (ece !== null) expect(ece >= 0 && ece <= 1).toBe(true);
      }),
    );
  });
});
