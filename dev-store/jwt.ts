import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

export type Claims = Record<string, string | number>;

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** An HS256 token of these claims. */
export function signJwt(claims: Claims, secret: string): string {
  const input = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** The claims of a well-signed token that is neither expired nor from the future (10 s skew); null otherwise. */
export function verifyJwt(token: string, secret: string, nowMs = Date.now()): Claims | null {
  const [header, payload, signature] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined) return null;
  const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
    const seconds = nowMs / 1000;
    if (Number(claims['exp']) + 10 < seconds || Number(claims['nbf'] ?? 0) - 10 > seconds) return null;
    return claims;
  } catch {
    return null;
  }
}

interface TokenParty {
  shop: string;
  apiKey: string;
  apiSecret: string;
}

/** What the admin hands to an embedded app: 60 s, audience the app, subject the staff user. Machine time. */
export function idToken(party: TokenParty, userId: string, nowMs = Date.now()): string {
  const now = Math.floor(nowMs / 1000);
  const claims = {
    iss: `https://${party.shop}/admin`,
    dest: `https://${party.shop}`,
    aud: party.apiKey,
    sub: userId,
    exp: now + 60,
    nbf: now - 1,
    iat: now - 1,
    jti: randomUUID(),
    sid: randomUUID(),
  };
  return signJwt(claims, party.apiSecret);
}

/** What checkout hands to a UI extension: 5 min, no order in it, the customer only when logged in. Machine time. */
export function checkoutToken(party: TokenParty, customerId: string | null, nowMs = Date.now()): string {
  const now = Math.floor(nowMs / 1000);
  const claims: Claims = {
    dest: party.shop,
    aud: party.apiKey,
    exp: now + 300,
    nbf: now - 1,
    iat: now - 1,
    jti: randomUUID(),
  };
  if (customerId !== null) claims['sub'] = `gid://shopify/Customer/${customerId}`;
  return signJwt(claims, party.apiSecret);
}
