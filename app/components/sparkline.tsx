/** A small line of scores 0-100, oldest first. Its label says in words what it shows. */
export function Sparkline({ points, label }: { points: number[]; label: string }) {
  if (points.length < 2) return null;
  const [width, height, edge] = [240, 48, 4];
  const lowest = Math.min(...points, 100);
  const highest = Math.max(...points, 0);
  const span = Math.max(10, highest - lowest);
  const x = (index: number) => edge + (index / (points.length - 1)) * (width - 2 * edge);
  const y = (value: number) => height - edge - ((value - lowest) / span) * (height - 2 * edge);
  const path = points
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join(' ');
  const last = points.length - 1;
  return (
    <svg
      className="ac-sparkline"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path d={path} fill="none" stroke="#0b6e4f" strokeWidth="2" vectorEffect="non-scaling-stroke" />
      <circle cx={x(last)} cy={y(points[last]!)} r="2.5" fill="#0b6e4f" />
    </svg>
  );
}
