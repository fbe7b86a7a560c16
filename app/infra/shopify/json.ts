/**
 * JSON as Shopify sends it: ids are numbers beyond 2^53, which JSON.parse would
 * round. Here such integers come out as decimal text, and characters that
 * PostgreSQL cannot store in text (NUL, lone surrogates) are removed.
 */

/** Text where a plain JSON.parse could lose something; anything else takes the fast path. */
const NEEDS_CARE = /[0-9]{16}|\\u0000|\\u[dD][89a-fA-F]|\p{Surrogate}/u;

/** Removes NUL and lone surrogates: PostgreSQL's text refuses them. */
export function stripUnstorable(text: string): string {
  // eslint-disable-next-line no-control-regex -- NUL is exactly what has to go
  return text.replace(/[\u0000\p{Surrogate}]/gu, '');
}

type SourceAwareReviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

const reviveExactly: SourceAwareReviver = (_key, value, context) => {
  if (typeof value === 'string') return stripUnstorable(value);
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
};

/**
 * Parses JSON text; integers outside the safe range become decimal text.
 * @throws SyntaxError when the text is no JSON.
 */
export function parseJson(text: string): unknown {
  if (!NEEDS_CARE.test(text)) return JSON.parse(text);
  return JSON.parse(text, reviveExactly as (key: string, value: unknown) => unknown);
}

export type ParsedBytes = { ok: true; value: unknown } | { ok: false; reason: string };

/** Parses UTF-8 bytes. The reason of a failure never quotes the body: it may hold personal data. */
export function parseJsonBytes(bytes: Uint8Array): ParsedBytes {
  if (bytes.length === 0) return { ok: false, reason: 'The body is empty.' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, reason: `The body (${bytes.length} bytes) is not valid UTF-8.` };
  }
  try {
    return { ok: true, value: parseJson(text) };
  } catch {
    return { ok: false, reason: `The body (${bytes.length} bytes) is not valid JSON.` };
  }
}
