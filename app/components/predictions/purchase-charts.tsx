import type { PurchaseReport } from '../../domain/prediction/purchase-report.ts';
import { formatCount } from '../format.ts';
import { NumbersTable } from '../share-table.tsx';
import { CalibrationCard } from './calibration-card.tsx';
import { ChartCard, NotEnough } from './chart-card.tsx';
import { amount, IntervalBars } from './interval-bars.tsx';
import { dayText, decileFinding, totalsFinding } from './purchase-words.ts';

/** Buyers in tenths by what was expected of them: orders predicted and orders that came. */
export function DecileCard({ report }: { report: PurchaseReport }) {
  const { deciles, endDay, horizonDays } = report;
  if (deciles.length === 0)
    return <NotEnough title="Predicted against actual" what="buyers of a finished back-test" />;
  const rows = deciles.map((decile, index) => ({
    ...decile,
    key: String(index),
    name: `${groupName(index, deciles.length)}, ${formatCount(decile.n)} buyers`,
  }));
  return (
    <ChartCard
      title={decileFinding(report)}
      note={`Buyers in ${deciles.length} groups of equal numbers by the orders that were expected of them in ${horizonDays} days after ${dayText(endDay)}, most first. Orders are days with at least one order.`}
    >
      <IntervalBars rows={rows} unit="orders" label="Orders by group, predicted and actual" />
      <NumbersTable
        id="deciles"
        caption="Orders by group of buyers"
        columns={['Group', 'Buyers', 'Predicted', '80% interval', 'Came']}
        rows={rows.map(({ key, n, predicted, low, high, actual }, index) => ({
          key,
          cells: [
            groupName(index, deciles.length),
            formatCount(n),
            predicted.toFixed(1),
            `${amount(low)} to ${amount(high)}`,
            formatCount(actual),
          ],
        }))}
      />
    </ChartCard>
  );
}

/** Whether a chance of 30% means that 3 of 10 order. */
export function PurchaseCalibrationCard({ report }: { report: PurchaseReport }) {
  return (
    <CalibrationCard
      id="calibration"
      bins={report.calibration}
      ece={report.model.ece}
      words={{
        title: 'Calibration',
        least: 'at least two groups of 5 held-out buyers',
        note: 'Held-out buyers in groups of equal numbers by the chance of an order that was predicted. On the broken line as many ordered as predicted; lines through the dots are 95% intervals.',
        caption: 'Chance of an order, predicted and actual',
        predicted: 'Predicted chance of an order',
        actual: 'Ordered',
        counted: 'Buyers',
      }}
    />
  );
}

/** All orders of each window of the rolling back-test. */
export function WindowsCard({ report }: { report: PurchaseReport }) {
  const { windows, horizonDays } = report;
  if (windows.length === 0) return null;
  const rows = windows.map((window) => ({
    ...window,
    key: String(window.endDay),
    name: `${horizonDays} days after ${dayText(window.endDay)}`,
  }));
  return (
    <ChartCard
      title={totalsFinding(report) ?? 'Orders of each period'}
      note="Each period was predicted from what was known before it began."
    >
      <IntervalBars rows={rows} unit="orders" label="Orders by period, predicted and actual" />
      <NumbersTable
        id="windows"
        caption="Orders by period"
        columns={['Period', 'Buyers', 'Predicted', '80% interval', 'Came', 'Brier', 'Brier of base rate']}
        rows={rows.map(({ key, name, buyers, predicted, low, high, actual, brier, baseRateBrier }) => ({
          key,
          cells: [
            name,
            formatCount(buyers),
            predicted.toFixed(1),
            `${amount(low)} to ${amount(high)}`,
            formatCount(actual),
            brier?.toFixed(3) ?? '–',
            baseRateBrier?.toFixed(3) ?? '–',
          ],
        }))}
      />
    </ChartCard>
  );
}

function groupName(index: number, groups: number): string {
  if (groups !== 10) return `Group ${index + 1} of ${groups}`;
  const place = index === 0 ? 'Top tenth' : index === 9 ? 'Last tenth' : `Tenth ${index + 1}`;
  return place;
}
