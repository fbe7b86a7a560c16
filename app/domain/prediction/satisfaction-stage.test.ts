import { describe, expect, test } from 'vitest';
import { deliveryRecord, onDay } from '#tests/factories/deliveries.ts';
import { logistic } from './logistic.ts';
import { satisfactionFeatures } from './satisfaction-features.ts';
import { deliveryHistory } from './satisfaction-history.ts';
import { fitStage, fitStageRegression, stageLogOdds, type StageRow } from './satisfaction-stage.ts';
import { seededRandom } from './seeded-random.ts';

const NOBODY = deliveryHistory([], 7);

/** Delivered orders of random value and transit, one a day part, and what their customers said. */
function rowsOf(
  count: number,
  seed: number,
  logOddsOf: (lateDays: number, dear: boolean, slow: boolean) => number,
) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i): StageRow => {
    const at = (300 * i) / count;
    const [late, dear, slow] = [8 * random() - 5, random() < 0.5, random() < 0.5];
    const record = deliveryRecord({
      id: `${i}`,
      orderedAt: onDay(at - 12),
      promisedAt: onDay(at - late),
      shippedAt: onDay(at - (slow ? 10 : 2)),
      deliveredAt: onDay(at),
      valueMinor: dear ? 9_000 : 2_000,
    });
    const facts = satisfactionFeatures(record, onDay(at), NOBODY.at(record, onDay(at)), 5_000);
    const low = random() < logistic(logOddsOf(late, dear, slow));
    return { facts, low, at: onDay(at).getTime(), knownAt: onDay(at + 3).getTime() };
  });
}

describe('trees behind the regression', { timeout: 60_000 }, () => {
  test('stay where two facts only matter together', () => {
    const rows = rowsOf(3_000, 4, (_, dear, slow) => (dear === slow ? 0 : -2.5));
    const model = fitStage('delivered', rows, 1)!;
    expect(model.boosting!.trees.length).toBeGreaterThan(0);
    const p = (dear: boolean, slow: boolean) => {
      const { facts } = rowsOf(200, 5, () => 0).find(
        (row) => row.facts.value > 0 === dear && row.facts.transitDays > 5 === slow,
      )!;
      const { base, contributions } = stageLogOdds(model, facts);
      return logistic(contributions.reduce((sum, [, part]) => sum + part, base));
    };
    for (const [dear, slow] of [
      [true, true],
      [false, false],
    ] as const)
      expect(p(dear, slow)).toBeGreaterThan(0.3);
    for (const [dear, slow] of [
      [true, false],
      [false, true],
    ] as const)
      expect(p(dear, slow)).toBeLessThan(0.2);
  });

  test('prove themselves by what was known when the first of the later rows came: where all was said at the end, by nothing', () => {
    const rows = rowsOf(3_000, 4, (_, dear, slow) => (dear === slow ? 0 : -2.5));
    const saidAtTheEnd = rows.map((row) => ({ ...row, knownAt: onDay(301).getTime() }));
    expect(fitStage('delivered', saidAtTheEnd, 1)!.boosting).toBeNull();
  });

  test('are left out where lateness says it all, and where there are few rows', () => {
    const straight = (late: number) => -2 + 1.5 * Number(late > 0);
    expect(fitStage('delivered', rowsOf(3_000, 6, straight), 1)!.boosting).toBeNull();
    expect(
      fitStage(
        'delivered',
        rowsOf(1_500, 4, (_, dear, slow) => (dear === slow ? 0 : -2.5)),
        1,
      )!.boosting,
    ).toBeNull();
  });
});

test('one outcome alone teaches nothing', () => {
  const rows = rowsOf(50, 7, () => -40);
  expect(fitStageRegression('delivered', rows)).toBeNull();
  expect(fitStage('on_its_way', [], 1)).toBeNull();
});
