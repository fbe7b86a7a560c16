import { describe, expect, it } from 'vitest';
import { aPurchaseReport } from '#tests/factories/prediction-reports.ts';
import type { VerdictReason } from '../../domain/prediction/purchase-verdict.ts';
import { verdictReason } from '../../domain/prediction/purchase-verdict-words.ts';
import { comparedRows, comparisonFinding, decileFinding } from './purchase-words.ts';

/** A model with this Brier, where one share for all has 0.2 and recency alone 0.25. */
function reportOf(brier: number, reason: VerdictReason) {
  const { model, baselines, data } = aPurchaseReport();
  return aPurchaseReport({
    model: { ...model, brier, baseRateBrier: 0.2 },
    baselines: { ...baselines, recencyOnly: { ...baselines.recencyOnly, brier: 0.25 } },
    data: { ...data, heldOut: 1_234 },
    verdict: { shown: reason.code === 'passed', level: 'own', littleData: false, reason },
  });
}
const little = (brier: number): VerdictReason => ({
  ...{ code: 'too_little_skill', bar: 0.15 },
  skill: 1 - brier / 0.2,
});

describe('the heading of the comparison', () => {
  it.each<[number, VerdictReason, string]>([
    [0.16, { code: 'passed', skill: 0.2, bar: 0.15 }, 'Error 36% below that of looking at recency alone'],
    [0.26, { code: 'passed', skill: 0.2, bar: 0.15 }, 'Error 4% above that of looking at recency alone'],
    [0.24, little(0.24), 'Error 20% above that of the true share for everybody'],
    [0.19, little(0.19), 'Error 5% below that of the true share for everybody'],
    [0.19999, little(0.19999), 'Error about as high as that of the true share for everybody'],
    [0.1701, little(0.1701), 'Error 14% below that of the true share for everybody'],
    [
      0.169,
      { code: 'skill_may_be_chance', skill: 0.155, z: 1.2 },
      'Error 15% below that of the true share for everybody',
    ],
    [0.16, { code: 'totals_off', off: 0.25, limit: 0.2 }, 'Error 36% below that of looking at recency alone'],
  ])('of a Brier of %d agrees with the verdict %j', (brier, reason, words) => {
    const report = reportOf(brier, reason);
    expect(comparisonFinding(report)).toBe(`${words}, on 1,234 buyers`);
    if (reason.code !== 'too_little_skill') return;
    const said = /(\d+)% (above|below)/.exec(words);
    if (said && said[2] === 'below') expect(verdictReason(report.verdict)).toContain(`only ${said[1]}`);
    if (said && said[2] === 'above') expect(verdictReason(report.verdict)).toContain('is above');
  });

  it('is none without figures', () => {
    const report = reportOf(0.16, little(0.16));
    expect(comparisonFinding({ ...report, model: { ...report.model, brier: null } })).toBeNull();
  });
});

it('has what decides in the table: the share that turned out true, beside that of earlier windows', () => {
  const rows = comparedRows(reportOf(0.16, little(0.16)));
  expect(rows.map(({ name }) => name).slice(0, 2)).toEqual([
    'Aftercare’s model',
    'The true share for everybody, known afterwards',
  ]);
  expect(rows[1]!.metrics).toMatchObject({ brier: 0.2, auc: 0.5, predictedTotal: null, topDecileShare: 0.1 });
  expect(rows.map(({ name }) => name)).toContain('The same share as earlier for everybody');
  const { model } = reportOf(0.16, little(0.16));
  const without = aPurchaseReport({ model: { ...model, baseRateBrier: null } });
  expect(comparedRows(without)).toHaveLength(rows.length - 1);
});

it('says of how many buyers the groups are', () => {
  const group = { n: 40, predicted: 20, low: 15, high: 25 };
  const deciles = [
    { ...group, actual: 15 },
    { ...group, actual: 26 },
  ];
  expect(decileFinding(aPurchaseReport({ deciles }))).toBe(
    'What came lies in the predicted interval in 1 of 2 groups, 80 buyers in all',
  );
});
