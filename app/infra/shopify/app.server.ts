import '@shopify/shopify-app-remix/adapters/node';
import { ApiVersion } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { AppDistribution, LogSeverity, shopifyApp } from '@shopify/shopify-app-remix/server';
import { createTokenCrypto } from '../crypto/token-crypto.ts';
import type { Config } from '../env.server.ts';
import { API_VERSION } from './api-version.ts';
import type { Sql } from './session-rows.server.ts';
import { createSessionStorage } from './session-storage.server.ts';
import { redirectShopUrl } from './shop-url.ts';
import { withStaffToken } from './staff-token.ts';
import { withoutBrokenHost } from './usable-host.ts';

/** What the hook learns; the library calls it after every token exchange, about hourly. */
export interface Installed {
  shopDomain: string;
  scopes: string[];
}

export interface ShopifyAppOptions {
  config: Pick<
    Config,
    'shopifyApiKey' | 'shopifyApiSecret' | 'scopes' | 'appUrl' | 'tokenKeys' | 'devStoreUrl'
  >;
  pool: Sql;
  /** Runs inside the merchant's request: keep it cheap and safe to repeat. */
  onInstalled: (installed: Installed) => Promise<void>;
}

/** Sends the library's own calls (token exchange, refresh) to the dev store. Called once, before the first request. */
export function installFetchRedirect(devStoreUrl: string): void {
  setAbstractFetchFunc((input, init) => fetch(redirectShopUrl(String(input), devStoreUrl), init));
}

/** The library's app: embedded, token exchange, expiring offline tokens, our own session storage. Connects to nothing. */
export function createShopifyApp({ config, pool, onInstalled }: ShopifyAppOptions) {
  if (config.devStoreUrl) installFetchRedirect(config.devStoreUrl);
  const app = shopifyApp({
    apiKey: config.shopifyApiKey,
    apiSecretKey: config.shopifyApiSecret,
    apiVersion: pinnedVersion(),
    scopes: [...config.scopes],
    appUrl: config.appUrl,
    authPathPrefix: '/auth',
    distribution: AppDistribution.AppStore,
    sessionStorage: createSessionStorage(pool, createTokenCrypto(config.tokenKeys)),
    // At Debug the library would write session tokens into the log.
    logger: { level: LogSeverity.Warning },
    hooks: {
      afterAuth: async ({ session }) => {
        await onInstalled({
          shopDomain: session.shop,
          scopes: session.scope?.split(',').filter(Boolean) ?? [],
        });
      },
    },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  });
  const admin = async (request: Request) =>
    app.authenticate.admin(withoutBrokenHost(withStaffToken(request)));
  return { ...app, authenticate: { ...app.authenticate, admin } };
}

export type ShopifyApp = ReturnType<typeof createShopifyApp>;

/** Our one version constant as the library's type; fails at start if the library does not know it. */
function pinnedVersion(): ApiVersion {
  const known = Object.values(ApiVersion).find((version) => version === API_VERSION);
  if (!known)
    throw new Error(`@shopify/shopify-api does not know the API version ${API_VERSION}; update the package.`);
  return known;
}
