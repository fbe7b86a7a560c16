import { ComparisonTable, type ComparedColumn } from './comparison-table.tsx';
import type { PurchaseMetrics } from '../../domain/prediction/purchase-metrics.ts';
import type { PurchaseReport } from '../../domain/prediction/purchase-report.ts';
import { formatCount, formatPercent } from '../format.ts';
import { comparedRows, comparisonFinding } from './purchase-words.ts';

const COLUMNS: (ComparedColumn<PurchaseMetrics> & { help: string })[] = [
  { title: 'Brier', help: 'squared error of the chance, lower is better', of: ({ brier }) => figure(brier) },
  {
    title: 'AUC',
    help: 'how often who ordered was given more than who did not',
    of: ({ auc }) => figure(auc),
  },
  { title: 'ECE', help: 'distance of predicted from actual shares', of: ({ ece }) => figure(ece) },
  {
    title: 'Lift, top tenth',
    help: 'orders of the tenth of whom most was expected, against a tenth by lot',
    of: ({ topDecileShare }) => (topDecileShare === null ? '–' : `${(topDecileShare * 10).toFixed(1)}×`),
  },
  {
    title: 'Predicted / came',
    help: 'all orders',
    of: ({ predictedTotal, actualTotal }) =>
      `${predictedTotal === null ? '–' : formatCount(Math.round(predictedTotal))} / ${formatCount(actualTotal)}`,
  },
  {
    title: 'Within 80% interval',
    help: 'good are 75% to 85%',
    of: ({ intervalCoverage }) => (intervalCoverage === null ? '–' : formatPercent(intervalCoverage)),
  },
];

/** The model beside what anybody could do without it. */
export function ComparisonCard({ report }: { report: PurchaseReport }) {
  return (
    <ComparisonTable
      title={comparisonFinding(report) ?? 'The model beside simple rules'}
      note={`${COLUMNS.map(({ title, help }) => `${title}: ${help}`).join('. ')}. Whether predictions are shown is decided against the Brier of the true share for everybody.`}
      caption={`Held-out buyers: ${formatCount(report.data.heldOut)}`}
      columns={COLUMNS}
      rows={comparedRows(report).map(({ metrics, ...row }) => ({ ...row, figures: metrics }))}
    />
  );
}

const figure = (value: number | null): string => value?.toFixed(3) ?? '–';
