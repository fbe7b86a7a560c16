import { describe, expect, it } from 'vitest';
import type { ScoreRow } from '../infra/db/score-rows.ts';
import { storableScore } from './storable-score.ts';

const row: ScoreRow = {
  ...{ customerId: 'c', staleSeq: 1, scoredBefore: null, csi: null, csiCoverage: 0, segment: null },
  ...{ health: null, healthCoverage: 0, band: null, flagged: false, highRisk: false, reasons: [] },
  ...{ mainReason: null, mainReasonKey: null, version: 'test', valueAtRiskMinor: 0, revenueYearMinor: 0 },
  ...{ orderCount: 0, firstOrderAt: null, lastOrderAt: null, tier: 'starter', milestones: [] },
  ...{ nextScoreAt: null, writeHistory: false, modelRunId: null, level: null, noneProbability: null },
  ...{ expectedPurchases: null, purchasesLow: null, purchasesHigh: null, clvMinor: null },
  ...{ clvLowMinor: null, clvHighMinor: null, nextOrderOn: null, typicalGapDays: null },
};

describe('a score that can be stored', () => {
  it('is given back as it is', () => {
    const full = { ...row, health: 61.5, revenueYearMinor: 12_345, firstOrderAt: new Date('2026-01-01') };
    expect(storableScore(full)).toBe(full);
  });

  it.each([
    ['health', Number.NaN],
    ['csiCoverage', Infinity],
    ['revenueYearMinor', Number.NaN],
    ['revenueYearMinor', 12.5],
    ['valueAtRiskMinor', 1e30],
    ['orderCount', 3e9],
    ['clvMinor', Number.NaN],
    ['lastOrderAt', new Date(Number.NaN)],
    ['nextScoreAt', new Date('+012026-01-01T00:00:00Z')],
  ] as const)('has no %s of %s, and says which field it is without what stands in it', (field, value) => {
    const store = () => storableScore({ ...row, [field]: value });
    expect(store).toThrow(`The ${field} of a score`);
    expect(store).not.toThrow(String(value));
  });
});
