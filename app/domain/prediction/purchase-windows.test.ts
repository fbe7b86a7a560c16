import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENERIC_PRIOR } from './purchase-prior.ts';
import { countsAt, historyDaysOf, planWindows, purchasesAfter, windowRows } from './purchase-windows.ts';

const PRIOR = {
  means: GENERIC_PRIOR.rhythm.map(({ mean }) => mean),
  deviations: GENERIC_PRIOR.rhythm.map(({ deviation }) => deviation),
};
const RHYTHM = { r: 1, alpha: 60, a: 1, b: 2, stages: 1, dropout: 'mbgnbd' } as const;

describe('the plan of earlier windows', () => {
  it.each([
    // history, horizon -> length, starts before day 1,000
    [100, 90, 50, [950]],
    [180, 90, 90, [910]],
    [270, 90, 90, [910, 895, 880, 865, 850, 835, 820]],
    [60, 365, 30, [970]],
    [2_000, 90, 90, [910, 865, 820, 775, 730, 685, 640, 595, 550, 505, 635, 270]],
  ])('%d days of history and a horizon of %d: windows of %d days', (history, horizon, length, starts) => {
    const plan = planWindows(history, 1_000, horizon);
    expect(plan.windowDays).toBe(length);
    expect(plan.starts.map(({ day }) => day)).toEqual(starts);
    expect(plan.starts.filter(({ sameSeason }) => sameSeason)).toHaveLength(starts.length > 10 ? 2 : 0);
  });

  it('has windows that end by the last day, with as much history before them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 3_000 }),
        fc.integer({ min: 1, max: 800 }),
        (history, horizon) => {
          const { starts, windowDays, independent, weight } = planWindows(history, 0, horizon);
          expect(starts.length).toBeGreaterThan(0);
          for (const { day } of starts) {
            expect(day + windowDays).toBeLessThanOrEqual(0);
            expect(day - windowDays).toBeGreaterThanOrEqual(-history);
          }
          expect(independent).toBeLessThanOrEqual(starts.length);
          expect(weight).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('does not take a lone early order for history', () => {
    const shop = [[-3_000], ...Array.from({ length: 99 }, (_, i) => [i])];
    expect(historyDaysOf(shop, 200)).toBe(200 - 4);
    expect(historyDaysOf([], 200)).toBe(0);
  });
});

describe('rows of windows', () => {
  it('count what was before and after a day', () => {
    const days = [10, 20, 35, 90];
    expect(countsAt(days, 34)).toEqual({ repeats: 1, recency: 10, age: 24 });
    expect(countsAt(days, 9)).toBeNull();
    expect(purchasesAfter(days, 20, 15)).toBe(1);
    expect(purchasesAfter(days, 20, 14)).toBe(0);
    expect(purchasesAfter(days, 0, 90)).toBe(4);
  });

  it('know nothing of their own window or later: only the outcome changes with it', () => {
    const shop = (after: number) =>
      Array.from({ length: 60 }, (_, i) => [
        i % 20,
        30 + (i % 40),
        75 + (i % 20),
        ...(i % 3 === 0 ? [after] : []),
      ]);
    const plan = { ...planWindows(200, 200, 90), starts: [{ day: 110, sameSeason: false }] };
    const [one, other] = [150, 400].map((after) => windowRows(shop(after), plan, PRIOR, RHYTHM));
    expect(other!.map(({ answer, traits }) => ({ answer, traits }))).toEqual(
      one!.map(({ answer, traits }) => ({ answer, traits })),
    );
    expect(one!.reduce((sum, { purchases }) => sum + purchases, 0)).toBe(20);
    expect(other!.reduce((sum, { purchases }) => sum + purchases, 0)).toBe(0);
  });

  it('leaves out windows with too few buyers', () => {
    expect(windowRows([[1], [2]], planWindows(200, 200, 90), PRIOR, RHYTHM)).toEqual([]);
  });
});
