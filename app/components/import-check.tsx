import { Banner, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import type { ImportPreviewRow, ImportView } from '../infra/db/reads/import-views.ts';
import { formatCount, formatDateTime, plural } from './format.ts';
import { ImportStep } from './import-step.tsx';
import { toolLabel } from './import-words.ts';
import { ratingText } from './words.ts';

/** The third step: what the check found, before anything is imported. */
export function ImportCheckCard({
  found,
  busy,
  gone,
  timeZone,
  onStart,
  onDiscard,
}: {
  found: ImportView;
  busy: boolean;
  /** It was started or dropped elsewhere. */
  gone: boolean;
  timeZone: string;
  onStart: () => void;
  onDiscard: () => void;
}) {
  const counts = [
    { count: found.fine, text: 'can be imported' },
    {
      count: found.unmatched,
      text: 'of these name no customer of yours, or measure something else: kept, never scored',
    },
    { count: found.duplicates, text: 'stand twice in the file or were imported before: left out' },
    { count: found.erased, text: 'are of people who were erased on request: left out' },
    { count: found.leftOut, text: 'answer another question: left out' },
    { count: found.faulty, text: 'cannot be read: left out, see below' },
  ];
  return (
    <ImportStep
      title="3. What the check found"
      about={`${plural(found.rows, 'row')} from ${toolLabel(found.tool)}. Nothing is imported yet.`}
      follows
    >
      {gone && (
        <Banner tone="warning">
          This check is no longer there. It is kept for a day, until it is imported or discarded.
        </Banner>
      )}
      <ul className="ac-list ac-list--tight">
        {counts.map(
          ({ count, text }, index) =>
            (count > 0 || index === 0) && (
              <li key={text}>
                <strong>{formatCount(count)}</strong> {text}
              </li>
            ),
        )}
      </ul>
      <Preview rows={found.preview} timeZone={timeZone} />
      <Errors found={found} />
      <InlineStack gap="200">
        <Button variant="primary" onClick={onStart} loading={busy} disabled={found.fine === 0}>
          {`Import ${plural(found.fine, 'answer')}`}
        </Button>
        <Button onClick={onDiscard} disabled={busy}>
          Discard
        </Button>
      </InlineStack>
    </ImportStep>
  );
}

function Preview({ rows, timeZone }: { rows: ImportPreviewRow[]; timeZone: string }) {
  if (rows.length === 0) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        The first rows, as they will be imported
      </Text>
      <ul className="ac-list">
        {rows.map((row) => (
          <li key={row.line} className="ac-wrap">
            <Text as="p" fontWeight="semibold">
              {ratingText(row.metric, row.rating)}
            </Text>
            <Text as="p" variant="bodySm" tone="subdued">
              {[row.email, row.orderRef && `order ${row.orderRef}`, formatDateTime(row.answeredAt, timeZone)]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            {row.comment && <blockquote className="ac-quote">{row.comment}</blockquote>}
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}

function Errors({ found }: { found: ImportView }) {
  if (found.errors.length === 0) return null;
  const more = found.faulty - found.errors.length;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Rows that cannot be read
      </Text>
      <ul className="ac-list ac-list--tight">
        {found.errors.map(({ line, sentence }) => (
          <li key={line}>
            <strong>Line {formatCount(line)}</strong> {sentence}
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Text as="p" tone="subdued">
          And {formatCount(more)} more.
        </Text>
      )}
    </BlockStack>
  );
}
