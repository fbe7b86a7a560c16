/** Every text that shoppers read, in every language: what a translator may forget. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAGE_TEXTS } from '#app/components/survey/texts.ts';
import { LOCALES } from '#app/domain/core/locales.ts';
import { SURVEY_TEXTS } from '#app/domain/surveys/texts.ts';
import { MESSAGE_TEXTS } from '#app/infra/messages/templates/texts.ts';

const EXTENSIONS = join(import.meta.dirname, '../extensions');
type Texts = Record<string, string>;

/** Nested JSON as one level: "settings.heading.name". */
function flat(value: object, prefix = ''): Texts {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' ? Object.entries(flat(inner, `${prefix}${key}.`)) : [[prefix + key, inner]],
    ),
  );
}

/** The files of an extension by language; Shopify marks English as the default. */
function extensionTexts(extension: string, ending: string): Record<string, Texts> {
  const file = (locale: string) => `${locale === 'en' ? 'en.default' : locale}${ending}`;
  const folder = join(EXTENSIONS, extension, 'locales');
  return Object.fromEntries(
    LOCALES.map((locale) => [locale, flat(JSON.parse(readFileSync(join(folder, file(locale)), 'utf8')))]),
  );
}

const TABLES: [string, Record<string, Texts>][] = [
  ['surveys', SURVEY_TEXTS],
  ['pages', PAGE_TEXTS],
  ['messages', MESSAGE_TEXTS],
  ['the checkout extension', extensionTexts('checkout-survey', '.json')],
  ['the theme extension', extensionTexts('theme-survey', '.json')],
  ['the settings of the theme extension', extensionTexts('theme-survey', '.schema.json')],
];

/** Texts that are right as the English ones are, by table and id. */
const SAME_AS_ENGLISH: Record<string, string[]> = {
  'the checkout extension': ['optional'],
};

/** What doesn't read well, whatever name is filled in. */
const CLASHES: Record<string, [RegExp, string][]> = {
  fr: [
    [/(?<![\u00a0])[?!:;]/, 'needs a no-break space before ? ! : ;'],
    [
      /(?<!\p{L})(de|que|le|la|je|ne|se|si) \{(brand|product|order|firstName)/iu,
      'has a word to be elided before a placeholder',
    ],
    [/'/, 'has a straight apostrophe'],
  ],
  it: [
    [
      /(?<!\p{L})(del|dello|della|al|alla|dal|dalla|nel|nella|il|lo|la) \{(brand|product|order|firstName)/iu,
      'has an article before a name',
    ],
    [/'/, 'has a straight apostrophe'],
  ],
  'pt-BR': [[/(?<!\p{L})(do|da|no|na|ao|à|pelo|pela) \{/iu, 'has an article before a name']],
  ja: [[/[?!,]|\.(?!\w)/, 'has ASCII punctuation']],
  ko: [
    [
      /\}\)?(은|는|이|가|을|를|과|와|으로|로|아|야)(?!\p{L})/u,
      'has a particle that depends on the sound before it',
    ],
  ],
  ar: [
    [/[\u0621-\u065f]\{|\}[\u0621-\u065f]/, 'has a letter joined to a placeholder'],
    [/[?,;]/, 'has Latin punctuation'],
  ],
};

const placeholders = (text: string) => [...text.matchAll(/\{+\w+\}+/g)].map(([name]) => name).sort();

describe.each(TABLES)('%s', (name, tables) => {
  const { en } = tables;
  if (!en) throw new Error(`There are no English texts of ${name}.`);

  it('exist in every language of the one list', () => {
    expect(Object.keys(tables)).toEqual([...LOCALES]);
  });

  it.each(LOCALES)('have the ids and placeholders of English in %s, and no text that is empty', (locale) => {
    const texts = tables[locale] ?? {};
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
    for (const [id, text] of Object.entries(texts)) {
      expect({ id, names: placeholders(text) }).toEqual({ id, names: placeholders(en[id] ?? '') });
      expect(text, id).toBe(text.trim());
      expect(text, id).not.toBe('');
    }
  });

  it.each(LOCALES.slice(1))('are not English in %s', (locale) => {
    const same = Object.entries(tables[locale] ?? {}).filter(([id, text]) => text === en[id]);
    const allowed = SAME_AS_ENGLISH[name] ?? [];
    expect(same.map(([id]) => id).filter((id) => !allowed.includes(id))).toEqual([]);
  });

  it.each(Object.keys(CLASHES))('read well with any name in %s', (locale) => {
    const faults = Object.entries(tables[locale] ?? {}).flatMap(([id, text]) =>
      (CLASHES[locale] ?? []).filter(([fault]) => fault.test(text)).map(([, why]) => `${id} ${why}: ${text}`),
    );
    expect(faults).toEqual([]);
  });
});

it.each(['checkout-survey', 'theme-survey'])('%s has no language beside the list', (extension) => {
  const tags = readdirSync(join(EXTENSIONS, extension, 'locales')).map((file) => file.split('.')[0]);
  expect(new Set(tags)).toEqual(new Set(LOCALES));
});
