import { ChartCard } from './chart-card.tsx';

/** One figure of whatever is compared. */
export interface ComparedColumn<Figures> {
  title: string;
  of: (figures: Figures) => string;
}

interface ComparisonTableProps<Figures> {
  /** The finding. */
  title: string;
  note: string;
  /** On how many it rests. */
  caption: string;
  columns: readonly ComparedColumn<Figures>[];
  /** The one with the key "model" is ours. */
  rows: readonly { key: string; name: string; figures: Figures }[];
}

/** A model beside what anybody could do without it, under its finding. */
export function ComparisonTable<Figures>({
  title,
  note,
  caption,
  columns,
  rows,
}: ComparisonTableProps<Figures>) {
  return (
    <ChartCard title={title} note={note}>
      <div className="ac-table-scroll" tabIndex={0} role="region" aria-label={caption}>
        <table className="ac-compared">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">Predicted by</th>
              {columns.map((column) => (
                <th key={column.title} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, figures }) => (
              <tr key={key} className={key === 'model' ? 'ac-compared__own' : undefined}>
                <th scope="row">{name}</th>
                {columns.map((column) => (
                  <td key={column.title}>{column.of(figures)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ChartCard>
  );
}
