import { describe, expect, it } from 'vitest';
import { acceptedLocale, directionOf, fillIn, formatDuration, LOCALES, resolveLocale } from './locales.ts';

describe('the language of a reader', () => {
  it.each(LOCALES)('%s is served as it is, however it is written', (locale) => {
    expect(resolveLocale(locale)).toBe(locale);
    expect(resolveLocale(locale.toLowerCase().replace('-', '_'))).toBe(locale);
    expect(resolveLocale(` ${locale.toUpperCase()} `)).toBe(locale);
  });

  it.each([
    ['en-GB', 'en'],
    ['de-AT', 'de'],
    ['DE_ch', 'de'],
    ['fr-CA', 'fr'],
    ['es-419', 'es'],
    ['nl-BE', 'nl'],
    ['pt', 'pt-BR'],
    ['pt_BR', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['ja-JP', 'ja'],
    ['ko-KR', 'ko'],
    ['ar-EG', 'ar'],
    ['zh-CN', 'en'],
    ['he', 'en'],
    ['den', 'en'],
    ['constructor', 'en'],
    ['-', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('of locale tag %j is %s', (tag, locale) => {
    expect(resolveLocale(tag)).toBe(locale);
  });

  it.each([
    ['de-DE,de;q=0.9,en;q=0.8', 'de'],
    ['fr', 'fr'],
    ['da, pt-PT;q=0.8, en;q=0.7', 'pt-BR'],
    ['en;q=0.5, ja;q=0.9', 'ja'],
    ['it;q=0.8, ko;q=0.8', 'it'],
    ['zh-CN, en;q=0.9, nl;q=0.8', 'en'],
    ['nl;q=0, es;q=0.1', 'es'],
    ['*', 'en'],
    ['AR ; Q=1.0', 'ar'],
    ['q=;;,,', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('of Accept-Language %j is %s', (header, locale) => {
    expect(acceptedLocale(header)).toBe(locale);
  });

  it('is read from right to left where it is Arabic', () => {
    expect(LOCALES.filter((locale) => directionOf(locale) === 'rtl')).toEqual(['ar']);
  });
});

describe('fillIn', () => {
  it('fills every place once, and leaves what has no value', () => {
    const values = { brand: '{order} $& {brand}', order: 7 };
    expect(fillIn('en', '{brand}, {order}, {brand}: {toString}', values)).toBe(
      '{order} $& {brand}, 7, {order} $& {brand}: {toString}',
    );
  });

  it('sets apart what runs in the other direction', () => {
    expect(fillIn('ar', '{order}: {count}', { order: '#1001', count: 5 })).toBe('\u2068#1001\u2069: 5');
    expect(fillIn('en', '{brand} {order}', { brand: 'متجر', order: '#1001' })).toBe('\u2068متجر\u2069 #1001');
  });
});

it.each([
  ['en', 1, 'hour', '1 hour'],
  ['de', 4, 'hour', '4 Stunden'],
  ['fr', 1, 'day', '1\u00a0jour'],
  ['ja', 60, 'day', '60 日'],
  ['ar', 2, 'hour', 'ساعتان'],
  ['ar', 60, 'day', '60 يومًا'],
] as const)('in %s %i %s is %s', (locale, count, unit, text) => {
  expect(formatDuration(locale, count, unit)).toBe(text);
});
