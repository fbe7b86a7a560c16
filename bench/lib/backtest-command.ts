/** The command `npm run backtest`, but for the process around it. */
import { backtestPurchases } from '#app/domain/prediction/purchase-backtest.ts';
import type { PurchaseMetrics } from '#app/domain/prediction/purchase-metrics.ts';
import type { PurchaseReport } from '#app/domain/prediction/purchase-report.ts';
import type { PurchaseHistory } from '#app/domain/prediction/purchase-summary.ts';
import { verdictSentence } from '#app/domain/prediction/purchase-verdict-words.ts';
import { dayOption, failed, readArgs, type CommandResult } from './command.ts';
import { rowsOf, type Transaction, type TransactionsOutcome } from './transactions.ts';

export const BACKTEST_HELP = `npm run backtest -- --transactions FILE --calibration-end YYYY-MM-DD [--horizon-days N] [--data-end YYYY-MM-DD] [--json]

Predicts who orders and how often in the days after a date, from what was known up to it, and compares that
with what came. Rows after the date are read for the comparison only.

  --transactions     CSV with a header that names customer_id, date (YYYY-MM-DD) and amount, or one of
                     CDNOW's own files (blank separated, with or without a header); columns currency,
                     test and staff (yes or no) count where they are there
  --calibration-end  the last day that the models may know
  --horizon-days     how many days after it are predicted (90)
  --data-end         the last day that the file is known to be complete to, where nothing was sold on
                     the last days: days up to it without a row count as days without orders
  --seed             a whole number: samples of large files, and the lots of the randomised PIT (1)
  --json             the result again, as one object on the last line
  -h, --help         this text

Columns
  AUC           chance that a customer who ordered was given more than one who did not
  Brier         mean squared error of P(an order); "base rate" above it is that of one share for all
  ECE           mean distance of predicted from actual shares over ten bins of equal numbers
  top 10%       share of all orders made by the tenth of customers of whom most was expected
  in 80%        share of customers whose randomised PIT lies between 0.1 and 0.9; 80% is right
"Orders" are days with an order. The 80% intervals of tenths are for their total orders. Recency only, past rate,
base rate, BG/NBD and MBG/NBD know the same purchases as Aftercare's model does.
`;

const NAMES: Readonly<Record<keyof PurchaseReport['baselines'], string>> = {
  recencyOnly: 'recency only',
  pastRate: 'past rate x time',
  baseRate: 'base rate',
  bgNbd: 'BG/NBD',
  mbgNbd: 'MBG/NBD',
};
const DAY_MS = 86_400_000;
/** Shops without a row on each of the last days are common; a tenth of the horizon may be missing. */
const MISSING_SHARE = 0.1;

/**
 * @param args what stands behind the command
 * @param read how a file becomes purchases
 */
export function runBacktest(
  args: readonly string[],
  read: (path: string) => TransactionsOutcome,
): CommandResult {
  const options = readOptions(args);
  if (options === 'help') return { exitCode: 0, out: BACKTEST_HELP, problem: '' };
  if (typeof options === 'string') return failed(`${options} How to use it: npm run backtest -- -h`);
  const { path, end, endDay, horizonDays, dataEndDay, seed, json } = options;
  const log = read(path);
  if (log.outcome === 'refused') return failed(log.sentence);
  const { transactions } = log;
  const lastDay = transactions.reduce((latest, { day }) => Math.max(latest, day), -Infinity);
  if (!transactions.some(({ day }) => day <= endDay))
    return failed(`Not enough data: nobody bought up to ${end}.`);
  const missing = endDay + horizonDays - (dataEndDay ?? lastDay);
  const known =
    dataEndDay === null ? lastDay > endDay && missing <= MISSING_SHARE * horizonDays : missing <= 0;
  if (!known) {
    const reaches =
      dataEndDay === null
        ? `The last purchase of the file is on ${dateOf(lastDay)}`
        : `By --data-end the file is complete to ${dateOf(dataEndDay)}`;
    const longer =
      dataEndDay === null
        ? ', or name with --data-end the day to which the file is complete, where nothing was sold on its last days.'
        : '.';
    return failed(
      `${reaches}, but ${horizonDays} days after ${end} last until ${dateOf(endDay + horizonDays)}. ` +
        `Choose an earlier --calibration-end or fewer --horizon-days${longer}`,
    );
  }
  const silent = endDay + horizonDays - lastDay;
  const report = backtestPurchases(historiesOf(transactions), { endDay, horizonDays, seed });
  const unread = transactions.filter(({ day }) => day > endDay + horizonDays).length;
  const remarks = [
    ...log.remarks,
    ...(unread > 0 ? [`${rowsOf(unread)} after ${dateOf(endDay + horizonDays)} not counted.`] : []),
    ...(silent > 0
      ? [
          `The file ends ${silent === 1 ? '1 day' : `${silent} days`} before the horizon: taken as days without orders.`,
        ]
      : []),
  ];
  const lines = [...tableOf(report, end), '', ...remarks];
  if (json) lines.push(jsonOf(report));
  return { exitCode: 0, out: `${lines.join('\n')}\n`, problem: '' };
}

interface Options {
  path: string;
  end: string;
  endDay: number;
  horizonDays: number;
  /** null: the file is taken to end with its last row. */
  dataEndDay: number | null;
  seed: number;
  json: boolean;
}

/** @returns a sentence for what is wrong with them */
function readOptions(args: readonly string[]): Options | 'help' | string {
  const given = readArgs(args, {
    transactions: { type: 'string' },
    'calibration-end': { type: 'string' },
    'horizon-days': { type: 'string', default: '90' },
    'data-end': { type: 'string' },
    seed: { type: 'string', default: '1' },
  });
  if (typeof given === 'string') return given;
  if (!given.transactions) return '--transactions must name a file.';
  const end = given['calibration-end'] ?? '';
  const endDay = dayOption(end);
  if (endDay === null) return '--calibration-end must be a date that exists, as YYYY-MM-DD.';
  const horizonDays = wholeNumber(given['horizon-days']);
  if (horizonDays === null || horizonDays < 1) return '--horizon-days must be a whole number from 1.';
  const dataEnd = given['data-end'];
  const dataEndDay = dataEnd === undefined ? null : dayOption(dataEnd);
  if (dataEnd !== undefined && dataEndDay === null)
    return '--data-end must be a date that exists, as YYYY-MM-DD.';
  const seed = wholeNumber(given.seed);
  if (seed === null) return '--seed must be a whole number.';
  return { path: given.transactions, end, endDay, horizonDays, dataEndDay, seed, json: given.json };
}

const wholeNumber = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : null);
const dateOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

function historiesOf(transactions: readonly Transaction[]): PurchaseHistory[] {
  return [...Map.groupBy(transactions, ({ customerId }) => customerId)].map(([id, rows]) => ({
    id,
    orders: rows.map(({ day, amountMinor }) => ({ day, valueMinor: amountMinor })),
  }));
}

function tableOf(report: PurchaseReport, end: string): string[] {
  const { data, model, baselines, deciles, verdict, revenue } = report;
  const { buyers, historyDays, earlierWindows, heldOut } = data;
  return [
    `${report.horizonDays} days after ${end}: ${heldOut} customers, learnt from ${buyers} with ${historyDays} days of history and ${earlierWindows} earlier windows`,
    '',
    row(['', 'AUC', 'Brier', 'base rate', 'ECE', 'predicted', 'actual', 'top 10%', 'in 80%']),
    metricsRow("Aftercare's model", model),
    ...Object.entries(NAMES).map(([key, name]) => metricsRow(name, baselines[key as keyof typeof NAMES])),
    '',
    ...(deciles.length > 0
      ? [row(['tenth', 'customers', 'predicted', '80% low', '80% high', 'actual'])]
      : []),
    ...deciles.map(({ n, predicted, low, high, actual }, index) =>
      row([`${index + 1}`, `${n}`, fixed(predicted, 1), `${low}`, `${high}`, `${actual}`]),
    ),
    ...(report.decileCoverage === null
      ? []
      : [`${fixed(100 * report.decileCoverage, 0)}% of the tenths lie in their 80% interval.`]),
    ...(revenue === null
      ? []
      : [
          `Revenue: ${fixed(revenue.predictedMinor / 100, 2)} predicted, ${fixed(revenue.actualMinor / 100, 2)} actual.`,
        ]),
    verdictSentence(verdict),
  ];
}

const metricsRow = (name: string, of: PurchaseMetrics) =>
  row([
    name,
    fixed(of.auc, 4),
    fixed(of.brier, 4),
    fixed(of.baseRateBrier, 4),
    fixed(of.ece, 4),
    fixed(of.predictedTotal, 1),
    `${of.actualTotal}`,
    fixed(of.topDecileShare, 3),
    fixed(of.intervalCoverage, 3),
  ]);

const row = ([first = '', ...rest]: string[]) =>
  `  ${first.padEnd(18)}${rest.map((cell) => cell.padStart(11)).join('')}`;
const fixed = (value: number | null, digits: number) => (value === null ? '-' : value.toFixed(digits));

function jsonOf({ model, baselines, decileCoverage, ...rest }: PurchaseReport): string {
  return JSON.stringify({ model: { ...model, decileCoverage }, baselines, ...rest });
}
