import { BlockStack, Card, Text } from '@shopify/polaris';
import type { FunnelReport } from '../services/show-funnel.ts';
import { formatCount } from './format.ts';
import { shareWords, surfacesFinding } from './funnel-words.ts';
import { NumbersTable, shareCells } from './share-table.tsx';
import { surfaceLabel } from './words.ts';

/** Where answers were started, and how many of them were finished there. */
export function SurfaceCard({ report: { steps, surfaces } }: { report: FunnelReport }) {
  const mailed = { surface: 'hosted_page', started: steps.started.count, finished: steps.finished };
  const rows = [mailed, ...surfaces].filter(({ started }) => started > 0);
  if (rows.length === 0) return null;
  const most = Math.max(...rows.map(({ started }) => started));
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {surfacesFinding(rows)}
        </Text>
        <ul className="ac-keys" aria-hidden="true">
          <li>
            <span className="ac-swatch ac-drop--answered" /> Finished
          </li>
          <li>
            <span className="ac-swatch ac-drop--skipped" /> Started only
          </li>
        </ul>
        <ul className="ac-bars">
          {rows.map(({ surface, started, finished }) => (
            <li key={surface}>
              <span>{surfaceLabel(surface)}</span>
              <span className="ac-bars__count">{formatCount(started)} started</span>
              <span className="ac-bars__track ac-bars__track--parts" aria-hidden="true">
                <span className="ac-drop--answered" style={{ width: `${(100 * finished.count) / most}%` }} />
                <span
                  className="ac-drop--skipped"
                  style={{ width: `${(100 * (started - finished.count)) / most}%` }}
                />
              </span>
              <span className="ac-bars__share">
                {formatCount(finished.count)} finished
                {finished.share.n > 0 && ` · ${shareWords(finished.share, 'of those started')}`}
              </span>
            </li>
          ))}
        </ul>
        <NumbersTable
          id="surface-numbers"
          caption="Answers that were started and finished, by surface"
          columns={['Surface', 'Started', 'Finished', 'Share', '95% interval']}
          rows={rows.map(({ surface, started, finished }) => ({
            key: surface,
            cells: [
              surfaceLabel(surface),
              formatCount(started),
              formatCount(finished.count),
              ...shareCells(finished.share),
            ],
          }))}
        />
        <Text as="p" variant="bodySm" tone="subdued">
          The survey page is that of the mails. On the other surfaces it is not recorded who saw a survey, so
          there the funnel begins with who started. Imported answers are not in these figures, and none that
          is in quarantine.
        </Text>
      </BlockStack>
    </Card>
  );
}
