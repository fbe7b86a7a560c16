import { z } from 'zod';
import { senderAddress } from './messages/mail-address.ts';

/**
 * The one place that reads `process.env` for the app and its workers. Everything
 * that is missing or wrong is reported in one message that names each variable and
 * says how to fix it; the process then refuses to start.
 */

/** Text that `read` makes a value of; null = it cannot, and `fix` says what the variable must be. */
const readAs = <Value>(fix: string, read: (text: string) => Value | null) =>
  z.string({ error: `is missing; it ${fix}` }).transform((given, context) => {
    const value = read(given);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: fix });
    return z.NEVER;
  });

const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z.enum(words, { error: `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}` });
const flag = oneOf('true', 'false').transform((text) => text === 'true');
const text = (what: string) => readAs(`must be ${what}`, (given) => given.trim() || null);

const wholeNumber = (what: string, min: number, max: number) =>
  readAs(`must be ${what}: a whole number from ${min} to ${max}`, (given) => {
    const number = /^\s*\d{1,9}\s*$/.test(given) ? Number(given) : NaN;
    return number >= min && number <= max ? number : null;
  });

/** An address of one of these protocols, e.g. ['redis:', 'rediss:']. */
const address = (what: string, protocols: readonly string[], fits: (url: URL) => boolean = hasHost) =>
  readAs(`must be ${what}`, (given) => {
    const url = URL.parse(given);
    return url && protocols.includes(url.protocol) && fits(url) ? given.trim() : null;
  });
const hasHost = (url: URL) => url.hostname !== '';
/** A database may also be reached through a socket, with ?host=/folder instead of a host. */
const hasHostOrSocket = (url: URL) => hasHost(url) || url.searchParams.has('host');
const isBareOrigin = (url: URL) => hasHost(url) && /^https?:\/\/[^/?#@]+\/?$/.test(url.href);
const HTTP = ['http:', 'https:'];

/** "k1:<32 bytes in base64>,k0:<…>": the first key encrypts, all of them decrypt. */
function readTokenKeys(given: string): { id: string; key: Buffer }[] | null {
  const keys = given.split(',').map((part) => {
    const [, id = '', base64 = ''] = /^([a-z0-9]{1,8}):([\w+/-]{43}=?)$/.exec(part.trim()) ?? [];
    return { id, key: Buffer.from(base64, 'base64') };
  });
  return keys.every(({ key }) => key.length === 32) ? keys : null;
}

// As in .env.example. A shell would run backticks, and what stands between them, before Node sees it.
const NEW_KEY = `node -e 'console.log("k1:" + require("crypto").randomBytes(32).toString("base64"))'`;
const NEW_SECRET = `node -e 'console.log(require("crypto").randomBytes(32).toString("hex"))'`;

const schema = z.object({
  AFTERCARE_MODE: oneOf('production', 'demo', 'test'),
  DATABASE_URL: address(
    'a PostgreSQL address such as postgresql://user:password@host:5432/aftercare',
    ['postgresql:', 'postgres:'],
    hasHostOrSocket,
  ),
  REDIS_URL: address('a Redis address such as redis://host:6379, or unset', ['redis:', 'rediss:']).optional(),
  QUEUE_PREFIX: readAs('must be 1 to 40 of a-z, 0-9, _ and -', (given) =>
    /^[a-z0-9_-]{1,40}$/.test(given) ? given : null,
  ).default('aftercare'),
  SHOPIFY_API_KEY: text('the client id of the app (Shopify Dev Dashboard)'),
  SHOPIFY_API_SECRET: text('the client secret of the app (Shopify Dev Dashboard)'),
  SHOPIFY_API_SECRET_PREVIOUS: text('the client secret before the present one, or unset').optional(),
  APP_URL: address(
    'the bare http(s) address of the app, without path, query and user, such as https://aftercare.example.com',
    HTTP,
    isBareOrigin,
  ),
  PORT: wholeNumber('the port of the web process', 0, 65_535).default(3000),
  TOKEN_KEYS: readAs(
    `must be name:key pairs with commas between them, each name 1 to 8 of a-z and 0-9, each key 32 bytes in base64; make one with: ${NEW_KEY}`,
    readTokenKeys,
  ).refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, {
    error: 'must not name two keys alike: what one encrypts, the other could not decrypt; rename the newer',
  }),
  HASH_KEY: readAs(
    `must be a secret of at least 32 characters for hashing e-mail addresses and erased ids; make one with: ${NEW_SECRET}`,
    (given) => (given.length >= 32 ? given : null),
  ),
  SMTP_URL: address('an SMTP address such as smtp://user:password@host:587', ['smtp:', 'smtps:']),
  MAIL_FROM: readAs('must be the sender of all mail, such as "Shop care <care@example.com>"', senderAddress),
  DEV_STORE_URL: address('the http(s) address of the dev store, or unset', HTTP).optional(),
  APP_BRIDGE_URL: address('the http(s) address of a script, or unset', HTTP).optional(),
  TRUST_PROXY: wholeNumber('how many proxies in front are believed', 0, 10).default(0),
  LOG_LEVEL: oneOf('silent', 'fatal', 'error', 'warn', 'info', 'debug').default('info'),
  DB_POOL_MAX: wholeNumber('connections of one process', 2, 100).default(12),
  WORKER_CONCURRENCY: wholeNumber('jobs at once per queue', 1, 100).default(8),
  WORKER_PORT: wholeNumber('the port of the worker', 0, 65_535).default(3001),
  MIGRATE_QUEUE: flag.default(true),
  SIMULATED_CLOCK: flag.default(false),
});

export type Config = Readonly<{
  mode: 'production' | 'demo' | 'test';
  databaseUrl: string;
  redisUrl: string | undefined;
  queuePrefix: string;
  shopifyApiKey: string;
  shopifyApiSecret: string;
  /** Accepted beside the current secret while Shopify rotates it. */
  shopifyPreviousApiSecret: string | undefined;
  scopes: readonly string[];
  /** Public address of the web app, without a trailing slash. */
  appUrl: string;
  port: number;
  tokenKeys: { id: string; key: Buffer }[];
  hashKey: string;
  smtpUrl: string;
  /** The address alone; the shown name is the shop's. */
  mailFrom: string;
  /** Where Shopify's HTTP goes instead of Shopify; never in production. */
  devStoreUrl: string | undefined;
  appBridgeUrl: string | undefined;
  /** Number of proxies in front whose forwarded client address is believed. */
  trustProxy: number;
  logLevel: string;
  dbPoolMax: number;
  workerConcurrency: number;
  workerPort: number;
  migrateQueue: boolean;
  /** Business time is the dev store's row: scores are not debounced, the tick follows the clock. */
  simulatedClock: boolean;
}>;

/** What the app asks a merchant for; shopify.app.toml holds the same list (tested). */
export const SCOPES = [
  'read_orders',
  'read_fulfillments',
  'read_returns',
  'read_customers',
  'read_customer_merge',
  'read_products',
  'read_shopify_payments_disputes',
  'write_discounts',
  'write_pixels',
  'read_customer_events',
] as const;

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads and checks the configuration.
 * @throws ConfigError with one message that names every wrong variable.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(filled);
  const problems = [...(parsed.error?.issues.map(describeIssue) ?? []), ...productionProblems(filled)];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(
      `Aftercare cannot start, its configuration is wrong:\n${problems.map((line) => `  - ${line}`).join('\n')}\n` +
        'Set the variables named above (see .env.example and the table in README.md), then start again.',
    );
  }
  const e = parsed.data;
  return {
    mode: e.AFTERCARE_MODE,
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    queuePrefix: e.QUEUE_PREFIX,
    shopifyApiKey: e.SHOPIFY_API_KEY,
    shopifyApiSecret: e.SHOPIFY_API_SECRET,
    shopifyPreviousApiSecret: e.SHOPIFY_API_SECRET_PREVIOUS,
    scopes: SCOPES,
    appUrl: new URL(e.APP_URL).origin,
    port: e.PORT,
    tokenKeys: e.TOKEN_KEYS,
    hashKey: e.HASH_KEY,
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    devStoreUrl: e.DEV_STORE_URL?.replace(/\/$/, ''),
    appBridgeUrl: e.APP_BRIDGE_URL,
    trustProxy: e.TRUST_PROXY,
    logLevel: e.LOG_LEVEL,
    dbPoolMax: e.DB_POOL_MAX,
    workerConcurrency: e.WORKER_CONCURRENCY,
    workerPort: e.WORKER_PORT,
    migrateQueue: e.MIGRATE_QUEUE,
    simulatedClock: e.SIMULATED_CLOCK,
  };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message}`;
}

/** Production must not run against a stand-in of Shopify, and must be found from outside. */
function productionProblems(env: Record<string, string | undefined>): string[] {
  if (env['AFTERCARE_MODE'] !== 'production') return [];
  const problems: string[] = [];
  if (env['DEV_STORE_URL'])
    problems.push('DEV_STORE_URL must not be set in production: it redirects Shopify to a stand-in');
  if (env['APP_BRIDGE_URL'])
    problems.push('APP_BRIDGE_URL must not be set in production: it replaces App Bridge');
  if (env['SIMULATED_CLOCK'] === 'true')
    problems.push('SIMULATED_CLOCK must not be true in production: business time is real there');
  const url = URL.parse(env['APP_URL'] ?? '');
  if (url && isBareOrigin(url)) {
    if (THIS_MACHINE.test(url.hostname))
      problems.push('APP_URL must be the public address of the app in production, not this machine');
    if (url.protocol !== 'https:') problems.push('APP_URL must start with https: in production');
  }
  return problems;
}

/** Loopback, and "all addresses of this machine"; URLs have their numbers in full. */
const THIS_MACHINE = /^(?:(?:.+\.)?localhost\.?|127\..+|0\.0\.0\.0|\[::1?\])$/;
