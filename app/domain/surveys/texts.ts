/** Survey texts by language. A new language is a tag in core/locales.ts and one file in locales/. */
import { fillIn, resolveLocale } from '../core/locales.ts';
import type { Locale } from '../core/locales.ts';
import { ar } from './locales/ar.ts';
import { de } from './locales/de.ts';
import { en } from './locales/en.ts';
import type { TextId } from './locales/en.ts';
import { es } from './locales/es.ts';
import { fr } from './locales/fr.ts';
import { it } from './locales/it.ts';
import { ja } from './locales/ja.ts';
import { ko } from './locales/ko.ts';
import { nl } from './locales/nl.ts';
import { ptBR } from './locales/pt-BR.ts';

export type { TextId };

export const SURVEY_TEXTS: Record<Locale, Record<TextId, string>> = {
  en,
  de,
  fr,
  es,
  it,
  nl,
  'pt-BR': ptBR,
  ja,
  ko,
  ar,
};

/**
 * The text of `id` for a locale tag, with `{name}` replaced by `params.name`. An id without a text is
 * shown as it is: a merchant's own wording stands in the definition itself. Values are not escaped:
 * the surface escapes what it renders.
 */
export function translate(
  tag: string | null,
  id: string,
  params: Record<string, string | number> = {},
): string {
  const locale = resolveLocale(tag);
  const table: Record<string, string> = SURVEY_TEXTS[locale];
  return fillIn(locale, Object.hasOwn(table, id) ? (table[id] ?? id) : id, params);
}
