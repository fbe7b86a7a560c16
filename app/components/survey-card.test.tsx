import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { shareEstimate } from '../domain/reports/share.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { SurveyPageEntry } from '../services/show-surveys.ts';
import type { OwnSurveyRow } from '../infra/db/reads/own-survey-views.ts';
import { askedText, SurveyCard } from './survey-card.tsx';
import type { SettingsForm } from './use-settings-form.ts';

const settings = parseSettings({});
const form = {
  value: (path: string) => path.split('.').reduce((at, key) => (at as never)[key], settings as unknown),
  change: () => {},
  error: () => undefined,
} as unknown as SettingsForm;

/** The words of the card of a survey that reached `asked` people, 10 of whom answered. */
function words(kind: SurveyPageEntry['kind'], asked: { sent: number; offered: number }): string {
  const all = asked.sent + asked.offered;
  const survey = {
    ...{ kind, ...asked, answered: 10, eligible: all, rate: shareEstimate(10, all) },
    ...{ scheduled: 0, suppressed: [], suppressedTotal: 0, deferred: 0, lastAnswerAt: null },
  };
  const html = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <SurveyCard survey={survey} own={[]} form={form} now="2026-03-02T09:00:00Z" />
    </AppProvider>,
  );
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

it('calls a survey by e-mail sent', () => {
  const text = words('delivery', { sent: 20, offered: 0 });
  expect(text).toMatch(/ Sent 20 Answered 10 50% answered\. n = 20 · 95% interval \S+ to \S+/);
  expect(text).not.toMatch(/offered/i);
});

it('calls a survey on a page offered, says what that is, and the share of it', () => {
  const text = words('post_purchase', { sent: 0, offered: 40 });
  expect(text).toMatch(
    / Offered 40 Answered 10 25% of those offered answered\. Every order counts as offered/,
  );
  expect(text).toContain('n = 40 · 95% interval');
  expect(text).not.toMatch(/\bSent\b/);
});

it.each([
  ['support', 'Hours after the case is resolved', 'E-mail after a case is resolved'],
  ['return', 'Days after the return', 'E-mail, once per return'],
  ['milestone', 'Ask this', 'E-mail at a higher loyalty tier'],
] as const)('the %s survey says when and where it is asked', (kind, field, where) => {
  const text = words(kind, { sent: 20, offered: 0 });
  expect(text).toContain(field);
  expect(text).toContain(where);
});

it.each([
  [[['A', 'live', false]], 'Asks “A”.'],
  [[['A', 'live', true]], 'Asks “A”, where its audience fits.'],
  [
    [
      ['A', 'live', true],
      ['B', 'paused', false],
      ['C', 'live', false],
    ],
    'Asks the first that fits of “A”, “C”.',
  ],
  [[['A', 'paused', false]], 'Nothing is asked: your own survey is paused.'],
] as [[string, string, boolean][], string][])('of %j says: %s', (own, sentence) => {
  const rows = own.map(([name, status, targeted]) => ({ name, status, targeted }) as OwnSurveyRow);
  expect(askedText(rows)).toBe(sentence);
});
