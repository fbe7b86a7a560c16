import { BlockStack, Modal, Select } from '@shopify/polaris';
import { useState } from 'react';
import { HOLD_REASONS } from '../domain/surveys/hold-reasons.ts';
import type { ResponseRow } from '../infra/db/reads/response-views.ts';
import { holdReason, ratingText } from './words.ts';

interface DialogProps {
  /** The answer that is asked about; null while nothing is. */
  row: ResponseRow | null;
  onClose: () => void;
  onAct: (fields: Record<string, string>) => void;
}

/** Asks before an answer is held back, with a reason, or counts again. */
export function ModerateDialog({ row, onClose, onAct }: DialogProps) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const close = () => {
    setReason('');
    setMissing(false);
    onClose();
  };
  const act = (fields: Record<string, string>) => {
    close();
    onAct(fields);
  };
  const restoring = row?.status === 'quarantined';
  const quarantine = () => {
    if (!row || reason === '') setMissing(true);
    else act({ act: 'quarantine', id: row.id, reason });
  };
  return (
    <Modal
      open={row !== null}
      onClose={close}
      title={restoring ? 'Let this answer count again?' : 'Quarantine this answer?'}
      primaryAction={
        restoring
          ? { content: 'Restore', onAction: () => act({ act: 'restore', id: row.id }) }
          : { content: 'Quarantine', destructive: true, onAction: quarantine }
      }
      secondaryActions={[{ content: 'Cancel', onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <p>
            {row ? `${ratingText(row.metric, row.rating)}. ` : ''}
            {restoring
              ? 'It becomes what its order says of it: verified, unverified or unsolicited. The score of the customer follows, and a low answer that has no case gets one, with the messages that go with it.'
              : 'It counts in no score any more. Cases that it opened stay open, and nobody is written to. You can restore it at any time.'}
          </p>
          {!restoring && (
            <Select
              label="Why should it not count?"
              options={[
                { label: 'Choose a reason', value: '', disabled: true },
                ...HOLD_REASONS.map((value) => ({ label: holdReason(value), value: value as string })),
              ]}
              value={reason}
              onChange={(value) => {
                setReason(value);
                setMissing(false);
              }}
              error={missing ? 'Choose why the answer should not count.' : undefined}
            />
          )}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
