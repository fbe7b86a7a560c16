import { TokenCryptoError } from '../crypto/token-crypto.ts';
import type { TokenCrypto } from '../crypto/token-crypto.ts';
import type { createPool } from '../db/pool.server.ts';

/** The rows of shopify_session: tokens encrypted at rest, expiries in machine time. */

export interface SessionRow {
  id: string;
  shopDomain: string;
  isOnline: boolean;
  state: string;
  scope: string | null;
  accessToken: string | null;
  refreshToken: string | null;
  expiresAt: Date | null;
  refreshExpiresAt: Date | null;
  onlineData: unknown;
}

/** A row as read, with what a later compare-and-set compares: the stored ciphertexts. */
export type StoredSession = SessionRow & { accessTokenEnc: string | null; refreshTokenEnc: string | null };

export type Sql = Pick<ReturnType<typeof createPool>, 'query'>;

const COLUMNS = `id, shop_domain, is_online, state, scope, access_token_enc, refresh_token_enc,
  expires_at, refresh_expires_at, online_data`;

const context = (id: string, token: 'access' | 'refresh') => `${id}:${token}`;

/** Encrypts one of a session's tokens; bound to its row, so that rows cannot be swapped. */
export function sealToken(crypto: TokenCrypto, id: string, kind: 'access' | 'refresh', token: string | null) {
  return token === null ? null : crypto.encrypt(token, context(id, kind));
}

/** Decrypts a token; null where there is none, or where its key is no longer configured (a new login then replaces it). */
export function openToken(
  crypto: TokenCrypto,
  id: string,
  kind: 'access' | 'refresh',
  sealed: string | null,
) {
  if (sealed === null) return null;
  try {
    return crypto.decrypt(sealed, context(id, kind));
  } catch (error) {
    if (error instanceof TokenCryptoError) return null;
    throw error;
  }
}

export function createSessionRows(sql: Sql, crypto: TokenCrypto) {
  const toStored = (row: Record<string, unknown>): StoredSession => {
    const id = row.id as string;
    const accessTokenEnc = row.access_token_enc as string | null;
    const refreshTokenEnc = row.refresh_token_enc as string | null;
    return {
      id,
      shopDomain: row.shop_domain as string,
      isOnline: row.is_online as boolean,
      state: row.state as string,
      scope: row.scope as string | null,
      accessToken: openToken(crypto, id, 'access', accessTokenEnc),
      refreshToken: openToken(crypto, id, 'refresh', refreshTokenEnc),
      expiresAt: row.expires_at as Date | null,
      refreshExpiresAt: row.refresh_expires_at as Date | null,
      onlineData: row.online_data,
      accessTokenEnc,
      refreshTokenEnc,
    };
  };

  return {
    async read(id: string): Promise<StoredSession | null> {
      const { rows } = await sql.query(`select ${COLUMNS} from shopify_session where id = $1`, [id]);
      return rows[0] ? toStored(rows[0]) : null;
    },

    async readByShop(shopDomain: string): Promise<StoredSession[]> {
      const { rows } = await sql.query(
        `select ${COLUMNS} from shopify_session where shop_domain = $1 order by id`,
        [shopDomain],
      );
      return rows.map(toStored);
    },

    /**
     * Stores a session, but keeps a stored pair that expires later: a slow writer must not
     * bring back a pair that has been replaced since.
     * @returns the ciphertexts now in the row when this write won, else null
     */
    async save(
      row: SessionRow,
    ): Promise<{ accessTokenEnc: string | null; refreshTokenEnc: string | null } | null> {
      const accessTokenEnc = sealToken(crypto, row.id, 'access', row.accessToken);
      const refreshTokenEnc = sealToken(crypto, row.id, 'refresh', row.refreshToken);
      const { rowCount } = await sql.query(
        `insert into shopify_session as old (${COLUMNS}, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now())
         on conflict (id) do update set
           shop_domain = excluded.shop_domain, is_online = excluded.is_online, state = excluded.state,
           scope = excluded.scope, access_token_enc = excluded.access_token_enc,
           refresh_token_enc = excluded.refresh_token_enc, expires_at = excluded.expires_at,
           refresh_expires_at = excluded.refresh_expires_at, online_data = excluded.online_data, updated_at = now()
         where old.access_token_enc is null or old.expires_at is null or excluded.expires_at is null
            or excluded.expires_at >= old.expires_at`,
        [
          row.id,
          row.shopDomain,
          row.isOnline,
          row.state,
          row.scope,
          accessTokenEnc,
          refreshTokenEnc,
          row.expiresAt,
          row.refreshExpiresAt,
          row.onlineData === null || row.onlineData === undefined ? null : JSON.stringify(row.onlineData),
        ],
      );
      return rowCount === 1 ? { accessTokenEnc, refreshTokenEnc } : null;
    },

    /** Forgets the access token if the row still holds the one that was read. */
    async wipeAccessToken(id: string, readAs: string): Promise<boolean> {
      const { rowCount } = await sql.query(
        `update shopify_session set access_token_enc = null, updated_at = now() where id = $1 and access_token_enc = $2`,
        [id, readAs],
      );
      return rowCount === 1;
    },

    async remove(ids: readonly string[]): Promise<void> {
      await sql.query(`delete from shopify_session where id = any($1::text[])`, [ids]);
    },
  };
}
