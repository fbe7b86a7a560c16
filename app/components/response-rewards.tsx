import { BlockStack, Text } from '@shopify/polaris';
import type { Difference } from '../domain/reports/difference.ts';
import type { RewardEffect } from '../services/show-responses.ts';
import { formatCount, formatSigned } from './format.ts';
import { routeLabel } from './words.ts';
import { shareCells } from './share-table.tsx';

/** Whether people answer otherwise when they are promised a reward, beside those who are not, as a table and a sentence. */
export function RewardEffectTable({ effect }: { effect: RewardEffect }) {
  const { withN, withoutN, rows } = effect;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {titleOf(effect)}
      </Text>
      {/* It scrolls to the side on a phone, also by keyboard. */}
      <div
        className="ac-table-scroll"
        tabIndex={0}
        role="region"
        aria-label="Answers with and without a reward"
      >
        <table className="ac-mix">
          <caption>
            Shares of low and high answers, with and without a promised reward, in surveys of the same kinds
          </caption>
          <thead>
            <tr>
              <th scope="col">Answer</th>
              <th scope="col">For a reward, n = {formatCount(withN)}</th>
              <th scope="col">Without, n = {formatCount(withoutN)}</th>
              <th scope="col">Difference in points, 95% interval</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ route, with: given, without, difference }) => (
              <tr key={route}>
                <th scope="row">{routeLabel(route)}</th>
                <td>{shareCells(given)[0]}</td>
                <td>{shareCells(without)[0]}</td>
                <td>{inPoints(difference)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </BlockStack>
  );
}

function titleOf({ rows }: RewardEffect): string {
  if (rows.every(({ difference }) => difference.outcome === 'not_enough'))
    return 'Too few answers to see whether the reward changes them';
  if (rows.some(({ difference }) => difference.outcome === 'changed'))
    return 'Answers given for a reward are different: look at scores without them too';
  return 'No real difference between answers with and without a reward';
}

function inPoints(difference: Difference): string {
  if (difference.outcome === 'not_enough') return 'Shown from 5 answers on each side';
  const [value, low, high] = [difference.difference, difference.low, difference.high].map((share) =>
    formatSigned(share * 100),
  );
  return `${value}, ${low} to ${high}`;
}
