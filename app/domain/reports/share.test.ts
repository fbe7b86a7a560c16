import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareEstimate } from './share.ts';

// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
  [20, 20, 0.8389, 1],
])('Wilson interval of %d in %d is %d to %d', (successes, n, low, high) => {
  const share = shareEstimate(successes, n);
  if (share.outcome !== 'shown') throw new Error('The figure should be shown.');
  expect(share.value).toBe(successes / n);
  expect(share.low).toBeCloseTo(low, 4);
  expect(share.high).toBeCloseTo(high, 4);
});

test('below 5 cases it is not shown', () => {
  expect(shareEstimate(4, 4)).toEqual({ outcome: 'not_enough', n: 4 });
  expect(shareEstimate(0, 5).outcome).toBe('shown');
});

test('the interval holds the share, has a width, and mirrors with the question', () => {
  const cases = fc.integer({ min: 5, max: 5_000 }).chain((n) => fc.tuple(fc.nat({ max: n }), fc.constant(n)));
  fc.assert(
    fc.property(cases, ([successes, n]) => {
      const yes = shareEstimate(successes, n);
      const no = shareEstimate(n - successes, n);
      if (yes.outcome !== 'shown' || no.outcome !== 'shown') throw new Error('The figures should be shown.');
      expect(0 <= yes.low && yes.low <= yes.value && yes.value <= yes.high && yes.high <= 1).toBe(true);
      expect(yes.high).toBeGreaterThan(yes.low);
      expect(yes.low).toBeCloseTo(1 - no.high, 10);
    }),
  );
});
