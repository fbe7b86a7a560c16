import { Badge, Banner, BlockStack, Button, Card, InlineStack, Modal, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { VerdictWords } from './purchase-words.ts';

interface VerdictProps {
  /** The place on the page that the overview leads to. */
  id: string;
  /** What is predicted. */
  subject: string;
  words: VerdictWords;
  facts: { term: string; text: string }[];
  /** Why the newest fit came to nothing while an older one stays; null: it did not. */
  failure: string | null;
  choice: { hidden: boolean; busy: boolean; onChange: (hidden: boolean) => void } | null;
}

/** First of all: may these numbers be trusted? With what they rest on, and the choice to hide them. */
export function VerdictCard({ id, subject, words, facts, failure, choice }: VerdictProps) {
  const [asking, setAsking] = useState(false);
  const hide = () => {
    setAsking(false);
    choice?.onChange(true);
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd" id={id}>
            {subject}
          </Text>
          <Badge tone={words.badge.tone}>{words.badge.label}</Badge>
        </InlineStack>
        <BlockStack gap="100">
          <Text as="p" variant="headingLg">
            {words.title}
          </Text>
          <Text as="p">{words.sentence}</Text>
        </BlockStack>
        {failure && (
          <Banner tone="warning" title="The newest fit failed; the one before stays in force">
            <p>{failure}</p>
          </Banner>
        )}
        {facts.length > 0 && (
          <dl className="ac-verdict-facts">
            {facts.map(({ term, text }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        )}
        {choice && (
          <div>
            <Button
              onClick={() => (choice.hidden ? choice.onChange(false) : setAsking(true))}
              loading={choice.busy}
              accessibilityLabel={`${choice.hidden ? 'Show' : 'Hide'}: ${subject}`}
            >
              {choice.hidden ? 'Show again' : 'Hide'}
            </Button>
          </div>
        )}
      </BlockStack>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title="Hide these predictions?"
        primaryAction={{ content: 'Hide', onAction: hide }}
        secondaryActions={[{ content: 'Cancel', onAction: () => setAsking(false) }]}
      >
        <Modal.Section>
          <p>
            They disappear from customers, orders and cases for your whole team. They are still fitted and
            tested, and you can show them again at any time.
          </p>
        </Modal.Section>
      </Modal>
    </Card>
  );
}
