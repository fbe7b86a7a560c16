import { expect, it } from 'vitest';
import { createLine } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addCustomers, blank } from './score-scenes.ts';

const database = useTestDatabase();
const NOW = at('2026-03-02T09:00:00');

/**
 * Who takes the rows of several customers takes them in the order of ids, or two would wait for each other in a circle:
 * while the first row is held by somebody else, no other one is taken. Rows come, and lie, the other way round here.
 */
it.each(['pass', 'several', 'one by one'] as const)(
  'scores take their customers’ rows in the order of ids: %s',
  async (how) => {
    const line = await createLine(database, NOW);
    const ids = await addCustomers(line, 50);
    // A new version of a row is written at the end of the table.
    for (const id of ids.toReversed())
      await line.rows('UPDATE customer SET locale = NULL WHERE id = $1', [id]);
    const rows = ids.toReversed().map((customerId) => ({ ...blank, customerId, staleSeq: 1 }));
    const moment = { now: NOW, rulesSeq: 0, modelRunId: null };
    const { scores, scorePass } = line.deps;
    const save = {
      pass: () => scorePass.savePage(line.shopId, rows, moment),
      several: () => scores.save(line.shopId, rows, moment),
      'one by one': () => Promise.all(rows.map((row) => scores.save(line.shopId, [row], moment))),
    }[how];

    const other = await database.pool.connect();
    try {
      await other.query('BEGIN');
      await other.query('SELECT FROM customer WHERE id = $1 FOR UPDATE', [ids[0]]);
      const done = save();
      const waiting =
        'SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1';
      await expect.poll(async () => (await database.pool.query(waiting, ['Lock'])).rowCount).toBe(1);
      await other.query('SELECT FROM customer WHERE id <> $1 FOR UPDATE NOWAIT', [ids[0]]);
      await other.query('COMMIT');
      await done;
    } finally {
      other.release();
    }
    expect(await line.rows('SELECT FROM customer WHERE scored_seq = stale_seq')).toHaveLength(50);
  },
);
