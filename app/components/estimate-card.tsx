import { BlockStack, Card, Text } from '@shopify/polaris';
import type { Estimate } from '../domain/reports/estimate.ts';
import { formatEvidence } from './format.ts';

export interface EstimateCardProps {
  title: string;
  estimate: Estimate;
  write: (value: number) => string;
  /** Writes the ends of an interval that `write` would make look the same. */
  fine?: (value: number) => string;
  /** Said before the evidence, while there is a figure. */
  note?: string;
}

/** One figure, never without how sure it is. */
export function EstimateCard({ title, estimate, write, fine, note = '' }: EstimateCardProps) {
  const shown = estimate.outcome === 'shown';
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm" tone="subdued">
          {title}
        </Text>
        <span className="ac-figure">{shown ? write(estimate.value) : '–'}</span>
        <Text as="p" variant="bodySm" tone="subdued">
          {shown && note}
          {formatEvidence(estimate, write, fine)}
        </Text>
      </BlockStack>
    </Card>
  );
}
