import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../domain/shop-settings/settings.ts';
import { settingLabel, settingName } from './settings-labels.ts';

/** Every leaf of the settings as a path: "caps.surveyDays", "compensation.percentBySeverity.0". */
function paths(value: unknown, at = ''): string[] {
  if (value === null || typeof value !== 'object') return [at];
  return Object.entries(value).flatMap(([key, entry]) => paths(entry, at ? `${at}.${key}` : key));
}

/** Not on the page. */
const UNSEEN = ['surveyLinkDays', 'predictions.purchases', 'predictions.satisfaction'];

it.each(paths(DEFAULT_SETTINGS).filter((path) => !UNSEEN.includes(path)))(
  '%s has a name for people',
  (path) => {
    expect(settingName(path)).toContain(', ');
    expect(settingName(path)).not.toMatch(/\.|[a-z][A-Z]/);
  },
);

it('tells which survey a setting is of', () => {
  expect(settingName('surveys.relationship.delayDays')).toMatch(/, Days after the purchase$/);
  expect(settingLabel('surveys.usage.delayDays')).toBe('Days after delivery');
  expect(settingName('strictConsentCountries.2')).toBe('Consent, Strict countries');
});
