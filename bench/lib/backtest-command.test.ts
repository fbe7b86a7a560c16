import { describe, expect, it } from 'vitest';
import { paretoNbdLaw, simulatedShop } from '#tests/factories/simulated-shops.ts';
import { BACKTEST_HELP, runBacktest } from './backtest-command.ts';
import { parseTransactions } from './transactions.ts';

const HEADER = 'customer_id,date,amount';
const dateOf = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

/** Purchases from 2024-01-01 to 2025-03-24. */
const ROWS = simulatedShop({ buyers: 400, seed: 3, law: paretoNbdLaw, days: 449 }).flatMap(({ id, orders }) =>
  orders.map(({ day, valueMinor }) => `${id},${dateOf(day)},${(valueMinor! / 100).toFixed(2)}`),
);
const ARGS = '--transactions x.csv --calibration-end 2024-12-24 --horizon-days 90';

const run = (args: string, rows: readonly string[] = ROWS) =>
  runBacktest(args.split(' ').filter(Boolean), () => parseTransactions([HEADER, ...rows, ''].join('\n')));
const last = (out: string) => JSON.parse(out.trimEnd().split('\n').at(-1)!);

const KEYS = [
  'name',
  'auc',
  'brier',
  'baseRateBrier',
  'ece',
  'predictedTotal',
  'actualTotal',
  'topDecileShare',
  'intervalCoverage',
];

describe('npm run backtest', { timeout: 60_000 }, () => {
  it('prints a table and, with --json, one object on the last line', () => {
    const { exitCode, out, problem } = run(`${ARGS} --json`);
    expect({ exitCode, problem }).toEqual({ exitCode: 0, problem: '' });
    const { model, baselines, verdict } = last(out);
    expect(Object.keys(model)).toEqual([...KEYS, 'decileCoverage']);
    expect(Object.keys(baselines)).toEqual(['recencyOnly', 'pastRate', 'baseRate', 'bgNbd', 'mbgNbd']);
    for (const baseline of Object.values(baselines)) expect(Object.keys(baseline as object)).toEqual(KEYS);
    expect(verdict).toMatchObject({ shown: true, level: 'own', littleData: true });
    expect(out).toContain("Aftercare's model");
    expect(out).toContain(model.brier.toFixed(4));
    expect(out).toMatch(/\nShown: the error .*\n/);
    expect(run(ARGS).out).toBe(out.slice(0, out.lastIndexOf('\n', out.length - 2) + 1));
  });

  it('knows nothing after the calibration end but for the comparison', () => {
    const [before, after] = ['2024-12-24', '2024-12-25'].map((date) =>
      last(
        run(`${ARGS} --json`, [...ROWS, ...Array.from({ length: 50 }, (_, i) => `b${i},${date},1.00`)]).out,
      ),
    );
    const plain = last(run(`${ARGS} --json`).out);
    expect(after.model.predictedTotal).toBe(plain.model.predictedTotal);
    expect(after.model.actualTotal).toBeGreaterThan(plain.model.actualTotal);
    expect(before.model.predictedTotal).not.toBe(plain.model.predictedTotal);
  });

  it('says what it left out, and why there is no model', () => {
    const few = run(`${ARGS} --json`, ['a,2024-01-01,5.00', 'a,2025-03-23,5.00', 'z,2025-06-01,5.00']);
    expect(few.exitCode).toBe(0);
    expect(few.out).toContain('1 row after 2025-03-24 not counted.');
    expect(few.out).toContain(
      'Hidden: 1 customers are too few to learn from or to check by; 100 are needed.',
    );
    expect(last(few.out).model).toMatchObject({ auc: null, brier: null, actualTotal: 1 });
    const early = run('--transactions x --calibration-end 2024-12-26 --horizon-days 90');
    expect(early.out).toContain('The file ends 2 days before the horizon: taken as days without orders.');
  });

  it.each([
    ['', '--transactions must name a file.'],
    ['--transactions x', '--calibration-end must be a date that exists, as YYYY-MM-DD.'],
    ['--transactions x --calibration-end 2024-02-30', '--calibration-end must be a date that exists'],
    [`${ARGS} --horizon-days 0`, '--horizon-days must be a whole number from 1.'],
    [`${ARGS} --horizon-days -5`, '--horizon-days must be a whole number from 1. How to use it'],
    [`${ARGS} --horizon-days=-5`, '--horizon-days must be a whole number from 1.'],
    [`${ARGS} --horizon-days`, '--horizon-days needs a value behind it. How to use it'],
    [`${ARGS} --horizon-days --json`, '--horizon-days needs a value behind it. How to use it'],
    [`${ARGS} --json=1`, '--json takes no value. How to use it'],
    [`${ARGS} --data-end 2025-02-30`, '--data-end must be a date that exists, as YYYY-MM-DD.'],
    [
      `${ARGS} --data-end 2025-03-23`,
      'By --data-end the file is complete to 2025-03-23, but 90 days after 2024-12-24 last until 2025-03-24. ' +
        'Choose an earlier --calibration-end or fewer --horizon-days.\n',
    ],
    [`${ARGS} --horizon-days 1.5`, '--horizon-days must be a whole number from 1.'],
    [`${ARGS} --seed x`, '--seed must be a whole number.'],
    [`${ARGS} --frobnicate`, "Unknown option '--frobnicate'."],
    ['--transactions x --calibration-end 2023-12-31', 'Not enough data: nobody bought up to 2023-12-31.'],
    [
      '--transactions x --calibration-end 2025-03-01',
      'The last purchase of the file is on 2025-03-24, but 90 days after 2025-03-01 last until 2025-05-30. ' +
        'Choose an earlier --calibration-end or fewer --horizon-days, or name with --data-end the day to which ' +
        'the file is complete, where nothing was sold on its last days.',
    ],
  ])('refuses "%s" with a sentence', (args, sentence) => {
    const { exitCode, out, problem } = run(args);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(problem).toContain(sentence);
  });

  it('takes silent days up to --data-end for days without orders', () => {
    const early = ROWS.filter((row) => row.split(',')[1]! <= '2025-02-20');
    const { exitCode, out } = run(`${ARGS} --data-end 2025-04-01 --json`, early);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/The file ends 3\d days before the horizon: taken as days without orders\./);
    // Days with an order, of who had bought before.
    const days = [...new Set(early.map((row) => row.split(',', 2).join()))].map((day) => day.split(','));
    const known = new Set(days.filter(([, date]) => date! <= '2024-12-24').map(([id]) => id));
    const came = days.filter(([id, date]) => known.has(id) && date! > '2024-12-24');
    expect(last(out).model.actualTotal).toBe(came.length);
    expect(run(ARGS, early)).toMatchObject({ exitCode: 1 });
    // Nobody bought at all in the days that are predicted.
    const before = ROWS.filter((row) => row.split(',')[1]! <= '2024-12-24');
    expect(last(run(`${ARGS} --data-end 2025-03-24 --json`, before).out).verdict.reason.code).toBe(
      'nearly_none_order',
    );
  });

  it('comes to the same whatever the order of the rows', () => {
    const [one, other] = [ROWS, ROWS.toReversed()].map((rows) => last(run(`${ARGS} --json`, rows).out));
    expect(other).toEqual(one);
  });

  it('names the rows at fault', () => {
    expect(run(ARGS, ['a,2024-13-01,5.00']).problem).toContain('Row 2: "2024-13-01" is no date.');
  });

  it('explains itself', () => {
    expect(run('-h')).toEqual({ exitCode: 0, out: BACKTEST_HELP, problem: '' });
    for (const line of BACKTEST_HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});
