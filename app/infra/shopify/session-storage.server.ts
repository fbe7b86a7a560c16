import { Session } from '@shopify/shopify-api';
import type { SessionParams } from '@shopify/shopify-api';
import type { TokenCrypto } from '../crypto/token-crypto.ts';
import { createSessionRows } from './session-rows.server.ts';
import type { Sql, StoredSession } from './session-rows.server.ts';

/** What an expiring token lives when the response forgot to say (Shopify documents one hour). */
export const DEFAULT_TOKEN_SECONDS = 3600;

/** The five methods that the library asks of a session storage. */
export interface AppSessionStorage {
  storeSession(session: Session): Promise<boolean>;
  loadSession(id: string): Promise<Session | undefined>;
  deleteSession(id: string): Promise<boolean>;
  deleteSessions(ids: string[]): Promise<boolean>;
  findSessionsByShop(shop: string): Promise<Session[]>;
}

/**
 * Sessions in PostgreSQL, tokens encrypted. The library stores after its own token
 * exchange and wipes after a 401 without any lock; so storing keeps the pair with the
 * later expiry, and wiping takes effect only if the token is still the one that was used.
 */
export function createSessionStorage(sql: Sql, crypto: TokenCrypto): AppSessionStorage {
  const rows = createSessionRows(sql, crypto);
  // The library wipes by clearing accessToken on the object it loaded; this remembers which token that was.
  const loadedAs = new WeakMap<Session, string>();

  const toSession = (stored: StoredSession): Session => {
    const session = new Session({
      id: stored.id,
      shop: stored.shopDomain,
      state: stored.state,
      isOnline: stored.isOnline,
      ...(stored.scope === null ? {} : { scope: stored.scope }),
      ...(stored.accessToken === null ? {} : { accessToken: stored.accessToken }),
      ...(stored.refreshToken === null ? {} : { refreshToken: stored.refreshToken }),
      ...(stored.expiresAt === null ? {} : { expires: stored.expiresAt }),
      ...(stored.refreshExpiresAt === null ? {} : { refreshTokenExpires: stored.refreshExpiresAt }),
      ...(stored.onlineData
        ? { onlineAccessInfo: stored.onlineData as SessionParams['onlineAccessInfo'] }
        : {}),
    } as SessionParams);
    if (stored.accessTokenEnc !== null) loadedAs.set(session, stored.accessTokenEnc);
    return session;
  };

  return {
    async storeSession(session) {
      if (!session.accessToken) {
        const readAs = loadedAs.get(session);
        if (readAs !== undefined) {
          await rows.wipeAccessToken(session.id, readAs);
          return true;
        }
        // Never loaded and without a token: nothing to compare with. It may be new, it must not overwrite.
        if (await rows.read(session.id)) return true;
      }
      const saved = await rows.save({
        id: session.id,
        shopDomain: session.shop,
        isOnline: session.isOnline,
        state: session.state,
        scope: session.scope ?? null,
        accessToken: session.accessToken ?? null,
        refreshToken: session.refreshToken ?? null,
        expiresAt: expiryOf(session),
        refreshExpiresAt: session.refreshTokenExpires ?? null,
        onlineData: session.onlineAccessInfo ?? null,
      });
      if (saved?.accessTokenEnc) loadedAs.set(session, saved.accessTokenEnc);
      return true;
    },

    async loadSession(id) {
      const stored = await rows.read(id);
      return stored ? toSession(stored) : undefined;
    },

    async deleteSession(id) {
      await rows.remove([id]);
      return true;
    },

    async deleteSessions(ids) {
      await rows.remove(ids);
      return true;
    },

    async findSessionsByShop(shop) {
      return (await rows.readByShop(shop)).map(toSession);
    },
  };
}

/** A pair with a refresh token does expire, even where the response did not say when. */
function expiryOf(session: Session): Date | null {
  if (session.expires) return session.expires;
  return session.refreshToken ? new Date(Date.now() + DEFAULT_TOKEN_SECONDS * 1000) : null;
}
