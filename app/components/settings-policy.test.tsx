import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { PolicySettings } from './settings-policy.tsx';
import { type SettingsForm, valueAt } from './use-settings-form.ts';

it('offers the horizons of the predictions, with the chosen one, and no empty choice', () => {
  const settings = parseSettings({ predictionHorizonDays: 60, staffEmailDomains: 'nord.example' });
  const form = {
    value: (path: string) => valueAt(settings, path),
    error: () => undefined,
  } as unknown as SettingsForm;
  const page = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <PolicySettings form={form} budget={null} currency="EUR" />
    </AppProvider>,
  );
  const choices = [...page.matchAll(/<option value="(\d*)"( selected="")?>([^<]*)</g)];
  expect(choices.map(([, value, , words]) => [value, words])).toEqual(
    [30, 60, 90, 120, 180].map((days) => [String(days), `${days} days`]),
  );
  expect(choices.filter(([, , selected]) => selected).map(([, value]) => value)).toEqual(['60']);
  expect(page).toMatch(/E-mail domains of your staff.*value="nord\.example"/s);
});
