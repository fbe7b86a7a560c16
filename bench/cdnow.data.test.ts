import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import {
  expectedPurchases,
  expectedRepeatsFromBirth,
  fitBgNbd,
  probabilityActive,
} from '#app/domain/prediction/bg-nbd.ts';
import { expectedMeanValue, fitGammaGamma } from '#app/domain/prediction/gamma-gamma.ts';
import { countPurchases, countSpend, type PurchaseCounts } from '#app/domain/prediction/purchase-counts.ts';
import { requireOrSkip } from '#tests/setup/require-or-skip.ts';
import { dayOf, readTransactions } from './lib/transactions.ts';

const dataDir = requireOrSkip('DATA_DIR', 'DATA_DIR=../shared/data npm test');
const CALIBRATION_END = dayOf('1997-09-30')!;
const START = dayOf('1997-01-01')!;
const WEEK = 7;

interface Buyer {
  counts: PurchaseCounts;
  /** Days with a purchase, in order. */
  days: number[];
  spend: { repeats: number; meanValue: number };
}

/** Purchases of each customer, by their id, with counts of the first 39 weeks. */
function buyersOf(name: string): Map<string, Buyer> {
  const log = readTransactions(join(dataDir ?? '', 'cdnow', name));
  if (log.outcome !== 'read') throw new Error(log.sentence);
  const purchases = Map.groupBy(log.transactions, ({ customerId }) => customerId);
  return new Map(
    [...purchases].map(([id, bought]) => {
      const days = [...new Set(bought.map(({ day }) => day))].toSorted((one, other) => one - other);
      const values = bought.map(({ day, amountMinor }) => ({ day, value: amountMinor! / 100 }));
      const counts = countPurchases(days, CALIBRATION_END, WEEK)!;
      return [id, { counts, days, spend: countSpend(values, CALIBRATION_END) }];
    }),
  );
}

/** What is published about these files, in weeks from the raw log; the sources are in the notes beside them. */
describe.skipIf(!dataDir)('CDNOW, the sample of a tenth', () => {
  const byId = dataDir ? buyersOf('CDNOW_sample.txt') : new Map<string, Buyer>();
  const buyers = [...byId.values()];
  const counts = buyers.map((buyer) => buyer.counts);
  const { parameters, ...fit } = fitBgNbd(counts);

  test('BG/NBD: parameters and log-likelihood', () => {
    expect(fit).toMatchObject({ customers: 2_357, repeaters: 946, converged: true, note: null });
    expect(parameters.r).toBeCloseTo(0.2425945, 5);
    expect(parameters.alpha).toBeCloseTo(4.4136019, 4);
    expect(parameters.a).toBeCloseTo(0.7929199, 4);
    expect(parameters.b).toBeCloseTo(2.4258881, 4);
    expect(fit.logLikelihood).toBeCloseTo(-9582.429, 3);
  });

  test('BG/NBD: customer 1516, and a newcomer', () => {
    const frequent = byId.get('1516')!.counts;
    expect(frequent).toEqual({ repeats: 26, recency: 216 / 7, age: 31 });
    // Published to 25.75659 from parameters that were stopped a little short of the maximum.
    expect(expectedPurchases('bgnbd', parameters, frequent, 52)).toBeCloseTo(25.757, 2);
    expect(probabilityActive('bgnbd', parameters, frequent)).toBeCloseTo(0.96885, 4);
    expect(expectedRepeatsFromBirth('bgnbd', parameters, 52)).toBeCloseTo(1.444, 3);
  });

  it.each([
    [0, 1_411, 0.2367116, 0.2250893],
    [1, 439, 0.6970387, 0.5231364],
    [2, 214, 1.392523, 1.044126],
    [3, 100, 1.56, 1.520256],
    [4, 62, 2.532258, 2.163824],
    [5, 38, 2.947368, 2.653789],
    [6, 29, 3.862069, 3.503957],
    [7, 64, 6.359375, 6.157036],
  ])('BG/NBD: the next 39 weeks of those with %d repeats', (repeats, customers, actual, expected) => {
    const group = buyers.filter((buyer) => Math.min(7, buyer.counts.repeats) === repeats);
    const mean = (of: (buyer: Buyer) => number) =>
      group.reduce((sum, buyer) => sum + of(buyer), 0) / group.length;
    expect(group).toHaveLength(customers);
    expect(mean(({ days }) => days.filter((day) => day > CALIBRATION_END).length)).toBeCloseTo(actual, 6);
    expect(mean((buyer) => expectedPurchases('bgnbd', parameters, buyer.counts, 39))).toBeCloseTo(
      expected,
      3,
    );
  });

  it.each([
    [20, 1_359, 1312.458],
    [21, 1_414, 1387.346],
    [22, 1_484, 1460.392],
    [23, 1_517, 1531.713],
    [24, 1_573, 1601.418],
    [25, 1_672, 1669.6],
  ])('BG/NBD: repeats of all up to week %d', (week, actual, expected) => {
    const repeats = buyers.flatMap(({ days }) => days.slice(1)).filter((day) => day < START + week * WEEK);
    expect(repeats).toHaveLength(actual);
    // Counted from the first birth, as the published table is.
    const longest = Math.max(...counts.map(({ age }) => age));
    const sum = counts.reduce((total, { age }) => {
      const since = week - (longest - age);
      return since > 0 ? total + expectedRepeatsFromBirth('bgnbd', parameters, since) : total;
    }, 0);
    // The published parameters differ in the sixth digit.
    expect(Math.abs(sum - expected)).toBeLessThan(0.0025);
  });

  test('Gamma-Gamma: parameters, log-likelihood, and the first ten customers', () => {
    const spends = buyers.map(({ spend }) => spend);
    const { parameters: p, ...spendFit } = fitGammaGamma(spends);
    expect(spendFit).toMatchObject({ customers: 946, leftOut: 1_411, converged: true });
    expect(p.p).toBeCloseTo(6.25, 2);
    expect(p.q).toBeCloseTo(3.74, 2);
    expect(p.v).toBeCloseTo(15.44, 2);
    expect(spendFit.logLikelihood).toBeCloseTo(-4055.9177, 4);
    const firstTen = spends.slice(0, 10).map((spend) => expectedMeanValue(p, spend).toFixed(2));
    expect(firstTen.join(' ')).toBe('24.65 18.91 35.17 35.17 35.17 71.46 18.91 35.17 27.28 35.17');
  });

  test('npm run fit says the same', () => {
    const file = join(dataDir ?? '', 'cdnow', 'CDNOW_sample.txt');
    const args = [
      '--model',
      'bgnbd',
      '--transactions',
      file,
      '--end',
      '1997-09-30',
      '--unit',
      'week',
      '--json',
    ];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'fit.ts'), ...args],
      {
        encoding: 'utf8',
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toEqual({
      parameters,
      logLikelihood: fit.logLikelihood,
      customers: 2_357,
      converged: true,
      note: null,
    });
  });
});

describe.skipIf(!dataDir)('CDNOW, the whole cohort', () => {
  test('BG/NBD: parameters and log-likelihood', () => {
    const { parameters, ...fit } = fitBgNbd(
      [...buyersOf('CDNOW_master.txt').values()].map(({ counts }) => counts),
    );
    expect(fit).toMatchObject({ customers: 23_570, repeaters: 9_451, converged: true });
    expect(parameters.r).toBeCloseTo(0.25162, 5);
    expect(parameters.alpha).toBeCloseTo(4.78894, 5);
    expect(parameters.a).toBeCloseTo(0.72343, 5);
    expect(parameters.b).toBeCloseTo(2.16109, 5);
    expect(fit.logLikelihood).toBeCloseTo(-95368.444, 3);
  });
});
