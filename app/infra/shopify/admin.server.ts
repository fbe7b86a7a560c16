import { z } from 'zod';
import { API_VERSION } from './api-version.ts';
import { parseJson } from './json.ts';
import type { OfflineTokens } from './offline-token.server.ts';
import { shopUrl } from './shop-url.ts';

/** A GraphQL operation with the shape of its answer. */
export interface AdminOperation<Data> {
  document: string;
  data: z.ZodType<Data>;
}

export type AdminFailure =
  /** The shop's bucket is empty: other shops go on. */
  | { kind: 'throttled'; retryAfterMs: number }
  | { kind: 'retryable'; reason: string }
  /** The token is dead, only a visit of the merchant can mend it. */
  | { kind: 'reauthorise'; reason: string }
  /** Trying again changes nothing. */
  | { kind: 'refused'; reason: string };

export type AdminResult<Data> = { kind: 'ok'; data: Data } | AdminFailure;

export interface AdminClient {
  /** Runs one operation with the shop's offline token. Never throws for what Shopify or the network does. */
  adminGraphql<Data>(
    shopDomain: string,
    operation: AdminOperation<Data>,
    variables: Record<string, unknown>,
  ): Promise<AdminResult<Data>>;
}

const TIMEOUT_MS = 20_000;
const DEFAULT_THROTTLE_MS = 1_000;
const MAX_THROTTLE_MS = 60_000;

const cost = z.object({
  requestedQueryCost: z.number(),
  throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
});
const answerBody = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string() }).optional().catch(undefined),
      }),
    )
    .optional(),
  extensions: z.object({ cost }).optional().catch(undefined),
});
type AnswerBody = z.output<typeof answerBody>;

/** The Admin GraphQL client. Its own rather than the library's, which sleeps Retry-After's seconds as milliseconds and does not see THROTTLED. */
export function createAdminClient(options: {
  tokens: OfflineTokens;
  devStoreUrl?: string | undefined;
}): AdminClient {
  const { tokens, devStoreUrl } = options;

  async function post(shopDomain: string, accessToken: string, body: string): Promise<Response> {
    return fetch(shopUrl(shopDomain, `/admin/api/${API_VERSION}/graphql.json`, devStoreUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-shopify-access-token': accessToken,
        'user-agent': 'Aftercare',
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  return {
    async adminGraphql(shopDomain, operation, variables) {
      const body = JSON.stringify({ query: operation.document, variables });
      let rejected: string | undefined;
      for (let attempt = 0; attempt < 2; attempt++) {
        const token = await tokens.getOfflineToken(shopDomain, rejected);
        if (token.kind === 'none')
          return { kind: 'reauthorise', reason: 'The app is not installed in this shop.' };
        if (token.kind === 'reauthorise') return token;
        if (token.kind === 'unavailable') return { kind: 'retryable', reason: token.reason };
        let response: Response;
        let text: string;
        try {
          response = await post(shopDomain, token.accessToken, body);
          text = await response.text();
        } catch (error) {
          const name = error instanceof Error ? error.name : 'unknown error';
          return { kind: 'retryable', reason: `Shopify could not be reached (${name}).` };
        }
        if (response.status !== 401) return readAnswer(response, text, operation);
        rejected = token.accessToken;
      }
      return { kind: 'reauthorise', reason: 'Shopify refused the access token, also after a refresh.' };
    },
  };
}

function readAnswer<Data>(
  response: Response,
  text: string,
  operation: AdminOperation<Data>,
): AdminResult<Data> {
  const { status } = response;
  if (status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { kind: 'throttled', retryAfterMs: clampWait(seconds * 1000) };
  }
  if (status >= 500 || status === 408) return { kind: 'retryable', reason: `Shopify answered ${status}.` };
  if (status !== 200) return { kind: 'refused', reason: `Shopify answered ${status}.` };
  const parsed = answerBody.safeParse(tryParse(text));
  if (!parsed.success) return { kind: 'retryable', reason: "Shopify's answer is no GraphQL answer." };
  if (parsed.data.errors?.length) return readErrors(parsed.data);
  const data = operation.data.safeParse(parsed.data.data);
  if (data.success) return { kind: 'ok', data: data.data };
  const where = data.error.issues[0]?.path.join('.') ?? 'data';
  return { kind: 'refused', reason: `Shopify's answer has an unexpected shape at ${where}.` };
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

/** GraphQL errors come with HTTP 200; only their code tells whether waiting helps. */
function readErrors(answer: AnswerBody): AdminFailure {
  const errors = answer.errors ?? [];
  const codes = errors.map((error) => error.extensions?.code);
  if (codes.includes('THROTTLED')) return { kind: 'throttled', retryAfterMs: throttleMs(answer) };
  const reason = `Shopify reported: ${errors.map((error) => error.message).join('; ')}`;
  const passes = codes.some((code) => code === 'INTERNAL_SERVER_ERROR' || code === 'TIMEOUT');
  return { kind: passes ? 'retryable' : 'refused', reason };
}

/** Until the bucket holds enough for the query again: missing points / points restored per second. */
function throttleMs(answer: AnswerBody): number {
  const known = answer.extensions?.cost;
  if (!known) return DEFAULT_THROTTLE_MS;
  const missing = known.requestedQueryCost - known.throttleStatus.currentlyAvailable;
  return clampWait((missing / known.throttleStatus.restoreRate) * 1000);
}

function clampWait(ms: number): number {
  if (!Number.isFinite(ms)) return DEFAULT_THROTTLE_MS;
  return Math.min(Math.max(Math.ceil(ms), DEFAULT_THROTTLE_MS / 2), MAX_THROTTLE_MS);
}
