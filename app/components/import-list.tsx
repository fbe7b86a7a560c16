import { Badge, BlockStack, Button, Card, InlineStack, Modal, ProgressBar, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { ImportView } from '../infra/db/reads/import-views.ts';
import { formatCount, formatDay, plural } from './format.ts';
import { importStatus, toolLabel } from './import-words.ts';

/** Past and present imports; each can be undone as a whole. */
export function ImportList({
  imports,
  busy,
  timeZone,
  onUndo,
}: {
  imports: ImportView[];
  busy: boolean;
  timeZone: string;
  onUndo: (importId: string) => void;
}) {
  const [asking, setAsking] = useState<ImportView | null>(null);
  const undo = () => {
    if (asking) onUndo(asking.id);
    setAsking(null);
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Imports
        </Text>
        {imports.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing was imported yet. Answers that you bring from another tool count in the scores by their
            own date; they open no case and nobody is written to.
          </Text>
        ) : (
          <ul className="ac-list">
            {imports.map((one) => (
              <li key={one.id}>
                <InlineStack align="space-between" blockAlign="start" gap="200">
                  <Facts one={one} timeZone={timeZone} />
                  {(one.status === 'done' || one.status === 'running') && (
                    <Button
                      disabled={busy}
                      onClick={() => setAsking(one)}
                      accessibilityLabel={`Undo the import from ${toolLabel(one.tool)} of ${formatDay(one.createdAt, timeZone)}`}
                    >
                      Undo
                    </Button>
                  )}
                </InlineStack>
              </li>
            ))}
          </ul>
        )}
      </BlockStack>
      <Modal
        open={asking !== null}
        onClose={() => setAsking(null)}
        title="Undo this import?"
        primaryAction={{ content: 'Undo the import', onAction: undo, destructive: true }}
        secondaryActions={[{ content: 'Cancel', onAction: () => setAsking(null) }]}
      >
        <Modal.Section>
          <p>
            {plural(asking?.imported ?? 0, 'answer')} will be deleted and the scores of these customers
            computed anew. The file can be imported again afterwards.
          </p>
        </Modal.Section>
      </Modal>
    </Card>
  );
}

function Facts({ one, timeZone }: { one: ImportView; timeZone: string }) {
  const status = importStatus(one.status);
  const running = one.status === 'running';
  return (
    <BlockStack gap="050">
      <span className="ac-band-cell">
        <Text as="span" fontWeight="semibold">
          {toolLabel(one.tool)}
        </Text>
        <Badge tone={status.tone}>{status.label}</Badge>
      </span>
      <Text as="span" id={`import-${one.id}`}>
        {running
          ? `${formatCount(one.imported)} of ${plural(one.fine, 'answer')}`
          : `${plural(one.imported, 'answer')}, ${formatCount(one.verified)} of customers you know`}
      </Text>
      {running && (
        <ProgressBar
          size="small"
          progress={one.fine === 0 ? 100 : Math.min(100, (100 * one.imported) / one.fine)}
          ariaLabelledBy={`import-${one.id}`}
        />
      )}
      <Text as="span" variant="bodySm" tone="subdued">
        {formatDay(one.createdAt, timeZone)}
        {one.undoneAt && ` · undone ${formatDay(one.undoneAt, timeZone)}`}
      </Text>
    </BlockStack>
  );
}
