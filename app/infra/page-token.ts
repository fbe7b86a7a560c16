import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The tokens that stand in shoppers' hands. A survey link is 128 random bits of which
 * only the hash is kept; page and unsubscribe tokens are HMACs, so nothing is stored.
 */

export interface PageClaims {
  shopId: string;
  /** Shopify's customer id. */
  customerId: string;
  orderId: string;
  kind: string;
  /** Of the survey that the page shows; null: a page of before editions. */
  edition?: string | null;
}

export interface ShopperTokens {
  /** A new link token, and the hash to keep of it. */
  newLinkToken(): { token: string; hash: Buffer };
  /** What the link that no person sees has as its value, beside this token; it looks like any other. */
  unseenMark(token: string): string;
  /** null: the text can't be a link token. */
  hashLinkToken(token: string): Buffer | null;
  /** Good for the claims only, until `expiresAt` (business time). */
  issuePageToken(claims: PageClaims, expiresAt: Date): string;
  checkPageToken(token: string, claims: PageClaims, now: Date): 'valid' | 'expired' | 'invalid';
  /** For ever good, for one customer of one shop. */
  unsubscribeToken(shopId: string, customerId: string): string;
  /** The customer's id, or null when the token is not ours or another shop's. */
  readUnsubscribeToken(shopId: string, token: string): string | null;
  /** Stands for a person in keys, so that the person's id does not. */
  claimantHash(shopId: string, claimant: string): string;
}

const MAC_BYTES = 24;
/** Nobody gains by guessing it: it says that a link was opened. */
const MARK_BYTES = 6;

/** @param hashKey config.hashKey */
export function createShopperTokens(hashKey: string): ShopperTokens {
  // JSON keeps the parts apart: no two lists of texts give the same message.
  const mac = (purpose: string, parts: string[]) =>
    createHmac('sha256', hashKey)
      .update(JSON.stringify([purpose, ...parts]))
      .digest()
      .subarray(0, MAC_BYTES);
  const pageMac = (claims: PageClaims, expiry: string) =>
    mac('page', [
      claims.shopId,
      claims.customerId,
      claims.orderId,
      claims.kind,
      claims.edition ?? '',
      expiry,
    ]);
  const hashOf = (token: string) => createHash('sha256').update(token).digest();

  return {
    newLinkToken() {
      const token = randomBytes(16).toString('base64url');
      return { token, hash: hashOf(token) };
    },
    unseenMark: (token) => mac('unseen', [token]).subarray(0, MARK_BYTES).toString('base64url'),
    hashLinkToken: (token) => (/^[\w-]{22}$/.test(token) ? hashOf(token) : null),

    issuePageToken(claims, expiresAt) {
      const expiry = expiresAt.getTime().toString(36);
      return `${expiry}.${pageMac(claims, expiry).toString('base64url')}`;
    },
    checkPageToken(token, claims, now) {
      const [expiry, given] = splitToken(token);
      if (!/^[0-9a-z]{1,12}$/.test(expiry) || !same(given, pageMac(claims, expiry))) return 'invalid';
      return now.getTime() < Number.parseInt(expiry, 36) ? 'valid' : 'expired';
    },

    unsubscribeToken(shopId, customerId) {
      const id = Buffer.from(customerId.replaceAll('-', ''), 'hex').toString('base64url');
      return `${id}.${mac('unsubscribe', [shopId, customerId]).toString('base64url')}`;
    },
    readUnsubscribeToken(shopId, token) {
      const [id, given] = splitToken(token);
      if (!/^[\w-]{22}$/.test(id)) return null;
      const hex = Buffer.from(id, 'base64url').toString('hex');
      const customerId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      return same(given, mac('unsubscribe', [shopId, customerId])) ? customerId : null;
    },
    claimantHash: (shopId, claimant) => mac('claimant', [shopId, claimant]).toString('base64url'),
  };
}

/** Compares the texts, not what they decode to: base64 has many spellings of the same bytes. */
function same(given: string, expected: Buffer): boolean {
  const actual = Buffer.from(given);
  const right = Buffer.from(expected.toString('base64url'));
  return actual.length === right.length && timingSafeEqual(actual, right);
}

/** Everything behind the first dot belongs to the signature, so nothing can be hung on. */
function splitToken(token: string): [head: string, mac: string] {
  const dot = token.indexOf('.');
  return dot < 0 ? [token, ''] : [token.slice(0, dot), token.slice(dot + 1)];
}
