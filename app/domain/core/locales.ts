/** The languages shoppers are written to, for surveys, pages and messages alike: which one a reader gets, and how its texts are filled in. */

/** As BCP 47 writes them. English serves everybody whose language is not here. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt-BR', 'ja', 'ko', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

const BY_LANGUAGE = new Map<string, Locale>(LOCALES.map((locale) => [languageOf(locale), locale]));
const RIGHT_TO_LEFT: ReadonlySet<Locale> = new Set<Locale>(['ar']);
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

function languageOf(tag: string): string {
  return tag.trim().toLowerCase().split(/[-_]/)[0] ?? '';
}

/**
 * The language for a locale tag as Shopify writes it ("de-AT", "pt_BR", null). A region that has no
 * texts of its own reads those of its language ("pt-PT" those of Brazil).
 */
export function resolveLocale(tag: string | null): Locale {
  return BY_LANGUAGE.get(languageOf(tag ?? '')) ?? 'en';
}

/** The language for an Accept-Language header ("da, fr;q=0.8"): of those that are served the most wanted one, else English. */
export function acceptedLocale(header: string | null): Locale {
  const wishes = (header ?? '').split(',').map((entry) => ({
    locale: BY_LANGUAGE.get(languageOf(entry.split(';')[0] ?? '')),
    weight: Number(/;\s*q=([\d.]+)/i.exec(entry)?.[1] ?? 1),
  }));
  const served = wishes.filter(({ locale, weight }) => locale !== undefined && weight > 0);
  return served.sort((a, b) => b.weight - a.weight)[0]?.locale ?? 'en';
}

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale) ? 'rtl' : 'ltr';
}

/**
 * A name that may run in the other direction than the text around it, in Unicode's first-strong
 * isolate: bare, "#1001" would read "1001#" in an Arabic sentence.
 */
export function isolated(locale: Locale, name: string): string {
  const foreign = directionOf(locale) === 'rtl' || RIGHT_TO_LEFT_LETTER.test(name);
  return foreign ? `\u2068${name}\u2069` : name;
}

/** `text` with `{name}` replaced by `values.name`, once; what has no value stays. Values are not escaped: the surface escapes what it renders. */
export function fillIn(
  locale: Locale,
  text: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === 'number' ? String(value) : isolated(locale, value);
  });
}

const unitFormats = new Map<string, Intl.NumberFormat>();

/** "1 hour", "4 Stunden", "60 يومًا": Intl knows the plural of every language. Making a format is dear, so each is kept. */
export function formatDuration(locale: Locale, count: number, unit: 'hour' | 'day'): string {
  const key = `${locale} ${unit}`;
  const format =
    unitFormats.get(key) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  unitFormats.set(key, format);
  return format.format(count);
}
