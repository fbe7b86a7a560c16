import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the shop is called and how it counts; GraphQL's `shop` answers from this. */
export interface ShopFacts {
  domain: string;
  name: string;
  email: string;
  currencyCode: string;
  ianaTimezone: string;
  planName: string;
}

/** Everything the dev store needs to run; built from the environment or given by a test. */
export interface DevStoreConfig {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  smtpPort: number;
  /** Origin of the web app, without a slash at the end. */
  appUrl: string;
  /** Only for the business clock row; null switches the clock page off. */
  databaseUrl: string | null;
  apiKey: string;
  apiSecret: string;
  shop: ShopFacts;
  /** Scopes that OAuth grants and Admin GraphQL checks. */
  scopes: string[];
  /** Version in the header of webhooks that name none. */
  apiVersion: string;
  /** Folder in which records, tokens and mails survive a restart; null keeps them in memory and a temporary file. */
  stateDir: string | null;
  /** Folder of the app's extensions (theme blocks, checkout UI). */
  extensionsDir: string;
  /** Where the app proxy is mounted on the storefront, e.g. `/apps/aftercare`. */
  proxyPrefix: string;
  /** Take a free port, and say so, where the wanted one is taken. */
  freePortIfTaken: boolean;
}

/** Raised once, with every problem of the configuration in one message. */
export class ConfigError extends Error {}

type Env = Record<string, string | undefined>;

/**
 * Reads the dev store's configuration from environment variables.
 * @throws ConfigError naming each variable that is missing or wrong and how to set it.
 */
export function readConfig(env: Env, rootDir: string): DevStoreConfig {
  const problems: string[] = [];
  const required = (name: string, why: string): string => {
    const value = env[name]?.trim() ?? '';
    if (value === '') problems.push(`${name} is not set: ${why}.`);
    return value;
  };
  const port = (name: string, fallback: number): number => {
    const text = env[name]?.trim();
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= 65535) return value;
    problems.push(`${name} is "${text}", but a port is a whole number from 0 to 65535.`);
    return fallback;
  };
  const appUrl = required('APP_URL', 'give the address of the web app, e.g. http://127.0.0.1:3000').replace(
    /\/+$/,
    '',
  );
  if (appUrl !== '' && !URL.canParse(appUrl)) {
    problems.push(`APP_URL is "${appUrl}", which is not an address such as http://127.0.0.1:3000.`);
  }
  const domain = env['SHOP_DOMAIN']?.trim() || 'demo-shop.myshopify.com';
  if (!/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(domain)) {
    problems.push(`SHOP_DOMAIN is "${domain}", but a shop is named like demo-shop.myshopify.com.`);
  }
  const manifest = readAppManifest(rootDir);
  const config: DevStoreConfig = {
    host: env['DEV_STORE_HOST']?.trim() || '127.0.0.1',
    port: port('DEV_STORE_PORT', 4400),
    smtpPort: port('MAIL_SMTP_PORT', 4425),
    appUrl,
    databaseUrl: env['DATABASE_URL']?.trim() || null,
    apiKey: required('SHOPIFY_API_KEY', "give the app's client id"),
    apiSecret: required('SHOPIFY_API_SECRET', "give the app's client secret, the same as the web app uses"),
    shop: {
      domain,
      name: env['SHOP_NAME']?.trim() || 'Demo Shop',
      email: env['SHOP_EMAIL']?.trim() || `owner@${domain.split('.')[0]}.example`,
      currencyCode: env['SHOP_CURRENCY']?.trim() || 'USD',
      ianaTimezone: env['SHOP_TIMEZONE']?.trim() || 'America/New_York',
      planName: 'Development',
    },
    scopes: splitList(env['SHOPIFY_SCOPES'] ?? manifest.scopes),
    apiVersion: env['SHOPIFY_API_VERSION']?.trim() || manifest.apiVersion,
    stateDir: env['STORE_STATE_DIR']?.trim() || null,
    extensionsDir: env['EXTENSIONS_DIR']?.trim() || join(rootDir, 'extensions'),
    proxyPrefix: `/${manifest.proxyPrefix}/${manifest.proxySubpath}`,
    freePortIfTaken: env['DEV_STORE_FREE_PORT'] === '1',
  };
  if (problems.length > 0) throw new ConfigError(`The dev store cannot start. ${problems.join(' ')}`);
  return config;
}

function splitList(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The parts of shopify.app.toml that Shopify itself would act on; each has one line of the form `key = "value"`. */
function readAppManifest(rootDir: string) {
  let text = '';
  try {
    text = readFileSync(join(rootDir, 'shopify.app.toml'), 'utf8');
  } catch {
    // A tree without a manifest still has a storefront and a mailbox; only the scopes are then empty.
  }
  const value = (key: string): string | undefined =>
    new RegExp(`^\\s*${key}\\s*=\\s*(?:"""([\\s\\S]*?)"""|"([^"]*)")`, 'm')
      .exec(text)
      ?.slice(1)
      .find(Boolean);
  return {
    scopes: value('scopes') ?? '',
    apiVersion: value('api_version') ?? '2026-10',
    proxyPrefix: value('prefix') ?? 'apps',
    proxySubpath: value('subpath') ?? 'aftercare',
  };
}
