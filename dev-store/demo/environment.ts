import type { Script } from './script.ts';
import type { DemoSecrets } from './state-file.ts';

export interface Places {
  appUrl: string;
  devStoreUrl: string;
  databaseUrl: string;
  ports: { web: number; worker: number; devStore: number; mail: number };
}

/** What the demo decides itself; the same names from the shell (a real store's, say) must not leak in. */
const OWN = [
  'AFTERCARE_MODE',
  'APP_BRIDGE_URL',
  'APP_URL',
  'DATABASE_URL',
  'DEV_STORE_URL',
  'HASH_KEY',
  'MAIL_FROM',
  'MIGRATE_QUEUE',
  'NODE_OPTIONS',
  'PORT',
  'QUEUE_PREFIX',
  'REDIS_URL',
  'SCOPES',
  'SIMULATED_CLOCK',
  'SHOPIFY_API_KEY',
  'SHOPIFY_API_SECRET',
  'SHOPIFY_API_SECRET_PREVIOUS',
  'SMTP_URL',
  'STORE_STATE_DIR',
  'TOKEN_KEYS',
  'TRUST_PROXY',
  'WORKER_PORT',
];

/** The shell's environment without the app's own variables. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OWN.includes(name))) as NodeJS.ProcessEnv;
}

/** Variables of the web app and the worker. */
export function appVariables(
  places: Places,
  secrets: DemoSecrets,
  script: Pick<Script, 'shop'>,
): Record<string, string> {
  return {
    NODE_ENV: 'production',
    AFTERCARE_MODE: 'demo',
    DATABASE_URL: places.databaseUrl,
    SHOPIFY_API_KEY: secrets.apiKey,
    SHOPIFY_API_SECRET: secrets.apiSecret,
    APP_URL: places.appUrl,
    PORT: String(places.ports.web),
    TOKEN_KEYS: secrets.tokenKeys,
    HASH_KEY: secrets.hashKey,
    SMTP_URL: `smtp://127.0.0.1:${places.ports.mail}`,
    MAIL_FROM: `${script.shop.name} <${script.shop.email}>`,
    DEV_STORE_URL: places.devStoreUrl,
    APP_BRIDGE_URL: `${places.devStoreUrl}/app-bridge.js`,
    WORKER_PORT: String(places.ports.worker),
    SIMULATED_CLOCK: 'true',
    LOG_LEVEL: 'warn',
  };
}

/** Variables of the dev store. @param stateDir null keeps its state in memory */
export function devStoreVariables(
  places: Omit<Places, 'devStoreUrl'>,
  secrets: DemoSecrets,
  script: Pick<Script, 'shop'>,
  stateDir: string | null,
): Record<string, string> {
  const { shop } = script;
  return {
    NODE_ENV: 'production',
    APP_URL: places.appUrl,
    DATABASE_URL: places.databaseUrl,
    SHOPIFY_API_KEY: secrets.apiKey,
    SHOPIFY_API_SECRET: secrets.apiSecret,
    DEV_STORE_PORT: String(places.ports.devStore),
    MAIL_SMTP_PORT: String(places.ports.mail),
    DEV_STORE_FREE_PORT: '1',
    SHOP_DOMAIN: shop.domain,
    SHOP_NAME: shop.name,
    SHOP_EMAIL: shop.email,
    SHOP_CURRENCY: shop.currency,
    SHOP_TIMEZONE: shop.timeZone,
    ...(stateDir === null ? {} : { STORE_STATE_DIR: stateDir }),
  };
}
