/** A parsed JSON value whose shape is not known yet. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * Parses a webhook-like body and keeps Shopify ids exact: every whole number under `id`
 * or `…_id` becomes decimal text, because ids exceed 2^53.
 * @throws SyntaxError on text that is not JSON.
 */
export function parseExact(text: string): Json {
  const reviver = (key: string, value: Json, context?: { source?: string }): Json => {
    const isId = key === 'id' || key.endsWith('_id');
    if (!isId || typeof value !== 'number') return value;
    const source = context?.source ?? String(value);
    return /^-?\d+$/.test(source) ? source : value;
  };
  // The third argument (the source text) is newer than the type declarations.
  return JSON.parse(text, reviver as (this: unknown, key: string, value: unknown) => unknown) as Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field's text, or null for anything that is not text (numbers are written out). */
export function textOf(object: JsonObject, key: string): string | null {
  const value = object[key];
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return null;
}

export function objectsOf(object: JsonObject, key: string): JsonObject[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function objectOf(object: JsonObject, key: string): JsonObject | null {
  const value = object[key];
  return isObject(value) ? value : null;
}

/** The id a body names: decimal text, or the digits at the end of a gid; null if there is none. */
export function idOf(object: JsonObject, key = 'id'): string | null {
  // Sample payloads carry a rounded number beside an exact gid, so the gid goes first.
  const gid = key === 'id' ? textOf(object, 'admin_graphql_api_id') : null;
  const source = gid ?? textOf(object, key);
  return source === null ? null : (/(\d+)(?:\?.*)?$/.exec(source)?.[1] ?? null);
}

/** Whole seconds in UTC as Admin GraphQL writes them; null for what is not a time. */
export function isoSeconds(text: string | null): string | null {
  if (text === null) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
