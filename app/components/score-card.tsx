import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import { formatMoney } from '../domain/core/money.ts';
import type { CustomerProfile } from '../infra/db/reads/views.ts';
import { formatDay, formatDateTime, formatPercent } from './format.ts';
import { ScoreReasons } from './score-reasons.tsx';
import { Sparkline } from './sparkline.tsx';
import { bandLabel, bandTone } from './words.ts';

const SEGMENTS: Record<string, string> = {
  champion: 'Champion',
  satisfied: 'Satisfied',
  neutral: 'Neutral',
  at_risk: 'At risk',
  detractor: 'Detractor',
};

/** The health score with the reasons that add up to it, and how much of it is known. */
export function ScoreCard({
  customer,
  predicted,
  currency,
  timeZone,
}: {
  customer: CustomerProfile;
  /** Whether the value at risk rests on a prediction. */
  predicted: boolean;
  currency: string;
  timeZone: string;
}) {
  const known = customer.band !== null && customer.health !== null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Health
          </Text>
          <Badge tone={bandTone(customer.band)}>{bandLabel(customer.band)}</Badge>
        </InlineStack>
        {known ? (
          <>
            <span className="ac-figure">{customer.health!.toFixed(1)}</span>
            <Sparkline
              points={customer.history.filter((entry) => entry.health !== null).map((entry) => entry.health!)}
              label={sparklineLabel(customer, timeZone)}
            />
            <ScoreReasons
              reasons={customer.reasons}
              score={customer.health!}
              currency={currency}
              timeZone={timeZone}
            />
          </>
        ) : (
          <Text as="p" tone="subdued">
            {customer.redactedAt
              ? 'Who was erased is not scored any more, and nothing is predicted of them.'
              : 'Too little is known for a score. It appears once there are enough orders and answers.'}
          </Text>
        )}
        <Text as="p" variant="bodySm" tone="subdued">
          {`Coverage ${formatPercent(customer.healthCoverage)} of all inputs are known; a score needs 35%.`}
          {customer.scoredAt &&
            ` Scored ${formatDateTime(customer.scoredAt, timeZone)} by the rules ${customer.scoreVersion ?? 'of before'}.`}
          {customer.scoreStale && customer.redactedAt === null && ' A newer event is being counted in.'}
        </Text>
        <dl className="ac-facts">
          <dt>Satisfaction index (CSI)</dt>
          <dd>
            {customer.csi === null
              ? 'No answers yet'
              : `${customer.csi.toFixed(1)} · ${SEGMENTS[customer.segment ?? ''] ?? customer.segment ?? ''} · coverage ${formatPercent(customer.csiCoverage)}`}
          </dd>
          <dt>
            {predicted ? 'Value at risk (predicted)' : 'Value at risk (rule, until predictions are shown)'}
          </dt>
          <dd>
            {predicted || customer.band !== null
              ? formatMoney(customer.valueAtRiskMinor, currency)
              : 'Not known: it needs a health score or a predicted value'}
          </dd>
        </dl>
      </BlockStack>
    </Card>
  );
}

function sparklineLabel(customer: CustomerProfile, timeZone: string): string {
  const first = customer.history.find((entry) => entry.health !== null);
  if (!first) return '';
  return `Health went from ${first.health!.toFixed(1)} on ${formatDay(first.at, timeZone)} to ${customer.health?.toFixed(1)} now.`;
}
