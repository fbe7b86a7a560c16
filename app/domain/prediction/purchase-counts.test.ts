import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countPurchases, countSpend, foldBuyers } from './purchase-counts.ts';

describe('countPurchases', () => {
  it.each([
    ['one purchase', [10], 24, 7, { repeats: 0, recency: 0, age: 2 }],
    ['two on one day are one', [10, 10], 24, 7, { repeats: 0, recency: 0, age: 2 }],
    ['any order, any repetition', [17, 10, 24, 17], 38, 7, { repeats: 2, recency: 2, age: 4 }],
    ['in days', [10, 12], 20, 1, { repeats: 1, recency: 2, age: 10 }],
    ['the last day counts, the next does not', [10, 20, 21], 20, 1, { repeats: 1, recency: 10, age: 10 }],
    ['everything on the last day', [20, 20], 20, 1, { repeats: 0, recency: 0, age: 0 }],
    ['before 1970', [-10, -4], -1, 1, { repeats: 1, recency: 6, age: 9 }],
    ['nothing up to the end', [21], 20, 1, null],
    ['nothing at all', [], 20, 1, null],
  ])('%s', (_name, days, endDay, unitDays, counts) => {
    expect(countPurchases(days, endDay, unitDays)).toEqual(counts);
  });
});

describe('countSpend', () => {
  it.each([
    [
      'the first day is left out',
      [
        [10, 5],
        [12, 7],
      ],
      { repeats: 1, meanValue: 7 },
    ],
    [
      'a day is one purchase',
      [
        [10, 5],
        [12, 7],
        [12, 3],
        [14, 20],
      ],
      { repeats: 2, meanValue: 15 },
    ],
    [
      'the first day, bought twice',
      [
        [10, 5],
        [10, 9],
      ],
      { repeats: 0, meanValue: 0 },
    ],
    [
      'nothing after the end',
      [
        [10, 5],
        [21, 9],
      ],
      { repeats: 0, meanValue: 0 },
    ],
    [
      'free counts',
      [
        [10, 5],
        [12, 0],
        [14, 4],
      ],
      { repeats: 2, meanValue: 2 },
    ],
    [
      'unknown does not',
      [
        [10, 5],
        [12, null],
        [14, 4],
        [14, null],
      ],
      { repeats: 1, meanValue: 4 },
    ],
    [
      'an unknown first purchase is the first',
      [
        [10, null],
        [12, 3],
      ],
      { repeats: 1, meanValue: 3 },
    ],
    ['nothing at all', [], { repeats: 0, meanValue: 0 }],
  ] as [string, [number, number | null][], object][])('%s', (_name, purchases, counts) => {
    const listed = purchases.map(([day, value]) => ({ day, value }));
    expect(countSpend(listed, 20)).toEqual(counts);
    expect(countSpend(listed.toReversed(), 20)).toEqual(counts);
  });
});

describe('foldBuyers', () => {
  const buyer = fc
    .record({ repeats: fc.nat(3), recency: fc.integer({ min: 1, max: 4 }), rest: fc.nat(3) })
    .map(({ repeats, recency, rest }) => ({
      repeats,
      recency: repeats === 0 ? 0 : recency,
      age: (repeats === 0 ? 0 : recency) + rest,
    }));

  it('loses nobody, and does not see the order', () => {
    fc.assert(
      fc.property(fc.array(buyer, { maxLength: 60 }), (buyers) => {
        const folded = foldBuyers(buyers);
        expect(folded).toEqual(foldBuyers(buyers.toReversed()));
        expect(folded.reduce((sum, { buyers: count }) => sum + count, 0)).toBe(buyers.length);
        expect(new Set(folded.map(({ repeats, recency, age }) => `${repeats}/${recency}/${age}`)).size).toBe(
          folded.length,
        );
        for (const one of buyers) expect(folded).toContainEqual({ ...one, buyers: expect.any(Number) });
      }),
    );
  });

  it.each([
    { repeats: -1, recency: 0, age: 1 },
    { repeats: 1.5, recency: 1, age: 1 },
    { repeats: 1, recency: 2, age: 1 },
    { repeats: 1, recency: -1, age: 1 },
    { repeats: 0, recency: 1, age: 2 },
    { repeats: 1, recency: NaN, age: 2 },
    { repeats: 0, recency: 0, age: Infinity },
  ])('refuses %j and says where it stands', (wrong) => {
    expect(() => foldBuyers([{ repeats: 0, recency: 0, age: 1 }, wrong])).toThrow(
      /^Buyer 2 of 2 has impossible/,
    );
  });
});
