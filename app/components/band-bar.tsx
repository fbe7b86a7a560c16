import { BlockStack, Text, UnstyledLink } from '@shopify/polaris';
import type { BandCount } from '../infra/db/reads/views.ts';
import { formatCount, formatPercent, plural } from './format.ts';
import { bandLabel, BANDS } from './words.ts';

/**
 * Customers by health band as one stacked bar. The legend beneath says the same in words and
 * numbers, and each of its lines leads to the customers of that band.
 */
export function BandBar({ bands }: { bands: BandCount[] }) {
  const parts = [...BANDS, null].map((band) => ({
    band,
    customers: bands.find((entry) => entry.band === band)?.customers ?? 0,
  }));
  const total = parts.reduce((sum, part) => sum + part.customers, 0);
  if (total === 0) {
    return (
      <Text as="p" tone="subdued">
        No customers yet. The bar fills as orders come in.
      </Text>
    );
  }
  const summary = parts
    .filter((part) => part.customers > 0)
    .map((part) => `${bandLabel(part.band)} ${formatPercent(part.customers / total)}`)
    .join(', ');
  return (
    <BlockStack gap="300">
      <div
        className="ac-band-bar"
        role="img"
        aria-label={`${plural(total, 'customer')} by health: ${summary}`}
      >
        {parts
          .filter((part) => part.customers > 0)
          .map((part) => (
            <span
              key={part.band ?? 'unknown'}
              className={`ac-band ac-band--${part.band ?? 'unknown'}`}
              style={{ flexGrow: part.customers }}
            />
          ))}
      </div>
      <ul className="ac-legend">
        {parts.map((part) => (
          <li key={part.band ?? 'unknown'}>
            <UnstyledLink
              url={`/app/customers?view=all&band=${part.band ?? 'unknown'}`}
              className="ac-legend__link"
            >
              <span className={`ac-swatch ac-band--${part.band ?? 'unknown'}`} aria-hidden="true" />
              <span className="ac-legend__name">{bandLabel(part.band)}</span>
              <span className="ac-legend__count">
                {formatCount(part.customers)}{' '}
                <span className="ac-legend__share">{formatPercent(part.customers / total)}</span>
              </span>
            </UnstyledLink>
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}
