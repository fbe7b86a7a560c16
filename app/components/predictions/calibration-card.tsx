import type { CalibrationBin } from '../../domain/prediction/metrics.ts';
import { formatCount, formatNumber, formatPercentFine } from '../format.ts';
import { NumbersTable } from '../share-table.tsx';
import { CalibrationChart, calibrationPoints } from './calibration-chart.tsx';
import { ChartCard, NotEnough } from './chart-card.tsx';

export interface CalibrationCardProps {
  /** Of the table. */
  id: string;
  bins: readonly CalibrationBin[];
  /** Mean distance of predicted from actual shares, 0-1; null where there is none to speak of. */
  ece: number | null;
  words: {
    /** Where there is nothing to show. */
    title: string;
    /** What would be needed then. */
    least: string;
    note: string;
    caption: string;
    predicted: string;
    actual: string;
    counted: string;
  };
}

/** Predicted chances against what came, under what is to be seen in them. */
export function CalibrationCard({ id, bins, ece, words }: CalibrationCardProps) {
  const points = calibrationPoints(bins);
  if (points.length < 2) return <NotEnough title={words.title} what={words.least} />;
  const all = bins.reduce((sum, { n }) => sum + n, 0);
  const basis = `${formatCount(all)} ${words.counted.toLowerCase()}`;
  const finding =
    ece === null
      ? `Predicted chance against what came, ${basis}`
      : `Predicted chances lie ${formatNumber(ece * 100, 1)} points off what came, on average of ${basis}`;
  return (
    <ChartCard title={finding} note={words.note}>
      <CalibrationChart
        bins={bins}
        label={`${finding}. The numbers are in the table below.`}
        axes={{ predicted: words.predicted, actual: words.actual }}
      />
      <NumbersTable
        id={id}
        caption={words.caption}
        columns={['Predicted', words.actual, '95% interval', words.counted]}
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
