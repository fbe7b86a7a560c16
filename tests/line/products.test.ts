import { beforeEach, describe, expect, it } from 'vitest';
import type { AdminFailure } from '#app/infra/shopify/admin.server.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { BLANKETS, grant, KITCHEN, known, MUGS, ordered, shopify } from './product-scenes.ts';
import { START } from './scenes.ts';

const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
  await grant(line, 'read_orders,read_products');
});

const stored = () =>
  line.rows(
    'SELECT product_id AS id, title, image_url AS url, collections, missing FROM product ORDER BY product_id',
  );
const hoursLater = (hours: number) =>
  line.rows(`UPDATE product SET refresh_at = refresh_at - $1 * interval '1 hour'`, [hours]);

describe('the refresh of products', () => {
  it('asks for what orders name, once a day, however often and by however many it runs', async () => {
    await ordered(line, [BLANKETS, MUGS, null]);
    const { asks, run } = shopify(line, [known(BLANKETS, { collections: [KITCHEN] }), known(MUGS)]);
    expect(await run()).toEqual({ products: 2 });
    expect(await run()).toEqual({ products: 0 });
    expect(asks).toEqual([[BLANKETS, MUGS]]);
    const rows = await stored();
    expect(rows).toMatchObject([
      {
        id: BLANKETS,
        url: `https://cdn.shopify.com/${BLANKETS}.jpg`,
        collections: [KITCHEN],
        missing: false,
      },
      { id: MUGS, collections: [] },
    ]);
    await hoursLater(23);
    await run();
    expect(asks).toHaveLength(1);
    await hoursLater(2);
    await Promise.all([run(), run()]);
    expect(await run()).toEqual({ products: 0 });
    expect(await stored()).toEqual(rows);
  });

  it('takes over what changed', async () => {
    await ordered(line, [MUGS]);
    await shopify(line, [known(MUGS, { collections: [KITCHEN] })]).run();
    await hoursLater(25);
    await shopify(line, [known(MUGS, { title: 'Mug', image: null })]).run();
    expect(await stored()).toEqual([{ id: MUGS, title: 'Mug', url: null, collections: [], missing: false }]);
  });

  it('marks what Shopify does not know any more, keeps what it was, and leaves it in peace', async () => {
    await ordered(line, [MUGS, '404']);
    await shopify(line, [known(MUGS, { collections: [KITCHEN] })]).run();
    await hoursLater(25);
    const { asks, run } = shopify(line, []);
    await run();
    await hoursLater(25);
    await run();
    expect(asks).toEqual([[MUGS]]);
    expect(await stored()).toEqual([
      { id: '404', title: '', url: null, collections: [], missing: true },
      { id: MUGS, title: `Product ${MUGS}`, url: null, collections: [KITCHEN], missing: true },
    ]);
    expect(await line.deps.admin.soldCollections(line.shopId)).toEqual([]);
    await hoursLater(24 * 30);
    await shopify(line, [known(MUGS)]).run();
    expect((await stored())[1]).toMatchObject({ missing: false, url: expect.stringContaining(MUGS) });
  });

  it('asks for thirty at a time, those of the newest orders first', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => String(1_000 + index));
    await ordered(line, ids);
    const [placed, changed] = [at('2026-03-02T08:59:30'), at('2026-03-02T08:59:30')];
    await ordered(line, ['5'], { id: '77', name: '#77', createdAt: placed, updatedAt: changed });
    const { asks, run } = shopify(
      line,
      ids.map((id) => known(id)),
    );
    expect(await run()).toEqual({ products: 41 });
    expect(asks.map(({ length }) => length)).toEqual([30, 11]);
    expect(asks[0]?.[0]).toBe('5');
  });

  it.each([
    ['has not granted it yet', () => grant(line, 'read_orders,write_discounts')],
    ['was uninstalled', () => line.rows(`UPDATE shop SET status = 'uninstalled'`)],
    ['is throttled', () => line.deps.shops.throttle(line.shopId, 60_000)],
  ])('leaves alone a shop that %s', async (_name, change) => {
    await ordered(line);
    await change();
    const { asks, run } = shopify(line, [known(MUGS)]);
    expect([await run(), asks]).toEqual([{ products: 0 }, []]);
  });

  it('stores nothing for a shop that left meanwhile', async () => {
    await line.rows(`UPDATE shop SET status = 'uninstalled'`);
    const hours = { found: 24, missing: 24 };
    await line.deps.products.save(line.shopId, { found: [known(MUGS)], missing: ['404'] }, hours);
    await line.deps.products.putOff(line.shopId, [BLANKETS], 10);
    expect(await stored()).toEqual([]);
  });

  it('waits for no throttled shop: the turn after asks again', async () => {
    await ordered(line);
    const { asks, warnings, run } = shopify(
      line,
      [known(MUGS), known(BLANKETS)],
      [{ kind: 'throttled', retryAfterMs: 60_000 }],
    );
    expect(await run()).toEqual({ products: 0 });
    expect(await run()).toEqual({ products: 0 });
    await line.rows(`UPDATE shop SET throttled_until = now() - interval '1 second'`);
    expect(await run()).toEqual({ products: 2 });
    expect([asks.length, warnings]).toEqual([2, []]);
  });

  it.each<[AdminFailure, number]>([
    [{ kind: 'retryable', reason: 'Shopify answered 503.' }, 10],
    [{ kind: 'reauthorise', reason: 'The app is not installed in this shop.' }, 360],
    [{ kind: 'refused', reason: 'Shopify reported: Access denied.' }, 360],
  ])('says why it got nothing and puts it off, keeping what was known: %j', async (failure, minutes) => {
    await ordered(line);
    await shopify(line, [known(MUGS), known(BLANKETS)]).run();
    const before = await stored();
    await hoursLater(25);
    const { asks, warnings, run } = shopify(line, [], [failure, failure]);
    await run();
    await hoursLater((minutes - 1) / 60);
    await run();
    expect(asks).toHaveLength(1);
    const { kind: outcome, reason } = failure as { kind: string; reason: string };
    expect(warnings).toEqual([{ shopId: line.shopId, outcome, reason, products: 2 }]);
    expect(await stored()).toEqual(before);
    await hoursLater(2 / 60);
    await run();
    expect(asks).toHaveLength(2);
  });

  it('ends its turn while Shopify cannot be reached', async () => {
    await ordered(line);
    for (const name of ['b', 'c', 'd', 'e']) {
      const scopes = 'write_products';
      const install = { domain: `${name}.myshopify.com`, scopes, now: START };
      const { shopId } = await line.deps.shops.install(line.deps.newId(), install);
      await line.rows(
        `INSERT INTO orders SELECT o.* FROM orders p, jsonb_populate_record(p, jsonb_build_object('shop_id', $1::text)) o
         WHERE p.shop_id = $2`,
        [shopId, line.shopId],
      );
    }
    const lost = { kind: 'retryable' as const, reason: 'Shopify could not be reached (TypeError).' };
    const { asks, run } = shopify(line, [], [lost, lost, lost]);
    await run();
    expect(asks).toHaveLength(3);
    // The others' turn comes next.
    await run();
    expect(asks).toHaveLength(5);
  });

  it('adds no statement to the way of an event', async () => {
    const statements: string[] = [];
    line.beforeStatement = (text) => void statements.push(text);
    await ordered(line);
    expect(statements.filter((text) => /\bproduct\b/.test(text))).toEqual([]);
  });
});
