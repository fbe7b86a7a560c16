import { expect, it } from 'vitest';
import { shopGapDays } from './shop-gap.ts';

it.each<[stored: number | null, count: number, medianDays: number | null, expected: number | null]>([
  [null, 0, null, null],
  [null, 19, 20, null],
  [null, 20, 20, 20],
  // Too little is known again: nothing is claimed.
  [30, 19, 20, null],
  // It moved by less than a tenth of the stored one: the scores stand.
  [20, 50, 21.9, 20],
  [20, 50, 18.1, 20],
  [20, 50, 22, 22],
  [20, 50, 18, 18],
])('stored %s, %i gaps of %s days -> %s', (stored, count, medianDays, expected) => {
  expect(shopGapDays(stored, { count, medianDays })).toBe(expected);
});
