import type { Config } from './env.server.ts';
import { verifyProxyQuery } from './shopify/hmac.ts';
import type { ProxyCheck } from './shopify/hmac.ts';
import { verifyCheckoutToken } from './shopify/session-token.ts';
import type { SessionTokenCheck } from './shopify/session-token.ts';

/** Who is calling a shopper's door, by Shopify's signature on the request. Machine time throughout. */
export interface Callers {
  /** The storefront, through the app proxy: the query is signed. */
  proxy(request: Request): ProxyCheck;
  /** A checkout or customer-account extension: bearer token with our audience. */
  checkout(request: Request): Promise<SessionTokenCheck>;
}

export function createCallers(
  config: Pick<Config, 'shopifyApiKey' | 'shopifyApiSecret' | 'shopifyPreviousApiSecret'>,
): Callers {
  const { shopifyApiSecret: current, shopifyPreviousApiSecret: previous } = config;
  const secrets = previous ? [current, previous] : [current];
  return {
    proxy: (request) => verifyProxyQuery(new URL(request.url).searchParams, secrets, new Date()),
    async checkout(request) {
      const [, token] = /^Bearer (\S{1,4096})$/i.exec(request.headers.get('authorization') ?? '') ?? [];
      if (!token) return { kind: 'refused', reason: 'The request carries no session token.' };
      return verifyCheckoutToken(token, { apiKey: config.shopifyApiKey, secrets }, new Date());
    },
  };
}
