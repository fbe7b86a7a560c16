import { Session } from '@shopify/shopify-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { adminContext } from '#app/infra/admin-context.server.ts';
import { buildDeps, type Built } from '#app/infra/deps.server.ts';
import { signSessionToken } from '#app/infra/shopify/session-token.ts';
import { testConfig } from '#tests/fakes/line.ts';
import { useTestDatabase } from '#tests/setup/database.ts';

const database = useTestDatabase();
const shop = 'a.myshopify.com';
const KEPT = Symbol.for('aftercare.deps');
const kept = globalThis as { [KEPT]?: Built };

let built: Built;
beforeEach(() => {
  // Nobody listens there: a visit with a good session must not need Shopify.
  built = buildDeps({ ...testConfig(database.url), devStoreUrl: 'http://127.0.0.1:1' }, 'test');
  kept[KEPT] = built;
});
afterEach(async () => {
  delete kept[KEPT];
  await built.close();
});

async function visit() {
  const { config } = built;
  const expires = new Date(Date.now() + 3_600_000);
  const session = {
    id: `offline_${shop}`,
    shop,
    isOnline: false,
    state: '',
    accessToken: 'shpat_x',
    expires,
  };
  await built.shopifyApp.sessionStorage.storeSession(new Session({ ...session, scope: 'read_orders' }));
  const token = await signSessionToken(
    { dest: `https://${shop}`, iss: `https://${shop}/admin`, sub: '42' },
    { apiKey: config.shopifyApiKey, secret: config.shopifyApiSecret },
    new Date(),
  );
  const headers = { authorization: `Bearer ${token}`, 'user-agent': 'Mozilla/5.0 Chrome/141.0.0.0' };
  return adminContext(new Request(`${config.appUrl}/app`, { headers }));
}

it.each([null, 'unknown', 'uninstalled', 'redacted'])(
  'notes the installation that the exchange could not, of a shop whose row says %s',
  async (status) => {
    if (status !== null)
      await database.pool.query(
        `INSERT INTO shop (id, domain, status, uninstalled_at) VALUES (gen_random_uuid(), $1, $2, now())`,
        [shop, status],
      );
    expect((await visit()).shop).toMatchObject({ domain: shop, status: 'installed' });
    const { rows } = await database.pool.query(
      'SELECT status, scopes, uninstalled_at, exchanged_at = installed_at AS noted FROM shop',
    );
    expect(rows).toEqual([{ status: 'installed', scopes: 'read_orders', uninstalled_at: null, noted: true }]);
  },
);

it('leaves an installation that is noted alone', async () => {
  await database.pool.query(
    `INSERT INTO shop (id, domain, status, installed_at, exchanged_at)
     VALUES (gen_random_uuid(), $1, 'installed', '2026-01-01Z', '2026-01-02Z')`,
    [shop],
  );
  await visit();
  const { rows } = await database.pool.query('SELECT exchanged_at FROM shop');
  expect(rows).toEqual([{ exchanged_at: new Date('2026-01-02Z') }]);
});
