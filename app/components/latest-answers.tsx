import { BlockStack, Card, Text, UnstyledLink } from '@shopify/polaris';
import type { QuoteView } from '../infra/db/reads/views.ts';
import { formatAgo, formatMonth } from './format.ts';
import { ratingText } from './words.ts';

/** The latest comments, in the customers' own words. */
export function LatestAnswers({ quotes, now }: { quotes: QuoteView[]; now: string }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Latest answers
        </Text>
        {quotes.length === 0 ? (
          <Text as="p" tone="subdued">
            No comments yet. They appear here as customers write them.
          </Text>
        ) : (
          <ul className="ac-list">
            {quotes.map((quote) => (
              <li key={quote.responseId}>
                <Text as="p" variant="bodySm" tone="subdued">
                  {ratingText(quote.metric, quote.rating)} ·{' '}
                  {quote.unnamed ? formatMonth(quote.answeredAt) : formatAgo(quote.answeredAt, now)}
                </Text>
                <blockquote className="ac-quote">{shorten(quote.comment)}</blockquote>
                {quote.customerId && (
                  <Text as="p" variant="bodySm">
                    <UnstyledLink url={`/app/customers/${quote.customerId}`}>
                      {quote.firstName || 'Open customer'}
                    </UnstyledLink>
                  </Text>
                )}
              </li>
            ))}
          </ul>
        )}
        {quotes.length > 0 && (
          <UnstyledLink url="/app/responses?view=comment" className="ac-plain-link">
            All answers with a comment
          </UnstyledLink>
        )}
      </BlockStack>
    </Card>
  );
}

const MAX_SHOWN = 140;

/** Cuts a long comment at a word. */
function shorten(text: string): string {
  if (text.length <= MAX_SHOWN) return text;
  return `${text.slice(0, MAX_SHOWN).replace(/\s+\S*$/, '')} …`;
}
