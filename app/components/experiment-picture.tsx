import { BlockStack, Card, Text } from '@shopify/polaris';
import type { Estimate } from '../domain/reports/estimate.ts';
import type { ArmReport, ExperimentReport } from '../services/show-experiment.ts';
import { gapWords } from './experiment-words.ts';
import { formatEvidence, formatPercent, formatPercentFine } from './format.ts';

/** The answer rates side by side on one scale: a dot for the share, a line for its 95% interval. */
export function ExperimentPicture({ report: { arms, answerDays } }: { report: ExperimentReport }) {
  const top = scaleTop(arms.map(({ rate }) => rate));
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Answered, of those asked
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            Who answered at least the first question within {answerDays} days. The line is the 95% interval.
          </Text>
        </BlockStack>
        <ul className="ac-arms">
          {arms.map((arm) => (
            <ArmRow key={arm.arm.id} report={arm} top={top} />
          ))}
          <li className="ac-arms__scale" aria-hidden="true">
            <span>0%</span>
            <span>{formatPercent(top)}</span>
          </li>
        </ul>
      </BlockStack>
    </Card>
  );
}

function ArmRow({ report: { arm, rate, gap }, top }: { report: ArmReport; top: number }) {
  const at = (share: number) => `${(100 * share) / top}%`;
  return (
    <li>
      <span>{arm.name}</span>
      <span className="ac-arms__value">{rate.outcome === 'shown' ? formatPercentFine(rate.value) : '–'}</span>
      <span className="ac-arms__track" aria-hidden="true">
        {rate.outcome === 'shown' && (
          <>
            <span
              className="ac-arms__line"
              style={{ insetInlineStart: at(rate.low), width: at(rate.high - rate.low) }}
            />
            <span className="ac-arms__dot" style={{ insetInlineStart: at(rate.value) }} />
          </>
        )}
      </span>
      <span className="ac-arms__words">
        {rate.outcome === 'not_enough' && rate.n === 0
          ? 'Nobody’s time to answer is over yet.'
          : formatEvidence(rate, formatPercentFine)}
        {gap && ` · to the control: ${gapWords(gap, 100)}`}
      </span>
    </li>
  );
}

/** The end of the scale, a round number that holds every interval. */
export function scaleTop(rates: readonly Estimate[]): number {
  const highest = Math.max(0.05, ...rates.map((rate) => (rate.outcome === 'shown' ? rate.high : 0)));
  return Math.min(1, Math.ceil(highest * 20) / 20);
}
