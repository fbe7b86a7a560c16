import { BlockStack, Text } from '@shopify/polaris';
import type { ReasonView } from '../infra/db/reads/views.ts';
import { formatSigned } from './format.ts';
import { factText, unknownInputs } from './score-words.ts';

/** Every score starts from this neutral value; the reasons lead from it to the score. */
export const NEUTRAL = 50;

/**
 * Rounds contributions to tenths so that what is shown adds up to `total` exactly (largest
 * remainder): a reader who adds the column gets the score above it.
 */
export function roundToSum(contributions: number[], total: number): number[] {
  const target = Math.round(total * 10);
  const floors = contributions.map((value) => Math.floor(value * 10));
  const missing = target - floors.reduce((sum, value) => sum + value, 0);
  const byRemainder = contributions
    .map((value, index) => ({ index, remainder: value * 10 - Math.floor(value * 10) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const tenths = [...floors];
  // More or fewer than one step each happens only if the parts don't belong to the total.
  for (let step = 0; step < Math.abs(missing) && byRemainder.length > 0; step += 1) {
    const order = missing > 0 ? step : contributions.length - 1 - (step % contributions.length);
    const { index } = byRemainder[order % byRemainder.length]!;
    tenths[index]! += Math.sign(missing);
  }
  return tenths.map((value) => value / 10);
}

/** The signed contributions of a score as bars to the left and right of the neutral 50, and what is not known. */
export function ScoreReasons({
  reasons,
  score,
  currency,
  timeZone,
}: {
  reasons: ReasonView[];
  score: number;
  currency: string;
  timeZone: string;
}) {
  const shown = roundToSum(
    reasons.map((reason) => reason.contribution),
    score - NEUTRAL,
  );
  const widest = Math.max(1, ...shown.map(Math.abs));
  const unknown = unknownInputs(reasons.map(({ key }) => key));
  return (
    <BlockStack gap="200">
      <ul className="ac-reasons" aria-label={`Reasons for a health of ${score.toFixed(1)}`}>
        <li className="ac-reason ac-reason--edge">
          <span>Neutral start</span>
          <span className="ac-reason__points">{NEUTRAL.toFixed(1)}</span>
        </li>
        {reasons.map((reason, index) => {
          const points = shown[index] ?? 0;
          const width = `${(Math.abs(points) / widest) * 50}%`;
          const fact = reason.fact && factText(reason.fact, currency, timeZone);
          return (
            <li key={reason.key} className="ac-reason">
              <span className="ac-reason__label">
                {reason.label} <span className="ac-reason__value">{Math.round(reason.value)} of 100</span>
              </span>
              <span className="ac-reason__points">{formatSigned(points)}</span>
              <span className="ac-reason__track" aria-hidden="true">
                <span
                  className={`ac-reason__bar ac-reason__bar--${points < 0 ? 'down' : 'up'}`}
                  style={points < 0 ? { width, right: '50%' } : { width, left: '50%' }}
                />
              </span>
              {fact && <span className="ac-reason__fact">{fact}</span>}
            </li>
          );
        })}
        <li className="ac-reason ac-reason--edge ac-reason--total">
          <span>Health</span>
          <span className="ac-reason__points">{score.toFixed(1)}</span>
        </li>
      </ul>
      {reasons.length === 0 && (
        <Text as="p" tone="subdued">
          No reasons were stored with this score.
        </Text>
      )}
      {reasons.length > 0 && unknown.length > 0 && (
        <Text as="p" variant="bodySm" tone="subdued">
          {`Not known, so the others count for more: ${unknown.join('; ')}.`}
        </Text>
      )}
    </BlockStack>
  );
}
