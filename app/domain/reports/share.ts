import { type Estimate, notEnough, Z_95 } from './estimate.ts';

/**
 * A share (0-1) of n cases with its Wilson 95% interval (domain.md section 3): never
 * outside 0-1, and never of no width, even at 0 of n.
 */
export function shareEstimate(successes: number, n: number): Estimate {
  const tooFew = notEnough(n);
  if (tooFew !== null) return tooFew;
  const value = successes / n;
  const z2 = Z_95 * Z_95;
  const centre = value + z2 / (2 * n);
  const margin = Z_95 * Math.sqrt((value * (1 - value)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return {
    outcome: 'shown',
    n,
    value,
    // At the ends of the scale the bound is exactly the end; subtraction would leave 1e-17.
    low: successes === 0 ? 0 : (centre - margin) / scale,
    high: successes === n ? 1 : (centre + margin) / scale,
  };
}
