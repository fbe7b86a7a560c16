import { beforeEach, describe, expect, it } from 'vitest';
import { parseSettings } from '#app/domain/shop-settings/settings.ts';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { rollUpStats } from '#app/services/roll-up-stats.ts';
import { scoreRow } from '#app/services/score-row.ts';
import { tick } from '#app/services/tick.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, order } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

describe('the shop’s own figures', () => {
  /** Orders of `customers` people, each with so many days between them, delivered so many days after shipment. */
  async function orders(customers: number, gapDays: number, transitDays: number, firstId = 1) {
    await line.rows(
      `INSERT INTO customer (shop_id, id, key, created_at, scored_at, scored_seq)
       SELECT $1, gen_random_uuid(), 'c:' || ($2::int + n), now(), now(), 0 FROM generate_series(1, $3::int) n ON CONFLICT DO NOTHING`,
      [line.shopId, firstId, customers],
    );
    await line.rows(
      `INSERT INTO orders (shop_id, order_id, customer_id, placed_at, paid_at, delivered_at, doc, source_updated_at)
       SELECT c.shop_id, c.key || '-' || m, c.id, p.at, p.at, p.at + $4::float * interval '1 day',
         jsonb_build_object('lines', jsonb_build_array(jsonb_build_object('lineId', 'l', 'quantity', 1, 'requiresShipping', true)),
           'fulfillments', jsonb_build_array(
             jsonb_build_object('fulfillmentId', '1', 'status', 'success', 'createdAt', p.at, 'lineIds', '["l"]'::jsonb),
             jsonb_build_object('fulfillmentId', '2', 'status', 'cancelled', 'createdAt', p.at + interval '2 days',
               'lineIds', '["l"]'::jsonb)),
           'shipmentEvents', jsonb_build_array(jsonb_build_object('eventId', '3', 'fulfillmentId', '1', 'status', 'delivered',
             'happenedAt', p.at + $4::float * interval '1 day'))), p.at
       FROM customer c, generate_series(0, 2) m,
         LATERAL (SELECT timestamptz '2026-01-05T10:00:00Z' + m * $3::float * interval '1 day' AS at) p
       WHERE c.shop_id = $1 AND c.key = ANY(SELECT 'c:' || ($2::int + n) FROM generate_series(1, $5::int) n)`,
      [line.shopId, firstId, gapDays, transitDays, customers],
    );
  }
  const figures = async () =>
    (await line.rows('SELECT typical_gap_days AS gap, median_transit_days AS transit FROM shop'))[0];

  it('are medians of what really happened, and unknown while there is too little of it', async () => {
    await orders(1, 20, 4);
    expect(await rollUpStats(line.deps, line)).toMatchObject({
      typicalGapDays: null,
      medianTransitDays: null,
    });
    await orders(8, 20, 4, 100);
    await orders(4, 10, 9, 200);
    // 26 gaps: 18 of 20 days and 8 of 10; 39 deliveries: 27 after 4 days and 12 after 9.
    expect(await rollUpStats(line.deps, line)).toMatchObject({
      typicalGapDays: 20,
      medianTransitDays: 4,
    });
    expect(await figures()).toEqual({ gap: 20, transit: 4 });
  });

  it('score everybody again when the gap moved by a tenth or more, and only then', async () => {
    await orders(12, 20, 4);
    await rollUpStats(line.deps, line);
    await refreshScores(line.deps, line);
    const scored = async (storedGap: number) => {
      await line.rows('UPDATE shop SET typical_gap_days = $1', [storedGap]);
      const { rescored } = await rollUpStats(line.deps, line);
      const { read } = await refreshScores(line.deps, line);
      expect(rescored).toBe(read > 0);
      return [read, (await figures())!['gap']];
    };
    expect(await scored(20)).toEqual([0, 20]);
    expect(await scored(21.9)).toEqual([0, 21.9]);
    expect(await scored(18.5)).toEqual([0, 18.5]);
    expect(await scored(18)).toEqual([12, 20]);
    expect(await scored(22.5)).toEqual([12, 20]);
  });

  it('leave out what was never on its way: an order over the counter, a digital one', async () => {
    const when = at('2026-02-20T09:00:00');
    const sold = (id: string, more: { channel?: string; requiresShipping?: boolean }) => {
      const { requiresShipping = true, ...order_ } = more;
      const parcel = { id: `${id}2`, orderId: id, lineIds: [`${id}1`], createdAt: when, updatedAt: when };
      const lines = [{ id: `${id}1`, unitPriceMinor: 1_000, requiresShipping }];
      const times = { createdAt: when, updatedAt: when };
      return hear(line, {
        topic: 'orders/paid',
        payload: order({ id, ...times, ...order_, lines, fulfillments: [parcel] }),
      });
    };
    for (let n = 0; n < 6; n += 1) {
      await sold(`50${n}`, { channel: 'pos' });
      await sold(`60${n}`, { requiresShipping: false });
    }
    await line.settle();
    expect(await line.rows('SELECT DISTINCT delivered_at = placed_at AS at_once FROM orders')).toEqual([
      { at_once: true },
    ]);
    await line.moveTo(at('2026-03-04T09:00:00'));
    await tick(line.deps, {});
    expect(await figures()).toMatchObject({ transit: null });
    // So the survey about a parcel waits for the usual 7 days, not for the next morning.
    const shipped = at('2026-03-04T08:30:00');
    const parcel = { id: '9002', orderId: '9000', lineIds: ['9001'], createdAt: shipped, updatedAt: shipped };
    const lines = [{ id: '9001', unitPriceMinor: 1_000 }];
    await hear(line, {
      topic: 'orders/paid',
      payload: order({ id: '9000', createdAt: shipped, updatedAt: shipped, lines, fulfillments: [parcel] }),
    });
    await line.settle();
    expect(
      await line.rows(`SELECT delivered_at, delivered_assumed FROM orders WHERE order_id = '9000'`),
    ).toEqual([{ delivered_at: at('2026-03-11T08:30:00'), delivered_assumed: true }]);
  });

  it('are renewed daily by the tick', async () => {
    await tick(line.deps, {});
    await orders(12, 20, 4);
    await tick(line.deps, {});
    expect(await figures()).toEqual({ gap: null, transit: null });
    await line.moveTo(at('2026-03-03T09:00:01'));
    await tick(line.deps, {});
    expect(await figures()).toEqual({ gap: 20, transit: 4 });
  });
});

describe('scoring everybody again', () => {
  const standing = async () =>
    (
      await line.rows(
        'SELECT c.rules_seq <> s.rules_seq AS due, s.rules_seq <> s.refreshed_seq AS pending FROM customer c, shop s',
      )
    )[0];

  it.each([
    ['on demand', async () => void (await line.deps.upkeep.rescoreAll(line.shopId))],
    [
      'as the gap moved',
      async () => {
        const stats = { typicalGapDays: 25, medianTransitDays: null };
        expect(await line.deps.upkeep.saveStats(line.shopId, stats)).toBe(true);
      },
    ],
  ])('%s is not undone by a score that was read before', async (_when, scoreAgain) => {
    await hear(line, { topic: 'orders/paid', payload: order() });
    await line.settle();
    const [customer] = await line.rows<{ id: string }>('SELECT id FROM customer');
    const loaded = (await line.deps.scores.load(line.shopId, [customer!.id]))!;
    await scoreAgain();
    const old = loaded.sources.map((source) =>
      scoreRow(source, { ...loaded, settings: parseSettings(loaded.shop.settings), present: null }),
    );
    expect(await line.deps.scores.save(line.shopId, old, loaded)).toEqual([]);
    expect(await standing()).toEqual({ due: true, pending: true });
    const histories = () => line.rows('SELECT at, csi, health FROM score_history ORDER BY at');
    const before = await histories();
    await tick(line.deps, {});
    expect(await standing()).toEqual({ due: false, pending: false });
    // The same score again is no entry of its history.
    expect(await histories()).toEqual(before);
  });
});
