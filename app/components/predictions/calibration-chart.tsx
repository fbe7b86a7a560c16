import type { CalibrationBin } from '../../domain/prediction/metrics.ts';
import { shareEstimate } from '../../domain/reports/share.ts';
import { formatCount, formatPercent } from '../format.ts';

const SIZE = { width: 320, height: 300, left: 44, right: 12, top: 12, bottom: 44 };

/** Bins of a calibration with the 95% interval of what came; those of fewer than 5 are left out. */
export function calibrationPoints(bins: readonly CalibrationBin[]) {
  return bins.flatMap(({ n, predicted, actual }) => {
    const share = shareEstimate(Math.round(actual * n), n);
    return share.outcome === 'shown' ? [{ n, predicted, actual, low: share.low, high: share.high }] : [];
  });
}

/** Predicted chance against the share in which it came: on the diagonal both are equal. */
export function CalibrationChart({
  bins,
  label,
  axes,
}: {
  bins: readonly CalibrationBin[];
  /** What is to be seen, in words. */
  label: string;
  axes: { predicted: string; actual: string };
}) {
  const points = calibrationPoints(bins);
  const top = axisEnd(Math.max(...points.flatMap(({ predicted, high }) => [predicted, high])));
  const { width, height, left, right, top: above, bottom } = SIZE;
  const x = (share: number) => left + (share / top) * (width - left - right);
  const y = (share: number) => height - bottom - (share / top) * (height - above - bottom);
  const ticks = [0, top / 2, top];
  return (
    <svg className="ac-calibration" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {ticks.map((share) => (
        <g key={share}>
          <line x1={x(0)} x2={x(top)} y1={y(share)} y2={y(share)} stroke="#d4d4d4" />
          <text x={left - 6} y={y(share) + 4} textAnchor="end">
            {formatPercent(share)}
          </text>
          <text x={x(share)} y={height - bottom + 18} textAnchor={share === top ? 'end' : 'middle'}>
            {formatPercent(share)}
          </text>
        </g>
      ))}
      <text x={x(top)} y={height - 6} textAnchor="end">
        {axes.predicted}
      </text>
      <text x={left + 4} y={above + 12}>
        {axes.actual}
      </text>
      <line x1={x(0)} y1={y(0)} x2={x(top)} y2={y(top)} stroke="#616161" strokeDasharray="5 4" />
      {points.map(({ predicted, actual, low, high, n }) => (
        <g key={`${predicted}:${n}`}>
          <line
            x1={x(predicted)}
            x2={x(predicted)}
            y1={y(low)}
            y2={y(high)}
            stroke="#0b6e4f"
            strokeWidth="2"
          />
          <circle cx={x(predicted)} cy={y(actual)} r="5" fill="#0b6e4f">
            <title>{`${formatPercent(predicted)} predicted, ${formatPercent(actual)} came, n = ${formatCount(n)}`}</title>
          </circle>
        </g>
      ))}
    </svg>
  );
}

/** The end of both axes: the next tenth that holds every dot and interval. */
const axisEnd = (largest: number): number => Math.min(1, Math.max(1, Math.ceil(largest * 10)) / 10);
