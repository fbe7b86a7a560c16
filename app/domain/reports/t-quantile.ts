import { Z_95 } from './estimate.ts';

/** From here on the expansion in 1/df is good to more than 9 digits. */
const EXPANSION_FROM_DF = 200;

const cache: number[] = [];

/**
 * The t that leaves 2.5% above it: the factor of a two-sided 95% interval of a mean.
 * Exact probability (finite series, Abramowitz & Stegun 26.7.3-4) solved by bisection up to
 * 200 degrees of freedom, the expansion 26.7.5 above.
 * @param df degrees of freedom, a whole number from 1; throws a RangeError otherwise
 */
export function tQuantile975(df: number): number {
  if (!Number.isInteger(df) || df < 1) {
    throw new RangeError(`A t quantile needs a whole number of degrees of freedom from 1, not ${df}.`);
  }
  if (df > EXPANSION_FROM_DF) return expansion(df);
  return (cache[df] ??= solve(df));
}

function solve(df: number): number {
  let low = Z_95;
  let high = 13;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, df) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(|T| < t) for a whole number of degrees of freedom. */
function probabilityWithin(t: number, df: number): number {
  const angle = Math.atan(t / Math.sqrt(df));
  const cos = Math.cos(angle);
  const odd = df % 2 === 1;
  let term = odd ? cos : 1;
  let sum = odd && df === 1 ? 0 : term;
  for (let k = odd ? 2 : 1; k <= df - 3; k += 2) {
    term *= (k / (k + 1)) * cos * cos;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

function expansion(df: number): number {
  const z = Z_95;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / df + second / df ** 2 + third / df ** 3;
}
