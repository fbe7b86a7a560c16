/** Words of the messages by language, one file each in locales/; the layout escapes what is filled in. */
import { fillIn, resolveLocale } from '../../../domain/core/locales.ts';
import type { Locale } from '../../../domain/core/locales.ts';
import { ar } from './locales/ar.ts';
import { de } from './locales/de.ts';
import { en } from './locales/en.ts';
import type { MessageTextId } from './locales/en.ts';
import { es } from './locales/es.ts';
import { fr } from './locales/fr.ts';
import { it } from './locales/it.ts';
import { ja } from './locales/ja.ts';
import { ko } from './locales/ko.ts';
import { nl } from './locales/nl.ts';
import { ptBR } from './locales/pt-BR.ts';

export const MESSAGE_TEXTS: Record<Locale, Record<MessageTextId, string>> = {
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

export type Say = (id: MessageTextId, values?: Record<string, string | number>) => string;

/** The language for a locale tag ("de-AT" -> "de"), English when there is none, and its words. */
export function wordsFor(tag: string | null): { lang: Locale; say: Say } {
  const lang = resolveLocale(tag);
  return { lang, say: (id, values = {}) => fillIn(lang, MESSAGE_TEXTS[lang][id], values) };
}
