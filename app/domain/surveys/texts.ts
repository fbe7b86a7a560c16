/** Survey texts by language. A new language is one file in locales/ and one line in `tables`. */
import { de } from './locales/de.ts';
import { en } from './locales/en.ts';
import type { TextId } from './locales/en.ts';

export type { TextId };

const tables: Record<string, Record<TextId, string>> = { en, de };

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

/** The language used for a locale tag as Shopify writes it ("de", "de-AT", "pt_BR", null): its base language when there is a table, else English. */
export function resolveLocale(tag: string | null): string {
  const base = (tag ?? '').toLowerCase().split(/[-_]/)[0] ?? '';
  return Object.hasOwn(tables, base) ? base : 'en';
}

/** Writing direction of a resolved locale. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale) ? 'rtl' : 'ltr';
}

/** Languages with a table, English first. */
export function surveyLocales(): string[] {
  return Object.keys(tables);
}

/**
 * The text of `id` in `locale`, with `{name}` replaced by `params.name`. An id without a text is shown
 * as it is: a merchant's own wording stands in the definition itself. Values are not escaped: the
 * surface escapes what it renders.
 */
export function translate(locale: string, id: string, params: Record<string, string | number> = {}): string {
  const table: Record<string, string> = tables[resolveLocale(locale)] ?? en;
  return fillIn(Object.hasOwn(table, id) ? (table[id] ?? id) : id, params);
}

/** `text` with `{name}` replaced by `params.name`; names without a value stay as they are. */
export function fillIn(text: string, params: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}
