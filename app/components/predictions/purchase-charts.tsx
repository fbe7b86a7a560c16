import { BlockStack, Card, Text } from '@shopify/polaris';
import type { PurchaseReport } from '../../domain/prediction/purchase-report.ts';
import { formatCount, formatPercentFine } from '../format.ts';
import { NumbersTable } from '../share-table.tsx';
import { CalibrationChart, calibrationPoints } from './calibration-chart.tsx';
import { amount, IntervalBars } from './interval-bars.tsx';
import { calibrationFinding, dayText, decileFinding, totalsFinding } from './purchase-words.ts';

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
export function CalibrationCard({ report }: { report: PurchaseReport }) {
  const points = calibrationPoints(report.calibration);
  if (points.length < 2)
    return <NotEnough title="Calibration" what="at least two groups of 5 held-out buyers" />;
  const finding = calibrationFinding(report);
  return (
    <ChartCard
      title={finding}
      note="Held-out buyers in groups of equal numbers by the chance of an order that was predicted. On the broken line as many ordered as predicted; lines through the dots are 95% intervals."
    >
      <CalibrationChart
        bins={report.calibration}
        label={`${finding}. The numbers are in the table below.`}
        axes={{ predicted: 'Predicted chance of an order', actual: 'Ordered' }}
      />
      <NumbersTable
        id="calibration"
        caption="Chance of an order, predicted and actual"
        columns={['Predicted', 'Ordered', '95% interval', 'Buyers']}
        rows={points.map(({ n, predicted, actual, low, high }, index) => ({
          key: String(index),
          cells: [
            formatPercentFine(predicted),
            formatPercentFine(actual),
            `${formatPercentFine(low)} to ${formatPercentFine(high)}`,
            formatCount(n),
          ],
        }))}
      />
    </ChartCard>
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

/** A chart under its finding. */
export function ChartCard({
  title,
  note,
  children,
}: {
  title: string;
  note: string;
  children: React.ReactNode;
}) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h3" variant="headingMd">
            {title}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {note}
          </Text>
        </BlockStack>
        {children}
      </BlockStack>
    </Card>
  );
}

/** Instead of an empty chart. */
export function NotEnough({ title, what }: { title: string; what: string }) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h3" variant="headingMd">
          {title}
        </Text>
        <Text as="p" tone="subdued">{`Not enough data: this needs ${what}.`}</Text>
      </BlockStack>
    </Card>
  );
}

function groupName(index: number, groups: number): string {
  if (groups !== 10) return `Group ${index + 1} of ${groups}`;
  const place = index === 0 ? 'Top tenth' : index === 9 ? 'Last tenth' : `Tenth ${index + 1}`;
  return place;
}
