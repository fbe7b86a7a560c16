import { Badge, BlockStack, Button, Card, Icon, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { CheckCircleIcon, StatusIcon } from '@shopify/polaris-icons';
import type { SetupStep } from '../services/show-overview.ts';

/** The way to a working set-up; gone once every step is done. */
export function SetupSteps({ steps }: { steps: SetupStep[] }) {
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  const next = steps.find((step) => !step.done);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Set up Aftercare
          </Text>
          <Badge>{`${done} of ${steps.length} done`}</Badge>
        </InlineStack>
        <ProgressBar
          progress={(100 * done) / steps.length}
          size="small"
          tone="success"
          ariaLabelledBy="setup-progress"
        />
        <span id="setup-progress" hidden>
          Set-up progress
        </span>
        <ul className="ac-list">
          {steps.map((step) => (
            <li key={step.key}>
              <InlineStack gap="200" blockAlign="start" wrap={false}>
                <span>
                  <Icon
                    source={step.done ? CheckCircleIcon : StatusIcon}
                    tone={step.done ? 'success' : 'subdued'}
                    accessibilityLabel={step.done ? 'Done' : 'To do'}
                  />
                </span>
                <BlockStack gap="100">
                  <Text
                    as="p"
                    fontWeight={step === next ? 'semibold' : 'regular'}
                    tone={step.done ? 'subdued' : undefined}
                  >
                    {step.title}
                  </Text>
                  {step === next && (
                    <>
                      <Text as="p" tone="subdued">
                        {step.help}
                      </Text>
                      {step.url && (
                        <div>
                          <Button url={step.url}>{step.title}</Button>
                        </div>
                      )}
                    </>
                  )}
                </BlockStack>
              </InlineStack>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
