import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { QuoteView } from '../infra/db/reads/views.ts';
import { LatestAnswers } from './latest-answers.tsx';

const quote: QuoteView = {
  ...{ responseId: 'r1', customerId: 'c1', firstName: 'Ina', kind: 'delivery' },
  ...{ metric: 'csat_delivery', rating: 2, comment: 'Late.' },
  ...{ unnamed: false, answeredAt: '2026-03-07T12:00:00.000Z' },
};
const render = (over: Partial<QuoteView>) =>
  renderToStaticMarkup(
    <AppProvider i18n={en}>
      <LatestAnswers quotes={[{ ...quote, ...over }]} now="2026-03-10T12:00:00.000Z" />
    </AppProvider>,
  );

it('says how long ago somebody wrote, and of an answer without a name the month alone', () => {
  expect(render({})).toContain('3 days ago');
  const html = render({ unnamed: true, customerId: null, firstName: null });
  expect(html).toContain('March 2026');
  expect(html).not.toContain('ago');
});
