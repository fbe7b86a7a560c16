import { Banner, BlockStack, FormLayout, List, Modal, Select, Text, TextField } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import type { Definition } from '../../domain/surveys/definition.ts';
import { SAMPLE_ORDERS } from '../../domain/surveys/sample-orders.ts';
import type { SendTestOutcome } from '../../services/send-test.ts';
import { plural } from '../format.ts';
import { type Sender, useSuccessToast } from '../use-feedback.ts';
import { languageName } from './editor-words.ts';

export interface TestDialogProps {
  open: boolean;
  /** As it is being edited. */
  definition: Definition;
  /** What is being edited is not saved yet. */
  dirty: boolean;
  /** What has to be put right in it before it can be published, as sentences. */
  toFix: readonly string[];
  /** Where the first test of this tab goes, until another address is entered. */
  to: string;
  sender: Sender<{ test?: SendTestOutcome }>;
  onClose: () => void;
  /** Leads to the checks. */
  onChecks: () => void;
}

/** Of what has to be put right: more would push the form out of sight. */
const NAMED = 3;

const REMEMBERED = 'aftercare.test-address';

/** A browser that lets no frame of another site store anything throws on sight of it. */
function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** Mails the saved draft to an address of one's own. The address is kept by the browser, for this tab only. */
export function TestDialog(props: TestDialogProps) {
  const { open, definition, dirty, toFix, to: first, sender, onClose, onChecks } = props;
  const [to, setTo] = useState(first);
  const [language, setLanguage] = useState(definition.defaultLanguage);
  const [sample, setSample] = useState(SAMPLE_ORDERS[0].id);
  const { refused, clear } = useOutcome(sender, onClose);
  useEffect(() => {
    const kept = storage()?.getItem(REMEMBERED);
    if (kept) setTo(kept);
  }, []);
  const known = definition.languages.includes(language) ? language : definition.defaultLanguage;
  const send = () => {
    storage()?.setItem(REMEMBERED, to);
    clear();
    sender.submit({ intent: 'test', to: to.trim(), language: known, sample }, { method: 'post' });
  };
  return (
    <Modal
      open={open}
      onClose={() => {
        clear();
        onClose();
      }}
      title="Send a test"
      primaryAction={{ content: 'Send test', loading: sender.state !== 'idle', onAction: send }}
      secondaryActions={[{ content: 'Cancel', onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {refused && refused.field === null && <Banner tone="critical">{refused.sentence}</Banner>}
          {dirty && (
            <Banner tone="warning">
              Your latest changes are not saved, so they are not in the test. Save first to have them in it.
            </Banner>
          )}
          {toFix.length > 0 && (
            <Banner
              tone="warning"
              title={`This draft is not finished: ${plural(toFix.length, 'thing')} to put right`}
              action={{ content: 'Show the checks', onAction: onChecks }}
            >
              <BlockStack gap="100">
                <p>
                  {dirty
                    ? 'The test shows the draft as it was saved last; this is what the page finds now:'
                    : 'The test shows the draft as it is saved, faults and all:'}
                </p>
                <List>
                  {toFix.slice(0, NAMED).map((sentence) => (
                    <List.Item key={sentence}>{sentence}</List.Item>
                  ))}
                  {toFix.length > NAMED && (
                    <List.Item>{`And ${toFix.length - NAMED} more, which the checks list.`}</List.Item>
                  )}
                </List>
              </BlockStack>
            </Banner>
          )}
          <FormLayout>
            <TextField
              type="email"
              label="Send to"
              autoComplete="email"
              value={to}
              error={refused?.field === 'to' ? refused.sentence : undefined}
              onChange={setTo}
            />
            <Select
              label="Language of the test"
              options={definition.languages.map((tag) => ({ value: tag, label: languageName(tag) }))}
              value={known}
              onChange={setLanguage}
            />
            <Select
              label="Order of the test"
              options={SAMPLE_ORDERS.map(({ id, label }) => ({ value: id, label }))}
              value={sample}
              onChange={setSample}
            />
          </FormLayout>
          <Text as="p" tone="subdued">
            The subject begins with [Test]. Its links open the saved draft for 7 days; nothing that is
            answered there is stored or counted.
          </Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

/** Says once that it was sent, and closes; a refusal stays until the next try. */
function useOutcome(sender: TestDialogProps['sender'], onSent: () => void) {
  const [outcome, setOutcome] = useState<SendTestOutcome | null>(null);
  const [seen, setSeen] = useState(sender.data);
  if (sender.state === 'idle' && sender.data !== seen) {
    setSeen(sender.data);
    setOutcome(sender.data?.test ?? null);
  }
  const sent = outcome?.outcome === 'sent' ? outcome : null;
  useSuccessToast(sent);
  // Once for each test that went out, however often the page renders.
  const latest = useRef(onSent);
  useEffect(() => {
    latest.current = onSent;
  });
  useEffect(() => {
    if (sent) latest.current();
  }, [sent]);
  return { refused: outcome?.outcome === 'refused' ? outcome : null, clear: () => setOutcome(null) };
}
