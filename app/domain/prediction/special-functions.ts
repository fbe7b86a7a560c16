/** Functions that the prediction models need and the language does not have. */

/** From here on the asymptotic series below are good to 15 digits. */
const ASYMPTOTIC_FROM = 12;

/** ln Gamma(x) for x > 0: Stirling's series (Abramowitz & Stegun 6.1.41), reached by recurrence for small x. */
export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  // A product of logarithms' arguments stays small enough here to be taken at once.
  if (at < ASYMPTOTIC_FROM) {
    let product = 1;
    for (; at < ASYMPTOTIC_FROM; at += 1) product *= at;
    shift = -Math.log(product);
  }
  const u = 1 / (at * at);
  const series =
    (1 / 12 - u * (1 / 360 - u * (1 / 1260 - u * (1 / 1680 - u * (1 / 1188 - (u * 691) / 360360))))) / at;
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series;
}

/** The derivative of ln Gamma for x > 0 (Abramowitz & Stegun 6.3.5, 6.3.18). */
export function digamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < ASYMPTOTIC_FROM; at += 1) shift -= 1 / at;
  const u = 1 / (at * at);
  const series =
    u * (1 / 12 - u * (1 / 120 - u * (1 / 252 - u * (1 / 240 - u * (1 / 132 - (u * 691) / 32760)))));
  return shift + Math.log(at) - 0.5 / at - series;
}

/** Part of the whole that a tail must fall under to be left out. */
const NEGLIGIBLE = 1e-15;
/** Relative change that counts as none where a tail is summed as a geometric series. */
const CONSTANT = 1e-12;

/**
 * The mean of `value(p)` for p ~ Beta(a, b), to about 10 digits: the trapezoidal rule on u = ln(p / (1 - p)), where a
 * Beta density is bell-shaped and the rule converges exponentially, with steps that follow the width of the bell.
 * Long tails are exponentials in u and are summed in closed form, so that a or b of 0.0001 cost no more than others.
 * @param value smooth, positive; about constant where p is far below `turnsAt`
 */
export function betaMean(a: number, b: number, turnsAt: number, value: (p: number) => number): number {
  const step = Math.min(0.25, 0.65 * Math.sqrt(1 / a + 1 / b));
  const mode = Math.log(a / b);
  const peak = logWeight(a, b, mode);
  const middle = logistic(mode);
  let mass = 1;
  let sum = value(middle);
  for (const direction of [-1, 1] as const) {
    const rate = direction < 0 ? a : b;
    const constantBelow = CONSTANT * Math.min(1 / (1 + a + b), direction < 0 ? turnsAt : 1);
    for (let j = 1; ; j += 1) {
      const u = mode + direction * j * step;
      const p = logistic(u);
      const weight = Math.exp(logWeight(a, b, u) - peak);
      const height = value(p);
      mass += weight;
      sum += weight * height;
      if (weight < NEGLIGIBLE * mass) break;
      if ((direction < 0 ? p : logistic(-u)) < constantBelow) {
        const rest = weight / Math.expm1(rate * step);
        mass += rest;
        sum += rest * height;
        break;
      }
    }
  }
  return sum / mass;
}

const logistic = (u: number) => (u < 0 ? Math.exp(u) / (1 + Math.exp(u)) : 1 / (1 + Math.exp(-u)));

/** ln of p^a (1 - p)^b: a Beta density times dp/du, but for its constant. */
function logWeight(a: number, b: number, u: number): number {
  return u < 0 ? a * u - (a + b) * Math.log1p(Math.exp(u)) : -b * u - (a + b) * Math.log1p(Math.exp(-u));
}
