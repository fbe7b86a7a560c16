import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aucDifference } from './auc-difference.ts';
import { aucOf, type Judged } from './metrics.ts';
import { seededRandom } from './seeded-random.ts';

const judged = (outcomes: boolean[], probabilities: number[]): Judged[] =>
  outcomes.map((outcome, i) => ({ outcome, probability: probabilities[i]! }));

describe('aucDifference', () => {
  test('by hand: 4 cases', () => {
    // One: yes 0.9 0.4, no 0.5 0.1: beaten by yes 1, 0.5; by no 0.5, 1. Other: all right: 1 everywhere.
    const outcomes = [true, true, false, false];
    const one = judged(outcomes, [0.9, 0.4, 0.5, 0.1]);
    const other = judged(outcomes, [0.9, 0.8, 0.2, 0.1]);
    const found = aucDifference(one, other, 1)!;
    expect(found.value).toBeCloseTo(-0.25, 12);
    // Variance of (0, -0.5) is 0.125, on both sides; 0.125/2 + 0.125/2.
    expect(found.high - found.value).toBeCloseTo(Math.sqrt(0.125), 12);
  });

  test('needs two cases of either outcome', () => {
    const cases = judged([true, true, false], [0.1, 0.2, 0.3]);
    expect(aucDifference(cases, cases, 2)).toBeNull();
    expect(aucDifference([], [], 2)).toBeNull();
  });

  test('is the difference of the AUCs, 0 of equals, and turns round with the sides', () => {
    const score = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), score, score), { maxLength: 50 }), (cases) => {
        const outcomes = cases.map(([outcome]) => outcome);
        const one = judged(
          outcomes,
          cases.map(([, a]) => a),
        );
        const other = judged(
          outcomes,
          cases.map(([, , b]) => b),
        );
        const found = aucDifference(one, other, 1.96);
        if (found === null) return;
        expect(found.value).toBeCloseTo(aucOf(one)! - aucOf(other)!, 10);
        expect(found.low <= found.value && found.value <= found.high).toBe(true);
        expect(aucDifference(other, one, 1.96)!.value).toBeCloseTo(-found.value, 10);
        expect(aucDifference(one, one, 1.96)).toEqual({
          value: expect.closeTo(0),
          low: expect.closeTo(0),
          high: expect.closeTo(0),
        });
      }),
    );
  });

  test('of two equally good predictions about 95 of 100 intervals hold 0', () => {
    const random = seededRandom(5);
    let held = 0;
    for (let run = 0; run < 200; run += 1) {
      const outcomes = Array.from({ length: 120 }, () => random() < 0.4);
      const noisy = () =>
        judged(
          outcomes,
          outcomes.map((outcome) => Number(outcome) + 3 * random()),
        );
      const { low, high } = aucDifference(noisy(), noisy(), 1.96)!;
      if (low <= 0 && high >= 0) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(180);
    expect(held).toBeLessThanOrEqual(198);
  });
});
