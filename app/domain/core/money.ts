/**
 * Money as integer minor units of a currency (cents of EUR, whole yen, fils of KWD).
 * Only these functions turn decimal text into minor units or back.
 */
import type { Locale } from './locales.ts';

/** Currencies whose number of decimals is not 2 (ISO 4217, list one). */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** Number of decimals of a currency's minor unit: JPY 0, EUR 2, KWD 3. Unknown codes count as 2. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency.toUpperCase()] ?? 2;
}

/**
 * Decimal text such as "199.00" to integer minor units of `currency`, without
 * floating point. Digits beyond the currency's exponent are rounded half away from zero.
 * @returns null when the text is no plain decimal number or leaves the safe integer range.
 */
export function minorFromDecimal(amount: string, currency: string): number | null {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/.exec(amount);
  if (!match) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return null;
  const exponent = currencyExponent(currency);
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  const roundsUp = (fraction[exponent] ?? '0') >= '5';
  const minor = Number(`${whole}${kept}` || '0') + (roundsUp ? 1 : 0);
  if (!Number.isSafeInteger(minor)) return null;
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/** Integer minor units back to decimal text ("19900", EUR -> "199.00"), as Shopify's inputs want it. */
export function decimalFromMinor(minor: number, currency: string): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is not a whole number of minor units.`);
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return minor < 0 ? `-${text}` : text;
}

/**
 * Minor units for people to read, in the reader's language ("€199.00", "¥199").
 * A currency code that Intl refuses is written behind the number.
 */
export function formatMoney(minor: number, currency: string, locale: Locale = 'en'): string {
  const exponent = currencyExponent(currency);
  const decimal = decimalFromMinor(minor, currency);
  try {
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    }).format(decimal as `${number}`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `${decimal} ${currency}`;
  }
}
