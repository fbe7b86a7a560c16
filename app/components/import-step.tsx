import { BlockStack, Card, Text } from '@shopify/polaris';
import { type ReactNode, useEffect, useRef } from 'react';

/** One step of an import. A step that takes the place of another is where the keyboard goes on. */
export function ImportStep({
  title,
  about,
  follows = false,
  children,
}: {
  title: string;
  about: string;
  /** Whether it appears after another step. */
  follows?: boolean;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (follows) place.current?.focus();
  }, [follows]);
  return (
    <div ref={place} tabIndex={-1} role="group" aria-label={title}>
      <Card>
        <BlockStack gap="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            <Text as="p" tone="subdued">
              {about}
            </Text>
          </BlockStack>
          {children}
        </BlockStack>
      </Card>
    </div>
  );
}
