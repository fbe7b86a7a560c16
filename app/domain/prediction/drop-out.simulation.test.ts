import { describe, expect, it } from 'vitest';
import { expectedPurchases, fitBgNbd, probabilityOfNone, purchaseDistribution } from './bg-nbd.ts';
import { dropoutLogLikelihood } from './drop-out-fit.ts';
import { fitMbgNbd } from './mbg-nbd.ts';
import type { DropoutModel, DropoutParameters } from './drop-out.ts';
import { seededRandom } from './seeded-random.ts';

const BUYERS = 30_000;
const HORIZON = 26;
const p: DropoutParameters = { r: 0.6, alpha: 6, a: 0.8, b: 2 };

/** Draws from the story that the models tell: rate, chance to be lost, and one purchase after the other. */
function chance(seed: number) {
  const next = seededRandom(seed);
  const uniform = () => next() || 2 ** -33;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * next());
  // Marsaglia & Tsang (2000); below 1 by a draw of shape + 1.
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  return { uniform, gamma };
}

/** One buyer's counts up to `age`, and what they then bought within the horizon. */
function live(model: DropoutModel, age: number, { uniform, gamma }: ReturnType<typeof chance>) {
  const rate = gamma(p.r) / p.alpha;
  const [x, y] = [gamma(p.a), gamma(p.b)];
  const lose = x / (x + y);
  const buyer = { repeats: 0, recency: 0, age };
  let bought = 0;
  let active = model === 'bgnbd' || uniform() >= lose;
  for (
    let time = -Math.log(uniform()) / rate;
    active && time <= age + HORIZON;
    time -= Math.log(uniform()) / rate
  ) {
    if (time > age) bought += 1;
    else {
      buyer.repeats += 1;
      buyer.recency = time;
    }
    active = uniform() >= lose;
  }
  return { buyer, bought };
}

describe.each([
  ['bgnbd', fitBgNbd],
  ['mbgnbd', fitMbgNbd],
] as const)('%s against simulated lives', (model, fit) => {
  const source = chance(20_050_424);
  const lives = Array.from({ length: BUYERS }, (_, index) => live(model, 10 + (index % 40), source));

  it.each([
    ['of no repeats', (repeats: number) => repeats === 0],
    ['of one', (repeats: number) => repeats === 1],
    ['of two to four', (repeats: number) => repeats >= 2 && repeats <= 4],
    ['of five and more', (repeats: number) => repeats >= 5],
  ])('forecasts what the buyers %s do next', (_name, belongs) => {
    const group = lives.filter(({ buyer }) => belongs(buyer.repeats));
    expect(group.length).toBeGreaterThan(1_000);
    const means = group.map(({ buyer }) => expectedPurchases(model, p, buyer, HORIZON));
    within4Errors(group.map(({ bought }, index) => bought - means[index]!));
    within4Errors(
      group.map(({ buyer, bought }) => Number(bought === 0) - probabilityOfNone(model, p, buyer, HORIZON)),
    );
    const distributions = group.map(({ buyer }) => purchaseDistribution(model, p, buyer, HORIZON, 6));
    for (let count = 1; count <= 6; count += 1) {
      within4Errors(
        group.map(({ bought }, index) => Number(bought === count) - distributions[index]![count]!),
      );
    }
  });

  it('finds parameters as likely as the true ones', () => {
    const buyers = lives.map(({ buyer }) => buyer);
    const { parameters, logLikelihood, converged } = fit(buyers);
    expect(converged).toBe(true);
    // Twice the difference is chi-square with 4 degrees of freedom: above 18.5 once in a thousand.
    const gain = 2 * (logLikelihood - dropoutLogLikelihood(model, p, buyers));
    expect(gain).toBeGreaterThan(0);
    expect(gain).toBeLessThan(18.5);
    expect(parameters.a / (parameters.a + parameters.b)).toBeCloseTo(p.a / (p.a + p.b), 1);
  });
});

/** The mean of `errors` is 0, as far as so many can tell. */
function within4Errors(errors: readonly number[]): void {
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1);
  expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / errors.length));
}
