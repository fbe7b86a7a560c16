import { describe, expect, it, test } from 'vitest';
import { betaMean, digamma, logGamma } from './special-functions.ts';

/** x, ln Gamma, digamma, from an arithmetic of 30 digits. */
const REFERENCE = [
  [1e-5, 11.512919692895826, -100000.57719921568],
  [0.1, 2.252712651734206, -10.423754940411078],
  [0.5, 0.5723649429247001, -1.9635100260214235],
  [1, 0, -0.5772156649015329],
  [1.5, -0.12078223763524522, 0.03648997397857652],
  [2, 0, 0.42278433509846713],
  [7.25, 7.052185450738539, 1.910453526883736],
  [12, 17.502307845873887, 2.442661679975812],
  [100.5, 361.4355404677776, 4.605174352581845],
  [10_001.3, 82111.69095842543, 9.210420369192953],
  [1e8, 1742068066.1038346, 18.420680738952363],
] as const;

test.each(REFERENCE)('ln Gamma and digamma at %d', (x, gamma, slope) => {
  expect(Math.abs(logGamma(x) - gamma)).toBeLessThan(4e-15 * Math.max(1, Math.abs(gamma)));
  expect(Math.abs(digamma(x) - slope)).toBeLessThan(4e-15 * Math.max(1, Math.abs(slope)));
});

describe('betaMean', () => {
  const shapes = [1e-4, 0.01, 0.3, 1, 2.5, 40, 1e4].flatMap((a) =>
    [1e-4, 0.2, 1, 3, 500, 1e4].map((b) => [a, b]),
  );

  it.each(shapes)('knows the moments of Beta(%d, %d)', (a, b) => {
    const [first, second] = [a! / (a! + b!), (a! * (a! + 1)) / ((a! + b!) * (a! + b! + 1))];
    // p itself is not flat where p is small, but small against the least mean here.
    expect(betaMean(a!, b!, 1, () => 3) / 3).toBeCloseTo(1, 12);
    expect(betaMean(a!, b!, 1e-6, (p) => p) / first).toBeCloseTo(1, 9);
    expect(betaMean(a!, b!, 1e-6, (p) => p * p) / second).toBeCloseTo(1, 9);
  });
});
