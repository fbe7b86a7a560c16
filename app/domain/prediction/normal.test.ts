import { describe, expect, it } from 'vitest';
import { gammaCumulative, gammaQuantile, normalCdf, normalQuantile, Z_80 } from './normal.ts';

describe('distributions', () => {
  // Tables of any textbook.
  it.each([
    [0, 0.5],
    [1, 0.8413447],
    [-1.959964, 0.025],
    [2.575829, 0.995],
  ])('P(Z <= %d) is %d, and back', (z, p) => {
    expect(normalCdf(z)).toBeCloseTo(p, 6);
    expect(normalQuantile(p)).toBeCloseTo(z, 2);
  });

  it('quantiles of a Gamma: chi-square with 10 degrees has mean 10 and variance 20', () => {
    expect(gammaQuantile(10, 20, -Z_80)).toBeCloseTo(4.865, 1);
    expect(gammaQuantile(10, 20, Z_80)).toBeCloseTo(15.987, 1);
    // So uneven that most of it is next to nothing.
    expect(gammaQuantile(1, 50, -Z_80)).toBe(0);
  });

  // Chi-square tables of any textbook: k degrees have mean k and variance 2 k.
  it.each([
    [18.307, 10, 0.05],
    [23.209, 10, 0.01],
    [7.815, 3, 0.05],
    [9.342, 10, 0.5],
  ])('P(chi-square > %d with %d degrees) is %d', (x, degrees, p) => {
    expect(1 - gammaCumulative(degrees, 2 * degrees, x)).toBeCloseTo(p, 2);
    expect(gammaCumulative(degrees, 2 * degrees, gammaQuantile(degrees, 2 * degrees, 0.7))).toBeCloseTo(
      normalCdf(0.7),
      9,
    );
  });
});
