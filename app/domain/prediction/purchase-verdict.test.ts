import { describe, expect, it } from 'vitest';
import { chanceBins, measure, type JudgedBuyer } from './purchase-metrics.ts';
import { seededRandom } from './seeded-random.ts';
import { verdictSentence } from './purchase-verdict-words.ts';
import { calibrationTest, judgePredictions, skillBar, verdictSchema } from './purchase-verdict.ts';

type OneBuyer = JudgedBuyer & { buyer: string; variance: number };

/** Buyers of whom each orders with the true chance; what is said of it is `said`. */
function judgedBuyers(
  n: number,
  truth: (i: number) => number,
  said: (p: number) => number,
  seed = 1,
): OneBuyer[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const [chance, actual] = [said(truth(i)), Number(random() < truth(i))];
    const variance = chance * (1 - chance);
    return { buyer: `b${i}`, chance, expected: chance, variance, actual, below: 0, upTo: 1 };
  });
}

function verdictOf(judged: OneBuyer[]) {
  const verdict = judgePredictions(measure('m', judged, 1), judged, chanceBins(judged), 'own');
  expect(verdictSchema.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict);
  return verdict;
}

/** Ten buyers: of five with a chance of 0.75 four ordered, of five with 0.25 one. */
const fourOfFive: OneBuyer[] = [0.75, 0.25].flatMap((chance) =>
  [0, 1, 2, 3, 4].map((i) => {
    const actual = Number(chance > 0.5 === i < 4);
    const variance = chance * (1 - chance);
    return { buyer: `${chance} ${i}`, chance, expected: chance, variance, actual, below: 0, upTo: 1 };
  }),
);

const honest = (p: number) => p;
const mixed = (i: number) => (i % 4 === 0 ? 0.7 : 0.1);

describe('the bar', () => {
  // 15% where outcomes are balanced; proportional to the odds of the rarer one below a tenth, as far as 2%.
  it.each([
    [0.5, 0.15],
    [0.1, 0.15],
    [0.9, 0.15],
    [0.05, (0.15 * 9 * 0.05) / 0.95],
    [0.98, (0.15 * 9 * 0.02) / 0.98],
    // Never below 2%.
    [0.99, 0.02],
    [0.0036, 0.02],
    [0, 0.02],
  ])('at a base rate of %d is %d', (share, bar) => {
    expect(skillBar(share)).toBeCloseTo(bar, 12);
  });

  it('asks the same lift of rare orders as of others: a best tenth of four times the base rate', () => {
    const skill = (share: number) => {
      const [best, rest] = [4 * share, (share - 0.4 * share) / 0.9];
      return (0.1 * (best - share) ** 2 + 0.9 * (rest - share) ** 2) / (share * (1 - share));
    };
    expect(skill(0.02) / skillBar(0.02)).toBeCloseTo(skill(0.1) / skillBar(0.1), 10);
  });
});

describe('the verdict', () => {
  it('shows what is calibrated and better than the base rate', () => {
    expect(verdictOf(judgedBuyers(2_000, mixed, honest))).toMatchObject({
      shown: true,
      level: 'own',
      littleData: false,
      reason: { code: 'passed', bar: 0.15 },
    });
    expect(verdictOf(judgedBuyers(400, mixed, honest))).toMatchObject({ shown: true, littleData: true });
  });

  it.each([
    ['too_little_skill', judgedBuyers(2_000, () => 0.3, honest)],
    ['too_little_skill', judgedBuyers(2_000, mixed, () => 0.9)],
    // True, beyond chance, and next to nothing: about 1% below the base rate.
    ['too_little_skill', judgedBuyers(60_000, (i) => (i % 20 === 0 ? 0.03 : 0.0022), honest)],
    ['not_calibrated', judgedBuyers(4_000, mixed, (p) => p + 0.09)],
    ['calibration_test_failed', judgedBuyers(900, mixed, (p) => p + 0.09)],
    ['skill_may_be_chance', fourOfFive],
    [
      'nearly_all_order',
      judgedBuyers(
        500,
        () => 1,
        () => 0.99,
      ),
    ],
    [
      'nearly_none_order',
      judgedBuyers(
        500,
        () => 0,
        () => 0.01,
      ),
    ],
    ['too_few_buyers', judgedBuyers(8, mixed, honest)],
  ])('hides with the reason %s', (code, judged) => {
    const verdict = verdictOf(judged);
    expect(verdict).toMatchObject({ shown: false, level: 'rules', reason: { code } });
    expect(verdictSentence(verdict)).toMatch(/^Hidden: [^{}]+\.$/);
    expect(verdictSentence(verdict)).not.toMatch(/NaN|undefined|null/);
  });
});

describe('buyers in several windows', () => {
  const twice = (judged: OneBuyer[]) => [...judged, ...judged];

  it('count once: 600 of them twice are little data, judged by the test', () => {
    const judged = twice(judgedBuyers(600, mixed, honest));
    expect(verdictOf(judged)).toMatchObject({ shown: true, littleData: true });
    const off = twice(judgedBuyers(600, mixed, (p) => p + 0.09));
    expect(verdictOf(off).reason.code).toBe('calibration_test_failed');
    expect(verdictOf(judgedBuyers(1_200, mixed, honest)).littleData).toBe(false);
  });

  it('are no proof beyond chance for being counted several times', () => {
    // Better than the base rate by 1.2 standard errors; four times the same would pass as 2.4.
    expect(verdictOf(twice(twice(fourOfFive))).reason.code).toBe('skill_may_be_chance');
  });
});

describe('totals', () => {
  /** Each who orders does so `orders` times on average, where `said` times as many are expected. */
  function ordersOf(n: number, said: number, seed: number): OneBuyer[] {
    const random = seededRandom(seed + 500);
    return judgedBuyers(n, mixed, honest, seed).map((one) => {
      const further = one.actual > 0 && random() < 0.5 ? 4 : 0;
      const [expected, variance] = [one.chance * 3, one.chance * (1 + 0.5 * 24) - (one.chance * 3) ** 2];
      return { ...one, expected: said * expected, variance, actual: one.actual + further };
    });
  }

  it.each([
    [1.35, 'totals_off'],
    [0.7, 'totals_off'],
    [1.12, 'passed'],
    [0.88, 'passed'],
  ])('of %d times what is true, by chances that are: %s', (said, code) => {
    const judged = ordersOf(6_000, said, 3);
    const verdict = verdictOf(judged);
    expect(verdict.reason.code).toBe(code);
    expect(verdict.shown).toBe(code === 'passed');
    const total = (of: (one: OneBuyer) => number) => judged.reduce((sum, one) => sum + of(one), 0);
    const off = total(({ expected }) => expected) / total(({ actual }) => actual) - 1;
    if (code === 'totals_off') expect(verdict.reason).toMatchObject({ off, limit: 0.2 });
  });

  it('hide a small shop for chance in one of a hundred, though one of five is more than 20% off', () => {
    let [off, hidden, passed] = [0, 0, 0];
    for (let seed = 0; seed < 400; seed += 1) {
      const judged = ordersOf(150, 1, seed);
      const total = (of: (one: OneBuyer) => number) => judged.reduce((sum, one) => sum + of(one), 0);
      if (Math.abs(total(({ expected }) => expected) / total(({ actual }) => actual) - 1) > 0.2) off += 1;
      const { code } = verdictOf(judged).reason;
      if (code === 'totals_off') hidden += 1;
      if (code === 'passed') passed += 1;
    }
    expect(off).toBeGreaterThan(80);
    expect(passed).toBeGreaterThan(360);
    expect(hidden).toBeLessThanOrEqual(4);
  });

  it('of the same buyers in four windows prove no more than their spread allows', () => {
    const once = ordersOf(120, 1.25, 9);
    expect(verdictOf(once).reason.code).toBe('passed');
    expect(verdictOf([...once, ...once, ...once, ...once]).reason.code).toBe('passed');
  });
});

describe('the test of calibration', () => {
  it('is the exact one where that can be counted', () => {
    // One bin of 4 at one half: 4 or 0 of 4 are the farthest off, together 1 in 8; 3 or 1 as well, 5 in 8 in all.
    const bin = (came: number) => [{ n: 4, predicted: 0.5, actual: came / 4 }];
    expect(calibrationTest(bin(4))).toBeCloseTo(1 / 8, 1);
    expect(calibrationTest(bin(1))).toBeCloseTo(5 / 8, 1);
    expect(calibrationTest(bin(2))).toBe(1);
    expect(calibrationTest([])).toBe(1);
    // Ten bins of 100, each one standard error off: about chi-square with 10 degrees.
    const tenBins = Array.from({ length: 10 }, () => ({ n: 100, predicted: 0.5, actual: 0.55 }));
    expect(Math.abs(calibrationTest(tenBins) - 0.4405)).toBeLessThan(0.03);
    expect(calibrationTest(tenBins)).toBe(calibrationTest(tenBins));
  });

  it.each<[string, (u: number) => number]>([
    ['even chances', (u) => 0.1 + 0.8 * u],
    ['chances skewed to none', (u) => 0.9 * u ** 4 + 0.002],
    ['most buyers lost', (u) => (u < 0.6 ? 0.001 + 0.01 * u : u)],
  ])('rejects true predictions at its level: %s', (_, chanceAt) => {
    let rejected = 0;
    for (let seed = 0; seed < 300; seed += 1) {
      const random = seededRandom(1_000 + seed);
      const chances = Array.from({ length: 100 }, () => chanceAt(random()));
      if (calibrationTest(chanceBins(judgedBuyers(100, (i) => chances[i]!, honest, seed))) <= 0.01)
        rejected += 1;
    }
    // 1% of 300, and not twice as many: by the textbook's distribution skewed chances come to 7 to 11%.
    expect(rejected).toBeLessThanOrEqual(6);
  });

  it('finds skewed chances that are half as high as the truth', () => {
    const truth = (i: number) => 0.9 * ((i % 100) / 100) ** 4 + 0.002;
    expect(calibrationTest(chanceBins(judgedBuyers(600, truth, (p) => p / 2)))).toBeLessThan(0.01);
  });
});
