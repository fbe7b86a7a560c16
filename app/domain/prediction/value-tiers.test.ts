import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueTierByPlace } from './value-tiers.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const tierOf = (valueMinor: number, values: readonly number[]) => {
  const atLeast = values.filter((other) => other >= valueMinor).length;
  return valueTierByPlace({ valueMinor, customers: values.length, atLeast });
};
const tiersOf = (values: readonly number[]) => {
  const tiers = values.map((value) => tierOf(value, values));
  return { A: tiers.filter((tier) => tier === 'A').length, B: tiers.filter((tier) => tier === 'B').length };
};

describe('the value tier by place', () => {
  test.each<[string, number[], { A: number; B: number }]>([
    ['100 different values: 10 are A, the next 15 B', range(1, 100), { A: 10, B: 15 }],
    ['everybody worth the same', range(1, 100).map(() => 500), { A: 0, B: 0 }],
    [
      'a tie over the edge of A waits for B',
      [...range(1, 85), ...range(1, 15).map(() => 900)],
      { A: 0, B: 25 },
    ],
    ['a tie that ends at the edge', [...range(1, 90), ...range(1, 10).map(() => 900)], { A: 10, B: 15 }],
    ['one big spender among equals', [...range(1, 99).map(() => 500), 10_000], { A: 1, B: 0 }],
    ['hardly anybody is worth anything', [...range(1, 99).map(() => 0), 10], { A: 1, B: 0 }],
    ['losses only', range(1, 40).map((loss) => -loss), { A: 0, B: 0 }],
    ['shares are rounded down: 2.9 and 7.25 of 29', range(1, 29), { A: 2, B: 5 }],
    ['20 customers are enough', range(1, 20), { A: 2, B: 3 }],
  ])('%s', (_, values, counts) => {
    expect(tiersOf(values)).toEqual(counts);
  });

  test('is none below 20 customers, and C for who is worth nothing', () => {
    expect(tierOf(9, range(1, 19))).toBeNull();
    expect(tierOf(0, range(0, 100))).toBe('C');
  });

  test('for any values: no tier is over its share, nobody stands above one who is worth more', () => {
    const value = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(0, 1, 1_000_000));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 120 }), (values) => {
        const { A, B } = tiersOf(values);
        expect(A).toBeLessThanOrEqual(values.length / 10);
        expect(A + B).toBeLessThanOrEqual(values.length / 4);
        const ranks = [...values].sort((a, b) => b - a).map((one) => tierOf(one, values) ?? 'C');
        expect(ranks).toEqual([...ranks].sort());
      }),
    );
  });
});
