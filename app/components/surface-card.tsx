import { BlockStack, Card, Text } from '@shopify/polaris';
import type { FunnelReport } from '../services/show-funnel.ts';
import { formatCount } from './format.ts';
import { shareCells } from './share-table.tsx';
import { surfaceLabel } from './words.ts';

/** Where answers were started, and how many of them were finished there. */
export function SurfaceCard({ report: { steps, surfaces } }: { report: FunnelReport }) {
  const mailed = { surface: 'hosted_page', started: steps.started.count, finished: steps.finished };
  const rows = [mailed, ...surfaces].filter(({ started }) => started > 0);
  if (rows.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Where people answer
        </Text>
        <div className="ac-table-scroll" tabIndex={0} role="region" aria-label="Answers by surface">
          <table className="ac-mix">
            <caption>Answers that were started and finished, by surface</caption>
            <thead>
              <tr>
                {['Surface', 'Started', 'Finished', 'Share', '95% interval'].map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ surface, started, finished }) => {
                const [share, interval] = shareCells(finished.share);
                return (
                  <tr key={surface}>
                    <th scope="row">{surfaceLabel(surface)}</th>
                    <td>{formatCount(started)}</td>
                    <td>{formatCount(finished.count)}</td>
                    <td>{share}</td>
                    <td>{interval}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <Text as="p" variant="bodySm" tone="subdued">
          The survey page is that of the mails. On the other surfaces it is not recorded who saw a survey, so
          there the funnel begins with who started. Imported answers are not in these figures, and none that
          is in quarantine.
        </Text>
      </BlockStack>
    </Card>
  );
}
