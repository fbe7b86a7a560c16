import { Badge, BlockStack, Card, Text, UnstyledLink } from '@shopify/polaris';
import { formatMoney } from '../domain/core/money.ts';
import type { CaseView } from '../infra/db/reads/case-views.ts';
import { formatDateTime, formatHealth, personName } from './format.ts';
import { bandLabel, bandTone, readable, severityLabel, tierLabel } from './words.ts';

/** Who it is about and where the case stands. */
export function CaseFacts({
  entry,
  currency,
  timeZone,
}: {
  entry: CaseView;
  currency: string;
  timeZone: string;
}) {
  const times: [string, string | null][] = [
    ['Opened', entry.openedAt],
    ['Answer due', entry.dueAt],
    ['Acknowledged', entry.acknowledgedAt],
    ['Resolved', entry.resolvedAt],
    ['Closed', entry.closedAt],
  ];
  return (
    <>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Customer
          </Text>
          {entry.customer ? (
            <>
              <UnstyledLink url={`/app/customers/${entry.customer.id}`} className="ac-strong-link">
                {personName(entry.customer)}
              </UnstyledLink>
              <span className="ac-chips">
                <Badge tone={bandTone(entry.customerBand)}>
                  {entry.customerBand && entry.customerHealth !== null
                    ? `${bandLabel(entry.customerBand)} ${formatHealth(entry.customerHealth)}`
                    : bandLabel(null)}
                </Badge>
                {entry.customerTier && <Badge>{tierLabel(entry.customerTier)}</Badge>}
              </span>
              {entry.customer.email && (
                <a href={`mailto:${entry.customer.email}`} className="ac-wrap ac-plain-link">
                  {entry.customer.email}
                </a>
              )}
            </>
          ) : (
            <Text as="p" tone="subdued">
              The answer could not be tied to a customer.
            </Text>
          )}
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Details
          </Text>
          <dl className="ac-facts">
            <dt>Owner</dt>
            <dd>{entry.ownerName ?? 'Nobody yet'}</dd>
            <dt>Severity</dt>
            <dd>{severityLabel(entry.severity)}</dd>
            <dt>Issue</dt>
            <dd>{readable(entry.issueType)}</dd>
            <dt>Value at stake</dt>
            <dd>{formatMoney(entry.valueMinor, currency)}</dd>
            {times
              .filter(([, at]) => at !== null)
              .map(([name, at]) => [
                <dt key={`${name}-t`}>{name}</dt>,
                <dd key={`${name}-d`}>{formatDateTime(at!, timeZone)}</dd>,
              ])}
            {entry.rootCause && (
              <>
                <dt>Root cause</dt>
                <dd className="ac-wrap">{entry.rootCause}</dd>
              </>
            )}
          </dl>
        </BlockStack>
      </Card>
    </>
  );
}
