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
    const handedOn = line.jobs.flatMap((job) => (job.name === 'events.process' ? job.payload.eventIds : []));
    expect(new Set(handedOn).size).toBe(700);
    expect(handedOn).toHaveLength(700);
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

describe('the sweep', () => {
  const grow = (table: string, column: string) =>
    line.rows(`UPDATE ${table} SET ${column} = now() - interval '31 seconds'`);

  it('hands on through the queue alone, which counts how often a job kills its worker', async () => {
    await hear(line, { topic: 'orders/paid', payload: order() });
    line.jobs.length = 0;
    await grow('event', 'created_at');
    const enqueue = () => Promise.reject(new Error('This may run in the same worker.'));
    const producer = { ...line.deps.producer, enqueue };
    expect(await reconcile({ ...line.deps, producer }, {})).toMatchObject({ events: 1 });
    expect(line.jobs).toHaveLength(1);
  });

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
    expect(await reconcile(line.deps, {})).toEqual({
      events: 0,
      fits: 0,
      actions: 0,
      unknown: 0,
      customers: 0,
      imports: 0,
    });
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
  expect(await purgeData(line.deps, {})).toEqual({
    ...{ bodies: 1, links: 0, uploads: 0, siteDays: 0, siteEvents: 0, importRows: 0 },
  });
  expect(
    await line.rows('SELECT e.topic FROM raw_body b JOIN event e ON e.id = b.event_id ORDER BY 1'),
  ).toEqual([{ topic: 'fulfillment_events/create' }, { topic: 'fulfillments/create' }]);
  expect(await line.rows('SELECT order_id, email FROM orders JOIN customer c ON c.id = customer_id')).toEqual(
    [{ order_id: ORDER_ID, email: ADA.email }],
  );
});
