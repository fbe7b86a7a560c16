import { SignJWT, errors, jwtVerify } from 'jose';
import { isShopDomain } from './hmac.ts';

/**
 * Session tokens of checkout and customer-account extensions. The library checks only
 * signature and expiry of them, not whom they were issued for; this checks the audience
 * too (platform.md section 6), and that no token of staff comes in here: the admin's carry the
 * same audience and secret (staff-token.ts keeps the other side).
 */

const SKEW_SECONDS = 10;

export type SessionTokenCheck =
  | {
      kind: 'verified';
      shopDomain: string;
      /** Decimal text of `sub`; null where the shopper is not logged in. */
      customerId: string | null;
      expiresAt: Date;
    }
  | { kind: 'refused'; reason: string };

/**
 * Checks a token from a checkout or customer-account extension: HS256, audience = our
 * API key, expiry and not-before with 10 seconds of skew, destination a shop, subject a
 * customer or nobody.
 * @param machineNow machine time
 */
export async function verifyCheckoutToken(
  token: string,
  app: { apiKey: string; secrets: readonly string[] },
  machineNow: Date,
): Promise<SessionTokenCheck> {
  let reason = 'No secret is configured.';
  for (const secret of app.secrets) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: ['HS256'],
        audience: app.apiKey,
        clockTolerance: SKEW_SECONDS,
        currentDate: machineNow,
        requiredClaims: ['exp', 'dest'],
      });
      const shopDomain = shopOf(payload.dest);
      if (shopDomain === null) return { kind: 'refused', reason: 'The token names no shop in dest.' };
      const customerId = customerOf(payload.sub);
      if (customerId === undefined) return { kind: 'refused', reason: "The token's subject is no customer." };
      return {
        kind: 'verified',
        shopDomain,
        customerId,
        expiresAt: new Date((payload.exp ?? 0) * 1000),
      };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      reason = reasonOf(error);
      // Only a wrong signature can mean that the other secret signed it.
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
    }
  }
  return { kind: 'refused', reason };
}

/** `dest` comes as a bare domain or as an https address. */
function shopOf(dest: unknown): string | null {
  if (typeof dest !== 'string') return null;
  const domain = dest.replace(/^https:\/\//, '').replace(/\/$/, '');
  return isShopDomain(domain) ? domain : null;
}

/** The customer's id, null where nobody is logged in; undefined for any other subject, such as a member of staff. */
function customerOf(sub: unknown): string | null | undefined {
  if (sub === undefined || sub === null) return null;
  return typeof sub === 'string' ? /^gid:\/\/shopify\/Customer\/(\d{1,30})$/.exec(sub)?.[1] : undefined;
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The token's claim ${error.claim} is missing or wrong.`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return "The token's signature is wrong.";
  return 'The token is no valid session token.';
}

/**
 * Signs a session token as Shopify does: what the dev store hands to the admin frame and
 * to extensions, and tests send.
 * @param claims.sub a customer gid at checkout, a user id in the admin
 */
export function signSessionToken(
  claims: { dest: string; sub?: string; iss?: string; jti?: string; sid?: string },
  app: { apiKey: string; secret: string },
  machineNow: Date,
  lifetimeSeconds = 60,
): Promise<string> {
  const now = Math.floor(machineNow.getTime() / 1000);
  return new SignJWT({ ...claims, aud: app.apiKey, nbf: now, iat: now, exp: now + lifetimeSeconds })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(app.secret));
}
