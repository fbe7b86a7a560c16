import { BlockStack, Button, Card, InlineStack, Modal, Text } from '@shopify/polaris';
import { useMemo, useState } from 'react';
import type { rescoreAll } from '../services/rescore-all.ts';
import { plural } from './format.ts';
import { type Sender, useSuccessToast } from './use-feedback.ts';

export type Rescoring = Sender<{ rescore?: Awaited<ReturnType<typeof rescoreAll>> }>;

/** Computes every score anew, after asking: it keeps the workers busy for a while. */
export function RescoreCard({ rescoring, stale }: { rescoring: Rescoring; stale: number }) {
  const [asking, setAsking] = useState(false);
  const result = rescoring.data?.rescore;
  useSuccessToast(
    useMemo(
      () => (result ? { sentence: `${plural(result.customers, 'customer')} will be scored again` } : null),
      [result],
    ),
  );
  const run = () => {
    setAsking(false);
    rescoring.submit({ intent: 'rescore' }, { method: 'post' });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h3" variant="headingMd">
            Scores
          </Text>
          <Button onClick={() => setAsking(true)} loading={rescoring.state !== 'idle'}>
            Score everyone again
          </Button>
        </InlineStack>
        <Text as="p" tone="subdued">
          {stale === 0 ? 'Every score is up to date.' : `${plural(stale, 'score')} being brought up to date.`}
        </Text>
      </BlockStack>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title="Score everyone again?"
        primaryAction={{ content: 'Score everyone again', onAction: run }}
        secondaryActions={[{ content: 'Cancel', onAction: () => setAsking(false) }]}
      >
        <Modal.Section>
          <p>
            Scores follow every event by themselves, and silent customers daily. This computes all of them
            anew from what is stored, for instance after the margin share has changed. Nobody is written to.
          </p>
        </Modal.Section>
      </Modal>
    </Card>
  );
}
