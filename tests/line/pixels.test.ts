import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkSettings } from '#app/domain/shop-settings/settings.ts';
import type { PixelOutcome, PixelWish } from '#app/infra/shopify/pixel-operations.ts';
import { connectPixels } from '#app/services/connect-pixels.ts';
import { saveSettings } from '#app/services/save-settings.ts';
import { shopRedactPayload, uninstalledPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { grant } from './product-scenes.ts';
import { hear, START } from './scenes.ts';

const database = useTestDatabase();
const SHOP = { shopId: '548380009', shopDomain: SHOP_DOMAIN };
const ID = 'gid://shopify/WebPixel/7';
const DONE: PixelOutcome = { kind: 'done', pixelId: ID };

let line: LineHarness;
let wishes: PixelWish[];
let warnings: unknown[];
beforeEach(async () => {
  [wishes, warnings] = [[], []];
  line = await createLine(database, START);
  await grant(line, 'read_orders,write_pixels,read_customer_events');
});

/** One turn of the upkeep, in which Shopify answers so; what is due, is due. */
async function turn(answer: PixelOutcome = DONE, meanwhile?: () => Promise<unknown>): Promise<number> {
  const shopify = {
    ...line.deps.shopify,
    async activatePixel(domain: string, wish: PixelWish) {
      expect(domain).toBe(SHOP_DOMAIN);
      wishes.push(wish);
      await meanwhile?.();
      return answer;
    },
  };
  const log = { ...line.deps.log, warn: (facts: unknown) => void warnings.push(facts) } as never;
  return (await connectPixels({ ...line.deps, shopify, log }, {})).shops;
}
/** Other shops that are due in the next turn; each refuses the connection. @returns how many were asked in it */
async function askDown(shops: number): Promise<{ told: number; asked: number }> {
  for (let shop = 0; shop < shops; shop += 1)
    await line.deps.shops.install(line.deps.newId(), {
      ...{ domain: `down-${shop}.myshopify.com`, scopes: 'write_pixels,read_customer_events', now: START },
    });
  let asked = 0;
  const activatePixel = async () => {
    asked += 1;
    return { kind: 'retryable' as const, reason: 'Shopify answered 503.' };
  };
  const deps = { ...line.deps, shopify: { ...line.deps.shopify, activatePixel } };
  return { told: (await connectPixels(deps, {})).shops, asked };
}
const running = async () => {
  const [row] = await line.rows<{ since: Date | null; seq: number }>(
    'SELECT pixel_on_since AS since, rules_seq::int AS seq FROM shop WHERE id = $1',
    [line.shopId],
  );
  expect((await line.deps.scores.load(line.shopId, []))?.shop.pixelOnSince).toEqual(row!.since);
  return row!;
};
const later = (minutes: number) =>
  line.rows(`UPDATE shop SET pixel_due_at = pixel_due_at - $1 * interval '1 minute'`, [minutes]);
const visits = async () => (await line.deps.admin.system(line.shopId)).visits;
const save = (helpPages: string | null) =>
  saveSettings(line.deps, { shopId: line.shopId, json: JSON.stringify({ visits: { helpPages } }) });

describe('a new installation', () => {
  it('is told to Shopify once, with an account that nobody can guess, and again each day', async () => {
    expect(await visits()).toEqual({ on: false, problem: null, customers: 0 });
    expect(await Promise.all([turn(), turn()])).toContain(1);
    expect(await turn()).toBe(0);
    expect(wishes).toEqual([
      {
        pixelId: null,
        settings: {
          accountID: expect.stringMatching(new RegExp(`^${line.shopId}\\.[\\w-]{22}$`)),
          helpPages: 'help, faq, contact, shipping, returns',
        },
      },
    ]);
    expect(await visits()).toEqual({ on: true, problem: null, customers: 0 });
    await later(24 * 60 - 1);
    expect(await turn()).toBe(0);
    await later(2);
    expect(await turn()).toBe(1);
    expect(wishes[1]).toEqual({ ...wishes[0], pixelId: ID });
  });

  it('without the permission is left alone, said so, and switched on once that is granted', async () => {
    await grant(line, 'read_orders,write_pixels');
    await turn();
    expect(wishes).toEqual([]);
    expect(await visits()).toMatchObject({
      on: false,
      problem: expect.stringContaining('permission to see visits was not granted'),
    });
    await line.deps.shops.setScopes(line.shopId, ['write_pixels', 'read_customer_events']);
    await turn();
    expect(await visits()).toMatchObject({ on: true, problem: null });
  });

  it('that goes on is not told again at each sign-in, but one with a problem is', async () => {
    const scopes = 'read_orders,write_pixels,read_customer_events';
    const signIn = () =>
      line.deps.shops.install(line.deps.newId(), { domain: SHOP_DOMAIN, scopes, now: START });
    await turn();
    await signIn();
    expect(await turn()).toBe(0);
    await later(24 * 60 + 1);
    await turn({ kind: 'refused', reason: 'Shopify refused it: No extension found.' });
    expect(await visits()).toMatchObject({ on: false, problem: expect.stringContaining('No extension') });
    expect(await turn()).toBe(0);
    await signIn();
    expect(await turn()).toBe(1);
    expect(wishes.at(-1)).toMatchObject({ pixelId: null });
  });
});

describe('how long it runs', () => {
  const REFUSED: PixelOutcome = { kind: 'refused', reason: 'Shopify refused it: No extension found.' };
  const DAY = 24 * 60 + 1;

  it('is known from its first minute to its last, and both have everybody scored again', async () => {
    const before = await running();
    expect(before.since).toBeNull();
    await turn();
    expect(await running()).toEqual({ since: START, seq: before.seq + 1 });
    await line.moveTo(at('2026-03-04T09:00:00'));
    await later(DAY);
    await turn();
    await later(DAY);
    await turn({ kind: 'retryable', reason: 'Shopify answered 503.' });
    expect(await running()).toEqual({ since: START, seq: before.seq + 1 });
    await later(DAY);
    await turn(REFUSED);
    expect(await running()).toEqual({ since: null, seq: before.seq + 2 });
    await later(DAY);
    await turn(REFUSED);
    expect(await running()).toEqual({ since: null, seq: before.seq + 2 });
    await later(DAY);
    await turn();
    expect(await running()).toEqual({ since: at('2026-03-04T09:00:00'), seq: before.seq + 3 });
  });

  it('ends with the permission', async () => {
    await turn();
    const { seq } = await running();
    await line.deps.shops.setScopes(line.shopId, ['read_orders']);
    await turn();
    expect(await running()).toEqual({ since: null, seq: seq + 1 });
  });

  it('begins anew with a new installation, though nobody said that it was off', async () => {
    await turn();
    const { seq } = await running();
    const now = at('2026-03-05T09:00:00');
    await line.deps.shops.uninstall(line.shopId, at('2026-03-04T09:00:00'));
    await line.moveTo(now);
    const scopes = 'write_pixels,read_customer_events';
    await line.deps.shops.install(line.deps.newId(), { domain: SHOP_DOMAIN, scopes, now });
    await turn();
    expect(await running()).toEqual({ since: now, seq: expect.any(Number) });
    expect((await running()).seq).toBeGreaterThan(seq);
  });
});

describe('a turn', () => {
  it('ends after three shops at which Shopify is down; the others come when their claim is over', async () => {
    await turn();
    expect(await askDown(6)).toEqual({ told: 3, asked: 3 });
    expect(await askDown(0)).toEqual({ told: 0, asked: 0 });
    await later(6);
    expect(await askDown(0)).toEqual({ told: 3, asked: 3 });
  });

  it('that outlives its claim is settled all the same', async () => {
    // The claim and what it is known by, ten minutes back: as if Shopify had taken that long.
    const due: typeof line.deps.pixels.due = async (...given) => {
      const found = await line.deps.pixels.due(...given);
      await later(10);
      return found.map((shop) => ({
        ...{ ...shop, claimedUntil: new Date(shop.claimedUntil.getTime() - 600_000) },
      }));
    };
    const shopify = { ...line.deps.shopify, activatePixel: async () => DONE };
    await connectPixels({ ...line.deps, shopify, pixels: { ...line.deps.pixels, due } }, {});
    expect(await turn()).toBe(0);
    expect(await visits()).toMatchObject({ on: true });
  });

  it('that outlives its claim leaves the claim of the next one alone', async () => {
    await turn(DONE, async () => {
      await later(10);
      await line.deps.pixels.due(() => 'unused', 50);
    });
    await later(6);
    expect(await turn()).toBe(1);
  });

  it('does not meet all shops that were there before the pixel at once', async () => {
    await line.rows(
      `INSERT INTO shop (id, domain, status) SELECT gen_random_uuid(), n || '.myshopify.com', 'installed'
       FROM generate_series(1, 100) n`,
    );
    const migration = new URL('../../prisma/migrations/0024_web_pixel/migration.sql', import.meta.url);
    const [spread] = /^UPDATE "shop"[^;]*;/m.exec(readFileSync(migration, 'utf8')) ?? [''];
    await line.rows(spread);
    const soon = `SELECT count(*)::int AS shops FROM shop WHERE pixel_due_at <= now() + interval '10 minutes'`;
    expect((await line.rows(soon))[0]!['shops']).toBeLessThan(50);
  });
});

describe('a change', () => {
  beforeEach(() => turn());

  it('of the help pages reaches Shopify in the next turn, also one made while Shopify is asked', async () => {
    expect(await save('faq')).toEqual({ outcome: 'saved' });
    expect(await turn(DONE, () => save(null))).toBe(1);
    expect(await turn()).toBe(1);
    expect(await turn()).toBe(0);
    expect(wishes.slice(1).map(({ settings }) => settings.helpPages)).toEqual(['faq', undefined]);
    expect(checkSettings({ visits: { helpPages: 'x'.repeat(501) } })).toMatchObject({
      errors: [{ field: 'visits.helpPages' }],
    });
  });

  it.each<[PixelOutcome, minutes: number]>([
    [{ kind: 'retryable', reason: 'Shopify answered 503.' }, 10],
    [{ kind: 'throttled', retryAfterMs: 1 }, 10],
    [{ kind: 'reauthorise', reason: 'Shopify refused the access token.' }, 360],
  ])(
    'that does not reach Shopify (%o) leaves the pixel on, says so, and is tried again',
    async (answer, minutes) => {
      await save('faq');
      await turn(answer);
      expect(await visits()).toMatchObject({ on: true, problem: expect.stringMatching(/^Shopify .*\.$/) });
      expect(warnings).toHaveLength(1);
      await line.rows('UPDATE shop SET throttled_until = NULL');
      await later(minutes - 1);
      expect(await turn()).toBe(0);
      await later(2);
      expect(await turn()).toBe(1);
      expect(await visits()).toMatchObject({ on: true, problem: null });
    },
  );
});

it('a shop that left is not told about; what Shopify removed is made anew, under the same account', async () => {
  await turn();
  await hear(line, { topic: 'app/uninstalled', payload: uninstalledPayload(SHOP) });
  const { seq } = await running();
  await line.settle();
  expect(await running()).toEqual({ since: null, seq: seq + 1 });
  await later(10_000);
  expect(await turn()).toBe(0);
  const scopes = 'write_pixels,read_customer_events';
  await line.deps.shops.install(line.deps.newId(), {
    ...{ domain: SHOP_DOMAIN, scopes, now: at('2026-03-03T09:00:00') },
  });
  expect(await turn()).toBe(1);
  expect(wishes[1]).toEqual(wishes[0]);
});

it('nothing of it outlives the erasure of the shop', async () => {
  await turn();
  await line.rows(`INSERT INTO site_event (shop_id, id) SELECT id, gen_random_uuid() FROM shop`);
  await hear(line, { topic: 'app/uninstalled', payload: uninstalledPayload(SHOP) });
  await line.settle();
  await line.rows('UPDATE shop SET pixel_on_since = business_now()');
  await hear(line, { topic: 'shop/redact', payload: shopRedactPayload(SHOP) });
  await line.settle();
  expect(await line.rows('SELECT pixel_account, pixel_id, pixel_problem, pixel_on_since FROM shop')).toEqual([
    { pixel_account: null, pixel_id: null, pixel_problem: null, pixel_on_since: null },
  ]);
  expect(await line.rows('SELECT 1 FROM site_event')).toEqual([]);
});
