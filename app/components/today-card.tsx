import { Badge, BlockStack, Button, Card, InlineStack, Text, UnstyledLink } from '@shopify/polaris';
import { formatMoney } from '../domain/core/money.ts';
import type { OverviewPage } from '../services/show-overview.ts';
import { ClockChip } from './clock-chip.tsx';
import { personName, plural } from './format.ts';

type TodayProps = Pick<OverviewPage, 'openCases' | 'nextCases' | 'uncovered' | 'valuePredicted'> & {
  currency: string;
  now: string;
};

/** What to do now: cases by due time, then the value at risk that nobody looks after. */
export function TodayCard({ openCases, nextCases, uncovered, valuePredicted, currency, now }: TodayProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              Today
            </Text>
            <Badge>{plural(openCases.open, 'open case')}</Badge>
            {openCases.overdue > 0 && <Badge tone="critical">{`${openCases.overdue} overdue`}</Badge>}
          </InlineStack>
          <Button variant="plain" url="/app/cases">
            All cases
          </Button>
        </InlineStack>
        {nextCases.length === 0 ? (
          <Text as="p" tone="subdued">
            No case waits for an answer.
          </Text>
        ) : (
          <ul className="ac-list">
            {nextCases.map((entry) => (
              <li key={entry.id}>
                <InlineStack align="space-between" blockAlign="center" gap="200">
                  <BlockStack gap="050">
                    <UnstyledLink url={`/app/cases/${entry.id}`}>
                      #{entry.number} {entry.title}
                    </UnstyledLink>
                    <Text as="span" variant="bodySm" tone="subdued">
                      {personName(entry.customer)} · {formatMoney(entry.valueMinor, currency)} at stake
                    </Text>
                  </BlockStack>
                  <ClockChip entry={entry} now={now} />
                </InlineStack>
              </li>
            ))}
          </ul>
        )}
        {uncovered.customers > 0 && (
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="p">
              {plural(uncovered.customers, 'at-risk customer')} without an open case, worth{' '}
              <strong>{formatMoney(uncovered.valueAtRiskMinor, currency)}</strong> at risk{' '}
              <Text as="span" tone="subdued">
                {valuePredicted ? '(predicted)' : '(by the rule, until predictions are shown)'}
              </Text>
              .
            </Text>
            <Button url="/app/customers?view=at_risk">See them</Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}
