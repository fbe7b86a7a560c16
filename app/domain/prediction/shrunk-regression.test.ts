import { describe, expect, it } from 'vitest';
import { chanceOf } from '#tests/factories/simulated-shops.ts';
import { expit, fitShrunk, logit } from './shrunk-regression.ts';

const free = { mean: 0, precision: 1e-9 };
const cases = (
  rows: number[][],
  outcomes: number[],
  weights = outcomes.map(() => 1),
  offsets = outcomes.map(() => 0),
) => ({
  features: Float64Array.from(rows.flat()),
  width: rows[0]!.length,
  outcomes: Float64Array.from(outcomes),
  weights: Float64Array.from(weights),
  offsets: Float64Array.from(offsets),
});

describe('a shrunk regression', () => {
  it('with an intercept alone is the share, or the mean, of the weighted cases', () => {
    const ones = [[1], [1], [1]];
    const share = fitShrunk('logistic', cases(ones, [1, 0, 0], [1, 2, 1]), [free]);
    expect(expit(share.coefficients[0]!)).toBeCloseTo(0.25, 6);
    // 1 / (n p (1 - p))
    expect(share.covariance[0]![0]).toBeCloseTo(1 / (4 * 0.25 * 0.75), 4);
    const mean = fitShrunk('poisson', cases(ones, [3, 0, 6], undefined, [Math.log(2), 0, 0]), [free]);
    expect(Math.exp(mean.coefficients[0]!)).toBeCloseTo(9 / 4, 6);
  });

  it('is its prior without cases, and between both with few', () => {
    const prior = { mean: -1, precision: 4 };
    expect(
      fitShrunk('logistic', { ...cases([[1]], [1]), outcomes: new Float64Array() }, [prior]).coefficients,
    ).toEqual([-1]);
    const few = fitShrunk('logistic', cases([[1], [1]], [1, 1]), [prior]).coefficients[0]!;
    expect(few).toBeGreaterThan(-1);
    expect(few).toBeLessThan(0);
    // Gradient 0: n (1 - p) = precision x distance.
    expect(2 * (1 - expit(few))).toBeCloseTo(4 * (few + 1), 6);
  });

  it('finds the coefficients again that cases were made with', () => {
    const chance = chanceOf(11);
    const rows = Array.from({ length: 20_000 }, () => [1, chance.normal(), chance.normal()]);
    const predictor = rows.map(([one, x, y]) => -0.5 * one! + 0.8 * x! - 0.3 * y!);
    const yes = predictor.map((value) => Number(chance.uniform() < expit(value)));
    const fitted = fitShrunk('logistic', cases(rows, yes), [free, free, free]).coefficients;
    expect(fitted).toEqual([-0.5, 0.8, -0.3].map((value) => expect.closeTo(value, 1)));
  });

  it('stays finite where outcomes can be told apart without error', () => {
    const ridge = { mean: 0, precision: 0.1 };
    const { coefficients } = fitShrunk(
      'logistic',
      cases(
        [
          [1, 1],
          [1, -1],
        ],
        [1, 0],
      ),
      [ridge, ridge],
    );
    expect(coefficients.every(Number.isFinite)).toBe(true);
    expect(logit(0.9)).toBeCloseTo(Math.log(9), 12);
  });
});
