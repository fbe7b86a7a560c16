import { beforeEach, describe, expect, it } from 'vitest';
import { noteSiteVisit, type SiteBeacon } from '#app/services/note-site-visit.ts';
import { purgeData } from '#app/services/purge-data.ts';
import { customerPayload, customerRedactPayload, mergePayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear, START } from './scenes.ts';
import { customerOf, signalsOf, stalenessOf } from './signals.ts';

const database = useTestDatabase();
const SECRET = 'a-secret-of-the-shop-22';
const BOB = { id: '4401', email: 'bob@example.com', createdAt: at('2026-01-05T00:00:00') };
const SHOP = { shopId: '548380009', shopDomain: SHOP_DOMAIN };
const REDACT = { ...SHOP, customerId: ADA.id, email: ADA.email, orderIds: [] };

let line: LineHarness;
let ada: string;
let events: number;
beforeEach(async () => {
  events = 0;
  line = await createLine(database, START);
  await line.rows(`UPDATE shop SET pixel_account = $1, pixel_id = 'p', pixel_on_since = $2`, [
    SECRET,
    at('2026-01-01T00:00:00'),
  ]);
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
  ada = await customerOf(line, ADA.id);
});

const beacon = (over: Partial<SiteBeacon> = {}): SiteBeacon => ({
  account: `${line.shopId}.${SECRET}`,
  customer: ADA.id,
  event: `sh-${(events += 1)}`,
  kind: 'page',
  ...over,
});
const visit = (over: Partial<SiteBeacon> = {}, client: string | null = null) =>
  noteSiteVisit(line.deps, beacon(over), client);
const days = () =>
  line.rows(
    `SELECT customer_id AS id, day::text, views, product_views AS products, help_views AS help FROM site_day ORDER BY day, id`,
  );
const seen = async (id = ada) => (await signalsOf(line, id)).inputs.lastSeenAt;

describe('a visit', () => {
  it('counts once per event, by the app’s own day, and says when the customer was seen', async () => {
    expect(await visit({ event: 'one' })).toEqual({ outcome: 'noted' });
    expect(await visit({ event: 'one' })).toEqual({ outcome: 'noted' });
    await Promise.all([visit({ event: 'two', kind: 'product' }), visit({ event: 'two', kind: 'product' })]);
    await visit({ kind: 'help' });
    const first = { id: ada, day: '2026-03-02', views: 2, products: 1, help: 1 };
    expect(await days()).toEqual([first]);
    expect(await seen()).toEqual(START);
    await line.moveTo(at('2026-03-03T00:30:00'));
    await visit();
    expect(await days()).toEqual([first, { id: ada, day: '2026-03-03', views: 1, products: 0, help: 0 }]);
    expect(await seen()).toEqual(at('2026-03-03T00:30:00'));
  });

  it('many at once of one customer are all counted', async () => {
    await Promise.all(Array.from({ length: 20 }, () => visit()));
    expect(await days()).toMatchObject([{ views: 20 }]);
  });

  it('is in the score at once where it tells something new, and else leaves the score alone', async () => {
    const before = await stalenessOf(line, ada);
    await visit();
    expect(await stalenessOf(line, ada)).toEqual({ seq: before.seq + 1, stale: true, due: true });
    await line.settle();
    expect((await signalsOf(line, ada)).known['site']).toMatchObject({ value: 100 });
    await line.moveTo(at('2026-03-20T09:00:00'));
    await line.settle();
    const fresh = await stalenessOf(line, ada);
    await visit();
    expect(await stalenessOf(line, ada)).toEqual(fresh);
    await line.moveTo(at('2026-06-01T09:00:00'));
    await line.settle();
    const away = await stalenessOf(line, ada);
    await visit();
    expect(await stalenessOf(line, ada)).toMatchObject({ seq: away.seq + 1, stale: true });
  });

  it('takes two round trips: whose account it is, and the visit', async () => {
    let statements = 0;
    line.beforeStatement = () => (statements += 1);
    await visit();
    line.beforeStatement = null;
    expect(statements).toBe(2);
  });

  it('leaves the customer’s row as it is for an hour, and is counted all the same', async () => {
    await visit();
    await line.moveTo(at('2026-03-02T10:00:00'));
    await visit();
    expect([await seen(), await days()]).toMatchObject([START, [{ views: 2 }]]);
    await line.moveTo(at('2026-03-02T10:00:01'));
    await visit();
    expect([await seen(), await days()]).toMatchObject([at('2026-03-02T10:00:01'), [{ views: 3 }]]);
  });
});

describe('nothing is counted', () => {
  it.each<[string, () => Partial<SiteBeacon>]>([
    ['a customer who is not stored', () => ({ customer: '5' })],
    ['a customer who was erased', () => ({})],
  ])('of %s, and whoever guesses learns nothing', async (name, over) => {
    if (name.endsWith('erased')) {
      await hear(line, { topic: 'customers/redact', payload: customerRedactPayload(REDACT) });
      await line.settle();
    }
    expect(await visit(over())).toEqual({ outcome: 'noted' });
    expect(await days()).toEqual([]);
    expect(await line.rows('SELECT 1 FROM customer WHERE last_seen_at IS NOT NULL')).toEqual([]);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['of another form', () => 'aftercare'],
    ['with another secret', () => `${line.shopId}.another-secret-of-22-c`],
    ['that names another shop', () => `${line.deps.newId()}.${SECRET}`],
    [
      'of a shop that left',
      async () => {
        await line.deps.shops.uninstall(line.shopId, at('2026-03-02T09:00:01'));
        return `${line.shopId}.${SECRET}`;
      },
    ],
  ])('by an account %s', async (_name, account) => {
    expect(await visit({ account: await account() })).toEqual({ outcome: 'unknown_account' });
    expect(await days()).toEqual([]);
  });

  it('in another shop, whose account says nothing about the customers of this one', async () => {
    const other = await line.deps.shops.install(line.deps.newId(), {
      ...{ domain: 'other.myshopify.com', scopes: '', now: START },
    });
    await line.rows('UPDATE shop SET pixel_account = $2 WHERE id = $1', [other.shopId, SECRET]);
    expect(await visit({ account: `${other.shopId}.${SECRET}` })).toEqual({ outcome: 'noted' });
    expect(await days()).toEqual([]);
  });

  it('past what one address may look at in a minute', async () => {
    for (let count = 0; count < 240; count += 1) {
      const outcome = await visit({ customer: `${5_000 + count}` }, '203.0.113.7');
      expect(outcome).toEqual({ outcome: 'noted' });
    }
    expect(await visit({}, '203.0.113.7')).toMatchObject({ outcome: 'rate_limited' });
    expect(await days()).toEqual([]);
    expect(await visit({}, '203.0.113.8')).toEqual({ outcome: 'noted' });
  });

  it('past what one customer may look at in a minute', async () => {
    for (let count = 0; count < 60; count += 1) expect(await visit()).toEqual({ outcome: 'noted' });
    expect(await visit()).toMatchObject({ outcome: 'rate_limited' });
    expect(await days()).toMatchObject([{ views: 60 }]);
    expect(await visit({ customer: '5' })).toEqual({ outcome: 'noted' });
  });

  it('past what all customers of a shop may look at in a minute', async () => {
    const pixelByShop = `shop:${line.shopId}`;
    for (let count = 0; count < 5_999; count += 1) await line.deps.rateLimit.consume({ pixelByShop });
    expect(await visit()).toEqual({ outcome: 'noted' });
    expect(await visit()).toEqual({ outcome: 'rate_limited', retryAfterSeconds: expect.any(Number) });
    expect(await days()).toMatchObject([{ views: 1 }]);
  });

  it('by who knows the shop but not its secret, which costs its customers nothing', async () => {
    const charged: string[] = [];
    const consume: typeof line.deps.rateLimit.consume = async (keys) => {
      charged.push(...Object.keys(keys));
      return { outcome: 'allowed' };
    };
    const deps = { ...line.deps, rateLimit: { ...line.deps.rateLimit, consume } };
    await noteSiteVisit(deps, beacon({ account: `${line.shopId}.another-secret-of-22-c` }), '203.0.113.7');
    expect(charged).toEqual(['pixelByAddress']);
    await noteSiteVisit(deps, beacon(), '203.0.113.7');
    expect(charged.slice(1)).toEqual(['pixelByAddress', 'pixelByCustomer', 'pixelByShop']);
  });

  it.each([
    ['lock', `SELECT lock_customers($1, ARRAY['c:${ADA.id}'])`],
    ['row', `SELECT 1 FROM customer WHERE shop_id = $1 FOR UPDATE`],
  ])('while somebody holds the customer’s %s: the door does not wait for them', async (_name, hold) => {
    const holder = await database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query(hold, [line.shopId]);
      expect(await visit()).toEqual({ outcome: 'noted' });
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    expect(await days()).toEqual([]);
    await visit();
    expect(await days()).toMatchObject([{ views: 1 }]);
    const settings = `SELECT current_setting('lock_timeout') AS wait`;
    expect(await line.rows(settings)).toEqual([{ wait: '0' }]);
  });
});

describe('a customer who', () => {
  it('was merged is seen as who they are today, before and after', async () => {
    await hear(line, { topic: 'customers/create', payload: customerPayload(BOB) });
    await line.settle();
    await visit({ customer: BOB.id });
    const merge = mergePayload({ keptId: ADA.id, deletedId: BOB.id });
    await hear(line, { topic: 'customers/merge', payload: merge });
    await line.settle();
    await visit({ customer: BOB.id });
    await visit();
    expect(await days()).toEqual([{ id: ada, day: '2026-03-02', views: 3, products: 0, help: 0 }]);
    expect(await seen()).toEqual(START);
  });

  it.each([
    ['is being erased', { topic: 'customers/redact', payload: customerRedactPayload(REDACT) }],
    [
      'is being merged',
      { topic: 'customers/merge', payload: mergePayload({ keptId: BOB.id, deletedId: ADA.id }) },
    ],
  ])('%s leaves nothing behind, whoever comes first', async (name, webhook) => {
    await hear(line, webhook);
    await Promise.all([line.settle(), ...Array.from({ length: 30 }, () => visit())]);
    const left = await days();
    const today = name.endsWith('merged') ? [{ id: await customerOf(line, BOB.id), views: 30 }] : [];
    expect(left).toMatchObject(today);
  });
});

it('visits are kept for 24 months, and what is known of their events for a day', async () => {
  await visit();
  await line.moveTo(at('2028-03-02T09:00:00'));
  await visit({ event: 'last' });
  expect(await purgeData(line.deps, {})).toMatchObject({ siteDays: 0 });
  await line.moveTo(at('2028-03-03T09:00:00'));
  await line.rows(`UPDATE site_event SET created_at = created_at - interval '1 day'`);
  await visit();
  expect(await purgeData(line.deps, {})).toMatchObject({ siteDays: 1 });
  expect(await days()).toMatchObject([{ day: '2028-03-02' }, { day: '2028-03-03' }]);
  expect(await line.rows('SELECT count(*)::int AS events FROM site_event')).toEqual([{ events: 1 }]);
});

describe('what is over', () => {
  it('goes in batches, and is found without reading the rest', async () => {
    await line.rows(
      `INSERT INTO site_day (shop_id, customer_id, day) SELECT $1, gen_random_uuid(), '2020-01-01' FROM generate_series(1, 3)`,
      [line.shopId],
    );
    const purge = () => line.deps.upkeep.purgeExpired('siteDays', 2);
    expect([await purge(), await purge(), await purge()]).toEqual([2, 1, 0]);
    const indexes = await line.rows(
      `SELECT indexdef FROM pg_indexes WHERE tablename IN ('site_day', 'site_event') ORDER BY indexdef`,
    );
    expect(indexes.map(({ indexdef }) => /\(.*\)$/.exec(indexdef as string)?.[0])).toEqual(
      expect.arrayContaining(['(day)', '(created_at)']),
    );
  });
});
