import { BlockStack, Text, UnstyledLink } from '@shopify/polaris';
import type { ResponseMix } from '../services/show-responses.ts';
import { formatCount, formatPercent, formatPercentFine, plural } from './format.ts';
import { RouteWord } from './route-word.tsx';

type Part = ResponseMix['parts'][number];

/** Where the answers of the filtered set lead: one bar, and the table that says the same in numbers. */
export function ResponseMixCard({
  mix,
  about,
  quarantineUrl = null,
}: {
  mix: ResponseMix;
  about: string;
  /** Where those are that are held back; null: one is there already. */
  quarantineUrl?: string | null;
}) {
  const { n, parts, notCounted, quarantined, smallCell } = mix;
  const shown = parts.filter((part) => part.count > 0);
  return (
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        {titleOf(mix)}
      </Text>
      {shown.length > 0 && (
        <div className="ac-band-bar" aria-hidden="true">
          {shown.map((part) => (
            <span
              key={part.route}
              className={`ac-band ac-mix--${part.route}`}
              style={{ flexGrow: part.count }}
            />
          ))}
        </div>
      )}
      {n > 0 && parts.length > 0 && <MixTable parts={parts} n={n} />}
      <Text as="p" variant="bodySm" tone="subdued">
        n = {formatCount(n)} · {about}
        {notCounted > 0 &&
          ` · ${notCounted === n ? 'none of them counts' : `${formatCount(notCounted)} of them do not count`} in scores`}
      </Text>
      {smallCell && (
        <Text as="p" variant="bodySm">
          Answers that are anonymous or under a pseudonym are left out where fewer than 5 people gave them to
          one survey, so that nobody is recognised.
        </Text>
      )}
      {quarantined > 0 && quarantineUrl && (
        <Text as="p" variant="bodySm">
          <UnstyledLink url={quarantineUrl} className="ac-plain-link">
            {quarantined === 1 ? '1 answer is' : `${formatCount(quarantined)} answers are`} in quarantine
          </UnstyledLink>
          , out of these figures. You can restore what people wrote.
        </Text>
      )}
    </BlockStack>
  );
}

/** The finding, as far as there is one. */
function titleOf({ n, parts }: ResponseMix): string {
  const low = parts.find((part) => part.route === 'low')?.share;
  if (low?.outcome !== 'shown') return plural(n, 'answer');
  return `${formatPercent(low.value)} of ${plural(n, 'answer')} are low`;
}

function MixTable({ parts, n }: { parts: Part[]; n: number }) {
  return (
    <div className="ac-table-scroll">
      <table className="ac-mix">
        <caption>Answers by where they lead; n = {formatCount(n)}</caption>
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <th scope="col">Count</th>
            <th scope="col">Share</th>
            <th scope="col">95% interval</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ route, count, share }) => (
            <tr key={route}>
              <th scope="row">
                <span className={`ac-swatch ac-mix--${route}`} aria-hidden="true" />{' '}
                <RouteWord route={route} />
              </th>
              <td>{formatCount(count)}</td>
              {share.outcome === 'shown' ? (
                <>
                  <td>{formatPercent(share.value)}</td>
                  <td>
                    {formatPercentFine(share.low)} to {formatPercentFine(share.high)}
                  </td>
                </>
              ) : (
                <td colSpan={2}>Shown from 5 answers on</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
