import { deps } from './infra/deps.server.ts';
import type { ShopifyApp } from './infra/shopify/app.server.ts';

/**
 * The library's entry points for routes. Importing this connects to nothing: the app is
 * built with the other dependencies at the first request.
 */
const app = (): ShopifyApp => deps().shopifyApp;

/**
 * Admin requests only. Webhooks, app proxy and checkout tokens are checked by our own code
 * (hmac.ts, session-token.ts): the library's would refresh tokens inside a webhook's five
 * seconds, and does not check whom a checkout token was issued for.
 */
export const authenticate: Pick<ShopifyApp['authenticate'], 'admin'> = {
  get admin() {
    return app().authenticate.admin;
  },
};

export const login = ((request: Request) => app().login(request)) as ShopifyApp['login'];

/** Sets the frame-ancestors policy that lets the Shopify admin, and nobody else, frame a page. */
export const addDocumentResponseHeaders: ShopifyApp['addDocumentResponseHeaders'] = (request, headers) =>
  app().addDocumentResponseHeaders(request, headers);
