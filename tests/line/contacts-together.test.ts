import type { PoolClient } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS } from '#app/domain/core/calendar.ts';
import { oneByOne, processEvents } from '#app/services/process-event.ts';
import { tick } from '#app/services/tick.ts';
import { mergePayload } from '#tests/factories/shopify-payloads.ts';
import { stateOf } from '#tests/fakes/line-state.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { arrived, hear, START } from './scenes.ts';

/** Due contacts of many customers are decided in one transaction: the same as one by one, and never twice. */
const database = useTestDatabase();
let line: LineHarness;
const open = async () => {
  await resetDatabase(database.pool);
  line = await createLine(database, START);
};
beforeEach(open);

const PEOPLE = Array.from({ length: 7 }, (_, index) => ({
  ...ADA,
  id: String(7_000 + index),
  email: `person${index}@example.com`,
  // Some may not be asked by mail, so that the decisions differ.
  consent: index % 3 === 0 ? ('unsubscribed' as const) : ('subscribed' as const),
}));

/** Everybody's parcel came yesterday, two of one person's; the surveys are due now. @returns the one job that decides them */
async function everybodyIsDue() {
  for (const [index, person] of PEOPLE.entries())
    await hear(line, arrived(50_000 + index * 100, at('2026-03-05T12:00:00'), person));
  await hear(line, arrived(60_000, at('2026-03-05T13:00:00'), PEOPLE[1]));
  await line.settle();
  await line.moveTo(at('2026-03-06T09:00:00'));
  await tick(line.deps, {});
  const [job, ...others] = line.jobs.splice(0);
  if (job?.name !== 'events.process') throw new Error('No contacts were due.');
  expect(others).toEqual([]);
  expect(job.payload.eventIds).toHaveLength(PEOPLE.length);
  return job;
}

describe('contacts that are due together', () => {
  it('are decided as one by one', async () => {
    line.jobs.push(...oneByOne((await everybodyIsDue()).payload));
    await line.settle();
    const alone = await stateOf(line);
    const mailsAlone = line.mails.map((mail) => mail.to).toSorted();
    expect(mailsAlone.length).toBeGreaterThan(2);
    expect(alone.invitations).toContainEqual(expect.objectContaining({ status: 'suppressed' }));

    await open();
    line.jobs.push(await everybodyIsDue());
    await line.settle();
    expect(await stateOf(line)).toEqual(alone);
    expect(line.mails.map((mail) => mail.to).toSorted()).toEqual(mailsAlone);
  });

  it('two of people who are one by now: one decides for both', async () => {
    const job = await everybodyIsDue();
    const [, kept, deleted] = PEOPLE;
    await hear(line, {
      topic: 'customers/merge',
      payload: mergePayload({ keptId: kept!.id, deletedId: deleted!.id }),
    });
    await line.settle();
    await processEvents(line.deps, job.payload);
    await line.settle();
    const mails = line.mails.filter((mail) => [kept!.email, deleted!.email].includes(mail.to));
    expect(mails).toHaveLength(1);
    expect(await line.rows(`SELECT topic, status FROM event WHERE status <> 'processed'`)).toEqual([]);
  });

  it('nothing is decided for a shop that left', async () => {
    const job = await everybodyIsDue();
    await line.rows(`UPDATE shop SET status = 'uninstalled' WHERE id = $1`, [line.shopId]);
    await processEvents(line.deps, job.payload);
    await line.settle();
    expect(line.mails).toEqual([]);
    expect(await line.rows(`SELECT DISTINCT status FROM event WHERE topic = 'contact.due'`)).toEqual([
      { status: 'ignored' },
    ]);
  });

  it('one whose row was decided meanwhile is left alone', async () => {
    const job = await everybodyIsDue();
    line.jobs.push(oneByOne(job.payload)[1]!);
    await line.settle();
    const mails = line.mails.length;
    await processEvents(line.deps, job.payload);
    await processEvents(line.deps, job.payload);
    await line.settle();
    expect(new Set(line.mails.map((mail) => mail.to)).size).toBe(line.mails.length);
    expect(line.mails.length).toBeGreaterThan(mails);
  });

  it('are sent at once where time goes on by itself', async () => {
    await line.rows('DELETE FROM business_clock');
    const justNow = new Date(Date.now() - HOUR_MS);
    for (const [index, person] of PEOPLE.entries())
      await hear(line, arrived(70_000 + index * 100, justNow, person));
    await line.settle();
    await line.rows(
      `UPDATE survey_invitation SET due_at = now(), first_due_at = now(), status = 'scheduled' WHERE kind = 'delivery'`,
    );
    await line.rows(`UPDATE timer SET due_at = now()`);
    await line.rows(`UPDATE shop SET settings = '{"quietHours":{"startHour":0,"endHour":0}}'`);
    await tick(line.deps, {});
    const job = line.jobs.find(({ name }) => name === 'events.process');
    if (job?.name !== 'events.process') throw new Error('No contacts were due.');
    line.jobs.length = 0;
    await processEvents(line.deps, job.payload);
    const pending = await line.rows<{ id: string; kind: string }>(
      `SELECT id, kind FROM action WHERE status = 'pending'`,
    );
    expect(pending.filter(({ kind }) => kind === 'send_survey').length).toBeGreaterThan(2);
    const handedOn = line.jobs.flatMap((next) => (next.name === 'action.run' ? [next.payload.actionId] : []));
    expect(handedOn.toSorted()).toEqual(pending.map(({ id }) => id).toSorted());
  });

  describe('while somebody else is at one of the customers', () => {
    /** Decides the group while another transaction holds the lock of the second person. */
    async function decideBeside(work: (client: PoolClient) => Promise<unknown>) {
      const job = await everybodyIsDue();
      const client = await database.pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('SELECT lock_customers($1, $2)', [line.shopId, [`c:${PEOPLE[1]!.id}`]]);
        const deciding = processEvents(line.deps, job.payload);
        await someoneWaits();
        await work(client);
        await client.query('COMMIT');
        await deciding;
        return job;
      } finally {
        client.release();
      }
    }
    const idOf = (key: string) => `(SELECT id FROM customer WHERE key = 'c:${key}')`;
    const someoneWaits = async () => {
      const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
      const deadline = Date.now() + 5_000;
      while ((await database.pool.query(waiting)).rowCount === 0)
        if (Date.now() > deadline) throw new Error('Nobody waited for the lock.');
    };

    it('one whose customer became another is left to itself', async () => {
      await hear(
        line,
        arrived(80_000, at('2026-01-05T12:00:00'), { ...ADA, id: '7900', email: 'other@example.com' }),
      );
      await line.settle();
      await decideBeside((client) =>
        client.query(
          `UPDATE customer SET merged_into_id = ${idOf('7900')} WHERE id = ${idOf(PEOPLE[1]!.id)}`,
        ),
      );
      expect(await line.rows(`SELECT topic FROM event WHERE status <> 'processed'`)).toEqual([]);
      expect(
        await line.rows(
          `SELECT id FROM action WHERE customer_id = ${idOf(PEOPLE[1]!.id)} AND kind = 'send_survey'`,
        ),
      ).toEqual([]);
    });

    it('one that was decided there is not decided again', async () => {
      await decideBeside((client) =>
        client.query(`UPDATE event SET status = 'processed' WHERE customer_id = ${idOf(PEOPLE[1]!.id)}`),
      );
      expect(
        await line.rows(
          `SELECT id FROM action WHERE customer_id = ${idOf(PEOPLE[1]!.id)}  AND kind = 'send_survey'`,
        ),
      ).toEqual([]);
    });

    it('the others do not stand in line for long: each goes by itself', async () => {
      const openEvents = `SELECT customer_id FROM event WHERE status = 'received'`;
      let waited: unknown[] = [];
      const job = await decideBeside(async () => {
        const deadline = Date.now() + 10_000;
        do waited = await line.rows(openEvents);
        while (waited.length > 1 && Date.now() < deadline);
      });
      expect(waited).toEqual(await line.rows(`SELECT ${idOf(PEOPLE[1]!.id)} AS customer_id`));
      await line.settle();
      expect(await line.rows(openEvents)).toEqual([]);
      expect(job.payload.eventIds).toHaveLength(PEOPLE.length);
      expect(line.mails.length).toBeGreaterThan(2);
    });
  });
});
