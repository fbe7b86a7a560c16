import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boostedContributions,
  boostedLogOdds,
  boostingModelSchema,
  fitBoosting,
  stagedLogOdds,
  type BoostingOptions,
} from './gradient-boosting.ts';
import { binColumn } from './gradient-boosting-bins.ts';
import { logistic } from './logistic.ts';
import { aucOf } from './metrics.ts';
import { seededRandom } from './seeded-random.ts';

const WHOLE: BoostingOptions = {
  rounds: 1,
  learningRate: 1,
  depth: 1,
  minLeaf: 1,
  ridge: 0,
  rowShare: 1,
  columnShare: 1,
  seed: 1,
};

describe('by hand: half are yes, so that each gradient is +-0.5 and each curvature 0.25', () => {
  const rows = [[1], [2], [7], [8]];
  const outcomes = [false, false, true, true];

  test('one split between 2 and 7; leaves are sums of gradients by sums of curvatures', () => {
    const { start, trees } = fitBoosting(rows, outcomes, WHOLE);
    expect(start).toBe(0);
    expect(trees[0]).toEqual({
      feature: [0, 0, 0],
      threshold: [4.5, 0, 0],
      unknownLeft: [false, false, false],
      left: [1, 0, 0],
      value: [0, -2, 2],
    });
  });

  test.each<[string, Partial<BoostingOptions>, number]>([
    // -1 / (0.5 + 1)
    ['a ridge of 1 pulls the leaves to 0', { ridge: 1 }, -2 / 3],
    ['a part of the step', { learningRate: 0.1 }, -0.2],
    // Second tree: p = 1 / (1 + e^2), gradients -p, curvatures p (1 - p): a step of -1 / (1 - p).
    ['a second tree learns what the first left', { rounds: 2 }, -2 - 1 / (1 - logistic(-2))],
    ['no split leaves 3 rows on both sides', { minLeaf: 3 }, 0],
    ['no depth, no split', { depth: 0 }, 0],
  ])('%s', (_, options, logOdds) => {
    const model = fitBoosting(rows, outcomes, { ...WHOLE, ...options });
    expect(boostedLogOdds(model, [1.5])).toBeCloseTo(logOdds, 12);
    expect(boostedLogOdds(model, [100])).toBeCloseTo(-logOdds, 12);
  });

  test('what is unknown goes where it gains', () => {
    const model = fitBoosting(
      [[1], [2], [NaN], [8], [9], [NaN]],
      [false, false, true, true, true, true],
      WHOLE,
    );
    expect(boostedLogOdds(model, [NaN])).toBe(boostedLogOdds(model, [9]));
    const other = fitBoosting(
      [[1], [2], [NaN], [8], [9], [NaN]],
      [false, false, false, true, true, false],
      WHOLE,
    );
    expect(boostedLogOdds(other, [NaN])).toBe(boostedLogOdds(other, [1]));
  });

  test('offsets are learned around: nothing is left to learn where they are right', () => {
    const offsets = [-30, -30, 30, 30];
    const model = fitBoosting(rows, outcomes, { ...WHOLE, ridge: 1 }, offsets);
    expect(model.start).toBe(0);
    expect(boostedLogOdds(model, [1])).toBeCloseTo(0, 10);
  });

  test.each([[[]], [[true, true, true, true]], [[false, false, true]]])('refuses outcomes %j', (given) => {
    expect(() => fitBoosting(rows, given, WHOLE)).toThrow(RangeError);
  });
});

/** Outcomes that only two facts together tell. */
function crossed(n: number, seed: number) {
  const random = seededRandom(seed);
  const rows = Array.from({ length: n }, () => [random(), random(), random() < 0.2 ? NaN : random()]);
  const outcomes = rows.map(([a, b]) => random() < (a! > 0.5 === b! > 0.5 ? 0.8 : 0.1));
  return { rows, outcomes };
}
const USUAL: BoostingOptions = {
  rounds: 60,
  learningRate: 0.2,
  depth: 3,
  minLeaf: 20,
  ridge: 5,
  rowShare: 0.7,
  columnShare: 0.7,
  seed: 3,
};

describe('an interaction', () => {
  const { rows, outcomes } = crossed(1_500, 11);
  const model = fitBoosting(rows, outcomes, USUAL);

  test('is found, on rows not seen', () => {
    const fresh = crossed(1_000, 12);
    const cases = fresh.rows.map((row, i) => ({
      probability: logistic(boostedLogOdds(model, row)),
      outcome: fresh.outcomes[i]!,
    }));
    // Knowing the two probabilities gives 0.86.
    expect(aucOf(cases)).toBeGreaterThan(0.82);
  });

  test('contributions and base add up to the log-odds, and stages to the whole', () => {
    const anyFact = fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.constant(NaN));
    fc.assert(
      fc.property(fc.tuple(anyFact, anyFact, anyFact), (row) => {
        const { base, contributions } = boostedContributions(model, row);
        const sum = contributions.reduce((a, b) => a + b, base);
        expect(sum).toBeCloseTo(boostedLogOdds(model, row), 9);
        const staged = stagedLogOdds(model, row, [0, 10, 60]);
        expect(staged[0]).toBe(model.start);
        expect(staged[2]).toBeCloseTo(sum, 9);
        expect(staged[1]).toBeCloseTo(boostedLogOdds({ ...model, trees: model.trees.slice(0, 10) }, row), 9);
      }),
    );
  });

  test('the same seed gives the same trees, another seed others; JSON keeps them', () => {
    expect(fitBoosting(rows, outcomes, USUAL)).toEqual(model);
    expect(fitBoosting(rows, outcomes, { ...USUAL, seed: 4 })).not.toEqual(model);
    expect(boostingModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });
});

describe('bins', () => {
  test('few values: one bin each, unknown apart', () => {
    const { bins, edges } = binColumn([3, NaN, 1, 3, 2]);
    expect([...bins]).toEqual([3, 0, 1, 3, 2]);
    expect(edges).toEqual([1.5, 2.5, Infinity]);
  });

  test('equal values share a bin, greater values never lie lower, and there are at most 255', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 1_500 }),
        (column) => {
          const { bins, edges } = binColumn(column);
          expect(edges.length).toBeLessThanOrEqual(255);
          const order = column
            .map((value, i) => ({ value, bin: bins[i]! }))
            .sort((a, b) => a.value - b.value);
          for (let i = 1; i < order.length; i += 1) {
            const [below, here] = [order[i - 1]!, order[i]!];
            if (below.value === here.value) expect(here.bin).toBe(below.bin);
            else expect(here.bin).toBeGreaterThanOrEqual(below.bin);
          }
          expect(Math.min(...bins)).toBe(1);
          expect(Math.max(...bins)).toBe(edges.length);
        },
      ),
      { numRuns: 40 },
    );
  });
});
