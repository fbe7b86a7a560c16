import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Shopify's two HMAC signatures: over a webhook's raw bytes, and over an app proxy's
 * query. `secrets` are the app's client secrets, the current one first; while Shopify
 * rotates a secret, deliveries signed with either arrive (platform.md section 6).
 */

const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]{0,99}\.myshopify\.com$/;

/** Whether text is a shop's permanent domain. Everything that becomes part of an address passes this first. */
export function isShopDomain(text: string): boolean {
  return SHOP_DOMAIN.test(text);
}

/** Base64 HMAC-SHA256 of a body, as in X-Shopify-Hmac-Sha256. */
export function signWebhook(body: Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

/**
 * Checks a webhook's signature over the bytes exactly as received, in constant time.
 * @returns missing = no header (400); invalid = wrong or malformed (401)
 */
export function verifyWebhook(
  body: Uint8Array,
  header: string | null | undefined,
  secrets: readonly string[],
): 'valid' | 'missing' | 'invalid' {
  if (!header) return 'missing';
  return matchesAny(header, secrets, (secret) => signWebhook(body, secret)) ? 'valid' : 'invalid';
}

/** Compares without telling by the time taken how much was right; every secret is tried. */
function matchesAny(given: string, secrets: readonly string[], sign: (secret: string) => string): boolean {
  const actual = Buffer.from(given);
  let match = false;
  for (const secret of secrets) {
    const expected = Buffer.from(sign(secret));
    if (actual.length === expected.length && timingSafeEqual(actual, expected)) match = true;
  }
  return match;
}

/** Each parameter as k=v (a repeated one joined by commas), sorted, without a separator, signature left out. */
function canonicalProxyQuery(query: URLSearchParams): string {
  const names = [...new Set(query.keys())].filter((name) => name !== 'signature');
  return names
    .map((name) => `${name}=${query.getAll(name).join(',')}`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('');
}

/** The hex signature that Shopify puts on an app proxy's query. */
export function proxySignature(query: URLSearchParams, secret: string): string {
  return createHmac('sha256', secret).update(canonicalProxyQuery(query)).digest('hex');
}

/** A copy of the query with its signature: what the dev store and tests send. */
export function signProxyQuery(query: URLSearchParams, secret: string): URLSearchParams {
  const signed = new URLSearchParams(query);
  signed.set('signature', proxySignature(query, secret));
  return signed;
}

export type ProxyCheck =
  | {
      kind: 'verified';
      shopDomain: string;
      /** Decimal text; null for a visitor who is not logged in. Trustworthy, since Shopify signed it. */
      customerId: string | null;
      pathPrefix: string;
    }
  | { kind: 'refused'; reason: string };

/** Parameters that Shopify writes itself, once: a second one was added by the visitor. */
const SINGLE = ['shop', 'logged_in_customer_id', 'path_prefix', 'timestamp', 'signature', 'hmac'] as const;
const TOLERANCE_SECONDS = 90;

/**
 * Checks an app proxy's query (platform.md section 2).
 * @param machineNow machine time: the signature is good for 90 seconds either way
 */
export function verifyProxyQuery(
  query: URLSearchParams,
  secrets: readonly string[],
  machineNow: Date,
): ProxyCheck {
  const refused = (reason: string): ProxyCheck => ({ kind: 'refused', reason });
  const twice = SINGLE.find((name) => query.getAll(name).length > 1);
  if (twice) return refused(`The parameter ${twice} must not appear more than once.`);
  const signature = query.get('signature');
  const shopDomain = query.get('shop');
  const timestamp = query.get('timestamp');
  if (!signature || !shopDomain || !timestamp)
    return refused('The query lacks its signature, shop or timestamp.');
  if (!matchesAny(signature, secrets, (secret) => proxySignature(query, secret))) {
    return refused('The signature does not match the query.');
  }
  const age = /^\d{1,12}$/.test(timestamp) ? machineNow.getTime() / 1000 - Number(timestamp) : Number.NaN;
  if (!(Math.abs(age) <= TOLERANCE_SECONDS)) return refused('The timestamp is more than 90 seconds away.');
  if (!isShopDomain(shopDomain)) return refused('The shop is not a myshopify.com domain.');
  const customerId = query.get('logged_in_customer_id') ?? '';
  if (!/^\d*$/.test(customerId)) return refused('The customer id is not a number.');
  return {
    kind: 'verified',
    shopDomain,
    customerId: customerId === '' ? null : customerId,
    pathPrefix: query.get('path_prefix') ?? '',
  };
}
