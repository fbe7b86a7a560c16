import { beforeEach, describe, expect, it } from 'vitest';
import type { SharedWork } from '#app/infra/db/transactions.server.ts';
import { processEvent } from '#app/services/process-event.ts';
import { runAction } from '#app/services/run-action.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { arrived, hear, START, surveyDecided } from './scenes.ts';

/** What shares a transaction, what goes alone, and whose failure is whose. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  await resetDatabase(database.pool);
  line = await createLine(database, START);
});

describe('share', () => {
  interface Item {
    id: string;
  }
  type Seen = { ids: string[]; patienceMs: number | null };

  /** Work that notes what it is given. */
  function noted(look: (ids: string[]) => void = () => undefined) {
    const seen: Seen[] = [];
    const work: SharedWork<Item, Item> = async (_shopId, transaction, items, patienceMs) => {
      await transaction.query('SELECT 1');
      const ids = items.map(({ id }) => id);
      seen.push({ ids, patienceMs });
      look(ids);
      return items.map(({ id }) => (id.startsWith('alone') && patienceMs !== null ? 'alone' : { id }));
    };
    const all = (...ids: string[]) =>
      Promise.allSettled(ids.map((id) => line.deps.transactions.share(work, line.shopId, { id })));
    return { seen, all };
  }
  const values = (ends: PromiseSettledResult<Item>[]) =>
    ends.map((end) => (end.status === 'fulfilled' ? end.value.id : String(end.reason)));

  it('gives what comes in one turn one transaction, and to each its own result', async () => {
    const { seen, all } = noted();
    expect(values(await all('a', 'b', 'c'))).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual([{ ids: ['a', 'b', 'c'], patienceMs: 500 }]);
  });

  it('shows the same twice only once at a time', async () => {
    const { seen, all } = noted();
    expect(values(await all('a', 'b', 'a'))).toEqual(['a', 'b', 'a']);
    expect(seen).toEqual([
      { ids: ['a', 'b'], patienceMs: 500 },
      { ids: ['a'], patienceMs: null },
    ]);
  });

  it('lets one that cannot be done with the others go after them, for as long as it takes', async () => {
    const { seen, all } = noted();
    expect(values(await all('a', 'alone 1'))).toEqual(['a', 'alone 1']);
    expect(seen.at(-1)).toEqual({ ids: ['alone 1'], patienceMs: null });
  });

  it('does each by itself when the group fails: only the one at fault fails', async () => {
    const { all } = noted((ids) => {
      if (ids.includes('bad')) throw new Error('this one is bad');
    });
    expect(values(await all('a', 'bad', 'b'))).toEqual(['a', 'Error: this one is bad', 'b']);
  });

  it('tries one that fails by itself only once', async () => {
    const { seen, all } = noted(() => {
      throw new Error('bad');
    });
    expect(values(await all('a'))).toEqual(['Error: bad']);
    expect(seen).toHaveLength(1);
  });
});

describe('locks of several lines', () => {
  const lock = (orders: string[], patienceMs: number | null) =>
    database.pool.query('SELECT * FROM lock_lines($1, $2, $3)', [
      line.shopId,
      JSON.stringify(
        orders.map((order_id, n) => ({ id: `00000000-0000-4000-8000-00000000000${n}`, order_id })),
      ),
      patienceMs,
    ]);

  it('are given up together after the patience, not one after the other', async () => {
    const holder = await database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT lock_line($1, $2, NULL, NULL)', [line.shopId, '2']);
      await expect(lock(['1', '2', '3'], 50)).rejects.toMatchObject({ code: '55P03' });
      expect((await lock(['1', '3'], 50)).rowCount).toBe(2);
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    expect((await lock(['1', '2', '3'], 50)).rowCount).toBe(3);
  });

  it('leave the rest of the transaction as patient as it was', async () => {
    const client = await database.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT * FROM lock_lines($1, $2, 50)', [line.shopId, '[]']);
      expect((await client.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '0' }]);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

it('points of one order, and of one customer’s orders, that are posted at once come to the same', async () => {
  await hear(line, arrived(50_000, at('2026-03-01T12:00:00')), arrived(60_000, at('2026-03-01T13:00:00')));
  await hear(
    line,
    arrived(70_000, at('2026-03-01T14:00:00'), { ...ADA, id: '7001', email: 'bob@example.com' }),
  );
  for (const job of line.jobs.splice(0)) {
    if (job.name === 'event.process') await processEvent(line.deps, job.payload);
  }
  // Each order a second time, as an event that came meanwhile would ask for it.
  await line.rows(
    `INSERT INTO action (shop_id, id, event_id, created_at, kind, dedupe_key, customer_id, order_id, status, payload, due_at)
     SELECT shop_id, gen_random_uuid(), event_id, created_at, kind, dedupe_key || ':again', customer_id, order_id, 'pending', payload, due_at
     FROM action WHERE kind = 'post_points'`,
  );
  const actions = await line.rows<{ id: string }>(`SELECT id FROM action WHERE kind = 'post_points'`);
  expect(actions.length).toBeGreaterThanOrEqual(6);
  await Promise.all(actions.map(({ id }) => runAction(line.deps, { shopId: line.shopId, actionId: id })));
  expect(await line.rows(`SELECT status FROM action WHERE kind = 'post_points' GROUP BY 1`)).toEqual([
    { status: 'done' },
  ]);
  expect(
    await line.rows(`SELECT order_id, sum(points)::int AS points FROM points_entry GROUP BY 1 ORDER BY 1`),
  ).toEqual(['50000', '60000', '70000'].map((order_id) => ({ order_id, points: 20 })));
});

it('a message whose claim would end while it is sent does not go out under it, and loses no try', async () => {
  const jobs = await surveyDecided(line);
  const about = jobs.find((job) => job.name === 'action.run')!.payload;
  const { claim } = line.deps.actions;
  line.deps.actions.claim = async (...asked) => {
    const claimed = await claim(...asked);
    if (claimed.outcome === 'claimed') claimed.action.leaseLeftMs = () => 20_000;
    return claimed;
  };
  expect(await runAction(line.deps, about)).toEqual({ outcome: 'wait', waitMs: 1_000 });
  expect(line.mails).toEqual([]);
  line.deps.actions.claim = claim;
  expect(await runAction(line.deps, about)).toEqual({ outcome: 'done' });
  expect(line.mails).toHaveLength(1);
  expect(await line.rows(`SELECT status, attempts FROM action WHERE kind = 'send_survey'`)).toEqual([
    { status: 'done', attempts: 1 },
  ]);
});
