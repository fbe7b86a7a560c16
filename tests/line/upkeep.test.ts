import { beforeEach, describe, expect, it } from 'vitest';
import { purgeData } from '#app/services/purge-data.ts';
import { reconcile } from '#app/services/reconcile.ts';
import { tick } from '#app/services/tick.ts';
import { createLine, runJob, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, delivered, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { asked, hear } from './scenes.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

describe('the tick', () => {
  it('fires each due timer once, however many ticks run at once', async () => {
    await line.rows(
      `INSERT INTO timer (shop_id, kind, subject_id, due_at) SELECT $1, 'points.approve', n::text, '2026-03-02T08:00:00Z' FROM generate_series(1, 700) n`,
      [line.shopId],
    );
    await line.rows(
      `INSERT INTO timer (shop_id, kind, subject_id, due_at) VALUES ($1, 'points.approve', 'later', '2026-03-02T09:00:01Z')`,
      [line.shopId],
    );
    for (let round = 0; round < 3; round += 1) await Promise.all([1, 2, 3].map(() => tick(line.deps, {})));
    expect(
      await line.rows('SELECT count(*)::int AS events, count(DISTINCT order_id)::int AS orders FROM event'),
    ).toEqual([{ events: 700, orders: 700 }]);
    expect(
      await line.rows('SELECT status, firings, count(*)::int AS timers FROM timer GROUP BY 1, 2 ORDER BY 1'),
    ).toEqual([
      { status: 'fired', firings: 1, timers: 700 },
      { status: 'open', firings: 0, timers: 1 },
    ]);
    expect(line.jobs).toHaveLength(700);
  });

  it('fires a timer that was set again a second time, under another key', async () => {
    for (const _turn of [1, 2]) {
      await line.rows(
        `INSERT INTO timer (shop_id, kind, subject_id, due_at) VALUES ($1, 'points.approve', '1', '2026-03-01T00:00:00Z')
         ON CONFLICT (shop_id, kind, subject_id) DO UPDATE SET status = 'open'`,
        [line.shopId],
      );
      await tick(line.deps, {});
    }
    expect(await line.rows('SELECT dedupe_key FROM event ORDER BY 1')).toEqual([
      { dedupe_key: 'points.approve:1:1' },
      { dedupe_key: 'points.approve:1:2' },
    ]);
  });
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
         jsonb_build_object('fulfillments', jsonb_build_array(
           jsonb_build_object('fulfillmentId', '1', 'status', 'success', 'createdAt', p.at),
           jsonb_build_object('fulfillmentId', '2', 'status', 'cancelled', 'createdAt', p.at + interval '2 days'))), p.at
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
    expect(await line.deps.upkeep.rollUpStats(line.shopId)).toMatchObject({
      typicalGapDays: null,
      medianTransitDays: null,
    });
    await orders(8, 20, 4, 100);
    await orders(4, 10, 9, 200);
    // 26 gaps: 18 of 20 days and 8 of 10; 39 deliveries: 27 after 4 days and 12 after 9.
    expect(await line.deps.upkeep.rollUpStats(line.shopId)).toMatchObject({
      typicalGapDays: 20,
      medianTransitDays: 4,
    });
    expect(await figures()).toEqual({ gap: 20, transit: 4 });
  });

  it('score everybody again when the gap moved by a tenth or more, and only then', async () => {
    await orders(12, 20, 4);
    await line.deps.upkeep.rollUpStats(line.shopId);
    const scored = async (storedGap: number) => {
      await line.rows('UPDATE customer SET next_score_at = NULL');
      await line.rows('UPDATE shop SET typical_gap_days = $1', [storedGap]);
      const { rescored } = await line.deps.upkeep.rollUpStats(line.shopId);
      const [due] = await line.rows<{ due: number }>(
        'SELECT count(*)::int AS due FROM customer WHERE next_score_at <= business_now()',
      );
      expect(rescored).toBe(due!.due);
      return [due!.due, (await figures())!['gap']];
    };
    expect(await scored(20)).toEqual([0, 20]);
    expect(await scored(21.9)).toEqual([0, 21.9]);
    expect(await scored(18.5)).toEqual([0, 18.5]);
    expect(await scored(18)).toEqual([12, 20]);
    expect(await scored(22.5)).toEqual([12, 20]);
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

describe('the sweep', () => {
  const grow = (table: string, column: string) =>
    line.rows(`UPDATE ${table} SET ${column} = now() - interval '31 seconds'`);

  it('finds lost events, then lost actions and stale customers, and leaves the young ones to the queue', async () => {
    await hear(line, { topic: 'orders/paid', payload: order() });
    line.jobs.length = 0;
    expect(await reconcile(line.deps, {})).toMatchObject({ events: 0, actions: 0, customers: 0 });
    await grow('event', 'created_at');
    expect(await reconcile(line.deps, {})).toMatchObject({ events: 1, actions: 0 });
    const event = line.jobs.shift()!;
    line.jobs.push(event);
    await settleOnly('event.process');

    line.jobs.length = 0;
    expect(await reconcile(line.deps, {})).toMatchObject({ events: 0, actions: 0, customers: 1 });
    line.jobs.length = 0;
    await grow('action', 'queued_at');
    expect(await reconcile(line.deps, {})).toMatchObject({ actions: 1, customers: 1 });
    // Dispatched now: the next sweep leaves it to its job.
    expect(await reconcile(line.deps, {})).toMatchObject({ actions: 0 });
    await line.settle();
    expect(await reconcile(line.deps, {})).toEqual({ events: 0, actions: 0, unknown: 0, customers: 0 });
    expect(await line.rows(`SELECT sum(points)::int AS points FROM points_entry`)).toEqual([{ points: 135 }]);
  });

  it('frees what waited for an action that is gone', async () => {
    await asked(line);
    await line.rows(
      `INSERT INTO action (shop_id, id, kind, dedupe_key, status, after_id, due_at, created_at, queued_at)
       VALUES ($1, gen_random_uuid(), 'send_acknowledgement', 'orphan', 'waiting', gen_random_uuid(), business_now(), business_now(), now() - interval '1 hour')`,
      [line.shopId],
    );
    await reconcile(line.deps, {});
    await reconcile(line.deps, {});
    await line.settle();
    expect(await line.rows(`SELECT status FROM action WHERE dedupe_key = 'orphan'`)).toEqual([
      { status: 'skipped' },
    ]);
  });

  async function settleOnly(name: string) {
    for (const job of line.jobs.splice(0)) if (job.name === name) await runJob(line, job);
  }
});

it('deletes bytes whose time is over, and nothing else', async () => {
  await hear(line, { topic: 'orders/paid', payload: order() }, ...delivered);
  await line.settle();
  await line.rows(
    `UPDATE raw_body SET expires_at = now() - interval '1 second' WHERE event_id = (SELECT id FROM event WHERE topic = 'orders/paid')`,
  );
  expect(await purgeData(line.deps, {})).toEqual({ bodies: 1, links: 0 });
  expect(
    await line.rows('SELECT e.topic FROM raw_body b JOIN event e ON e.id = b.event_id ORDER BY 1'),
  ).toEqual([{ topic: 'fulfillment_events/create' }, { topic: 'fulfillments/create' }]);
  expect(await line.rows('SELECT order_id, email FROM orders JOIN customer c ON c.id = customer_id')).toEqual(
    [{ order_id: ORDER_ID, email: ADA.email }],
  );
});
