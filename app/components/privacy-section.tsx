import { Badge, BlockStack, Button, Card, InlineStack, Layout, Text } from '@shopify/polaris';
import { useMemo } from 'react';
import type { PrivacyRequestRow } from '../infra/db/reads/views.ts';
import type { MarkRequestSentOutcome } from '../services/mark-request-sent.ts';
import { DownloadButton } from './download-button.tsx';
import { formatDay, personName } from './format.ts';
import { type Sender, useSuccessToast } from './use-feedback.ts';

interface PrivacyProps {
  marking: Sender<{ marked?: MarkRequestSentOutcome }>;
  requests: PrivacyRequestRow[];
  timeZone: string;
  now: string;
}

const TITLES: Record<string, string> = {
  data_request: 'What is stored',
  customer_redact: 'Erase a customer',
  shop_redact: 'Erase the shop',
};

/** What customers asked under data protection law: answered by staff, or done by the app. */
export function PrivacySection({ marking, requests, timeZone, now }: PrivacyProps) {
  const marked = marking.data?.marked;
  useSuccessToast(
    useMemo(() => (marked?.outcome === 'marked' ? { sentence: 'Marked as sent' } : null), [marked]),
  );
  return (
    <div id="privacy">
      <Layout>
        <Layout.AnnotatedSection
          title="Data and privacy"
          description="Shopify passes on what customers ask. Send each file to its customer within 30 days; what is to be erased the app erases by itself."
        >
          <Card>
            {requests.length === 0 ? (
              <Text as="p" tone="subdued">
                Nobody has asked for their data yet.
              </Text>
            ) : (
              <ul className="ac-list">
                {requests.map((request) => (
                  <li key={request.id}>
                    <InlineStack align="space-between" blockAlign="start" gap="200">
                      <Facts request={request} timeZone={timeZone} now={now} />
                      {request.kind === 'data_request' && <Acts request={request} marking={marking} />}
                    </InlineStack>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </Layout.AnnotatedSection>
      </Layout>
    </div>
  );
}

function Facts({ request, timeZone, now }: { request: PrivacyRequestRow; timeZone: string; now: string }) {
  const { status, kind, dueAt, doneAt, customer } = request;
  const open = status === 'open';
  const overdue = open && dueAt !== null && dueAt < now;
  const who = customer ? personName(customer) : kind === 'data_request' ? 'No customer is stored' : null;
  return (
    <BlockStack gap="050">
      <span className="ac-band-cell">
        <Text as="span" fontWeight="semibold">
          {TITLES[kind] ?? kind}
        </Text>
        <Badge tone={overdue ? 'critical' : open ? 'attention' : 'success'}>
          {overdue ? 'Overdue' : open ? 'To be answered' : kind === 'data_request' ? 'Sent' : 'Done'}
        </Badge>
      </span>
      {who && <Text as="span">{who}</Text>}
      <Text as="span" variant="bodySm" tone="subdued">
        Asked {formatDay(request.requestedAt, timeZone)}
        {open && dueAt && ` · due ${formatDay(dueAt, timeZone)}`}
        {doneAt && ` · done ${formatDay(doneAt, timeZone)}`}
      </Text>
    </BlockStack>
  );
}

function Acts({ request, marking }: { request: PrivacyRequestRow; marking: PrivacyProps['marking'] }) {
  const who = request.customer ? personName(request.customer) : 'an unknown person';
  return (
    <InlineStack gap="200">
      {request.customer && (
        <DownloadButton
          href={`/app/privacy/${request.id}`}
          id={`privacy-${request.id}`}
          fileName={`data-request-${request.requestedAt.slice(0, 10)}.json`}
          label="Download"
          accessibilityLabel={`Download what is stored about ${who}`}
        />
      )}
      {request.status === 'open' && (
        <Button
          disabled={marking.state !== 'idle'}
          onClick={() => marking.submit({ intent: 'sent', id: request.id }, { method: 'post' })}
          accessibilityLabel={`Mark the answer to ${who} as sent`}
        >
          Mark as sent
        </Button>
      )}
    </InlineStack>
  );
}
