import { Badge, BlockStack, Card, Text } from '@shopify/polaris';
import type { VerdictWords } from './purchase-words.ts';

/** A kind of prediction, and where on the page it is proven. */
export interface PagePart {
  id: string;
  name: string;
  badge: VerdictWords['badge'];
}

/** Which predictions may be trusted, in one look, and a way to the proof of each. */
export function PartsCard({ parts }: { parts: PagePart[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          What is predicted
        </Text>
        <ul className="ac-parts">
          {parts.map(({ id, name, badge }) => (
            <li key={id}>
              <a href={`#${id}`}>{name}</a>
              <Badge tone={badge.tone}>{badge.label}</Badge>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
