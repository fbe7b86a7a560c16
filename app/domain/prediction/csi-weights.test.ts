import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CSI_COMPONENTS,
  type CsiOutcome,
  type CsiWeights,
  indexOf,
  learnCsiWeights,
  type LearnedCsiWeights,
  learnedCsiWeightsSchema,
} from './csi-weights.ts';
import { nonNegativeLeastSquares } from './non-negative.ts';
import { seededRandom } from './seeded-random.ts';

const DEFAULTS: CsiWeights = { nps: 0.3, product: 0.25, support: 0.2, delivery: 0.15, purchase: 0.1 };
const SEED = 11;

/** Customers whose chance to buy again rises with the index by `truth`; each component is known to `knownShare` of them. */
function shop(
  n: number,
  truth: CsiWeights,
  { knownShare = 0.6, strength = 0.8, seed = 3 } = {},
): CsiOutcome[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const points = Object.fromEntries(CSI_COMPONENTS.map((key) => [key, 25 * Math.floor(5 * random())]));
    const index = CSI_COMPONENTS.reduce((all, key) => all + truth[key] * points[key]!, 0);
    const repurchased = random() < 0.1 + (strength * index) / 100;
    const components = Object.fromEntries(
      CSI_COMPONENTS.map((key) => [key, random() < knownShare ? points[key]! : null]),
    ) as unknown as CsiOutcome['components'];
    const at = new Date(Date.UTC(2026, 0, 1) + i * 3_600_000);
    return { at, components, repurchased, settledAt: new Date(at.getTime() + 60 * 3_600_000) };
  });
}

type Learned = Extract<LearnedCsiWeights, { outcome: 'learned' }>;
const learned = (rows: CsiOutcome[]): Learned => {
  const found = learnCsiWeights(rows, DEFAULTS, SEED);
  if (found.outcome !== 'learned') throw new Error(found.reason);
  return found;
};
const DELIVERY_FIRST: CsiWeights = { nps: 0.1, product: 0.1, support: 0, delivery: 0.7, purchase: 0.1 };

describe('learnCsiWeights', () => {
  test('with many customers it finds what they were made of', () => {
    const found = learned(shop(15_000, DELIVERY_FIRST));
    for (const key of CSI_COMPONENTS) {
      expect(Math.abs(found.weights[key] - DELIVERY_FIRST[key])).toBeLessThan(0.06);
      expect(found.intervals[key].low).toBeLessThanOrEqual(found.weights[key]);
      expect(found.intervals[key].high).toBeGreaterThanOrEqual(found.weights[key]);
    }
    expect(found.intervals.delivery.low).toBeGreaterThan(DEFAULTS.delivery);
    const { n, aucLearned, aucDefault, low } = found.heldOut!;
    // A few customers have no component at all.
    expect(n).toBeGreaterThan(4_400);
    expect(aucLearned).toBeGreaterThan(aucDefault);
    expect(low).toBeGreaterThan(0);
  });

  test('the fewer customers, the nearer to the default', () => {
    const distance = (n: number) => {
      const { weights } = learned(shop(n, DELIVERY_FIRST));
      return CSI_COMPONENTS.reduce((all, key) => all + Math.abs(weights[key] - DEFAULTS[key]), 0);
    };
    const [few, more, many] = [distance(300), distance(2_000), distance(15_000)] as const;
    expect(few).toBeLessThan(more);
    expect(more).toBeLessThan(many);
  });

  test('a component that nobody answered keeps its default against the others', () => {
    const rows = shop(3_000, DEFAULTS).map((row) => ({
      ...row,
      components: { ...row.components, support: null },
    }));
    const found = learned(rows);
    expect(found.known.support).toBe(0);
    expect(found.weights.support).toBeGreaterThan(0.15);
    expect(found.weights.support).toBeLessThan(0.25);
  });

  test('a component that works the wrong way gets no weight, never a negative one', () => {
    // The index as a whole still rises with repurchase.
    const truth = { nps: -0.2, product: 0.35, support: 0.2, delivery: 0.5, purchase: 0.15 };
    const { weights } = learned(shop(15_000, truth));
    expect(weights.nps).toBe(0);
    expect(weights.delivery).toBeGreaterThan(0.3);
  });

  test('the same seed gives the same, another only other intervals; it survives JSON', () => {
    const rows = shop(500, DEFAULTS);
    const found = learned(rows);
    expect(learned(structuredClone(rows))).toEqual(found);
    const other = learnCsiWeights(rows, DEFAULTS, 12) as Learned;
    expect(other.weights).toEqual(found.weights);
    expect(other.intervals).not.toEqual(found.intervals);
    expect(learnedCsiWeightsSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
  });
});

test('nothing that was known only after the cut is learned from in the comparison', () => {
  const rows = shop(3_000, DELIVERY_FIRST, { knownShare: 1 });
  const cut = rows[2_100]!.at;
  const turned = rows.map((row) =>
    row.at < cut && row.settledAt > cut ? { ...row, repurchased: !row.repurchased } : row,
  );
  expect(learned(turned).heldOut).toEqual(learned(rows).heldOut);
});

describe('not enough', () => {
  const rows = shop(400, DEFAULTS, { knownShare: 1 });
  test.each<[string, CsiOutcome[], string]>([
    ['nobody', [], 'few_customers'],
    ['one customer', rows.slice(0, 1), 'few_customers'],
    ['199 customers', rows.slice(0, 199), 'few_customers'],
    [
      'nobody answered',
      rows.map((row) => ({
        ...row,
        components: { nps: null, product: null, support: null, delivery: null, purchase: null },
      })),
      'few_customers',
    ],
    ['nobody bought again', rows.map((row) => ({ ...row, repurchased: false })), 'few_outcomes'],
    ['29 bought again', rows.map((row, i) => ({ ...row, repurchased: i < 29 })), 'few_outcomes'],
    ['the happier, the fewer', rows.map((row) => ({ ...row, repurchased: !row.repurchased })), 'no_relation'],
    [
      'everybody says the same',
      rows.map((row) => ({
        ...row,
        components: { nps: 90, product: 75, support: 50, delivery: 75, purchase: 100 },
      })),
      'no_relation',
    ],
    ['chance', shop(1_000, DEFAULTS, { strength: 0 }), 'no_relation'],
  ])('%s', (_, given, reason) => {
    expect(learnCsiWeights(given, DEFAULTS, SEED)).toMatchObject({ outcome: 'not_enough', reason });
  });

  test('200 customers are enough', () => {
    expect(learned(rows.slice(0, 200)).n).toBe(200);
  });
});

test('all on one day: learned, without a held-out comparison', () => {
  const rows = shop(600, DEFAULTS).map((row) => ({ ...row, at: new Date(0) }));
  expect(learned(rows).heldOut).toBeNull();
});

test('for any outcomes: weights are not negative and add up to 1, or there are none; never NaN', () => {
  const points = fc.oneof(
    fc.constantFrom(0, 25, 50, 75, 100, null),
    fc.constantFrom(Number.NaN, -5, Infinity),
  );
  const components = fc.record({
    nps: points,
    product: points,
    support: points,
    delivery: points,
    purchase: points,
  });
  const row = fc.record({
    at: fc.date({ noInvalidDate: false }),
    components,
    repurchased: fc.boolean(),
    settledAt: fc.date({ noInvalidDate: false }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 180, maxLength: 260 }), fc.boolean(), (rows, related) => {
      const given = related
        ? rows.map((entry) => ({ ...entry, repurchased: (indexOf(entry.components, DEFAULTS) ?? 0) > 50 }))
        : rows;
      const found = learnCsiWeights(given, DEFAULTS, SEED);
      expect(learnedCsiWeightsSchema.safeParse(found).success).toBe(true);
      if (found.outcome === 'not_enough') return;
      const all = CSI_COMPONENTS.reduce((sum, key) => sum + found.weights[key], 0);
      expect(all).toBeCloseTo(1, 10);
    }),
    { numRuns: 25 },
  );
});

test('indexOf renormalises over what is known', () => {
  const components = { nps: 60, product: null, support: null, delivery: 100, purchase: null };
  expect(indexOf(components, DEFAULTS)).toBeCloseTo((30 * 60 + 15 * 100) / 45, 12);
  expect(indexOf(components, { ...DEFAULTS, nps: 0, delivery: 0 })).toBeNull();
  const all = { nps: 90, product: 100, support: (100 * 5) / 6, delivery: 75, purchase: 75 };
  expect(indexOf(all, DEFAULTS)).toBeCloseTo(87.4, 1);
});

describe('nonNegativeLeastSquares', () => {
  test('solves by hand: free where it can, at 0 where it must', () => {
    expect(
      nonNegativeLeastSquares(
        [
          [4, 2],
          [2, 3],
        ],
        [8, 7],
      ).map((x) => Math.round(x * 1e6) / 1e6),
    ).toEqual([1.25, 1.5]);
    // Without the limit x = (2, -1): with it the first alone, 3 / 2.
    expect(
      nonNegativeLeastSquares(
        [
          [2, 1],
          [1, 2],
        ],
        [3, 0],
      ),
    ).toEqual([1.5, 0]);
  });

  test('no coordinate can be bettered', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number, number), { minLength: 4, maxLength: 8 }),
        fc.tuple(number, number, number),
        (rows, right) => {
          const matrix = [0, 1, 2].map((i) =>
            [0, 1, 2].map((j) => rows.reduce((sum, x) => sum + x[i]! * x[j]!, i === j ? 0.5 : 0)),
          );
          const x = nonNegativeLeastSquares(matrix, right);
          x.forEach((value, i) => {
            const slope = matrix[i]!.reduce((sum, a, j) => sum + a * x[j]!, -right[i]!);
            if (value > 0) expect(Math.abs(slope)).toBeLessThan(1e-6);
            else expect(slope).toBeGreaterThan(-1e-6);
          });
        },
      ),
    );
  });
});
