import { describe, expect, test } from 'vitest';
import { careCurve, judge, judgeModel, wilsonInterval } from './satisfaction-judging.ts';
import type { Judged } from './metrics.ts';

const judged = (...pairs: [number, 0 | 1][]): Judged[] =>
  pairs.map(([probability, outcome]) => ({ probability, outcome: outcome === 1 }));
const CASES = judged([0.9, 1], [0.6, 0], [0.5, 1], [0.4, 1], [0.2, 0], [0.2, 0], [0.1, 0], [0.1, 0]);

describe('judge', () => {
  test('by hand: three called low from 0.5, two of them rightly, of three that were', () => {
    const { auc, accuracy, precision, recall, baseRate, brier } = judge(CASES);
    expect(precision).toBeCloseTo(2 / 3, 12);
    expect(recall).toBeCloseTo(2 / 3, 12);
    expect(accuracy).toBe(6 / 8);
    expect(baseRate).toBe(3 / 8);
    // 15 pairs; 0.5 and 0.4 each lie under 0.6.
    expect(auc).toBeCloseTo(13 / 15, 12);
    expect(brier).toBeCloseTo((0.01 + 0.36 + 0.25 + 0.36 + 2 * 0.04 + 2 * 0.01) / 8, 12);
  });

  test('nobody called: no precision, no recall, and still an accuracy', () => {
    expect(judge(CASES, 0.95)).toMatchObject({ precision: null, recall: 0, accuracy: 5 / 8 });
  });

  test('nothing to judge by: null, never NaN', () => {
    const nothing = { auc: null, accuracy: null, precision: null, recall: null, brier: null, baseRate: null };
    expect(judge([])).toEqual(nothing);
    expect(judgeModel([])).toMatchObject({
      ...nothing,
      n: 0,
      called: 0,
      accuracyInterval: null,
      aucInterval: null,
    });
    expect(judge(judged([0.3, 0], [0.2, 0]))).toMatchObject({ auc: null, recall: null, accuracy: 1 });
  });
});

test("the interval of the accuracy is Wilson's", () => {
  // 8 of 10: the centre is (0.8 + 0.192073) / 1.384146, the margin 0.313602 / 1.384146.
  const { low, high } = wilsonInterval(8, 10);
  expect(low).toBeCloseTo(0.4902, 4);
  expect(high).toBeCloseTo(0.9433, 4);
  expect(wilsonInterval(0, 20).low).toBe(0);
  expect(wilsonInterval(20, 20).high).toBe(1);
});

test('the interval of the AUC holds it, and narrows with the cases', () => {
  const many = Array.from({ length: 20 }, () => CASES).flat();
  const [few, narrow] = [judgeModel(CASES), judgeModel(many)];
  for (const { auc, aucInterval } of [few, narrow]) {
    expect(aucInterval!.low).toBeLessThan(auc!);
    expect(aucInterval!.high).toBeGreaterThanOrEqual(auc!);
  }
  expect(narrow.aucInterval!.low).toBeGreaterThan(few.aucInterval!.low);
});

test('care for the first half reaches all three', () => {
  expect(careCurve(CASES).at(-1)).toEqual({
    share: 0.5,
    n: 4,
    leastProbability: 0.4,
    precision: 0.75,
    recall: 1,
  });
  expect(careCurve(CASES).map(({ share }) => share)).toEqual([0.1, 0.2, 0.3, 0.5]);
  expect(careCurve(judged([0.5, 0]))).toEqual([]);
});
