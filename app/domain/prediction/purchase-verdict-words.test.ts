import { expect, describe, it } from 'vitest';
import { verdictReason, verdictSentence } from './purchase-verdict-words.ts';
import { noModelVerdict, skillBar, type VerdictReason } from './purchase-verdict.ts';
import { seededRandom } from './seeded-random.ts';

const hiddenFor = (reason: VerdictReason) =>
  verdictSentence({ shown: false, level: 'rules', littleData: false, reason });
const missed = (skill: number, bar: number) => hiddenFor({ code: 'too_little_skill', skill, bar });

describe('the verdict in words', () => {
  it('says its figures in words', () => {
    const bar = { skill: 0.23, bar: 0.15 };
    expect(
      verdictSentence({ shown: true, level: 'pooled', littleData: true, reason: { code: 'passed', ...bar } }),
    ).toBe(
      'Shown: the error (Brier score) is 23% below that of the base rate; at least 15% was asked for. ' +
        'They lean on other shops, for want of data. There are little data: fewer than 1,000 customers could be checked.',
    );
    const little = { shown: true, level: 'own' as const, littleData: false };
    expect(verdictSentence({ ...little, reason: { code: 'passed', skill: 0.0312, bar: 0.0246 } })).toBe(
      'Shown: the error (Brier score) is 3.1% below that of the base rate; at least 2.5% was asked for.',
    );
    expect(missed(0.0199, 0.02)).toContain('only 1.9% below that of the base rate; at least 2.0%');
    expect(missed(0.1496, 0.15)).toContain('only 14% below that of the base rate; at least 15%');
    expect(verdictSentence(noModelVerdict({ code: 'too_short_history', historyDays: 1, needed: 60 }))).toBe(
      'Hidden: 1 day of orders are too few to learn from; 60 are needed.',
    );
    expect(verdictSentence(noModelVerdict({ code: 'too_few_repeats', repeats: 3, needed: 20 }))).toContain(
      'came back 3 times',
    );
  });
  it.each([
    [-0.2, 0.15, 'above that of the base rate; at least 15% below it was asked for.'],
    [-0.00001, 0.02, 'above that of the base rate; at least 2.0% below it was asked for.'],
    [0, 0.15, 'as high as that of the base rate; at least 15% below it was asked for.'],
    [0.0004, 0.02, 'hardly below that of the base rate; at least 2.0% was asked for.'],
    [0.004, 0.15, 'only 0.4% below that of the base rate; at least 15% was asked for.'],
    [0.0199, 0.02, 'only 1.9% below that of the base rate; at least 2.0% was asked for.'],
    [0.1496, 0.15, 'only 14% below that of the base rate; at least 15% was asked for.'],
    [0.1345, 0.1349, 'only 13.4% below that of the base rate; at least 13.5% was asked for.'],
    [0.1499999, 0.15, 'only 14% below that of the base rate; at least 15% was asked for.'],
    [0.13411201, 0.13411203, 'only 13.411% below that of the base rate; a little more was asked for.'],
    // Reports of older versions.
    [-0.1, 0.0001, 'above that of the base rate.'],
  ])('a skill of %d, where %d was asked for: %s', (skill, bar, words) => {
    expect(missed(skill, bar)).toBe(`Hidden: the error (Brier score) is ${words}`);
  });

  it('never says that what was missed was reached, nor that nothing was asked for', () => {
    const random = seededRandom(5);
    for (let i = 0; i < 5_000; i += 1) {
      const bar = skillBar(random() ** 2);
      const skill = bar * (1 - random() * 10 ** -Math.floor(7 * random()));
      const [, said, wanted] =
        /only ([\d.]+)% below .* at least ([\d.]+)% was/.exec(missed(skill, bar)) ?? [];
      if (said) expect(Number(said)).toBeLessThan(Number(wanted));
      else expect(missed(skill, bar)).toMatch(/hardly below|a little more was asked for/);
      expect(missed(-skill, bar)).toMatch(/above that of the base rate; at least [\d.]+% below it was asked/);
      const passed = verdictReason({
        ...{ shown: true, level: 'own', littleData: false },
        reason: { code: 'passed', skill: bar + random() * 10 ** -Math.floor(7 * random()), bar },
      });
      const [, has, had] = /is ([\d.]+)% below .* at least ([\d.]+)% was/.exec(passed)!;
      expect(Number(has)).toBeGreaterThanOrEqual(Number(had));
      expect(Number(had)).toBeGreaterThanOrEqual(2);
    }
  });

  it.each([
    [0.2459, 'Hidden: what was predicted was 24.6% more than what came; at most 20% is allowed.'],
    [0.20001, 'Hidden: what was predicted was 20.1% more than what came; at most 20% is allowed.'],
    [-0.315, 'Hidden: what was predicted was 31.5% less than what came; at most 20% is allowed.'],
  ])('totals off by %d', (off, words) => {
    expect(hiddenFor({ code: 'totals_off', off, limit: 0.2 })).toBe(words);
  });

  it.each([
    [0.0501, 'off by 5.1% on average; at most 5% is allowed.'],
    [0.08, 'off by 8% on average; at most 5% is allowed.'],
  ])('an error of calibration of %d lies above its limit', (ece, words) => {
    expect(hiddenFor({ code: 'not_calibrated', ece, limit: 0.05 })).toContain(words);
  });
});
