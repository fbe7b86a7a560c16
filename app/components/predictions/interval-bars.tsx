import { formatCount } from '../format.ts';

export interface BarRow {
  key: string;
  name: string;
  /** What was predicted with its 80% interval, and what came; all of one unit, not below 0. */
  predicted: number;
  low: number;
  high: number;
  actual: number;
}

/** Bars of what came, each with a dot and a whisker for what was predicted, on one scale from 0. */
export function IntervalBars({ rows, unit, label }: { rows: BarRow[]; unit: string; label: string }) {
  const top = scaleEnd(
    Math.max(1, ...rows.flatMap(({ high, actual, predicted }) => [high, actual, predicted])),
  );
  const at = (value: number) => `${(100 * Math.max(0, value)) / top}%`;
  return (
    <div>
      <ul className="ac-against-key" aria-hidden="true">
        <li>
          <span className="ac-against-key__shape">
            <span className="ac-against__bar" style={{ width: '100%' }} />
          </span>
          came
        </li>
        <li>
          <span className="ac-against-key__shape">
            <span className="ac-against__whisker" style={{ insetInlineStart: 0, width: '100%' }} />
            <span className="ac-against__mark" style={{ insetInlineStart: '50%' }} />
          </span>
          predicted, with its 80% interval
        </li>
      </ul>
      <ul className="ac-against" aria-label={label}>
        {rows.map(({ key, name, predicted, low, high, actual }) => (
          <li key={key}>
            <span>{name}</span>
            <span className="ac-against__value">{formatCount(Math.round(actual))}</span>
            <span className="ac-against__track" aria-hidden="true">
              <span className="ac-against__bar" style={{ width: at(actual) }} />
              <span
                className="ac-against__whisker"
                style={{ insetInlineStart: at(low), width: at(high - low) }}
              />
              <span className="ac-against__mark" style={{ insetInlineStart: at(predicted) }} />
            </span>
            <span className="ac-against__words">
              {`predicted ${amount(predicted)}, 80% interval ${amount(low)} to ${amount(high)}`}
            </span>
          </li>
        ))}
        <li className="ac-against__scale" aria-hidden="true">
          <span>0</span>
          <span>{`${formatCount(top)} ${unit}`}</span>
        </li>
      </ul>
    </div>
  );
}

/** Small amounts with a decimal: half an order is not none. */
export const amount = (value: number): string =>
  value < 9.95 && !Number.isInteger(value) ? value.toFixed(1) : formatCount(Math.round(value));

/** The end of a scale, a round number that holds the largest value. */
export function scaleEnd(largest: number): number {
  const step = 10 ** Math.floor(Math.log10(largest));
  return (
    [1, 2, 2.5, 5, 10]
      .map((factor) => factor * step)
      .find((end) => end >= largest && Number.isInteger(end)) ?? 10 * step
  );
}
