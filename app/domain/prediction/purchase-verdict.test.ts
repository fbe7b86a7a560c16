import { describe, expect, it } from 'vitest';
import { chanceBins, measure, type JudgedBuyer } from './purchase-metrics.ts';
import { seededRandom } from './seeded-random.ts';
import { verdictSentence } from './purchase-verdict-words.ts';
import {
  calibrationTest,
  judgePredictions,
  noModelVerdict,
  skillBar,
  verdictSchema,
} from './purchase-verdict.ts';

type OneBuyer = JudgedBuyer & { buyer: string };

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
    return { buyer: `b${i}`, chance, expected: chance, actual, below: 0, upTo: 1 };
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
    return { buyer: `${chance} ${i}`, chance, expected: chance, actual, below: 0, upTo: 1 };
  }),
);

const honest = (p: number) => p;
const mixed = (i: number) => (i % 4 === 0 ? 0.7 : 0.1);

describe('the bar', () => {
  // 15% where outcomes are balanced; proportional to the odds of the rarer one below a tenth.
  it.each([
    [0.5, 0.15],
    [0.1, 0.15],
    [0.9, 0.15],
    [0.05, (0.15 * 9 * 0.05) / 0.95],
    [0.99, (0.15 * 9 * 0.01) / 0.99],
    [0, 0],
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

  it('says its figures in words', () => {
    const bar = { skill: 0.23, bar: 0.15 };
    expect(
      verdictSentence({ shown: true, level: 'pooled', littleData: true, reason: { code: 'passed', ...bar } }),
    ).toBe(
      'Shown: the error (Brier score) is 23% below that of the base rate; at least 15% was asked for. ' +
        'They lean on other shops, for want of data. There are little data: fewer than 1,000 customers could be checked.',
    );
    expect(verdictSentence(noModelVerdict({ code: 'too_short_history', historyDays: 1, needed: 60 }))).toBe(
      'Hidden: 1 day of orders are too few to learn from; 60 are needed.',
    );
    expect(verdictSentence(noModelVerdict({ code: 'too_few_repeats', repeats: 3, needed: 20 }))).toContain(
      'came back 3 times',
    );
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
