import { setTimeout as delay } from 'node:timers/promises';
import type { TokenCrypto } from '../crypto/token-crypto.ts';
import { requestRefresh } from './refresh-request.server.ts';
import type { RefreshAnswer } from './refresh-request.server.ts';
import { openToken, sealToken } from './session-rows.server.ts';
import type { Sql } from './session-rows.server.ts';

/**
 * A shop's offline token, refreshed by one caller at a time. The refresh holds a lease on
 * the session's row (15 s of machine time) and no transaction, for it waits on HTTP;
 * everybody else re-reads the row until the new pair is there.
 */
export type OfflineToken =
  | { kind: 'token'; accessToken: string; scope: string | null }
  /** No session: the app is not installed there. */
  | { kind: 'none' }
  /** Only a visit of the merchant can mend it. */
  | { kind: 'reauthorise'; reason: string }
  /** Worth another try later. */
  | { kind: 'unavailable'; reason: string };

export interface OfflineTokens {
  /** @param rejected an access token that Shopify has just refused: it counts as expired */
  getOfflineToken(shopDomain: string, rejected?: string): Promise<OfflineToken>;
}

export interface OfflineTokenOptions {
  pool: Sql;
  crypto: TokenCrypto;
  apiKey: string;
  apiSecret: string;
  devStoreUrl?: string | undefined;
  /** How the losers of the race wait between two looks at the row. */
  wait?: (ms: number) => Promise<unknown>;
}

const LEASE = "interval '15 seconds'";
/** After a failure that may pass, nobody tries again for this long. */
const COOL_OFF = "interval '2 seconds'";
const POLL_MS = 100;
/** A little longer than a lease, so that the lease of a killed process is outlived. */
const POLLS = 170;

interface TokenRow {
  access_token_enc: string | null;
  refresh_token_enc: string | null;
  scope: string | null;
  fresh: boolean;
  usable: boolean;
  refreshable: boolean;
}

export function createOfflineTokens(options: OfflineTokenOptions): OfflineTokens {
  const { pool: sql, crypto, wait = delay } = options;

  async function look(id: string): Promise<TokenRow | undefined> {
    const { rows } = await sql.query<TokenRow>(
      `select access_token_enc, refresh_token_enc, scope,
              (expires_at is null or expires_at > now() + interval '5 minutes') as fresh,
              (expires_at is null or expires_at > now() + interval '5 seconds') as usable,
              (refresh_expires_at is null or refresh_expires_at > now()) as refreshable
         from shopify_session where id = $1`,
      [id],
    );
    return rows[0];
  }

  /** Takes the lease if it is free and the pair is still the one that was read. */
  async function claim(id: string, refreshTokenEnc: string): Promise<string | null> {
    const { rows } = await sql.query<{ lease: string }>(
      `update shopify_session set refresh_lease_until = now() + ${LEASE}
        where id = $1 and refresh_token_enc = $2 and (refresh_lease_until is null or refresh_lease_until <= now())
        returning refresh_lease_until::text as lease`,
      [id, refreshTokenEnc],
    );
    return rows[0]?.lease ?? null;
  }

  async function release(id: string, lease: string, until: string): Promise<void> {
    await sql.query(
      `update shopify_session set refresh_lease_until = ${until} where id = $1 and refresh_lease_until = $2::timestamptz`,
      [id, lease],
    );
  }

  /** Stores the new pair unless one that expires later came in meanwhile; a deleted session stays deleted. */
  async function store(id: string, pair: RefreshAnswer & { kind: 'pair' }): Promise<void> {
    await sql.query(
      `update shopify_session set
         access_token_enc = $2, refresh_token_enc = coalesce($3, refresh_token_enc), scope = coalesce($4, scope),
         expires_at = now() + make_interval(secs => $5),
         refresh_expires_at = coalesce(now() + make_interval(secs => $6), refresh_expires_at), updated_at = now()
       where id = $1 and (access_token_enc is null or expires_at is null or expires_at <= now() + make_interval(secs => $5))`,
      [
        id,
        sealToken(crypto, id, 'access', pair.accessToken),
        sealToken(crypto, id, 'refresh', pair.refreshToken),
        pair.scope,
        pair.expiresInSeconds,
        pair.refreshExpiresInSeconds,
      ],
    );
  }

  /** The pair is dead: forget its refresh token, unless it has been replaced since. */
  async function forget(id: string, refreshTokenEnc: string): Promise<boolean> {
    const { rowCount } = await sql.query(
      `update shopify_session set refresh_token_enc = null, updated_at = now() where id = $1 and refresh_token_enc = $2`,
      [id, refreshTokenEnc],
    );
    return rowCount === 1;
  }

  /** Refreshes under the lease; null = look at the row again. */
  async function refresh(
    shopDomain: string,
    id: string,
    readAs: string,
    lease: string,
  ): Promise<OfflineToken | null> {
    let until = 'null';
    try {
      const refreshToken = openToken(crypto, id, 'refresh', readAs);
      if (refreshToken === null) {
        return {
          kind: 'reauthorise',
          reason: 'The stored refresh token does not decrypt with the configured keys.',
        };
      }
      const answer = await requestRefresh({ ...options, shopDomain, refreshToken });
      if (answer.kind === 'pair') {
        await store(id, answer);
        return { kind: 'token', accessToken: answer.accessToken, scope: answer.scope };
      }
      if (answer.kind === 'unavailable') {
        until = `now() + ${COOL_OFF}`;
        return answer;
      }
      return (await forget(id, readAs)) ? answer : null;
    } finally {
      await release(id, lease, until);
    }
  }

  return {
    async getOfflineToken(shopDomain, rejected) {
      const id = `offline_${shopDomain}`;
      for (let poll = 0; poll < POLLS; poll++) {
        const row = await look(id);
        if (!row) return { kind: 'none' };
        const accessToken = openToken(crypto, id, 'access', row.access_token_enc);
        const good = accessToken !== null && accessToken !== rejected;
        if (good && row.fresh) return { kind: 'token', accessToken, scope: row.scope };
        if (row.refresh_token_enc === null || !row.refreshable) {
          if (good && row.usable) return { kind: 'token', accessToken, scope: row.scope };
          return {
            kind: 'reauthorise',
            reason: 'The access token has ended and there is no valid refresh token.',
          };
        }
        const lease = await claim(id, row.refresh_token_enc);
        const outcome = lease && (await refresh(shopDomain, id, row.refresh_token_enc, lease));
        if (outcome) return outcome;
        await wait(POLL_MS);
      }
      return { kind: 'unavailable', reason: 'Another process has been refreshing the token for too long.' };
    },
  };
}
