/** The normal distribution, and quantiles of a Gamma through it. */

/** The standard normal quantile of 0.9: the bounds of a central 80% interval. */
export const Z_80 = 1.2815515655446004;

/** P(Z <= z), to 7 digits (Abramowitz & Stegun 26.2.17). */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return z < 0 ? tail : 1 - tail;
}

/** The z with P(Z <= z) = p, 0 < p < 1, to about 3 digits (Abramowitz & Stegun 26.2.23). */
export function normalQuantile(p: number): number {
  const tail = Math.min(p, 1 - p);
  const t = Math.sqrt(-2 * Math.log(Math.max(tail, 1e-300)));
  const z =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return p < 0.5 ? -z : z;
}

/**
 * The quantile, at the normal quantile z, of the Gamma distribution with this mean and variance, both above 0: the cube
 * root of a Gamma is nearly normal (Wilson & Hilferty 1931). Never below 0.
 */
export function gammaQuantile(mean: number, variance: number, z: number): number {
  const ninth = variance / (9 * mean * mean);
  return mean * Math.max(0, 1 - ninth + z * Math.sqrt(ninth)) ** 3;
}

/** P(X <= x) of that Gamma distribution, the inverse of `gammaQuantile` for x from 0. */
export function gammaCumulative(mean: number, variance: number, x: number): number {
  const ninth = variance / (9 * mean * mean);
  return normalCdf((Math.cbrt(Math.max(0, x) / mean) - (1 - ninth)) / Math.sqrt(ninth));
}
