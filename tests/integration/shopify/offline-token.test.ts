import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTokenCrypto } from '#app/infra/crypto/token-crypto.ts';
import { createOfflineTokens } from '#app/infra/shopify/offline-token.server.ts';
import { createSessionRows } from '#app/infra/shopify/session-rows.server.ts';
import { useTestDatabase } from '#tests/setup/database.ts';

const database = useTestDatabase();
const shop = 'a.myshopify.com';
const id = `offline_${shop}`;
const crypto = createTokenCrypto([{ id: 'k1', key: new Uint8Array(32).fill(7) }]);
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

/** Shopify's token endpoint: counts, and answers what the test wants, once the test lets it. */
let server: Server;
let requests: Record<string, string>[];
let respond: () => { status: number; body: unknown } | Promise<{ status: number; body: unknown }>;
const pair = (over: object = {}) => ({
  status: 200,
  body: {
    access_token: `new-${requests.length}`,
    refresh_token: `refresh-${requests.length}`,
    scope: 'read_orders',
    expires_in: 3600,
    refresh_token_expires_in: 7_776_000,
    ...over,
  },
});

beforeEach(async () => {
  requests = [];
  respond = () => pair();
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      requests.push(JSON.parse(Buffer.concat(chunks).toString()));
      const { status, body } = await respond();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** One service as each process builds it; none share memory. */
function tokens() {
  const { port } = server.address() as AddressInfo;
  return createOfflineTokens({
    pool: database.pool,
    crypto,
    apiKey: 'key',
    apiSecret: 'secret',
    devStoreUrl: `http://127.0.0.1:${port}`,
  });
}

const rows = () => createSessionRows(database.pool, crypto);

async function install(
  over: {
    access?: string | null;
    refresh?: string | null;
    expires?: Date | null;
    refreshExpires?: Date;
  } = {},
) {
  await rows().save({
    id,
    shopDomain: shop,
    isOnline: false,
    state: '',
    scope: 'read_orders',
    accessToken: over.access === undefined ? 'old' : over.access,
    refreshToken: over.refresh === undefined ? 'refresh-old' : over.refresh,
    expiresAt: over.expires === undefined ? minutes(2) : over.expires,
    refreshExpiresAt: over.refreshExpires ?? minutes(60_000),
    onlineData: null,
  });
}

describe('getOfflineToken', () => {
  it('gives the stored token while it is good for five minutes, without a request', async () => {
    await install({ expires: minutes(6) });
    expect(await tokens().getOfflineToken(shop)).toMatchObject({ kind: 'token', accessToken: 'old' });
    expect(requests).toEqual([]);
  });

  it('20 callers in as many processes near expiry make exactly one refresh and all get its token', async () => {
    await install();
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens().getOfflineToken(shop)));
    expect(requests).toEqual([
      {
        client_id: 'key',
        client_secret: 'secret',
        grant_type: 'refresh_token',
        refresh_token: 'refresh-old',
      },
    ]);
    expect(all).toEqual(
      Array.from({ length: 20 }, () => ({ kind: 'token', accessToken: 'new-1', scope: 'read_orders' })),
    );
    const stored = await rows().read(id);
    expect(stored).toMatchObject({ accessToken: 'new-1', refreshToken: 'refresh-1' });
  });

  it('holds no transaction and no connection while it waits for Shopify', async () => {
    await install();
    const during: unknown[] = [];
    respond = async () => {
      const { rows: open } = await database.pool.query(
        `select count(*)::int as n from pg_stat_activity
          where datname = current_database() and state like 'idle in transaction%'`,
      );
      during.push(open[0], database.pool.totalCount - database.pool.idleCount);
      return pair();
    };
    await tokens().getOfflineToken(shop);
    expect(during).toEqual([{ n: 0 }, 0]);
  });

  it('20 callers at a dead refresh token make one request, and all must reauthorise', async () => {
    await install({ expires: minutes(-1) });
    respond = () => ({ status: 400, body: { error: 'invalid_grant' } });
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens().getOfflineToken(shop)));
    expect(new Set(all.map((one) => one.kind))).toEqual(new Set(['reauthorise']));
    expect(requests).toHaveLength(1);
  });

  it('keeps the refresh token when the refusal is about the app or may pass', async () => {
    await install({ expires: minutes(-1) });
    for (const [status, error] of [
      [401, 'invalid_client'],
      [500, 'oops'],
      [429, 'slow down'],
    ] as const) {
      respond = () => ({ status, body: { error } });
      expect(await tokens().getOfflineToken(shop)).toMatchObject({
        kind: 'unavailable',
        reason: expect.stringContaining(String(status)),
      });
      expect((await rows().read(id))?.refreshToken).toBe('refresh-old');
      await database.pool.query('update shopify_session set refresh_lease_until = null');
    }
  });

  it('waits out the lease of a process that died, in machine time', async () => {
    await install({ expires: minutes(-1) });
    await database.pool.query(
      `update shopify_session set refresh_lease_until = now() + interval '10 minutes'`,
    );
    const looks: number[] = [];
    const service = createOfflineTokens({
      pool: database.pool,
      crypto,
      apiKey: 'key',
      apiSecret: 'secret',
      devStoreUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      wait: async () => {
        looks.push(requests.length);
        if (looks.length === 3)
          await database.pool.query(
            `update shopify_session set refresh_lease_until = now() - interval '1 second'`,
          );
      },
    });
    expect(await service.getOfflineToken(shop)).toMatchObject({ kind: 'token', accessToken: 'new-1' });
    expect(looks).toEqual([0, 0, 0]);
  });

  it('gives up, worth a later try, when a lease never ends', async () => {
    await install({ expires: minutes(-1) });
    await database.pool.query(
      `update shopify_session set refresh_lease_until = now() + interval '10 minutes'`,
    );
    const service = createOfflineTokens({
      pool: database.pool,
      crypto,
      apiKey: 'key',
      apiSecret: 'secret',
      wait: async () => undefined,
    });
    expect(await service.getOfflineToken(shop)).toMatchObject({ kind: 'unavailable' });
  });

  it('counts a refused token as expired, but not the one that replaced it', async () => {
    await install({ expires: minutes(50) });
    const service = tokens();
    const later = minutes(50);
    expect(await service.getOfflineToken(shop, 'old')).toMatchObject({ kind: 'token', accessToken: 'new-1' });
    expect((await rows().read(id))?.expiresAt?.getTime()).toBeGreaterThan(later.getTime());
    expect(await service.getOfflineToken(shop, 'old')).toMatchObject({ accessToken: 'new-1' });
    expect(requests).toHaveLength(1);
  });

  it('an answer without expires_in or a new refresh token still expires and still refreshes', async () => {
    await install();
    respond = () => ({ status: 200, body: { access_token: 'bare' } });
    expect(await tokens().getOfflineToken(shop)).toMatchObject({ accessToken: 'bare' });
    const stored = await rows().read(id);
    expect(stored).toMatchObject({ refreshToken: 'refresh-old', scope: 'read_orders' });
    expect(stored?.expiresAt?.getTime()).toBeGreaterThan(minutes(55).getTime());
  });

  it('keeps a pair that expires later and came in meanwhile', async () => {
    await install();
    respond = async () => {
      await install({ access: 'exchanged', refresh: 'refresh-exchanged', expires: minutes(120) });
      return pair();
    };
    await tokens().getOfflineToken(shop);
    expect(await rows().read(id)).toMatchObject({
      accessToken: 'exchanged',
      refreshToken: 'refresh-exchanged',
    });
  });

  it('does not bring back a session that was deleted meanwhile', async () => {
    await install();
    respond = async () => {
      await rows().remove([id]);
      return pair();
    };
    await tokens().getOfflineToken(shop);
    expect(await rows().read(id)).toBeNull();
  });

  it.each([
    ['no session', async () => undefined, { kind: 'none' }],
    ['no refresh token, still good', () => install({ refresh: null }), { kind: 'token', accessToken: 'old' }],
    [
      'no refresh token, over',
      () => install({ refresh: null, expires: minutes(-1) }),
      { kind: 'reauthorise' },
    ],
    [
      'a refresh token that ended',
      () => install({ expires: minutes(-1), refreshExpires: minutes(-1) }),
      { kind: 'reauthorise' },
    ],
    [
      'a token of the old kind, which never expires',
      () => install({ refresh: null, expires: null }),
      { kind: 'token', accessToken: 'old' },
    ],
  ])('%s', async (_name, prepare, expected) => {
    await prepare();
    expect(await tokens().getOfflineToken(shop)).toMatchObject(expected);
    expect(requests).toEqual([]);
  });

  it('asks for a new login when the keys no longer open the tokens', async () => {
    await install({ expires: minutes(50) });
    const other = createOfflineTokens({
      pool: database.pool,
      crypto: createTokenCrypto([{ id: 'k2', key: new Uint8Array(32).fill(8) }]),
      apiKey: 'key',
      apiSecret: 'secret',
    });
    expect(await other.getOfflineToken(shop)).toMatchObject({
      kind: 'reauthorise',
      reason: expect.stringMatching(/does not decrypt/),
    });
  });
});
