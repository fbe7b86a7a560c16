import { DAY_MS } from '../domain/core/calendar.ts';
import { CSI_COMPONENTS } from '../domain/prediction/csi-weights.ts';
import type { ValueReport } from '../domain/prediction/customer-value-backtest.ts';
import type { EscalationReport } from '../domain/prediction/escalation-backtest.ts';
import type { PurchaseMetrics } from '../domain/prediction/purchase-metrics.ts';
import type { PurchaseReport } from '../domain/prediction/purchase-report.ts';
import type { SatisfactionReport } from '../domain/prediction/satisfaction-backtest.ts';
import type { StageReport } from '../domain/prediction/satisfaction-verdict.ts';
import { csvText, type CsvCell } from './csv.ts';
import { type PredictionsView, showPredictions } from './show-predictions.ts';

const COLUMNS = ['Part', 'Row', 'Figure', 'Value'];

/** The back-tests as CSV text, one figure a line: part, row, figure, value; shares 0-1, empty where unknown. */
export async function exportPredictions(...input: Parameters<typeof showPredictions>): Promise<string> {
  const { purchases, satisfaction, escalation, csiWeights } = await showPredictions(...input);
  const report = purchases.ended?.report;
  const unhappy = satisfaction?.ended?.report;
  // Excel takes a file for UTF-8 only with the mark in front.
  return `\ufeff${csvText([
    COLUMNS,
    ...(report ? purchaseLines(report, purchases.ended?.run.horizonDays ?? null) : []),
    ...(unhappy ? satisfactionLines(unhappy) : []),
    ...(escalation?.ended?.report ? escalationLines(escalation.ended.report) : []),
    ...(csiWeights ? weightLines(csiWeights) : []),
  ])}`;
}

/** A young shop's model predicts fewer days than are wanted; one of a version before, more than it was judged by. */
function purchaseLines(report: PurchaseReport, predictedDays: number | null): CsvCell[][] {
  const { model, baselines, deciles, calibration, windows, pitHistogram, data, value } = report;
  return [
    ...lines('back-test', 'orders', {
      version: report.version,
      seed: report.seed,
      endDay: dayCell(report.endDay),
      horizonDays: report.horizonDays,
      predictedDays,
      wantedDays: report.wantedDays,
      ...data,
      decileCoverage: report.decileCoverage,
      shown: String(report.verdict.shown),
      reason: report.verdict.reason.code,
    }),
    ...[model, ...Object.values(baselines)].flatMap(({ name, ...figures }: PurchaseMetrics) =>
      lines('comparison', name, figures),
    ),
    ...deciles.flatMap((decile, index) => lines('deciles', index + 1, decile)),
    ...calibration.flatMap((bin, index) => lines('calibration', index + 1, bin)),
    ...windows.flatMap(({ endDay, ...window }) => lines('windows', dayCell(endDay), window)),
    ...(value ? valueLines(value) : []),
    ...pitHistogram.map((share, index): CsvCell[] => ['PIT histogram', index + 1, 'share', share]),
  ];
}

const valueLines = ({ endDay, shown, reason, ...figures }: ValueReport): CsvCell[][] =>
  lines('back-test', 'values', {
    ...{ endDay: dayCell(endDay), ...figures, shown: String(shown), reason: reason.code },
  });

const satisfactionLines = (report: SatisfactionReport): CsvCell[][] => [
  ...lines('dissatisfaction', 'learnt', {
    ...{ splitAt: report.splitAt, basis: report.basis, prior: report.prior },
    ...{ trained: report.trained, trainedLow: report.trainedLow },
  }),
  ...stageLines('dissatisfaction', report),
  ...stageLines('dissatisfaction on the way', report.onItsWay),
];

function stageLines(part: string, report: StageReport): CsvCell[][] {
  const { model, baselines, care, calibration, aucGain, verdict } = report;
  const { aucInterval, accuracyInterval, ...figures } = model;
  return [
    ...lines(part, 'back-test', { shown: String(verdict.shown), reason: verdict.reason }),
    ...lines(`${part}, comparison`, 'model', {
      ...figures,
      aucLow: aucInterval?.low ?? null,
      aucHigh: aucInterval?.high ?? null,
      aucGain: aucGain?.value ?? null,
      aucGainLow: aucGain?.low ?? null,
      aucGainHigh: aucGain?.high ?? null,
      accuracyLow: accuracyInterval?.low ?? null,
      accuracyHigh: accuracyInterval?.high ?? null,
    }),
    ...Object.entries(baselines).flatMap(([name, judged]) => lines(`${part}, comparison`, name, judged)),
    ...care.flatMap((one) => lines(`${part}, care`, one.share, one)),
    ...calibration.flatMap((bin, index) => lines(`${part}, calibration`, index + 1, bin)),
  ];
}

function escalationLines({ calibration, verdict, gain, ...figures }: EscalationReport): CsvCell[][] {
  return [
    ...lines('escalation', 'back-test', {
      ...{ ...figures, gain: gain?.value ?? null, gainLow: gain?.low ?? null, gainHigh: gain?.high ?? null },
      ...{ shown: String(verdict.shown), reason: verdict.reason },
    }),
    ...calibration.flatMap((bin, index) => lines('escalation, calibration', index + 1, bin)),
  ];
}

function weightLines({ part, defaults }: NonNullable<PredictionsView['csiWeights']>): CsvCell[][] {
  const report = part.ended?.report;
  if (report?.outcome !== 'learned') return [];
  const { heldOut, n, repurchased, seed } = report;
  return [
    ...lines('index weights', 'fit', { n, repurchased, seed }),
    ...CSI_COMPONENTS.flatMap((key) =>
      lines('index weights', key, {
        ...{ default: defaults[key], learnt: report.weights[key], known: report.known[key] },
        ...report.intervals[key],
      }),
    ),
    ...(heldOut ? lines('index weights', 'held out', heldOut) : []),
  ];
}

const lines = (
  part: string,
  row: CsvCell,
  figures: Readonly<Record<string, string | number | null>>,
): CsvCell[][] => Object.entries(figures).map(([figure, value]) => [part, row, figure, value ?? '']);

/** YYYY-MM-DD of whole days since 1970-01-01. */
const dayCell = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
