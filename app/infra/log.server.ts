import pino from 'pino';
import { routedPath } from './routed-path.ts';

/**
 * JSON logs without personal data. Redaction happens twice, because either alone has
 * holes: by key (a field called `email` is never printed) and by shape (an address, a
 * link token or a signature inside any text, also inside error messages and stacks).
 */

export type Log = pino.Logger;

const HIDDEN = '[redacted]';
const MAX_DEPTH = 6;

/** Field names, lower case, without `_` and `-`. A bare `name` stays: jobs and errors have one. */
const HIDDEN_KEYS = new Set([
  'authorization',
  'cookie',
  'setcookie',
  'password',
  'email',
  'emails',
  'phone',
  'firstname',
  'lastname',
  'fullname',
  'displayname',
  'customername',
  'address',
  'billingaddress',
  'shippingaddress',
  'comment',
  'hmac',
  'signature',
  'recipient',
]);

function isHiddenKey(key: string): boolean {
  const plain = key.toLowerCase().replace(/[_-]/g, '');
  return (
    HIDDEN_KEYS.has(plain) || plain.endsWith('token') || plain.endsWith('secret') || plain.endsWith('apikey')
  );
}

const SHAPES: readonly [probe: string, shape: RegExp, replacement: string][] = [
  ['/', /(\/[suk]\/[^/\s?#"']{1,64}\/(?:(?:page|test)\/)?)[^/\s?#"']+/gi, `$1${HIDDEN}`],
  [
    '=',
    /([?&](?:id_token|hmac|signature|token|session|code|state|access_token|refresh_token|email|phone|logged_in_customer_id)=)[^&\s#"']+/gi,
    `$1${HIDDEN}`,
  ],
  ['://', /(:\/\/)[^\s/@]{1,256}@/g, `$1${HIDDEN}@`],
  ['@', /[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '[email]'],
  ['shp', /\bshp[a-z]{2}_[\w-]{8,}/g, HIDDEN],
  ['eyJ', /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, HIDDEN],
  ['earer ', /\b([Bb]earer )\S+/g, `$1${HIDDEN}`],
];

/** A letter or an underscore in an address; signs that divide it stay as they are. */
const ENCODED_WORD = /%(?:4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])/gi;

/** The text without link tokens, signatures, credentials and e-mail addresses. */
export function redactText(text: string): string {
  // The router takes %73 for s, and so does whoever reads a query: one address, however it is written.
  let clean = text.includes('%') ? text.replace(ENCODED_WORD, (code) => decodeURIComponent(code)) : text;
  for (const [probe, shape, replacement] of SHAPES) {
    if (clean.includes(probe)) clean = clean.replace(shape, replacement);
  }
  return clean;
}

/** The path of a request as the router reads it, without what follows the shop in a link, and without the rest of `redactText`. */
export function redactPath(path: string): string {
  const routed = routedPath(path);
  return routed === null
    ? '[malformed]'
    : redactText(routed.replace(/^(\/+[suk]\/[^/]*\/).+$/is, `$1${HIDDEN}`));
}

/** A copy of a value with hidden fields and text redacted; errors become plain objects. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object')
    return typeof value === 'bigint' ? value.toString() : value;
  if (value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((entry) => redact(entry, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, isHiddenKey(key) ? HIDDEN : redact(entry, depth + 1)]),
  );
}

/** PostgreSQL puts row values into `detail`, and HTTP clients requests into `config`: both stay out. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: redactText(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack ? { stack: redactText(error.stack) } : {}),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}

function hasError(fields: unknown): fields is { err: Error } {
  return typeof fields === 'object' && fields !== null && 'err' in fields && fields.err instanceof Error;
}

/**
 * Creates a logger that writes one JSON object a line.
 * @param destination for tests; standard output otherwise.
 */
export function createLog(
  options: { level: string; process: 'web' | 'worker' | 'test' },
  destination?: pino.DestinationStream,
): Log {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: { process: options.process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => redact(fields) as Record<string, unknown>,
      bindings: (fields) => redact(fields) as Record<string, unknown>,
    },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest] = args.map((arg: unknown) =>
          typeof arg === 'string' ? redactText(arg) : arg,
        );
        const fields = first instanceof Error ? { err: first } : first;
        // Without a message pino takes the error's own, past every redaction.
        if (rest.length === 0 && hasError(fields)) rest.push(redactText(fields.err.message));
        method.apply(this, [fields, ...rest] as Parameters<typeof method>);
      },
    },
    // Errors are plain objects by now (formatters come first).
    serializers: { err: (error: unknown) => error },
  };
  return destination ? pino(settings, destination) : pino(settings);
}

/** A logger whose lines carry the ids of the work at hand. */
export function logFor(log: Log, ids: Record<string, unknown>): Log {
  const { shopId, eventId, actionId, customerId } = ids;
  return log.child(
    JSON.parse(JSON.stringify({ shopId, eventId, actionId, customerId })) as Record<string, string>,
  );
}
