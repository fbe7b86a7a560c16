import { Banner, Box, List, Text } from '@shopify/polaris';
import type { QueueTrouble } from '../infra/db/reads/views.ts';
import { plural } from './format.ts';

/** Whether work gets done: one quiet line when all is well, a warning when something is stuck or broken. */
export function QueueHealth({ trouble }: { trouble: QueueTrouble }) {
  const lines = [
    trouble.failedEvents > 0 && `${plural(trouble.failedEvents, 'event')} could not be processed.`,
    trouble.failedActions > 0 && `${plural(trouble.failedActions, 'action')} failed.`,
    trouble.unknownMessages > 0 &&
      `${plural(trouble.unknownMessages, 'message')} may or may not have been sent. They are never resent by themselves.`,
    trouble.waiting > 0 &&
      `${plural(trouble.waiting, 'job')} waited for more than 5 minutes. Is the worker running?`,
  ].filter((line) => line !== false);
  if (lines.length === 0)
    return (
      // On a phone cards reach the edge, and text of its own would too.
      <Box paddingInline={{ xs: '400', sm: '0' }}>
        <Text as="p" variant="bodySm" tone="subdued">
          Queue: all well. What arrived is processed, nothing failed.
        </Text>
      </Box>
    );
  return (
    <Banner
      tone="warning"
      title="Some work needs a look"
      action={{ content: 'See what happened', url: '/app/settings#system' }}
    >
      <List>
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Banner>
  );
}
