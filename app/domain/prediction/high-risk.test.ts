import { describe, expect, test } from 'vitest';
import { isHighRisk, valueAtRisk } from './high-risk.ts';

const AT_RISK = { probabilityOfNone: 0.71, orders: 2, daysSinceLastOrder: 46, typicalGapDays: 30 };

test.each<[Partial<typeof AT_RISK> | Record<string, null | number>, boolean]>([
  [{}, true],
  [{ probabilityOfNone: 0.7 }, false],
  [{ probabilityOfNone: 1 }, true],
  [{ probabilityOfNone: null }, false],
  [{ orders: 1, probabilityOfNone: 0.99 }, false],
  [{ daysSinceLastOrder: 45 }, false],
  [{ daysSinceLastOrder: -5 }, false],
  [{ daysSinceLastOrder: null }, false],
  [{ typicalGapDays: null }, false],
  [{ typicalGapDays: 0 }, false],
  [{ probabilityOfNone: Number.NaN }, false],
  [{ typicalGapDays: Number.NaN }, false],
])('high risk with %o: %s', (facts, expected) => {
  expect(isHighRisk({ ...AT_RISK, ...facts })).toBe(expected);
});

describe('valueAtRisk', () => {
  test.each<[number, number, number]>([
    [0.8, 10_000, 8_000],
    [0.7, 15, 11],
    [0.5, 5, 3],
    [0, 10_000, 0],
    [0.9, -500, 0],
    [1.2, 100, 100],
  ])('P(none) %d of a margin of %d is %d', (probabilityOfNone, marginIfRetainedMinor, amountMinor) => {
    expect(valueAtRisk({ probabilityOfNone, marginIfRetainedMinor }, 77)).toEqual({
      amountMinor,
      basis: 'fit',
    });
  });

  test('before a fit the rule, without a score nothing', () => {
    expect(valueAtRisk(null, 77)).toEqual({ amountMinor: 77, basis: 'rule' });
    expect(valueAtRisk({ probabilityOfNone: Number.NaN, marginIfRetainedMinor: 5 }, 77)?.basis).toBe('rule');
    expect(valueAtRisk(null, null)).toBeNull();
  });
});
