import { beforeEach, describe, expect, it } from 'vitest';
import type { AdminFailure } from '#app/infra/shopify/admin.server.ts';
import type { ShopifyOperations } from '#app/infra/shopify/operations.server.ts';
import { pollOrders } from '#app/services/poll-orders.ts';
import { jsonBytes } from '#tests/factories/shopify-payloads.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, order } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

describe('the poll of orders', () => {
  interface Version {
    updatedAt: Date;
    body: object;
  }
  const throttled = { kind: 'throttled' as const, retryAfterMs: 10_000 };
  const refused = { kind: 'refused' as const, reason: 'An unexpected shape.' };
  const lost = { kind: 'retryable' as const, reason: 'Shopify answered 503.' };
  /** What is answered before the truth: to the list, or to the id of an order; "always" = for ever. */
  type Failures = Record<string, { answers: AdminFailure[] | 'always' }>;
  let waits: number[];
  let warnings: unknown[];
  beforeEach(() => {
    [waits, warnings] = [[], []];
  });

  /** A shop that answers with these versions, oldest change first, one per page; asks: since when. */
  function shopify(versions: Record<string, Version>, asks: Date[], failures: Failures = {}) {
    const failed = (what: string) => {
      const answers = failures[what]?.answers;
      return answers === 'always' ? throttled : answers?.shift();
    };
    const operations: Pick<ShopifyOperations, 'ordersUpdatedSince' | 'orderAsWebhook'> = {
      async ordersUpdatedSince(_domain, { since, cursor }) {
        const failure = failed('list');
        if (failure) return failure;
        if (cursor === null) asks.push(since);
        const all = Object.entries(versions).filter(([, version]) => version.updatedAt >= since);
        const from = Number(cursor ?? 0);
        const orders = all.slice(from, from + 1).map(([orderId, { updatedAt }]) => ({ orderId, updatedAt }));
        return { kind: 'page', orders, nextCursor: from + 1 < all.length ? String(from + 1) : null };
      },
      async orderAsWebhook(_domain, orderId) {
        const failure = failed(orderId);
        if (failure) return failure;
        const version = versions[orderId];
        return version
          ? { kind: 'order', body: jsonBytes(version.body), updatedAt: version.updatedAt }
          : { kind: 'gone' };
      },
    };
    const note = (entry: unknown) => void warnings.push(entry);
    return {
      ...line.deps,
      shopify: { ...line.deps.shopify, ...operations },
      wait: async (ms: number) => void waits.push(ms),
      log: Object.assign(Object.create(line.deps.log), { warn: note, error: note }) as typeof line.deps.log,
    };
  }
  const version = (id: string, updatedAt: Date): Version => ({
    updatedAt,
    body: order({
      id,
      name: `#${id}`,
      createdAt: updatedAt,
      updatedAt,
      lines: [{ id: `${id}1`, unitPriceMinor: 1_000 }],
    }),
  });

  it('stores each new version once, remembers how far it came, and looks ten minutes back', async () => {
    const asks: Date[] = [];
    const known = version('31', at('2026-03-02T09:20:00'));
    await pollOrders(shopify({}, asks), {});
    await line.moveTo(at('2026-03-02T10:00:00'));
    await hear(line, { topic: 'orders/paid', payload: known.body });
    await line.settle();
    const versions = {
      31: known,
      32: version('32', at('2026-03-02T09:30:00')),
      33: version('33', at('2026-03-02T09:40:00')),
    };
    expect(await pollOrders(shopify(versions, asks), {})).toEqual({ shops: 1, orders: 2 });
    // Before the first result is processed, and after it.
    expect(await pollOrders(shopify(versions, asks), {})).toEqual({ shops: 1, orders: 0 });
    await line.settle();
    expect(await pollOrders(shopify(versions, asks), {})).toEqual({ shops: 1, orders: 0 });
    expect(await line.rows('SELECT order_id FROM orders ORDER BY 1')).toEqual([
      { order_id: '31' },
      { order_id: '32' },
      { order_id: '33' },
    ]);
    expect(asks.slice(0, 3)).toEqual([
      at('2026-03-02T09:00:00'),
      at('2026-03-02T08:50:00'),
      at('2026-03-02T09:50:00'),
    ]);

    const newer = { ...versions, 33: version('33', at('2026-03-02T10:05:00')) };
    await line.moveTo(at('2026-03-02T11:00:00'));
    expect(await pollOrders(shopify(newer, asks), {})).toEqual({ shops: 1, orders: 1 });
  });

  it('keeps its place when Shopify does not answer', async () => {
    const asks: Date[] = [];
    await pollOrders(shopify({}, asks), {});
    await line.moveTo(at('2026-03-02T12:00:00'));
    expect(await pollOrders(shopify({}, asks, { list: { answers: 'always' } }), {})).toEqual({
      shops: 1,
      orders: 0,
    });
    await line.moveTo(at('2026-03-02T13:00:00'));
    await pollOrders(shopify({}, asks), {});
    expect(asks.at(-1)).toEqual(at('2026-03-02T08:50:00'));
  });

  describe('of three orders', () => {
    const versions = {
      31: version('31', at('2026-03-02T09:20:00')),
      32: version('32', at('2026-03-02T09:30:00')),
      33: version('33', at('2026-03-02T09:40:00')),
    };
    const polledUntil = async () =>
      (await line.rows('SELECT orders_polled_until AS until FROM shop'))[0]!['until'];
    const stored = async () =>
      (await line.rows('SELECT order_id FROM event ORDER BY occurred_at')).map((row) => row['order_id']);
    let asks: Date[];
    beforeEach(async () => {
      asks = [];
      await pollOrders(shopify({}, asks), {});
      await line.moveTo(at('2026-03-02T10:00:00'));
    });

    it('skips, and logs, the one that Shopify does not hand out', async () => {
      const failures = { 32: { answers: [refused] } };
      expect(await pollOrders(shopify(versions, asks, failures), {})).toEqual({ shops: 1, orders: 2 });
      expect(await stored()).toEqual(['31', '33']);
      expect(await polledUntil()).toEqual(at('2026-03-02T10:00:00'));
      expect(warnings).toEqual([{ shopId: line.shopId, orderId: '32', reason: refused.reason }]);
    });

    it('waits as long as Shopify says when it is throttled, and goes on', async () => {
      const failures = { list: { answers: [throttled] }, 32: { answers: [throttled, throttled] } };
      expect(await pollOrders(shopify(versions, asks, failures), {})).toEqual({ shops: 1, orders: 3 });
      expect(await stored()).toEqual(['31', '32', '33']);
      expect(waits).toEqual([10_000, 10_000, 10_000]);
      expect(await polledUntil()).toEqual(at('2026-03-02T10:00:00'));
      expect(warnings).toEqual([]);
    });

    it.each<[string, Failures, number]>([
      ['throttled for longer than a minute', { 33: { answers: 'always' } }, 60_000],
      ['not answered', { 33: { answers: [lost] } }, 0],
    ])('goes on next time from the last one it handled: %s', async (_name, failures, waited) => {
      expect(await pollOrders(shopify(versions, asks, failures), {})).toEqual({ shops: 1, orders: 2 });
      expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(waited);
      expect(await polledUntil()).toEqual(at('2026-03-02T09:30:00'));
      expect(warnings).toHaveLength(1);

      expect(await pollOrders(shopify(versions, asks), {})).toEqual({ shops: 1, orders: 1 });
      expect(asks.at(-1)).toEqual(at('2026-03-02T09:20:00'));
      expect(await stored()).toEqual(['31', '32', '33']);
      expect(await polledUntil()).toEqual(at('2026-03-02T10:00:00'));
    });

    it('waits three minutes for all shops together, and comes to each', async () => {
      for (const name of ['b', 'c', 'd', 'e'])
        await line.deps.shops.install(line.deps.newId(), {
          domain: `${name}.myshopify.com`,
          scopes: '',
          now: at('2026-03-02T09:00:00'),
        });
      expect(await pollOrders(shopify(versions, asks, { list: { answers: 'always' } }), {})).toEqual({
        shops: 5,
        orders: 0,
      });
      expect(waits).toHaveLength(18);
      expect(warnings).toHaveLength(5);
    });

    it('misses nothing of the time after a first poll that was not answered', async () => {
      await line.rows('UPDATE shop SET orders_polled_until = NULL');
      await pollOrders(shopify(versions, asks, { list: { answers: [lost] } }), {});
      await line.moveTo(at('2026-03-02T11:00:00'));
      await pollOrders(shopify(versions, asks), {});
      expect(asks.at(-1)).toEqual(at('2026-03-02T09:50:00'));
    });
  });
});
