/**
 * Texts of a definition. Its own stand in the definition; the presets' are ids of the tables in locales/. A preset text
 * that the merchant has reworded in any language is theirs in all: the tables' translations would say something else.
 */
import { fillIn, LOCALES, resolveLocale } from '../core/locales.ts';
import type { Definition } from './definition.ts';
import { en } from './locales/en.ts';
import { translate } from './texts.ts';

type WithTexts = Pick<Definition, 'defaultLanguage' | 'languages' | 'texts'>;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const baseOf = (language: string) => (language.split('-')[0] ?? language).toLowerCase();

/** A merchant may write in languages that have no preset texts. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

/** The language in which a survey is shown for a locale tag ("de-AT", "pt_PT", null): that one, its base, the same language elsewhere, else the default. */
export function languageFor(definition: WithTexts, tag: string | null): string {
  const asked = (tag ?? '').replaceAll('_', '-');
  const declared = (language: string) => definition.languages.find((each) => same(each, language));
  const elsewhere = definition.languages.find((each) => baseOf(each) === baseOf(asked));
  return declared(asked) ?? declared(baseOf(asked)) ?? elsewhere ?? definition.defaultLanguage;
}

/** Writing direction of a language of a definition. */
export function directionOfLanguage(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(baseOf(language)) ? 'rtl' : 'ltr';
}

/**
 * The text of `id`: in `language`, in its base language, in the survey's default language, in English of the presets;
 * the id itself when there is none. `{name}` is replaced by `params.name`; nothing is escaped.
 */
export function textOf(
  definition: WithTexts,
  language: string,
  id: string,
  params: Record<string, string | number> = {},
): string {
  const text =
    textWithin(definition, language, id) ??
    textWithin(definition, definition.defaultLanguage, id) ??
    presetText('en', id) ??
    id;
  return fillIn(resolveLocale(language), text, params);
}

/** Whether `id` has a text in `language` or its base language, so that nobody reads another one. */
export function isTranslated(definition: WithTexts, language: string, id: string): boolean {
  return textWithin(definition, language, id) !== null;
}

function textWithin(definition: WithTexts, language: string, id: string): string | null {
  const own = ownText(definition, language, id) ?? ownText(definition, baseOf(language), id);
  if (own !== null) return own;
  const reworded = Object.values(definition.texts).some((texts) => Object.hasOwn(texts, id));
  return reworded ? null : presetText(language, id);
}

function ownText({ texts }: WithTexts, language: string, id: string): string | null {
  const key = Object.keys(texts).find((each) => same(each, language));
  const table = key === undefined ? undefined : texts[key];
  return table && Object.hasOwn(table, id) ? (table[id] ?? null) : null;
}

function presetText(language: string, id: string): string | null {
  if (!Object.hasOwn(en, id)) return null;
  const table = LOCALES.find((locale) => baseOf(locale) === baseOf(language));
  return table === undefined ? null : translate(table, id);
}
