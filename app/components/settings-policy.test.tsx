import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { checkSettings, parseSettings } from '../domain/shop-settings/settings.ts';
import { PolicySettings } from './settings-policy.tsx';
import { type SettingsForm, valueAt } from './use-settings-form.ts';

function pageOf(stored: object, error?: string): string {
  const settings = parseSettings(stored);
  const form = {
    value: (path: string) => valueAt(settings, path),
    error: (path: string) => (path === 'proactiveCare.leastChance' ? error : undefined),
  } as unknown as SettingsForm;
  return renderToStaticMarkup(
    <AppProvider i18n={en}>
      <PolicySettings form={form} budget={null} currency="EUR" />
    </AppProvider>,
  );
}

it('asks in percent from which chance on cases are opened, and says its bounds so', () => {
  expect(pageOf({})).toMatch(/From a chance of a low rating of.*?value="30"/s);
  expect(pageOf({ proactiveCare: { leastChance: 0.45 } })).toMatch(/low rating of.*?value="45"/s);
  const refused = checkSettings({ proactiveCare: { leastChance: 0.05 } });
  const message = refused.outcome === 'invalid' ? refused.errors[0]?.message : '';
  expect(pageOf({}, message)).toContain('Must be at least 10%.');
});

it('offers the horizons of the predictions, with the chosen one, and no empty choice', () => {
  const page = pageOf({ predictionHorizonDays: 60, staffEmailDomains: 'nord.example' });
  const choices = [...page.matchAll(/<option value="(\d*)"( selected="")?>([^<]*)</g)];
  expect(choices.map(([, value, , words]) => [value, words])).toEqual(
    [30, 60, 90, 120, 180].map((days) => [String(days), `${days} days`]),
  );
  expect(choices.filter(([, , selected]) => selected).map(([, value]) => value)).toEqual(['60']);
  expect(page).toMatch(/E-mail domains of your staff.*value="nord\.example"/s);
});
