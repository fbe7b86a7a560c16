import type { SatisfactionReport } from '../../domain/prediction/satisfaction-backtest.ts';
import type { Judgement } from '../../domain/prediction/satisfaction-judging.ts';
import { formatCount, formatPercent, formatPercentFine } from '../format.ts';
import { NumbersTable } from '../share-table.tsx';
import { CalibrationCard } from './calibration-card.tsx';
import { ChartCard, NotEnough } from './chart-card.tsx';
import { ComparisonTable, type ComparedColumn } from './comparison-table.tsx';
import { careFinding, holdsFindings, leadFinding, satisfactionRows } from './satisfaction-words.ts';

/** How many of the unhappy would be reached by caring for the orders that look worst. */
export function CareCard({ report }: { report: SatisfactionReport }) {
  const { care, model } = report;
  if (care.length === 0)
    return <NotEnough title="Who would be reached" what="low ratings among the tested orders" />;
  const rows = care.map((one) => ({ ...one, key: String(one.share) }));
  const usual =
    model.baseRate === null ? '' : ` Of all orders ${formatPercent(model.baseRate)} were unhappy.`;
  return (
    <ChartCard
      title={careFinding(report)}
      note={`Orders by their predicted chance of a low rating, highest first, and the share of all the unhappy among them.${usual}`}
    >
      <ul className="ac-against" aria-label="The unhappy who are reached, by share of orders looked after">
        {rows.map(({ key, share, recall, precision }) => (
          <li key={key}>
            <span>{`${formatPercent(share)} of orders`}</span>
            <span className="ac-against__value">{formatPercent(recall)}</span>
            <span className="ac-against__track" aria-hidden="true">
              <span className="ac-against__bar" style={{ width: formatPercentFine(recall) }} />
            </span>
            <span className="ac-against__words">{`${formatPercent(precision)} of these orders were unhappy`}</span>
          </li>
        ))}
        <li className="ac-against__scale" aria-hidden="true">
          <span>0%</span>
          <span>100% of the unhappy</span>
        </li>
      </ul>
      <NumbersTable
        id="care"
        caption="The unhappy who are reached, by share of orders"
        columns={[
          'Orders looked after',
          'Number',
          'From a chance of',
          'Unhappy among them (precision)',
          'Of all the unhappy (recall)',
        ]}
        rows={rows.map(({ key, share, n, leastProbability, precision, recall }) => ({
          key,
          cells: [
            formatPercent(share),
            formatCount(n),
            formatPercentFine(leastProbability),
            formatPercentFine(precision),
            formatPercentFine(recall),
          ],
        }))}
      />
    </ChartCard>
  );
}

const COLUMNS: ComparedColumn<Judgement>[] = [
  { title: 'AUC', of: ({ auc }) => figure(auc) },
  { title: 'Brier', of: ({ brier }) => figure(brier) },
  { title: 'Precision', of: ({ precision }) => share(precision) },
  { title: 'Recall', of: ({ recall }) => share(recall) },
  { title: 'Right calls', of: ({ accuracy }) => share(accuracy) },
];

/** The model beside single facts and beside saying the same of everybody. */
export function SatisfactionComparisonCard({ report }: { report: SatisfactionReport }) {
  return (
    <ComparisonTable
      title={leadFinding(report)}
      note="AUC: how often an unhappy order was given more than a happy one. Precision and recall: of the orders above 50%. Right calls say little: who calls everybody happy is right most of the time and finds nobody."
      caption={`Tested orders: ${formatCount(report.model.n)}`}
      columns={COLUMNS}
      rows={satisfactionRows(report)}
    />
  );
}

/** Whether a chance of 30% means that 3 of 10 were unhappy. */
export function SatisfactionCalibrationCard({ report }: { report: SatisfactionReport }) {
  return (
    <CalibrationCard
      id="calibration-satisfaction"
      bins={report.calibration}
      ece={holdsFindings(report) ? report.model.ece : null}
      words={{
        title: 'Calibration of dissatisfaction',
        least: 'at least two groups of 5 tested orders',
        note: 'Tested orders in groups of equal numbers by the predicted chance of a low rating. On the broken line as many were low as predicted; lines through the dots are 95% intervals.',
        caption: 'Chance of a low rating, predicted and actual',
        predicted: 'Predicted chance of a low rating',
        actual: 'Rated low',
        counted: 'Orders',
      }}
    />
  );
}

const figure = (value: number | null): string => value?.toFixed(3) ?? '–';
const share = (value: number | null): string => (value === null ? '–' : formatPercent(value));
