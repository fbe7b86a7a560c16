import { z } from 'zod';

/**
 * The one place that reads `process.env` for the app and its workers. Everything
 * that is missing or wrong is reported in one message that names each variable and
 * says how to fix it; the process then refuses to start.
 */

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const url = (what: string) => z.url({ error: `must be ${what}` });
const httpUrl = url('an http(s) address such as https://aftercare.example.com');

/** "k1:<32 bytes in base64>,k0:<…>": the first key encrypts, all of them decrypt. */
const tokenKeys = z
  .string({
    error:
      'is missing; make one with: node -e "console.log(`k1:`+require(`crypto`).randomBytes(32).toString(`base64`))"',
  })
  .transform((text, context) => {
    const keys = text.split(',').map((part) => {
      const [id = '', base64 = ''] = part.trim().split(':');
      return { id, key: Buffer.from(base64, 'base64') };
    });
    if (keys.some((entry) => !/^[a-z0-9]{1,8}$/.test(entry.id) || entry.key.length !== 32)) {
      context.addIssue({ code: 'custom', message: 'must be name:key pairs, each key 32 bytes in base64' });
      return z.NEVER;
    }
    return keys;
  });

const schema = z.object({
  AFTERCARE_MODE: z.enum(['production', 'demo', 'test'], { error: 'must be production, demo or test' }),
  DATABASE_URL: url('a PostgreSQL address such as postgresql://user@host:5432/aftercare'),
  REDIS_URL: url('a Redis address such as redis://host:6379').optional(),
  QUEUE_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]{1,40}$/, { error: 'may hold a-z, 0-9, _ and -' })
    .default('aftercare'),
  SHOPIFY_API_KEY: z.string({ error: 'is the client id of the app (Shopify Dev Dashboard)' }).min(1),
  SHOPIFY_API_SECRET: z.string({ error: 'is the client secret of the app (Shopify Dev Dashboard)' }).min(1),
  SHOPIFY_API_SECRET_PREVIOUS: z.string().min(1).optional(),
  APP_URL: httpUrl,
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  TOKEN_KEYS: tokenKeys,
  HASH_KEY: z
    .string({ error: 'is a secret of at least 32 characters for hashing e-mail addresses and erased ids' })
    .min(32),
  SMTP_URL: url('an SMTP address such as smtp://user:password@host:587'),
  MAIL_FROM: z.string({ error: 'is the sender of all mail, such as "Shop care <care@example.com>"' }).min(3),
  DEV_STORE_URL: httpUrl.optional(),
  APP_BRIDGE_URL: httpUrl.optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info'),
  DB_POOL_MAX: z.coerce.number().int().min(2).max(100).default(12),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8),
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
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
  'write_discounts',
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
  const problems = parsed.success ? productionProblems(parsed.data) : parsed.error.issues.map(describeIssue);
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
    appUrl: e.APP_URL.replace(/\/$/, ''),
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

/** Production must not run against a stand-in of Shopify. */
function productionProblems(e: z.infer<typeof schema>): string[] {
  if (e.AFTERCARE_MODE !== 'production') return [];
  const problems: string[] = [];
  if (e.DEV_STORE_URL)
    problems.push('DEV_STORE_URL must not be set in production: it redirects Shopify to a stand-in');
  if (e.APP_BRIDGE_URL) problems.push('APP_BRIDGE_URL must not be set in production: it replaces App Bridge');
  if (e.SIMULATED_CLOCK)
    problems.push('SIMULATED_CLOCK must not be true in production: business time is real there');
  const host = new URL(e.APP_URL).hostname;
  if (host === 'localhost' || host === '[::1]' || host.startsWith('127.')) {
    problems.push('APP_URL must be the public address of the app in production, not this machine');
  }
  if (!e.APP_URL.startsWith('https:')) problems.push('APP_URL must start with https: in production');
  return problems;
}
