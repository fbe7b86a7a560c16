import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { ForecastView, PredictedView } from '../../services/show-forecast.ts';
import { formatChance, formatDay, plural } from '../format.ts';
import {
  groupsText,
  marginText,
  referralText,
  signsText,
  trajectoryText,
  valueTierText,
} from './forecast-words.ts';
import { WarningList } from './warning-list.tsx';

interface ForecastProps {
  forecast: ForecastView;
  highRisk: boolean;
  currency: string;
  timeZone: string;
}

/** What to expect of a customer, how far that may be trusted, and what explains it. */
export function ForecastCard({ forecast, highRisk, currency, timeZone }: ForecastProps) {
  const { predicted, warning, trajectory, signs, groups, referral } = forecast;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Predictions
          </Text>
          {highRisk && <Badge tone="warning">High risk</Badge>}
        </InlineStack>
        <Predicted predicted={predicted} currency={currency} timeZone={timeZone} />
        <Text as="h3" variant="headingSm">
          Warning indicators
        </Text>
        <WarningList report={warning} />
        <Text as="h3" variant="headingSm">
          Direction
        </Text>
        <Text as="p">{trajectoryText(trajectory)}</Text>
        <Text as="h3" variant="headingSm">
          Early signs of a high value
        </Text>
        <Text as="p">{signsText(signs)}</Text>
        <dl className="ac-facts">
          <dt>Groups</dt>
          <dd>{groupsText(groups)}</dd>
          <dt>Would recommend you</dt>
          <dd>{referralText(referral)}</dd>
        </dl>
      </BlockStack>
    </Card>
  );
}

function Predicted({
  predicted,
  currency,
  timeZone,
}: {
  predicted: PredictedView;
  currency: string;
  timeZone: string;
}) {
  if (predicted.outcome === 'hidden') {
    return (
      <Text as="p" tone="subdued">
        {`Orders and value are not predicted. ${predicted.reason} `}
        <Link url="/app/predictions">See Predictions</Link>
      </Text>
    );
  }
  const { prediction, horizonDays, proof, valueProof, valueTier } = predicted;
  return (
    <>
      <BlockStack gap="100">
        <span className="ac-figure">{formatChance(prediction.noneProbability)}</span>
        <Text as="p">{`chance of no order in the next ${plural(horizonDays, 'day')}`}</Text>
      </BlockStack>
      <dl className="ac-facts">
        {factsOf(prediction, currency).map(({ term, text }) => [
          <dt key={`${term}-t`}>{term}</dt>,
          <dd key={`${term}-d`}>{text}</dd>,
        ])}
        {valueTier && (
          <>
            <dt>Value tier</dt>
            <dd>{valueTierText(valueTier)}</dd>
          </>
        )}
      </dl>
      <Text as="p" variant="bodySm" tone="subdued">
        {`${[proof, valueProof].filter(Boolean).join(' ')} As of ${formatDay(prediction.asOf, timeZone)}, ${LEVELS[prediction.level] ?? prediction.level}. `}
        <Link url="/app/predictions">How sure is this?</Link>
      </Text>
    </>
  );
}

const LEVELS: Record<string, string> = {
  own: 'from your own orders',
  pooled: 'from other shops’ orders beside your own',
};

function factsOf(
  prediction: Extract<PredictedView, { outcome: 'shown' }>['prediction'],
  currency: string,
): { term: string; text: string }[] {
  const { clvMinor, nextOrderOn, typicalGapDays, noneProbability } = prediction;
  // Who will more likely not come at all is not announced for a day.
  const doubt = noneProbability > 0.5 ? ', if one comes at all' : '';
  return [
    ...(clvMinor === null
      ? []
      : [{ term: 'Expected margin, 12 months', text: marginText({ ...prediction, clvMinor }, currency) }]),
    {
      term: 'Next order expected',
      text: nextOrderOn
        ? `around ${formatDay(nextOrderOn, 'UTC')}${doubt}`
        : 'Not known: too few gaps between orders',
    },
    ...(typicalGapDays === null
      ? []
      : [{ term: 'Usual gap between orders', text: plural(Math.round(typicalGapDays), 'day') }]),
  ];
}
