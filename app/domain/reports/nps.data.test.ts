import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { requireOrSkip } from '#tests/setup/require-or-skip.ts';
import { countNps, npsEstimate } from './nps.ts';

const dataDir = requireOrSkip('DATA_DIR', 'DATA_DIR=../shared/data npm test');

describe.skipIf(!dataDir)('NPS of the SFO 2017 survey', () => {
  test('NETPRO: 2,746 answers, NPS 39.84', () => {
    const file = readFileSync(join(dataDir ?? '', 'sfo-survey-2017', 'SFO_Customer_Survey_2017.csv'));
    const rows = parse(file, { columns: true, bom: true }) as Record<string, string>[];
    // 11 means that the question was left blank; one row has no code at all.
    const ratings = rows
      .filter(({ NETPRO }) => NETPRO !== '' && NETPRO !== '11')
      .map(({ NETPRO }) => ({ rating: Number(NETPRO), count: 1 }));
    const nps = npsEstimate(countNps(ratings));
    if (nps.outcome !== 'shown') throw new Error('The figure should be shown.');
    expect(rows).toHaveLength(2_831);
    expect(nps.n).toBe(2_746);
    expect(nps.value).toBeCloseTo(39.84, 2);
    expect(nps.high - nps.value).toBeCloseTo(2.65, 1);
  });
});
