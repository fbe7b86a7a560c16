import { Button, Collapsible } from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import type { Estimate } from '../domain/reports/estimate.ts';
import { formatPercentFine } from './format.ts';
import { percent } from './funnel-words.ts';

/** The numbers behind a chart, behind a button. */
export function NumbersTable({
  id,
  caption,
  columns,
  rows,
}: {
  id: string;
  caption: string;
  /** The first names the row. */
  columns: string[];
  rows: { key: string; cells: ReactNode[] }[];
}) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button
        variant="plain"
        disclosure={open ? 'up' : 'down'}
        onClick={() => setOpen(!open)}
        ariaExpanded={open}
        ariaControls={id}
        accessibilityLabel={`Numbers as a table: ${caption}`}
      >
        Numbers as a table
      </Button>
      <Collapsible id={id} open={open}>
        {/* It scrolls to the side on a phone, also by keyboard. */}
        <div className="ac-table-scroll ac-numbers" tabIndex={0} role="region" aria-label={caption}>
          <table className="ac-mix">
            <caption>{caption}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells: [name, ...cells] }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {cells.map((cell, index) => (
                    <td key={columns[index + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Collapsible>
    </div>
  );
}

/** A share and its interval as two cells. */
export function shareCells(share: Estimate): [string, string] {
  if (share.outcome === 'not_enough') return ['–', share.n === 0 ? '–' : 'from 5 on'];
  return [percent(share.value), `${formatPercentFine(share.low)} to ${formatPercentFine(share.high)}`];
}
