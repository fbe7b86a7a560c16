import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireOrSkip } from '#tests/setup/require-or-skip.ts';
import { runBacktest } from './lib/backtest-command.ts';
import { readTransactions } from './lib/transactions.ts';

const dataDir = requireOrSkip('DATA_DIR', 'DATA_DIR=../shared/data npm test');

function backtest(file: string, end: string, days: number) {
  const path = join(dataDir ?? '', 'cdnow', file);
  const args = ['--transactions', path, '--calibration-end', end, '--horizon-days', `${days}`, '--json'];
  const { out, problem } = runBacktest(args, readTransactions);
  if (problem) throw new Error(problem);
  return JSON.parse(out.trimEnd().split('\n').at(-1)!);
}

describe.skipIf(!dataDir)('npm run backtest on CDNOW', { timeout: 120_000 }, () => {
  it.each([90, 91])('the sample, %d days after 1997-09-30: the bars', (days) => {
    const { model, baselines, verdict, revenue } = backtest('CDNOW_sample.txt', '1997-09-30', days);
    expect(model.auc).toBeGreaterThanOrEqual(0.79);
    expect(model.brier).toBeLessThanOrEqual(0.11);
    expect(model.ece).toBeLessThanOrEqual(0.03);
    // Within 10% of what came, where plain BG/NBD is 13% short.
    expect(Math.abs(model.predictedTotal / model.actualTotal - 1)).toBeLessThan(0.1);
    expect(baselines.bgNbd.predictedTotal / baselines.bgNbd.actualTotal).toBeCloseTo(0.87, 1);
    expect(model.intervalCoverage).toBeGreaterThan(0.75);
    expect(model.intervalCoverage).toBeLessThan(0.85);
    // Of ten tenths: 8 or 9 hold.
    expect(model.decileCoverage).toBeGreaterThan(0.75);
    expect(model.decileCoverage).toBeLessThanOrEqual(0.9);
    for (const { auc, brier } of Object.values<{ auc: number; brier: number }>(baselines)) {
      expect(model.auc).toBeGreaterThan(auc);
      expect(model.brier).toBeLessThan(brier);
    }
    expect(Math.abs(revenue.predictedMinor / revenue.actualMinor - 1)).toBeLessThan(0.1);
    expect(verdict).toMatchObject({ shown: true, level: 'own', littleData: false });
  });

  it('91 days: the baselines are the published models', () => {
    const { baselines } = backtest('CDNOW_sample.txt', '1997-09-30', 91);
    // An independent computation (scipy): AUC by the chance of an order, Brier, orders.
    expect(baselines.bgNbd).toMatchObject({
      auc: expect.closeTo(0.7845, 4),
      brier: expect.closeTo(0.1102, 4),
    });
    expect(baselines.mbgNbd).toMatchObject({
      auc: expect.closeTo(0.788, 4),
      brier: expect.closeTo(0.1102, 4),
    });
    expect(baselines.recencyOnly.auc).toBeCloseTo(0.7843, 4);
    expect(baselines.bgNbd.baseRateBrier).toBeCloseTo(0.1415, 4);
    expect(baselines.bgNbd.predictedTotal).toBeCloseTo(628, 0);
  });

  it('39 weeks, which no earlier window is long enough for', () => {
    const { model, baselines } = backtest('CDNOW_sample.txt', '1997-09-30', 273);
    expect(baselines.bgNbd.predictedTotal).toBeCloseTo(1_653.4, 0);
    expect(model.brier).toBeLessThan(baselines.bgNbd.brier - 0.003);
    expect(model.ece).toBeLessThan(0.03);
    expect(model.predictedTotal / model.actualTotal).toBeGreaterThan(0.88);
  });

  it('the whole cohort from April 1998 on: a quarter too many orders are predicted, so that they are hidden', () => {
    const { model, verdict } = backtest('CDNOW_master.txt', '1998-03-31', 90);
    expect(model.predictedTotal / model.actualTotal).toBeGreaterThan(1.2);
    // Chances of an order fit well enough: nothing else would hide them.
    expect(model.ece).toBeLessThan(0.05);
    const off = model.predictedTotal / model.actualTotal - 1;
    expect(verdict).toMatchObject({ shown: false, reason: { code: 'totals_off', limit: 0.2 } });
    expect(verdict.reason.off).toBeCloseTo(off, 6);
  });

  it('the whole cohort', () => {
    const { model, baselines } = backtest('CDNOW_master.txt', '1997-09-30', 91);
    expect(model.actualTotal).toBe(7_364);
    expect(Math.abs(model.predictedTotal / model.actualTotal - 1)).toBeLessThan(0.1);
    expect(model.ece).toBeLessThan(0.015);
    expect(model.brier).toBeLessThan(baselines.mbgNbd.brier);
    expect(model.auc).toBeGreaterThan(baselines.mbgNbd.auc);
    expect(model.intervalCoverage).toBeCloseTo(0.8, 1);
  });
});
