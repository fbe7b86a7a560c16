import { Badge, BlockStack, Button, Card, InlineStack, Layout, Modal, Text } from '@shopify/polaris';
import { useMemo, useState } from 'react';
import type { ActionRow, EventRow, SystemView } from '../infra/db/reads/views.ts';
import type { ResendMessageOutcome } from '../services/resend-message.ts';
import type { RetryEventOutcome } from '../services/retry-event.ts';
import { formatCount, formatDateTime, personName, plural } from './format.ts';
import { RescoreCard, type Rescoring } from './rescore-card.tsx';
import { type Sender, useSuccessToast } from './use-feedback.ts';
import { actionLabel, actionStatus, readable } from './words.ts';

const MESSAGE = /^send_/;

interface SystemProps {
  system: SystemView;
  replaying: Sender<{ replay?: RetryEventOutcome }>;
  resending: Sender<{ resend?: ResendMessageOutcome }>;
  rescoring: Rescoring;
  timeZone: string;
}

/** What waits, what failed and what was left out, with the means to try again. */
export function SystemSection({ system, replaying, resending, rescoring, timeZone }: SystemProps) {
  const { trouble } = system;
  const healthy =
    trouble.failedEvents + trouble.failedActions + trouble.unknownMessages + trouble.waiting === 0;
  return (
    <div id="system">
      <Layout>
        <Layout.AnnotatedSection
          title="System"
          description="Every event and action is a row that can be looked at. Figures of the last 30 days."
        >
          <BlockStack gap="400">
            <Card>
              <BlockStack gap="300">
                <InlineStack align="space-between" blockAlign="center" gap="200">
                  <Text as="h3" variant="headingMd">
                    Queues
                  </Text>
                  <Badge tone={healthy ? 'success' : 'warning'}>
                    {healthy ? 'All well' : 'Needs a look'}
                  </Badge>
                </InlineStack>
                <Counts title="Events" counts={system.eventsByStatus} />
                <Counts title="Actions" counts={system.actionsByStatus} />
              </BlockStack>
            </Card>
            <RescoreCard rescoring={rescoring} stale={system.staleScores} />
            <FailedEvents
              replaying={replaying}
              events={system.failedEvents}
              total={trouble.failedEvents}
              timeZone={timeZone}
            />
            <StuckActions resending={resending} actions={system.stuckActions} timeZone={timeZone} />
            <Ignored ignored={system.ignored} />
          </BlockStack>
        </Layout.AnnotatedSection>
      </Layout>
    </div>
  );
}

function Counts({ title, counts }: { title: string; counts: { status: string; count: number }[] }) {
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" fontWeight="semibold">
        {title}
      </Text>
      {counts.length === 0 && (
        <Text as="span" tone="subdued">
          none yet
        </Text>
      )}
      {counts.map((entry) => (
        <Badge
          key={entry.status}
          tone={entry.status === 'failed' ? 'critical' : entry.status === 'unknown' ? 'warning' : undefined}
        >
          {`${formatCount(entry.count)} ${readable(entry.status).toLowerCase()}`}
        </Badge>
      ))}
    </InlineStack>
  );
}

function FailedEvents({
  replaying,
  events,
  total,
  timeZone,
}: {
  replaying: SystemProps['replaying'];
  events: EventRow[];
  total: number;
  timeZone: string;
}) {
  const replay = replaying.data?.replay;
  useSuccessToast(
    useMemo(
      () => (replay?.outcome === 'queued' ? { sentence: `${plural(replay.count, 'event')} replayed` } : null),
      [replay],
    ),
  );
  const again = (id: string) => replaying.submit({ intent: 'replay', id }, { method: 'post' });
  const busy = replaying.state !== 'idle';
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h3" variant="headingMd">
            Failed and unreadable events
          </Text>
          {events.length > 1 && (
            <Button onClick={() => again('')} loading={busy}>{`Replay all ${formatCount(total)}`}</Button>
          )}
        </InlineStack>
        {events.length === 0 ? (
          <Text as="p" tone="subdued">
            None. Nothing is lost: an event that fails stays here until it is replayed.
          </Text>
        ) : (
          <ul className="ac-list">
            {events.map((event) => (
              <li key={event.id}>
                <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
                  <BlockStack gap="050">
                    <Text as="span" fontWeight="semibold">
                      {event.topic}
                    </Text>
                    <Text as="span" variant="bodySm" tone="subdued">
                      {formatDateTime(event.receivedAt, timeZone)} · tried {event.attempts} times
                    </Text>
                    <span className="ac-wrap">
                      {event.error ?? event.reason ?? 'No reason was recorded.'}
                    </span>
                  </BlockStack>
                  <Button
                    onClick={() => again(event.id)}
                    disabled={busy}
                    accessibilityLabel={`Replay ${event.topic}`}
                  >
                    Replay
                  </Button>
                </InlineStack>
              </li>
            ))}
          </ul>
        )}
      </BlockStack>
    </Card>
  );
}

function StuckActions({
  resending,
  actions,
  timeZone,
}: {
  resending: SystemProps['resending'];
  actions: ActionRow[];
  timeZone: string;
}) {
  const [asking, setAsking] = useState<ActionRow | null>(null);
  const resend = resending.data?.resend;
  useSuccessToast(
    useMemo(() => (resend?.outcome === 'queued' ? { sentence: 'Sent on its way again' } : null), [resend]),
  );
  const run = (action: ActionRow) => {
    setAsking(null);
    resending.submit({ intent: 'resend', id: action.id }, { method: 'post' });
  };
  const maySendTwice = (action: ActionRow) => MESSAGE.test(action.kind) && action.status === 'unknown';
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h3" variant="headingMd">
          Failed actions and unknown messages
        </Text>
        {actions.length === 0 && (
          <Text as="p" tone="subdued">
            None. A message whose sending was cut off stands here and is never resent by itself.
          </Text>
        )}
        <ul className="ac-list">
          {actions.map((action) => {
            const status = actionStatus(action.status);
            return (
              <li key={action.id}>
                <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
                  <BlockStack gap="050">
                    <span className="ac-band-cell">
                      <Text as="span" fontWeight="semibold">
                        {actionLabel(action.kind)}
                      </Text>
                      <Badge tone={status.tone}>{status.label}</Badge>
                    </span>
                    <Text as="span" variant="bodySm" tone="subdued">
                      {action.customer ? personName(action.customer) : 'No customer'} ·{' '}
                      {formatDateTime(action.createdAt, timeZone)}
                    </Text>
                    {(action.error ?? action.reason) && (
                      <span className="ac-wrap">{action.error ?? action.reason}</span>
                    )}
                  </BlockStack>
                  <Button
                    disabled={resending.state !== 'idle'}
                    onClick={() => (maySendTwice(action) ? setAsking(action) : run(action))}
                    accessibilityLabel={`${MESSAGE.test(action.kind) ? 'Resend' : 'Try again'}: ${actionLabel(action.kind)}`}
                  >
                    {MESSAGE.test(action.kind) ? 'Resend' : 'Try again'}
                  </Button>
                </InlineStack>
              </li>
            );
          })}
        </ul>
      </BlockStack>
      <Modal
        open={asking !== null}
        onClose={() => setAsking(null)}
        title="Send it again?"
        primaryAction={{ content: 'Send again', onAction: () => asking && run(asking) }}
        secondaryActions={[{ content: 'Cancel', onAction: () => setAsking(null) }]}
      >
        <Modal.Section>
          <p>
            The app was cut off while it sent this message, so it may have arrived already. Sending again may
            deliver it twice.
          </p>
        </Modal.Section>
      </Modal>
    </Card>
  );
}

function Ignored({ ignored }: { ignored: SystemView['ignored'] }) {
  if (ignored.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h3" variant="headingMd">
          Left out on purpose
        </Text>
        <ul className="ac-list ac-list--tight">
          {ignored.map((entry) => (
            <li key={`${entry.topic}:${entry.reason}`}>
              <strong>{formatCount(entry.count)}</strong> {entry.topic}:{' '}
              {entry.reason.includes(' ') ? entry.reason : readable(entry.reason)}
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
