import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type EscalationFacts,
  escalationModelSchema,
  type EscalationRow,
  fitEscalation,
  mayEscalate,
  predictEscalation,
} from './escalation.ts';
import { backtestEscalation } from './escalation-backtest.ts';
import { logistic } from './logistic.ts';
import { seededRandom } from './seeded-random.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 0, 1);
const CASE: EscalationFacts = {
  source: 'response',
  severity: 2,
  critical: false,
  valueMinor: 5_000,
  earlierCases: 0,
  earlierOrders: 1,
  lateDays: 0,
  daysSinceDelivery: 3,
  textLength: 80,
};
const row = (day: number, escalated: boolean, facts: Partial<EscalationFacts> = {}): EscalationRow => ({
  facts: { ...CASE, ...facts },
  openedAt: new Date(FIRST + day * DAY_MS),
  settledAt: new Date(FIRST + (day + 9) * DAY_MS),
  escalated,
});

/** Cases of a shop in which late parcels and earlier cases lead to more contacts (`strength` 1), or nothing does (0). */
function shop(count: number, strength: number, seed = 7): EscalationRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const lateDays = random() < 0.3 ? Math.floor(1 + 12 * random()) : 0;
    const earlierCases = random() < 0.3 ? 1 : 0;
    const facts = { lateDays, earlierCases, textLength: Math.floor(400 * random()), severity: 1 + (i % 3) };
    const chance = logistic(-1.2 + strength * (0.9 * Math.log1p(lateDays) + 1.2 * earlierCases));
    return row(i / 4, random() < chance, facts);
  });
}

describe('fitEscalation', () => {
  test('without a case the prior rate, said so', () => {
    const model = fitEscalation([]);
    expect(model).toMatchObject({ basis: 'prior', n: 0, rate: 0.3, regression: null });
    expect(predictEscalation(model, CASE)).toMatchObject({ probability: 0.3, basis: 'prior', n: 0 });
    expect(fitEscalation([], 0.5).rate).toBe(0.5);
  });

  test('with few cases the own rate, shrunk with 10 cases of the prior', () => {
    const model = fitEscalation([
      ...Array.from({ length: 8 }, () => row(1, true)),
      row(2, false),
      row(3, false),
    ]);
    expect(model).toMatchObject({ basis: 'base_rate', n: 10, escalated: 8 });
    expect(model.rate).toBeCloseTo(11 / 20, 12);
    const { low, high } = predictEscalation(model, CASE);
    expect(low).toBeGreaterThan(0.4);
    expect(high).toBeLessThan(0.7);
  });

  test.each([
    [99, 20, 'base_rate'],
    [100, 20, 'fit'],
    [100, 80, 'fit'],
    [100, 19, 'base_rate'],
    [100, 81, 'base_rate'],
    [500, 0, 'base_rate'],
  ])('%d cases of which %d escalated: %s', (n, escalated, basis) => {
    const rows = Array.from({ length: n }, (_, i) => row(i, i < escalated, { textLength: (i * 37) % 101 }));
    expect(fitEscalation(rows).basis).toBe(basis);
  });

  test('learns what the cases were made of', () => {
    const model = fitEscalation(shop(2_000, 1));
    const chance = (facts: Partial<EscalationFacts>) =>
      predictEscalation(model, { ...CASE, ...facts }).probability;
    const truth = (lateDays: number, earlierCases: number) =>
      logistic(-1.2 + 0.9 * Math.log1p(lateDays) + 1.2 * earlierCases);
    expect(Math.abs(chance({}) - truth(0, 0))).toBeLessThan(0.06);
    expect(Math.abs(chance({ earlierCases: 1 }) - truth(0, 1))).toBeLessThan(0.08);
    expect(Math.abs(chance({ lateDays: 7, earlierCases: 1 }) - truth(7, 1))).toBeLessThan(0.08);
  });

  test('survives JSON, and gives the same whenever it is fitted', () => {
    const rows = shop(300, 1);
    const model = fitEscalation(rows);
    expect(escalationModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
    expect(fitEscalation(structuredClone(rows))).toEqual(model);
  });

  test('names what raises a case above the typical one, strongest first', () => {
    const model = fitEscalation(shop(2_000, 1));
    const reasons = (facts: Partial<EscalationFacts>) =>
      predictEscalation(model, { ...CASE, ...facts }).reasons;
    expect(reasons({ lateDays: 10 })[0]).toBe('lateness');
    expect(reasons({ earlierCases: 2 })[0]).toBe('earlier_cases');
    expect(reasons({})).not.toContain('lateness');
    expect(predictEscalation(fitEscalation([]), CASE).reasons).toEqual([]);
  });

  test.each([
    [0.5, 0.3, true],
    [0.49, 0.3, false],
    [0.2, 0.1, true],
    [0.19, 0.1, false],
    [0.6, 0.7, false],
  ])('a chance of %d against %d of all cases is marked: %s', (probability, usual, marked) => {
    expect(mayEscalate(probability, usual)).toBe(marked);
  });
});

describe('backtestEscalation', () => {
  test('a shop with a pattern: better than the base rate, and shown', () => {
    const report = backtestEscalation(shop(1_000, 1));
    expect(report).toMatchObject({ n: 300, verdict: { shown: true, reason: 'better' } });
    // Cases of the last 9 days before the cut had no known end.
    expect(report.trained).toBe(700 - 36);
    expect(report.auc).toBeGreaterThan(0.65);
    expect(report.brier).toBeLessThan(report.baseRateBrier!);
    expect(report.gain!.value).toBeCloseTo(report.baseRateBrier! - report.brier!, 12);
  });

  test('the gain over the base rate is sure by its 95% interval', () => {
    const rows = shop(1_000, 1);
    const from = rows[700]!.openedAt;
    const model = fitEscalation(rows.filter(({ settledAt }) => settledAt < from));
    const gains = rows.slice(700).map(({ facts, escalated }) => {
      const off = (probability: number) => (probability - Number(escalated)) ** 2;
      return off(model.rate) - off(predictEscalation(model, facts).probability);
    });
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / 300;
    const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / 299;
    const margin = 1.96 * Math.sqrt(variance / 300);
    const { gain } = backtestEscalation(rows);
    expect(gain!.low).toBeCloseTo(mean - margin, 5);
    expect(gain!.high).toBeCloseTo(mean + margin, 5);
  });

  test.each([1, 2, 3, 4, 5])('a shop without a pattern is hidden (seed %d)', (seed) => {
    expect(backtestEscalation(shop(1_000, 0, seed)).verdict).toEqual({ shown: false, reason: 'no_better' });
  });

  test.each<[string, EscalationRow[]]>([
    ['nothing', []],
    ['one case', [row(1, true)]],
    ['few cases', shop(120, 1)],
    ['all at one moment', Array.from({ length: 500 }, (_, i) => row(1, i % 3 === 0))],
    ['never escalated', Array.from({ length: 500 }, (_, i) => row(i, false))],
    ['no dates', Array.from({ length: 500 }, (_, i) => row(Number.NaN, i % 2 === 0))],
  ])('%s: hidden, with the reason', (_, rows) => {
    expect(backtestEscalation(rows).verdict).toEqual({ shown: false, reason: 'few_cases' });
  });

  test('nothing comes from the future: what happened after the cut changes no prediction', () => {
    const rows = shop(1_000, 1);
    const cut = rows[700]!.openedAt;
    const turned = rows.map((entry) =>
      entry.openedAt >= cut || entry.settledAt >= cut ? { ...entry, escalated: !entry.escalated } : entry,
    );
    const [one, other] = [backtestEscalation(rows), backtestEscalation(turned)];
    expect(other.trained).toBe(one.trained);
    expect(other.auc).toBeCloseTo(1 - one.auc!, 10);
  });

  test('the order of the rows does not matter', () => {
    const rows = shop(400, 1);
    const [one, other] = [backtestEscalation(rows), backtestEscalation([...rows].reverse())];
    expect(other.brier).toBeCloseTo(one.brier!, 10);
    expect(other.verdict).toEqual(one.verdict);
  });
});

const number = fc.oneof(
  fc.integer({ min: -5, max: 100 }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e300),
);
const anyFacts: fc.Arbitrary<EscalationFacts> = fc.record({
  source: fc.constantFrom('response', 'refund', 'delay', 'alert', 'ticket', 'staff'),
  severity: number,
  critical: fc.boolean(),
  valueMinor: number,
  earlierCases: number,
  earlierOrders: number,
  lateDays: fc.option(number, { nil: null }),
  daysSinceDelivery: fc.option(number, { nil: null }),
  textLength: number,
});

test('for any cases: a probability within its interval, never NaN', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyFacts, fc.boolean()), { maxLength: 150, minLength: 90 }),
      anyFacts,
      (cases, facts) => {
        const rows = cases.map(([of, escalated], i) => row(i, escalated, of));
        const { probability, low, high } = predictEscalation(fitEscalation(rows), facts);
        expect(0 <= low && low <= probability && probability <= high && high <= 1).toBe(true);
        for (const value of Object.values(backtestEscalation(rows)))
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});
