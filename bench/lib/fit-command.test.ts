import { describe, expect, it } from 'vitest';
import { runFit } from './fit-command.ts';
import { parseTransactions } from './transactions.ts';

const HEADER = 'customer_id,date,amount';
const day = (index: number) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10);

/** Buyers 0, 1, 2 … with a first purchase each, and repeats that thin out. */
function shop(customers: number): string[] {
  return Array.from({ length: customers }, (_, index) => {
    const start = index % 30;
    const days = [start, start + 5 + (index % 17), start + 40 + (index % 50), start + 100].slice(
      0,
      1 + (((index * 7) % 5) % 4),
    );
    return days.map((at) => `c${index},${day(at)},${10 + ((index * 13 + at * 7) % 40)}.50`);
  }).flat();
}

function run(args: string, rows: readonly string[] = shop(300), header = HEADER) {
  return runFit(args.split(' ').filter(Boolean), () => parseTransactions([header, ...rows, ''].join('\n')));
}

const last = (out: string) => JSON.parse(out.trimEnd().split('\n').at(-1)!);

describe('npm run fit', () => {
  it.each([
    ['bgnbd', ['r', 'alpha', 'a', 'b'], 300],
    ['mbgnbd', ['r', 'alpha', 'a', 'b'], 300],
    ['gammagamma', ['p', 'q', 'v'], 180],
  ])('prints a table of %s and, with --json, one object on the last line', (model, names, customers) => {
    const args = `--model ${model} --transactions x.csv --end 2025-06-30`;
    const { exitCode, out, problem } = run(`${args} --json`);
    expect({ exitCode, problem }).toEqual({ exitCode: 0, problem: '' });
    const result = last(out);
    expect(Object.keys(result.parameters)).toEqual(names);
    expect(result).toMatchObject({ customers, logLikelihood: expect.any(Number) });
    for (const name of names) {
      expect(result.parameters[name]).toBeGreaterThan(0);
      expect(out).toContain(`  ${name.padEnd(16)}${result.parameters[name].toPrecision(7)}\n`);
    }
    expect(out).toContain(`\nCSV: ${shop(300).length} rows read.`);
    expect(run(args).out).toBe(out.slice(0, out.lastIndexOf('\n', out.length - 2) + 1));
  });

  it('counts in the unit that is asked for', () => {
    const alpha = (unit: string) =>
      last(run(`--model bgnbd --transactions x --end 2025-06-30 --json ${unit}`).out).parameters.alpha;
    expect(alpha('--unit day') / alpha('')).toBeCloseTo(7, 3);
    expect(alpha('--unit day') / alpha('--unit week')).toBeCloseTo(7, 3);
    expect(alpha('--unit day') / alpha('--unit month')).toBeCloseTo(30.4375, 2);
  });

  it('does not see what is bought after the end, and says so', () => {
    const args = '--model bgnbd --transactions x --end 2025-06-30 --json';
    const later = ['c1,2025-07-01,5.00', 'c2,2026-01-01,5.00', 'new,2025-07-02,5.00'];
    const [without, with_] = [run(args), run(args, [...shop(300), ...later])];
    expect(last(with_.out)).toEqual(last(without.out));
    expect(with_.out).toContain('3 rows after 2025-06-30 not counted; customers who first bought then: 1.');
    expect(without.out).not.toContain('not counted');
  });

  it('a day is one purchase, of the sum', () => {
    const args = '--model gammagamma --transactions x --end 2025-06-30 --json';
    const halves = shop(300).flatMap((row) => {
      const [id, date, amount] = row.split(',');
      return [`${id},${date},${Number(amount) - 4}`, `${id},${date},4.00`];
    });
    expect(last(run(args, halves).out)).toEqual(last(run(args).out));
  });

  it('says where a fit has no maximum, and still prints it', () => {
    const monthly = Array.from({ length: 200 }, (_, index) =>
      [0, 30, 60, 90, 120].slice(0, 3 + (index % 3)).map((at) => `c${index},${day(at)},20`),
    ).flat();
    const { exitCode, out } = run('--model mbgnbd --transactions x --end 2025-05-02 --json', monthly);
    expect(exitCode).toBe(0);
    expect(last(out)).toMatchObject({ converged: false, note: expect.any(String) });
    expect(out).toContain(`Not converged. ${last(out).note}`);
    expect(out).not.toContain('NaN');
  });

  const once = Array.from({ length: 50 }, (_, index) => `c${index},${day(index)},20`);
  it.each([
    ['gammagamma', 'only one-time buyers', once, 'Not enough data for Gamma-Gamma: Fewer than two buyers'],
    ['bgnbd', 'only one-time buyers', once, 'Not enough data for BG/NBD: Nobody bought again'],
    [
      'bgnbd',
      'everything on one day',
      once.map((row) => row.replace(/,.*,/, ',2025-01-01,')),
      'Nobody bought again',
    ],
    ['mbgnbd', 'one customer', ['c,2025-01-01,2', 'c,2025-02-01,3'], 'There are fewer than two buyers'],
    [
      'bgnbd',
      'nothing before the end',
      ['c,2026-01-01,2'],
      'Not enough data: nobody bought up to 2025-06-30.',
    ],
    ['bgnbd', 'refunds alone', ['c,2025-01-01,-2'], 'Not enough data: nobody bought up to 2025-06-30.'],
    [
      'gammagamma',
      'free repeats alone',
      once.flatMap((row) => [row, row.replace(/,.*/, ',2025-06-01,0')]),
      'Fewer than two',
    ],
    ['bgnbd', 'a bad row', ['c,2025-01-01,2', 'c,01.02.2025,2'], 'Row 3: "01.02.2025" is no date.'],
  ])('%s of %s ends with 1 and a sentence', (model, _name, rows, sentence) => {
    const result = run(`--model ${model} --transactions x --end 2025-06-30 --json`, rows);
    expect(result).toMatchObject({ exitCode: 1, out: '' });
    expect(result.problem).toContain(sentence);
  });

  it.each([
    ['', '--model must be one of bgnbd, mbgnbd, gammagamma.'],
    ['--model pareto', '--model must be one of bgnbd, mbgnbd, gammagamma.'],
    ['--model toString', '--model must be one of'],
    ['--model bgnbd', '--transactions must name a file.'],
    ['--model bgnbd --transactions x', '--end must be a date that exists, as YYYY-MM-DD.'],
    ['--model bgnbd --transactions x --end 2025-02-30', '--end must be a date that exists'],
    ['--model bgnbd --transactions x --end 20250228', '--end must be a date that exists'],
    [
      '--model bgnbd --transactions x --end 2025-02-28 --unit year',
      '--unit must be one of day, week, month.',
    ],
    ['--modle bgnbd', "Unknown option '--modle'."],
    ['bgnbd', "Unexpected argument 'bgnbd'."],
  ])('%j ends with 1 and says what is wrong', (args, sentence) => {
    const result = run(args);
    expect(result).toMatchObject({ exitCode: 1, out: '' });
    expect(result.problem).toContain(sentence);
    expect(result.problem).toContain('npm run fit -- -h');
  });

  it.each(['-h', '--help', '--model nothing -h'])('%s explains itself', (args) => {
    const { exitCode, out } = run(args);
    expect(exitCode).toBe(0);
    for (const word of ['--model', '--transactions', '--end', '--unit', '--json'])
      expect(out).toContain(word);
  });
});
