import { z } from 'zod';
import type { Fact, MappedWebhook } from '../../../domain/core/facts.ts';
import { minorFromDecimal } from '../../../domain/core/money.ts';

/**
 * Lenient pieces for reading Shopify's payloads. Real ones carry nulls, missing keys,
 * contradictions and keys of newer API versions; none of that is an error here. Each
 * piece yields a value or null; the mapper decides what it cannot do without.
 */

/** Any value; a missing key reads as null. */
export const anything = z.unknown().default(null);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A Shopify id as decimal text, from a JSON integer, decimal text, or the digits that end a gid. */
export function idText(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  if (typeof value !== 'string') return null;
  return /^(?:gid:\/\/.*\/)?(\d{1,30})(?:\?.*)?$/.exec(value)?.[1] ?? null;
}

/** The first value that is an id. The gid goes first where both exist: it is text, so nothing ever rounded it. */
export function firstId(...values: unknown[]): string | null {
  for (const value of values) {
    const id = idText(value);
    if (id !== null) return id;
  }
  return null;
}

/** ISO 8601 text to a Date; null for anything else, and for years that no shop's data can mean. */
export function toDate(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const date = new Date(value);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date : null;
}

function toText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function toCount(value: unknown): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : 0;
  return Number.isFinite(number) ? Math.min(Math.max(Math.trunc(number), 0), 2_147_483_647) : 0;
}

export const id = anything.transform(idText);
export const text = anything.transform(toText);
export const date = anything.transform(toDate);
export const flag = anything.transform((value) => value === true);
export const count = anything.transform(toCount);
export const rate = anything.transform((value) => {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) && number >= 0 ? number : null;
});

/** An object or null. The schema is built of the pieces here, so parsing an object cannot fail. */
export function nested<T extends z.ZodType>(schema: T) {
  return anything.transform((value): z.output<T> | null => (isObject(value) ? schema.parse(value) : null));
}

/** The objects of a list; null when there is no list at all. */
export function objects<T extends z.ZodType>(schema: T) {
  return anything.transform((value): z.output<T>[] | null =>
    Array.isArray(value) ? value.filter(isObject).map((one) => schema.parse(one)) : null,
  );
}

/** The ids of a list such as orders_to_redact; what is no id is left out. */
export const ids = anything.transform((value) =>
  Array.isArray(value) ? value.map(idText).filter((one) => one !== null) : [],
);

export const moneySet = nested(
  z.object({ shop_money: nested(z.object({ amount: text, currency_code: text })) }),
);
export type MoneySet = z.output<typeof moneySet>;

/** Minor units of shop money: of the set where there is one, else of the plain amount (which is shop money too). */
export function shopMinor(set: MoneySet, plain: string | null, currency: string): number | null {
  const amount = set?.shop_money?.amount ?? plain;
  return amount === null ? null : minorFromDecimal(amount, currency);
}

export const mapped = (fact: Fact): MappedWebhook => ({ outcome: 'mapped', fact });
export const ignored = (reason: string): MappedWebhook => ({ outcome: 'ignored', reason });
export const unreadable = (reason: string): MappedWebhook => ({ outcome: 'unreadable', reason });

/** What a resource mapper is given: the parsed body and what the delivery's headers say. */
export interface WebhookInput {
  topic: string;
  body: unknown;
  /** X-Shopify-Triggered-At: dates the facts whose bodies carry no time. */
  triggeredAt: Date | null;
}

/** Dates a fact whose body and headers carry no time: older than any other. */
export const UNDATED = new Date(0);
