/** The two distributions that the tests of an experiment rest on. */

/** Beyond it the continued fraction has converged well within its terms; below, the series has. */
const SERIES_TO = 2.5;
const TERMS = 60;

/**
 * The complementary error function for x >= 0, to 12 digits: power series (Abramowitz & Stegun 7.1.5), for large x the
 * continued fraction (7.1.14).
 */
function erfc(x: number): number {
  if (x < SERIES_TO) {
    let term = x;
    let sum = x;
    for (let n = 1; n < TERMS; n += 1) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let below = x;
  for (let n = TERMS; n >= 1; n -= 1) below = x + n / 2 / below;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / below;
}

/** P(|Z| > z) of the standard normal distribution. */
export function twoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** The z that is exceeded with this probability, 0 < p <= 0.5, found by bisection. */
export function upperQuantile(p: number): number {
  let low = 0;
  let high = 40;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (twoSided(middle) / 2 > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(X > x) of chi-square with 1 to 3 degrees of freedom (Abramowitz & Stegun 26.4.4-5).
 * @throws RangeError for other degrees
 */
export function chiSquareTail(x: number, degrees: number): number {
  const root = Math.sqrt(x);
  if (degrees === 1) return twoSided(root);
  if (degrees === 2) return Math.exp(-x / 2);
  if (degrees === 3) return twoSided(root) + root * Math.sqrt(2 / Math.PI) * Math.exp(-x / 2);
  throw new RangeError(`Chi-square is known here for 1 to 3 degrees of freedom, not for ${degrees}.`);
}
