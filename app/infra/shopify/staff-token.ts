import { decodeJwt } from 'jose';
import { isShopDomain } from './hmac.ts';

/**
 * Whom a session token was made for. Shopify signs the tokens of the admin and those of checkout
 * and customer-account pages with one secret and for one audience; only issuer and subject tell
 * staff from a shopper. The library looks at neither, so this does, before it sees the request.
 */

/** What the library answers to a bad token; App Bridge then fetches a new one and asks again, once. */
const RETRY = { 'X-Shopify-Retry-Invalid-Session-Request': '1' };

/**
 * The request with its session token, if staff may be behind it. A token in the address that is not
 * theirs is taken out: the library then sends the page to fetch one, as it does for an expired token.
 * Signature, expiry and audience stay with the library, and so does what is no token at all.
 * @throws Response 401 when the token in the header is not one of staff
 */
export function withStaffToken(request: Request): Request {
  const url = new URL(request.url);
  // Read as the library reads them, or it would believe a token that was not looked at here.
  const header = request.headers.get('authorization')?.replace('Bearer ', '');
  if (header) {
    if (isForeign(header)) throw new Response(undefined, { status: 401, headers: RETRY });
    return request;
  }
  const inAddress = url.searchParams.get('id_token');
  if (inAddress === null || !isForeign(inAddress)) return request;
  url.searchParams.delete('id_token');
  return new Request(url, { method: request.method, headers: request.headers, signal: request.signal });
}

/** A token that can be read and is not one of the admin: issued by the shop's admin, for a user's number. */
function isForeign(token: string): boolean {
  const claims = claimsOf(token);
  if (claims === null) return false;
  const { iss, dest, sub } = claims;
  if (typeof dest !== 'string' || !dest.startsWith('https://')) return true;
  if (!isShopDomain(dest.slice('https://'.length)) || iss !== `${dest}/admin`) return true;
  return typeof sub !== 'string' || !/^\d+$/.test(sub);
}

function claimsOf(token: string): ReturnType<typeof decodeJwt> | null {
  try {
    return decodeJwt(token);
  } catch {
    // No token: the library refuses it in its own way.
    return null;
  }
}
