import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invertPositive, solvePositive } from './cholesky.ts';
import {
  fitLogistic,
  type LogisticModel,
  logistic,
  logisticInterval,
  logisticModelSchema,
  logisticProbability,
  type LogisticRow,
} from './logistic.ts';

/** Hours of study and whether the examination was passed: the example of Wikipedia's article on the method. */
const HOURS = [
  0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5,
];
const PASSED = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1];
const STUDY: LogisticRow[] = HOURS.map((hours, i) => ({ features: [hours], outcome: PASSED[i] === 1 }));

const fitted = (rows: readonly LogisticRow[], ridge = 0): LogisticModel => {
  const model = fitLogistic(rows, ridge);
  if (model === null) throw new Error('not fitted');
  return model;
};
const slope = (model: LogisticModel): number => model.coefficients[0]! / model.scales[0]!;

describe('fitLogistic', () => {
  test('gives the published estimates and standard errors', () => {
    const model = fitted(STUDY);
    expect(model).toMatchObject({ n: 20, positives: 10, converged: true });
    expect(slope(model)).toBeCloseTo(1.5046, 4);
    expect(model.intercept - slope(model) * model.centres[0]!).toBeCloseTo(-4.0777, 4);
    expect(Math.sqrt(model.covariance[1]![1]!) / model.scales[0]!).toBeCloseTo(0.6287, 4);
    expect(logisticProbability(model, [2])).toBeCloseTo(0.26, 2);
    expect(logisticProbability(model, [4])).toBeCloseTo(0.87, 2);
  });

  test('of a 2 x 2 table the coefficient is the logarithm of the odds ratio', () => {
    const cell = (x: number, outcome: boolean, count: number) =>
      Array.from({ length: count }, () => ({ features: [x], outcome }));
    const model = fitted([
      ...cell(0, true, 10),
      ...cell(0, false, 30),
      ...cell(1, true, 24),
      ...cell(1, false, 8),
    ]);
    expect(slope(model)).toBeCloseTo(Math.log((24 * 30) / (8 * 10)), 8);
    expect(logisticProbability(model, [0])).toBeCloseTo(0.25, 8);
    expect(logisticProbability(model, [1])).toBeCloseTo(0.75, 8);
  });

  test('a stronger ridge brings coefficients nearer to 0; the mean prediction stays the share', () => {
    const models = [0, 1, 10, 1_000].map((ridge) => fitted(STUDY, ridge));
    const slopes = models.map((model) => Math.abs(slope(model)));
    expect(slopes).toEqual([...slopes].sort((a, b) => b - a));
    for (const model of models) {
      const predicted = STUDY.reduce((sum, { features }) => sum + logisticProbability(model, features), 0);
      expect(predicted).toBeCloseTo(10, 6);
    }
  });

  test('outcomes that can be told apart without error end at finite coefficients', () => {
    const rows = [1, 2, 3, 4, 5, 6].map((x) => ({ features: [x], outcome: x > 3 }));
    for (const ridge of [0, 1]) expect(Number.isFinite(slope(fitted(rows, ridge)))).toBe(true);
    expect(fitted(rows, 1).converged).toBe(true);
  });

  test('one outcome only, or no row, is not fitted', () => {
    expect(fitLogistic([], 1)).toBeNull();
    expect(fitLogistic([{ features: [1], outcome: true }], 1)).toBeNull();
  });

  test('a feature that is not finite, or missing, is refused', () => {
    const row = { features: [1, 2], outcome: true };
    for (const features of [[1, Number.NaN], [1], [1, Infinity]]) {
      expect(() => fitLogistic([row, { features, outcome: false }], 1)).toThrow(RangeError);
    }
  });
});

const anyRows = fc.array(
  fc.record({
    features: fc.tuple(
      fc.integer({ min: -3, max: 3 }),
      fc.constant(7),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    ),
    outcome: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

test('for any rows: probabilities within their interval, nothing is NaN, a constant feature says nothing', () => {
  fc.assert(
    fc.property(anyRows, fc.double({ min: 0.01, max: 100, noNaN: true }), (rows, ridge) => {
      const model = fitLogistic(rows, ridge);
      if (model === null) return;
      expect(logisticModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
      expect(Math.abs(model.coefficients[1]!)).toBeLessThan(1e-9);
      for (const { features } of rows) {
        const p = logisticProbability(model, features);
        const { low, high } = logisticInterval(model, features, 1.2816);
        expect(0 <= low && low <= p && p <= high && high <= 1).toBe(true);
      }
    }),
  );
});

test('logistic stays finite and within 0-1', () => {
  expect(logistic(0)).toBe(0.5);
  expect(logistic(1e9)).toBeLessThanOrEqual(1);
  expect(logistic(-1e9)).toBeGreaterThan(0);
});

test('cholesky: solves, inverts, and refuses what is not positive definite', () => {
  expect(
    solvePositive(
      [
        [4, 2],
        [2, 3],
      ],
      [8, 7],
    )!.map((x) => Math.round(x * 1e9) / 1e9),
  ).toEqual([1.25, 1.5]);
  expect(
    invertPositive([
      [2, 0],
      [0, 4],
    ]),
  ).toEqual(
    [
      [0.5, 0],
      [0, 0.25],
    ].map((row) => row.map((x) => expect.closeTo(x, 12))),
  );
  expect(
    solvePositive(
      [
        [1, 1],
        [1, 1],
      ],
      [1, 1],
    ),
  ).toBeNull();
  expect(solvePositive([[Number.NaN]], [1])).toBeNull();
  expect(invertPositive([[-1]])).toBeNull();
});
