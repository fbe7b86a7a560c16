import { isShopDomain } from './hmac.ts';

/**
 * Address of a shop's endpoint: `https://{shop}{path}`, or with the dev store's address
 * `{devStoreUrl}/shops/{shop}{path}`.
 * @throws RangeError when the domain is not a shop's: requests carry tokens
 */
export function shopUrl(shopDomain: string, path: `/${string}`, devStoreUrl?: string): string {
  if (!isShopDomain(shopDomain)) throw new RangeError('Only a myshopify.com domain can be called as a shop.');
  return devStoreUrl
    ? `${devStoreUrl.replace(/\/$/, '')}/shops/${shopDomain}${path}`
    : `https://${shopDomain}${path}`;
}

/** The same for an address that the library has built; addresses of no shop stay as they are. */
export function redirectShopUrl(url: string, devStoreUrl: string): string {
  const parsed = new URL(url);
  if (!isShopDomain(parsed.hostname)) return url;
  return shopUrl(parsed.hostname, `/${parsed.pathname.slice(1)}${parsed.search}`, devStoreUrl);
}
