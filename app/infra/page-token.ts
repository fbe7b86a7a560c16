import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SurveyKind } from '../domain/surveys/contract.ts';
import type { ChangingPage } from '../domain/surveys/earlier-answer.ts';
import { createTokenCrypto, TokenCryptoError } from './crypto/token-crypto.ts';

/**
 * The tokens that stand in shoppers' hands. A survey link is 128 random bits of which
 * only the hash is kept; page and unsubscribe tokens are HMACs, and what must name a customer
 * in an address is sealed, so nothing is stored.
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

/** The survey that a customer began in their account, for the page on which they go on. */
export interface Continuation {
  shopDomain: string;
  /** Shopify's customer id. */
  customerId: string;
  orderId: string;
  kind: SurveyKind;
  edition: string;
  /** Language tag. */
  locale: string;
  /** Says until when, and that these claims are ours. */
  pageToken: string;
}

/** What the page of a survey's test shows. */
export interface TestClaims {
  surveyId: string;
  /** Language tag in which it is read. */
  language: string;
  /** Which sample order it is about. */
  sample: string;
}

export interface ShopperTokens {
  /** A new link token, and the hash to keep of it. */
  newLinkToken(): { token: string; hash: Buffer };
  /** What the link that no person sees has as its value, beside this token; it looks like any other. */
  unseenMark(token: string): string;
  /** null: the text can't be a link token. */
  hashLinkToken(token: string): Buffer | null;
  /** What an anonymous answer stands under: who holds the token comes to it, and the hash we keep leads nowhere. */
  answerMark(token: string): string;
  /**
   * Good for the claims only, until `expiresAt` (business time).
   * @param seen revision of what was sent off before, if the page asks it again
   */
  issuePageToken(claims: PageClaims, expiresAt: Date, seen?: number): string;
  checkPageToken(token: string, claims: PageClaims, now: Date): 'valid' | 'expired' | 'invalid';
  /** What a valid page token says of when its page was opened. Whoever reads the mark cannot answer in its name. */
  pageOf(token: string): ChangingPage;
  /** Good in its shop only; nobody else can read it, since an address must not say whose page it is. */
  issueContinuation(shopId: string, claims: Continuation): string;
  /** null: not ours, or another shop's. Whether it is still good, its page token says. */
  readContinuation(shopId: string, token: string): Continuation | null;
  /** Names a draft to be tried out, readable and signed; good until `expiresAt` (business time). */
  issueTestToken(shopId: string, claims: TestClaims, expiresAt: Date): string;
  /** invalid: not ours, or another shop's. */
  readTestToken(shopId: string, token: string, now: Date): TestClaims | 'expired' | 'invalid';
  /** For ever good, for one customer of one shop. */
  unsubscribeToken(shopId: string, customerId: string): string;
  /** The customer's id, or null when the token is not ours or another shop's. */
  readUnsubscribeToken(shopId: string, token: string): string | null;
  /** Of a shop's kiosk link; a link of another number is no longer good. */
  kioskToken(shopId: string, linkNumber: number): string;
  isKioskToken(token: string, shopId: string, linkNumber: number): boolean;
  /** Stands for a person in keys, so that the person's id does not. */
  claimantHash(shopId: string, claimant: string): string;
}

const MAC_BYTES = 24;
/** Nobody gains by guessing it: it says that a link was opened. */
const MARK_BYTES = 6;
/** Until when, and the revision seen. */
const PAGE_HEAD = /^[0-9a-z]{1,12}-(?<seen>[0-9a-z]{1,6})$/;
/** Name of the key, and what every text sealed with it begins with; an address goes without. */
const SEALED = 'page';
const SEALED_HEAD = `v1:${SEALED}:`;

/** @param hashKey config.hashKey */
export function createShopperTokens(hashKey: string): ShopperTokens {
  // JSON keeps the parts apart: no two lists of texts give the same message.
  const mac = (purpose: string, parts: string[]) =>
    createHmac('sha256', hashKey)
      .update(JSON.stringify([purpose, ...parts]))
      .digest()
      .subarray(0, MAC_BYTES);
  const pageMac = (claims: PageClaims, head: string) =>
    mac('page', [claims.shopId, claims.customerId, claims.orderId, claims.kind, claims.edition ?? '', head]);
  const kioskMac = (shopId: string, linkNumber: number) => mac('kiosk', [shopId, String(linkNumber)]);
  const hashOf = (token: string) => createHash('sha256').update(token).digest();
  const sealingKey = new Uint8Array(hkdfSync('sha256', hashKey, '', 'continuation', 32));
  const sealer = createTokenCrypto([{ id: SEALED, key: sealingKey }]);

  return {
    newLinkToken() {
      const token = randomBytes(16).toString('base64url');
      return { token, hash: hashOf(token) };
    },
    unseenMark: (token) => mac('unseen', [token]).subarray(0, MARK_BYTES).toString('base64url'),
    answerMark: (token) => createHash('sha256').update(`anonymous answer:${token}`).digest('hex'),
    hashLinkToken: (token) => (/^[\w-]{22}$/.test(token) ? hashOf(token) : null),

    issuePageToken(claims, expiresAt, seen = 0) {
      const head = `${expiresAt.getTime().toString(36)}-${seen.toString(36)}`;
      return `${head}.${pageMac(claims, head).toString('base64url')}`;
    },
    checkPageToken(token, claims, now) {
      const [head, given] = splitToken(token);
      if (!PAGE_HEAD.test(head) || !same(given, pageMac(claims, head))) return 'invalid';
      return now.getTime() < Number.parseInt(head, 36) ? 'valid' : 'expired';
    },
    pageOf(token) {
      const seen = Number.parseInt(PAGE_HEAD.exec(splitToken(token)[0])?.groups?.['seen'] ?? '0', 36);
      return { mark: createHash('sha256').update(token).digest('hex'), seen };
    },

    issueContinuation(shopId, claims) {
      const { shopDomain, customerId, orderId, kind, edition, locale, pageToken } = claims;
      const text = JSON.stringify([shopDomain, customerId, orderId, kind, edition, locale, pageToken]);
      return sealer.encrypt(text, shopId).slice(SEALED_HEAD.length).replaceAll(':', '.');
    },
    readContinuation(shopId, token) {
      const text = unsealed(token, (sealed) => sealer.decrypt(sealed, shopId));
      if (text === null) return null;
      const [shopDomain, customerId, orderId, kind, edition, locale, pageToken] = JSON.parse(text);
      return { shopDomain, customerId, orderId, kind, edition, locale, pageToken };
    },

    issueTestToken(shopId, { surveyId, language, sample }, expiresAt) {
      const claims = JSON.stringify([surveyId, language, sample, expiresAt.getTime()]);
      const head = Buffer.from(claims).toString('base64url');
      return `${head}.${mac('test', [shopId, head]).toString('base64url')}`;
    },
    readTestToken(shopId, token, now) {
      const [head, given] = splitToken(token);
      if (!same(given, mac('test', [shopId, head]))) return 'invalid';
      // Ours, so it is what was issued.
      const [surveyId, language, sample, until] = JSON.parse(Buffer.from(head, 'base64url').toString());
      return now.getTime() < until ? { surveyId, language, sample } : 'expired';
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
    kioskToken: (shopId, linkNumber) => kioskMac(shopId, linkNumber).toString('base64url'),
    isKioskToken: (token, shopId, linkNumber) => same(token, kioskMac(shopId, linkNumber)),
    claimantHash: (shopId, claimant) => mac('claimant', [shopId, claimant]).toString('base64url'),
  };
}

/** Compares the texts, not what they decode to: base64 has many spellings of the same bytes. */
function same(given: string, expected: Buffer): boolean {
  const actual = Buffer.from(given);
  const right = Buffer.from(expected.toString('base64url'));
  return actual.length === right.length && timingSafeEqual(actual, right);
}

/** null: nothing that we sealed, or another spelling of it. */
function unsealed(token: string, decrypt: (sealed: string) => string): string | null {
  const parts = token.split('.');
  const isPlain = parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
  if (!isPlain) return null;
  try {
    return decrypt(SEALED_HEAD + parts.join(':'));
  } catch (error) {
    if (error instanceof TokenCryptoError) return null;
    throw error;
  }
}

/** Everything behind the first dot belongs to the signature, so nothing can be hung on. */
function splitToken(token: string): [head: string, mac: string] {
  const dot = token.indexOf('.');
  return dot < 0 ? [token, ''] : [token.slice(0, dot), token.slice(dot + 1)];
}
