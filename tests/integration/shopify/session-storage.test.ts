import { Session } from '@shopify/shopify-api';
import type { SessionParams } from '@shopify/shopify-api';
import { describe, expect, it } from 'vitest';
import { createTokenCrypto } from '#app/infra/crypto/token-crypto.ts';
import { createSessionStorage } from '#app/infra/shopify/session-storage.server.ts';
import { useTestDatabase } from '#tests/setup/database.ts';

const database = useTestDatabase();
const crypto = createTokenCrypto([{ id: 'k1', key: new Uint8Array(32).fill(7) }]);
const storage = () => createSessionStorage(database.pool, crypto);

const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour));
const session = (over: Partial<SessionParams> = {}) =>
  new Session({
    id: 'offline_a.myshopify.com',
    shop: 'a.myshopify.com',
    state: '',
    isOnline: false,
    scope: 'read_orders',
    accessToken: 'access-1',
    refreshToken: 'refresh-1',
    expires: at(1),
    refreshTokenExpires: at(20),
    ...over,
  } as SessionParams);
const id = session().id;

describe('session storage', () => {
  it('gives back what it was given, the tokens encrypted in the table', async () => {
    const online = session({
      id: 'a.myshopify.com_1',
      isOnline: true,
      onlineAccessInfo: {
        associated_user: { id: 1, first_name: 'Ada' },
      } as SessionParams['onlineAccessInfo'],
    });
    await storage().storeSession(session());
    await storage().storeSession(online);
    expect((await storage().loadSession(id))?.equals(session())).toBe(true);
    expect((await storage().loadSession(online.id))?.onlineAccessInfo).toEqual(online.onlineAccessInfo);
    const { rows } = await database.pool.query('select t::text as text from shopify_session t');
    expect(rows.map((row) => row.text).join()).not.toMatch(/access-1|refresh-1/);
  });

  it('finds by shop, and deletes one or many', async () => {
    for (const name of ['x', 'y', 'z']) await storage().storeSession(session({ id: name }));
    await storage().storeSession(session({ id: 'other', shop: 'b.myshopify.com' }));
    const ids = async () => (await storage().findSessionsByShop('a.myshopify.com')).map((one) => one.id);
    expect(await ids()).toEqual(['x', 'y', 'z']);
    await storage().deleteSession('x');
    await storage().deleteSessions(['y', 'none']);
    expect(await ids()).toEqual(['z']);
    expect(await storage().loadSession('x')).toBeUndefined();
  });

  it('keeps the pair that expires later, in whichever order they come', async () => {
    const early = session();
    const late = session({ accessToken: 'access-2', refreshToken: 'refresh-2', expires: at(2) });
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      await storage().deleteSession(id);
      for (const one of order) await storage().storeSession(one);
      const stored = await storage().loadSession(id);
      expect([stored?.accessToken, stored?.refreshToken, stored?.expires]).toEqual([
        'access-2',
        'refresh-2',
        at(2),
      ]);
    }
  });

  it('replaces a token of the old kind by an expiring one', async () => {
    await storage().storeSession(
      session({ expires: undefined, refreshToken: undefined, refreshTokenExpires: undefined }),
    );
    expect((await storage().loadSession(id))?.expires).toBeUndefined();
    await storage().storeSession(session({ accessToken: 'access-2' }));
    expect((await storage().loadSession(id))?.accessToken).toBe('access-2');
  });

  it('lets a pair whose answer forgot expires_in expire all the same', async () => {
    await storage().storeSession(session({ expires: undefined }));
    const stored = await storage().loadSession(id);
    expect(stored?.expires).toBeInstanceOf(Date);
    expect(stored?.isExpired(2 * 3600 * 1000)).toBe(true);
  });

  it('wipes the token that was used, and keeps one that replaced it', async () => {
    const one = storage();
    await one.storeSession(session());
    const used = await one.loadSession(id);
    await storage().storeSession(session({ accessToken: 'access-2', expires: at(2) }));
    used!.accessToken = undefined;
    await one.storeSession(used!);
    expect((await storage().loadSession(id))?.accessToken).toBe('access-2');

    const current = await one.loadSession(id);
    current!.accessToken = undefined;
    await one.storeSession(current!);
    const wiped = await storage().loadSession(id);
    expect([wiped?.accessToken, wiped?.refreshToken]).toEqual([undefined, 'refresh-1']);
  });

  it('accepts any new pair after a wipe', async () => {
    const one = storage();
    await one.storeSession(session({ expires: at(5) }));
    const used = await one.loadSession(id);
    used!.accessToken = undefined;
    await one.storeSession(used!);
    await one.storeSession(session({ accessToken: 'access-2', expires: at(4) }));
    expect((await one.loadSession(id))?.accessToken).toBe('access-2');
  });

  it('a session without a token that was never loaded does not overwrite one that has', async () => {
    await storage().storeSession(session());
    await storage().storeSession(session({ accessToken: undefined }));
    expect((await storage().loadSession(id))?.accessToken).toBe('access-1');
  });
});
