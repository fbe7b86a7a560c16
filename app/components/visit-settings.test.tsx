import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../domain/shop-settings/settings.ts';
import { type SettingsForm, valueAt } from './use-settings-form.ts';
import { VisitSettings } from './visit-settings.tsx';

const form = {
  value: (path: string) => valueAt(DEFAULT_SETTINGS, path),
  error: () => undefined,
} as unknown as SettingsForm;

it.each([
  [
    { on: true, problem: null, customers: 1_204 },
    'Visits to the store: on; 1,204 customers seen in the last 30 days.',
  ],
  [
    { on: true, problem: 'Shopify answered 503.', customers: 0 },
    'Visits to the store: on; nobody was seen in the last 30 days. The last change has not reached Shopify: Shopify answered 503.',
  ],
  [
    { on: false, problem: null, customers: 0 },
    'Visits to the store: off, because Shopify has not been asked yet. That takes a minute.',
  ],
  [
    { on: false, problem: 'The app is not installed in this shop.', customers: 0 },
    'Visits to the store: off, because the app is not installed in this shop.',
  ],
])('%o reads as a sentence, above the help pages', (visits, sentence) => {
  const page = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <VisitSettings form={form} visits={visits} />
    </AppProvider>,
  );
  expect(page).toContain(`>${sentence}</p>`);
  expect(page).toMatch(/Help pages.*value="help, faq, contact, shipping, returns"/s);
});
