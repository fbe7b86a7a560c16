import { describe, expect, test } from 'vitest';
import { logistic } from './logistic.ts';
import { fitRegression, regressionSchema, regressionSteps, type Term } from './satisfaction-regression.ts';
import { seededRandom } from './seeded-random.ts';

const FREE: Term = { sign: 0, ridge: null };
const UP: Term = { sign: 1, ridge: null };

/** Rows of three columns within +-1, of which the first makes the outcome likelier, the second less likely. */
function rowsOf(count: number, seed: number) {
  const random = seededRandom(seed);
  const columns = Array.from({ length: count }, () => [0, 0, 0].map(() => 2 * random() - 1));
  const outcomes = columns.map(([a, b]) => random() < logistic(-1 + 2 * a! - b!));
  return { columns, outcomes };
}
const { columns, outcomes } = rowsOf(4_000, 3);
/** Log-odds per unit of each column. */
const slopes = (terms: readonly Term[], rows = { columns, outcomes }) => {
  const { coefficients, scales } = fitRegression(rows.columns, rows.outcomes, terms)!;
  return coefficients.map((value, k) => value / scales[k]!);
};

test('finds what made the outcomes', () => {
  const [a, b, c] = slopes([FREE, FREE, FREE]);
  expect(a).toBeCloseTo(2, 0);
  expect(b).toBeCloseTo(-1, 0);
  expect(Math.abs(c!)).toBeLessThan(0.15);
});

describe('signs', () => {
  test('a coefficient stays at 0 where the answers pull it to the other side, and the rest goes on', () => {
    const [a, b] = slopes([UP, UP, FREE]);
    expect(b).toBe(0);
    expect(a).toBeGreaterThan(1.5);
    expect(slopes([FREE, { sign: -1, ridge: null }, FREE])[1]).toBeLessThan(-0.8);
  });

  test('say nothing where the answers agree', () => {
    const free = slopes([FREE, FREE, FREE]);
    const signed = slopes([UP, { sign: -1, ridge: null }, FREE]);
    signed.forEach((value, k) => expect(value).toBeCloseTo(free[k]!, 6));
  });
});

test('a strong prior takes a column out, and leaves the spread to the others', () => {
  const [a, b] = slopes([FREE, { sign: 0, ridge: 1e9 }, FREE]);
  expect(Math.abs(b!)).toBeLessThan(1e-4);
  expect(a).toBeCloseTo(2, 0);
});

test('predictions are as high as outcomes are, also at the ends', () => {
  const model = fitRegression(columns, outcomes, [UP, FREE, FREE])!;
  const cases = columns
    .map((row, i) => ({
      p: logistic(regressionSteps(model, row).reduce((sum, step) => sum + step, model.intercept)),
      yes: Number(outcomes[i]),
    }))
    .sort((one, other) => one.p - other.p);
  for (const part of [cases, cases.slice(0, 400), cases.slice(-400)]) {
    const mean = (of: 'p' | 'yes') => part.reduce((sum, each) => sum + each[of], 0) / part.length;
    expect(Math.abs(mean('p') - mean('yes'))).toBeLessThan(0.04);
  }
});

test('what is unknown says nothing, and a column that is unknown throughout does no harm', () => {
  const gaps = columns.map(([a, b], i) => [a!, i % 2 === 0 ? NaN : b!, NaN]);
  const model = fitRegression(gaps, outcomes, [UP, FREE, UP])!;
  expect(regressionSteps(model, [NaN, NaN, NaN])).toEqual([0, 0, 0]);
  expect(model.coefficients[2]).toBe(0);
  expect(model.coefficients[0]).toBeGreaterThan(0.5);
  expect(regressionSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
});

test('one outcome alone teaches nothing', () => {
  expect(fitRegression([[1], [2]], [true, true], [FREE])).toBeNull();
  expect(fitRegression([], [], [FREE])).toBeNull();
});
