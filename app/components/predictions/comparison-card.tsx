import { BlockStack, Card, Text } from '@shopify/polaris';
import type { PurchaseMetrics } from '../../domain/prediction/purchase-metrics.ts';
import type { PurchaseReport } from '../../domain/prediction/purchase-report.ts';
import { formatCount, formatPercent } from '../format.ts';
import { comparedRows, comparisonFinding } from './purchase-words.ts';

const COLUMNS: { title: string; help: string; of: (metrics: PurchaseMetrics) => string }[] = [
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
  const caption = `Held-out buyers: ${formatCount(report.data.heldOut)}`;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h3" variant="headingMd">
            {comparisonFinding(report) ?? 'The model beside simple rules'}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {COLUMNS.map(({ title, help }) => `${title}: ${help}`).join('. ')}. Whether predictions are shown
            is decided against the Brier of the true share for everybody.
          </Text>
        </BlockStack>
        <div className="ac-table-scroll" tabIndex={0} role="region" aria-label={caption}>
          <table className="ac-compared">
            <caption>{caption}</caption>
            <thead>
              <tr>
                <th scope="col">Predicted by</th>
                {COLUMNS.map(({ title }) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {comparedRows(report).map(({ key, name, metrics }) => (
                <tr key={key} className={key === 'model' ? 'ac-compared__own' : undefined}>
                  <th scope="row">{name}</th>
                  {COLUMNS.map(({ title, of }) => (
                    <td key={title}>{of(metrics)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </BlockStack>
    </Card>
  );
}

const figure = (value: number | null): string => value?.toFixed(3) ?? '–';
