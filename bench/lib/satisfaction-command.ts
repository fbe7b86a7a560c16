/** The command `npm run backtest:satisfaction`, but for the process around it. */
import {
  backtestSatisfaction,
  type SatisfactionReport,
} from '#app/domain/prediction/satisfaction-backtest.ts';
import { crossValidateSatisfaction, type FoldsReport } from '#app/domain/prediction/satisfaction-folds.ts';
import type { StageReport } from '#app/domain/prediction/satisfaction-verdict.ts';
import type { Judgement } from '#app/domain/prediction/satisfaction-judging.ts';
import { ANSWER_LAG_DAYS } from '#app/domain/prediction/satisfaction-record.ts';
import { failed, readArgs, type CommandResult } from './command.ts';
import { ORDER_COLUMNS, parseOrders } from './satisfaction-orders.ts';
import { ordersFromOlist, type ReadTable } from './satisfaction-olist.ts';

export const SATISFACTION_HELP = `npm run backtest:satisfaction -- --orders FILE.csv [--json]
npm run backtest:satisfaction -- --olist DIR [--out FILE.csv] [--json]

How well low ratings (1 and 2 of 5) are predicted on the day of delivery, before anyone answers. Learns from
the older 70% of the orders, as far as their answers were known when the first of the others was placed, and
judges by the others; then the same by lot in 5 folds. Orders on their way are judged by themselves.

  --orders     CSV with a header that names
               ${ORDER_COLUMNS.slice(0, 6).join(', ')},
               ${ORDER_COLUMNS.slice(6).join(', ')}
  --olist      builds that file from the CSV files of Olist in this folder: delivered orders only; of two
               reviews the one answered last counts
  --out        keeps the file built by --olist here, in a folder that exists
  --share      part of the orders that is learned from, 0.1-0.9 (0.7)
  --folds      folds of the cross-validation, 2-20; 0 leaves it out (5)
  --seed       whole number behind every choice by lot (1)
  --json       the result again, as one object on the last line
  -h, --help   this text

Dates are YYYY-MM-DD, with or without HH:MM:SS; empty = unknown. An empty score: nobody answered, the order
is not judged. Sellers of one order that send separately stand in one cell, "a|b". The file has no dates of
answers, so an answer counts as known ${ANSWER_LAG_DAYS} days after delivery; rates of sellers, categories and
states come from answers known before each order's own delivery. The stages are told on standard error.
`;

/** What the command needs from the machine. What reads or writes throws a sentence. */
export interface SatisfactionFiles {
  read: (path: string) => string;
  write: (path: string, text: string) => void;
  olist: (folder: string) => ReadTable;
  /** Told before each stage, since all of them may take a minute. */
  progress: (line: string) => void;
}

/** @param args what stands behind the command */
export function runSatisfaction(args: readonly string[], files: SatisfactionFiles): CommandResult {
  const options = readOptions(args);
  if (options === 'help') return { exitCode: 0, out: SATISFACTION_HELP, problem: '' };
  if (typeof options === 'string')
    return failed(`${options} How to use it: npm run backtest:satisfaction -- -h`);
  let text: string;
  const remarks: string[] = [];
  try {
    files.progress(`Reading ${options.olist ?? options.orders} …`);
    if (options.olist) {
      const built = ordersFromOlist(files.olist(options.olist));
      text = built.csv;
      remarks.push(...built.remarks);
      if (options.out) files.write(options.out, text);
    } else text = files.read(options.orders!);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
  const parsed = parseOrders(text);
  if (parsed.outcome === 'refused') return failed(`${options.orders ?? options.olist}: ${parsed.sentence}`);
  const { seed, share, folds } = options;
  files.progress(`Learning from the older of ${parsed.deliveries.length} orders, testing on the newer …`);
  const report = backtestSatisfaction(parsed.deliveries, { seed, share });
  if (report.model.auc === null) {
    return failed(
      `Not enough data: the newer orders hold ${report.model.n} delivered and rated ones, and they must hold low ratings and others.`,
    );
  }
  if (folds > 0) files.progress(`Learning ${folds} times more, for each of the folds …`);
  const crossed = folds > 0 ? crossValidateSatisfaction(parsed.deliveries, { folds, seed }) : null;
  const lines = [...remarks, ...parsed.remarks, '', ...tableOf(report, crossed, share)];
  if (options.json) lines.push(JSON.stringify({ ...report, crossValidation: crossed }));
  return { exitCode: 0, out: `${lines.join('\n')}\n`, problem: '' };
}

interface Options {
  orders: string | undefined;
  olist: string | undefined;
  out: string | undefined;
  share: number;
  folds: number;
  seed: number;
  json: boolean;
}

/** @returns a sentence for what is wrong with them */
function readOptions(args: readonly string[]): Options | 'help' | string {
  const given = readArgs(args, {
    orders: { type: 'string' },
    olist: { type: 'string' },
    out: { type: 'string' },
    share: { type: 'string', default: '0.7' },
    folds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  });
  if (typeof given === 'string') return given;
  const { orders, olist, out, json } = given;
  if (!orders === !olist) return 'Give either --orders FILE or --olist DIR.';
  if (out && !olist) return '--out keeps the file that --olist builds: give --olist DIR as well.';
  const [share, folds, seed] = [Number(given.share), Number(given.folds), Number(given.seed)];
  if (!(share >= 0.1 && share <= 0.9)) return `--share is "${given.share}", but must be from 0.1 to 0.9.`;
  if (!Number.isInteger(folds) || folds < 0 || folds === 1 || folds > 20)
    return `--folds is "${given.folds}", but must be a whole number from 2 to 20, or 0.`;
  if (!Number.isSafeInteger(seed)) return `--seed is "${given.seed}", but must be a whole number.`;
  return { orders, olist, out, share, folds, seed, json };
}

const digits = (value: number | null) => (value === null ? '-' : value.toFixed(3));
const interval = (found: { low: number; high: number } | null) =>
  found ? `${digits(found.low)} to ${digits(found.high)}` : '-';

const verdictOf = ({ verdict }: StageReport) =>
  `Verdict: ${verdict.shown ? 'shown' : 'hidden'} (${verdict.reason}).`;

function tableOf(report: SatisfactionReport, crossed: FoldsReport | null, share: number): string[] {
  const { model, baselines } = report;
  const row = (name: string, figures: Judgement) =>
    `  ${name.padEnd(30)}${(['auc', 'brier', 'precision', 'recall', 'accuracy'] as const)
      .map((key) => digits(figures[key]).padStart(10))
      .join('')}`;
  const best = baselines['bestSingle']!;
  const always = baselines['alwaysSatisfied']!;
  const [older, newer] = [Math.round(share * 100), Math.round((1 - share) * 100)];
  return [
    `By time, ${older}/${newer}: learned from ${report.trained} rated orders (${report.trainedLow} low), judged on ${model.n}`,
    `delivered and rated ones from ${report.splitAt?.slice(0, 10)}, of which ${digits(model.baseRate)} are low.`,
    `  ${''.padEnd(30)}${['AUC', 'Brier', 'precision', 'recall', 'accuracy'].map((name) => name.padStart(10)).join('')}`,
    row('model', model),
    row('days late alone', baselines['lateness']!),
    row('total days alone', baselines['totalDays']!),
    row(`best single fact: ${best.feature}`, best),
    row('base rate', baselines['baseRate']!),
    row('everyone satisfied', always),
    ...(crossed
      ? [row(`${crossed.folds} folds by lot, AUC their mean`, { ...crossed.pooled, auc: crossed.auc })]
      : []),
    '',
    `AUC ${digits(model.auc)} (95%: ${interval(model.aucInterval)}); ahead of the best single fact by ${digits(report.aucGain?.value ?? null)} (95%: ${interval(report.aucGain)}).`,
    `Called low from ${model.threshold}: ${model.called} orders, precision ${digits(model.precision)}, recall ${digits(model.recall)}.`,
    `Accuracy ${digits(model.accuracy)} (95%: ${interval(model.accuracyInterval)}); calling everyone satisfied has ${digits(always.accuracy)}.`,
    `Calibration error (ECE) ${digits(model.ece)}. Model: regression${report.trees > 0 ? ` and ${report.trees} trees` : ' alone, trees did no better on later orders'} (${report.basis}).`,
    verdictOf(report),
    '',
    `On their way, each order at one of some ages: AUC ${digits(report.onItsWay.model.auc)} (95%: ${interval(report.onItsWay.model.aucInterval)}) on ${report.onItsWay.model.n};`,
    `ahead of the best single fact by ${digits(report.onItsWay.aucGain?.value ?? null)} (95%: ${interval(report.onItsWay.aucGain)}). ${verdictOf(report.onItsWay)}`,
    '',
    'Care for the orders most at risk:',
    ...report.care.map(
      (care) =>
        `  first ${`${Math.round(care.share * 100)}%`.padStart(4)}  ${String(care.n).padStart(6)} orders: ${digits(care.precision)} of them low, ${digits(care.recall)} of all low ones reached`,
    ),
    ...(crossed
      ? [
          '',
          `In folds drawn by lot a model may have learned from later orders than it predicts; total days alone: AUC ${digits(crossed.totalDaysAuc)}.`,
        ]
      : []),
  ];
}
