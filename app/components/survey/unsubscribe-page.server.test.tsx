import { expect, it } from 'vitest';
import { unsubscribePage } from './unsubscribe-page.server.tsx';

const shown = {
  outcome: 'shown',
  stopped: null,
  resumed: false,
  brand: { name: 'Moss & Fern', colour: '#000000' },
  locale: null,
} as const;

const buttons = async (page: Response) =>
  [...(await page.text()).matchAll(/<button[^>]*value="(\w+)"[^>]*>([^<]*)</g)].map(
    ([, list, words]) => `${list}: ${words}`,
  );

it.each([
  [shown, ['surveys: Keine Umfragen mehr', 'all: Keine Umfragen und Angebote mehr']],
  [
    { ...shown, stopped: 'surveys' } as const,
    ['all: Keine Umfragen und Angebote mehr', 'none: Rückgängig machen'],
  ],
  [{ ...shown, stopped: 'all' } as const, ['none: Rückgängig machen']],
  [
    { ...shown, resumed: true } as const,
    ['surveys: Keine Umfragen mehr', 'all: Keine Umfragen und Angebote mehr'],
  ],
])('offers what may still be ended or taken back: %o', async (state, expected) => {
  expect(await buttons(unsubscribePage(state, 'de'))).toEqual(expected);
});

it('knows no page for a link that we did not sign', () => {
  expect(unsubscribePage({ outcome: 'not_found' }, 'en').status).toBe(404);
});

it('runs from right to left in Arabic, with names in their own direction', async () => {
  const html = await unsubscribePage({ ...shown, locale: 'ar' }, 'en').text();
  expect(html).toMatch(/^<!doctype html><html lang="ar" dir="rtl">/);
  expect(html).toContain('<bdi>Moss &amp; Fern</bdi>');
});
