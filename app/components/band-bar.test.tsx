import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { BandCount } from '../infra/db/reads/views.ts';
import { BandBar } from './band-bar.tsx';

const render = (bands: BandCount[]) =>
  renderToStaticMarkup(
    <AppProvider i18n={en}>
      <BandBar bands={bands} />
    </AppProvider>,
  );

const counted = (band: string | null, customers: number): BandCount => ({
  band,
  customers,
  valueAtRiskMinor: 0,
});

it('says in words what the bar shows and leads to each band', () => {
  const html = render([counted('thriving', 600), counted('critical', 300), counted(null, 100)]);
  expect(html).toContain(
    'aria-label="1,000 customers by health: Thriving 60%, Critical 30%, Not enough data 10%"',
  );
  expect(html).toContain('href="/app/customers?view=all&amp;band=critical"');
  expect(html).toContain('href="/app/customers?view=all&amp;band=unknown"');
  expect([...html.matchAll(/flex-grow:(\d+)/g)].map((match) => match[1])).toEqual(['600', '300', '100']);
});

it('shows a sentence instead of an empty bar', () => {
  const html = render([]);
  expect(html).toContain('No customers yet');
  expect(html).not.toContain('role="img"');
});
