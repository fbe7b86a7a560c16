import { BlockStack, Card, Text } from '@shopify/polaris';

/** A chart under its finding. */
export function ChartCard({
  title,
  note,
  children,
}: {
  title: string;
  note: string;
  children: React.ReactNode;
}) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h3" variant="headingMd">
            {title}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {note}
          </Text>
        </BlockStack>
        {children}
      </BlockStack>
    </Card>
  );
}

/** Instead of an empty chart. */
export function NotEnough({ title, what }: { title: string; what: string }) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h3" variant="headingMd">
          {title}
        </Text>
        <Text as="p" tone="subdued">{`Not enough data: this needs ${what}.`}</Text>
      </BlockStack>
    </Card>
  );
}
