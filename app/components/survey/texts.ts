/** Words of the shopper pages around a survey, by language; one file each in locales/. */
import { acceptedLocale, directionOf, fillIn, resolveLocale } from '../../domain/core/locales.ts';
import type { Locale } from '../../domain/core/locales.ts';
import { ar } from './locales/ar.ts';
import { de } from './locales/de.ts';
import { en } from './locales/en.ts';
import type { PageTextId } from './locales/en.ts';
import { es } from './locales/es.ts';
import { fr } from './locales/fr.ts';
import { it } from './locales/it.ts';
import { ja } from './locales/ja.ts';
import { ko } from './locales/ko.ts';
import { nl } from './locales/nl.ts';
import { ptBR } from './locales/pt-BR.ts';

export const PAGE_TEXTS: Record<Locale, Record<PageTextId, string>> = {
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

/** The page's language for a locale tag, its direction and its words. */
export function pageWords(tag: string | null): {
  lang: Locale;
  dir: 'ltr' | 'rtl';
  say: (id: PageTextId, values?: Record<string, string>) => string;
} {
  const lang = resolveLocale(tag);
  return {
    lang,
    dir: directionOf(lang),
    say: (id, values = {}) => fillIn(lang, PAGE_TEXTS[lang][id], values),
  };
}

/** The language of a visitor of whom nothing but the browser is known. */
export function browserLocale(request: Request): Locale {
  return acceptedLocale(request.headers.get('accept-language'));
}
