import { Badge, BlockStack, Button, Card, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { RunView } from '../../infra/db/reads/prediction-views.ts';
import { formatDateTime, plural } from '../format.ts';
import type { Tone } from '../words.ts';

const STATUSES: Record<RunView['status'], { label: string; tone: Tone }> = {
  running: { label: 'Running', tone: 'info' },
  kept: { label: 'Passed', tone: 'success' },
  hidden: { label: 'Hidden', tone: 'warning' },
  failed: { label: 'Failed', tone: 'critical' },
};

/** What each kind of model is called. */
export const KIND_LABELS: Record<RunView['kind'], string> = {
  purchases: 'Orders and value',
  satisfaction: 'Dissatisfaction',
  escalation: 'Escalation of cases',
  csi_weights: 'Weights of the index',
};

/** Fits that are shown before anybody asks for the others: the latest of each kind, and those before. */
const LATEST = 8;

/** Every fit that is remembered, newest first. */
export function RunsCard({ runs, timeZone }: { runs: RunView[]; timeZone: string }) {
  const caption = 'Fits, newest first';
  const [all, setAll] = useState(false);
  if (runs.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          History of fits
        </Text>
        <div className="ac-table-scroll" tabIndex={0} role="region" aria-label={caption}>
          <table className="ac-compared ac-compared--left">
            <caption>{caption}; the same data and seed give the same model</caption>
            <thead>
              <tr>
                {['Fit', 'Begun', 'Outcome', 'Why', 'Version', 'Seed'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {(all ? runs : runs.slice(0, LATEST)).map((run) => (
                <tr key={run.id}>
                  <th scope="row">
                    {run.horizonDays === null
                      ? KIND_LABELS[run.kind]
                      : `${KIND_LABELS[run.kind]}, ${plural(run.horizonDays, 'day')}`}
                  </th>
                  <td>{formatDateTime(run.startedAt, timeZone)}</td>
                  <td>
                    <Badge tone={STATUSES[run.status].tone}>{STATUSES[run.status].label}</Badge>
                  </td>
                  <td className="ac-compared__words">{run.reason ?? '–'}</td>
                  <td>{run.version}</td>
                  <td>{run.seed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {runs.length > LATEST && (
          <div>
            <Button variant="plain" onClick={() => setAll(!all)} ariaExpanded={all}>
              {all ? 'Show the latest only' : `Show all ${plural(runs.length, 'fit')}`}
            </Button>
          </div>
        )}
      </BlockStack>
    </Card>
  );
}
