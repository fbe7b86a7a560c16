import { z } from 'zod';
import { DEFAULT_TOKEN_SECONDS } from './session-storage.server.ts';
import { shopUrl } from './shop-url.ts';

export type RefreshAnswer =
  | {
      kind: 'pair';
      accessToken: string;
      /** null: the old one stays. */
      refreshToken: string | null;
      scope: string | null;
      expiresInSeconds: number;
      refreshExpiresInSeconds: number | null;
    }
  | { kind: 'reauthorise'; reason: string }
  | { kind: 'unavailable'; reason: string };

const TIMEOUT_MS = 10_000;
const REFRESH_TOKEN_SECONDS = 90 * 24 * 3600;
/** Errors about us rather than about the token: the token may well be good. */
const OUR_FAULT = ['invalid_client', 'unauthorized_client', 'invalid_request', 'unsupported_grant_type'];

const seconds = z.number().positive().optional().catch(undefined);
const pairBody = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional().catch(undefined),
  scope: z.string().optional().catch(undefined),
  expires_in: seconds,
  refresh_token_expires_in: seconds,
});
const errorBody = z.object({ error: z.string() });

/** One refresh of an offline token (platform.md section 6). Never throws for what Shopify or the network does. */
export async function requestRefresh(input: {
  shopDomain: string;
  refreshToken: string;
  apiKey: string;
  apiSecret: string;
  devStoreUrl?: string | undefined;
}): Promise<RefreshAnswer> {
  const url = shopUrl(input.shopDomain, '/admin/oauth/access_token', input.devStoreUrl);
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        client_id: input.apiKey,
        client_secret: input.apiSecret,
        grant_type: 'refresh_token',
        refresh_token: input.refreshToken,
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = await response.json().catch(() => null);
  } catch {
    return { kind: 'unavailable', reason: 'Shopify could not be reached to refresh the token.' };
  }
  return response.ok ? readPair(body) : readRefusal(response.status, body);
}

function readPair(body: unknown): RefreshAnswer {
  const parsed = pairBody.safeParse(body);
  if (!parsed.success)
    return { kind: 'unavailable', reason: "Shopify's answer to the refresh holds no token." };
  const pair = parsed.data;
  const refreshToken = pair.refresh_token ?? null;
  return {
    kind: 'pair',
    accessToken: pair.access_token,
    refreshToken,
    scope: pair.scope ?? null,
    expiresInSeconds: pair.expires_in ?? DEFAULT_TOKEN_SECONDS,
    refreshExpiresInSeconds:
      pair.refresh_token_expires_in ?? (refreshToken === null ? null : REFRESH_TOKEN_SECONDS),
  };
}

function readRefusal(status: number, body: unknown): RefreshAnswer {
  const code = errorBody.safeParse(body).data?.error ?? 'no code';
  const aboutUs = OUR_FAULT.includes(code);
  if ((status === 400 || status === 401 || status === 403) && !aboutUs) {
    return { kind: 'reauthorise', reason: `Shopify refused the refresh token (${status}, ${code}).` };
  }
  const hint = aboutUs ? '; check SHOPIFY_API_KEY and SHOPIFY_API_SECRET' : '';
  return { kind: 'unavailable', reason: `Shopify answered the refresh with ${status} (${code})${hint}.` };
}
