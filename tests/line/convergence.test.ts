import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processEvent } from '#app/services/process-event.ts';
import { outsideOf, stateOf, type StatePart } from '#tests/fakes/line-state.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, cancelled, life, type Webhook } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';

const database = useTestDatabase();
const NOW = at('2026-03-08T09:00:00');

const PARTS: StatePart[] = ['orders', 'customers', 'invitations', 'points', 'timers', 'responses', 'cases'];

/** Hears of everything at once, then lives on until the surveys are sent and the points approved. */
async function play(webhooks: Webhook[], workers: number, until = NOW) {
  await resetDatabase(database.pool);
  const line = await createLine(database, NOW);
  for (const { topic, payload } of webhooks) await line.receive(topic, payload);
  await line.settle(workers);
  await line.playTo(until);
  const end = { state: await stateOf(line, PARTS), outside: outsideOf(line) };
  return { line, end };
}

async function endOf(webhooks: Webhook[], workers = 1, until = NOW) {
  const { line, end } = await play(webhooks, workers, until);
  await line.close();
  return end;
}

/** Every order in which so many deliveries can arrive. */
const arrivals = (count: number) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count });

describe('whatever the order of arrival', () => {
  it.each([
    ['an order that was delivered and refunded in part', life],
    ['an order that was cancelled in the end', [...life, cancelled]],
  ])(
    '%s ends the same',
    async (_name, webhooks) => {
      const expected = await endOf(webhooks);
      await fc.assert(
        fc.asyncProperty(arrivals(webhooks.length), fc.constantFrom(1, 4), async (arrival, workers) => {
          const shuffled = arrival.map((index) => webhooks[index]!);
          expect(await endOf(shuffled, workers)).toEqual(expected);
        }),
        { numRuns: 15 },
      );
    },
    180_000,
  );

  it('comes to what the order is worth', async () => {
    const { end } = await play(life, 1, at('2026-04-06T12:00:00'));
    // 49.90 is left of the blankets, 36.50 minus 24.33 of the mugs.
    expect(end.state.points).toMatchObject([
      { bucket: 'approved', points: 49 },
      { bucket: 'approved', points: 12 },
    ]);
    expect(end.state.customers).toMatchObject([
      {
        first_name: 'Augusta',
        last_name: 'Lovelace',
        country_code: 'ES',
        phone: ADA.phone,
        email_consent: 'pending',
        order_count: 1,
      },
    ]);
    expect(end.outside.mails).toHaveLength(2);
  });

  it('takes each delivery once, and the same change under another id without effect', async () => {
    const { line, end } = await play(life, 1);
    const ids = await line.rows<{ dedupe_key: string }>(
      `SELECT dedupe_key FROM event WHERE source = 'shopify' ORDER BY created_at, id`,
    );
    for (const [index, { topic, payload }] of life.entries()) {
      await line.receive(topic, payload, { webhookId: ids[index]!.dedupe_key });
    }
    expect(line.jobs).toEqual([]);
    expect(await line.rows(`SELECT duplicates FROM event WHERE source = 'shopify' GROUP BY 1`)).toEqual([
      { duplicates: 1 },
    ]);

    const before = await line.rows('SELECT count(*)::int AS entries FROM points_entry');
    for (const { topic, payload } of life) await line.receive(topic, payload);
    await line.settle(4);
    expect({ state: await stateOf(line, PARTS), outside: outsideOf(line) }).toEqual(end);
    expect(await line.rows('SELECT count(*)::int AS entries FROM points_entry')).toEqual(before);
  });
});

it('counts copies of one delivery that come together as one event and its repeats', async () => {
  await resetDatabase(database.pool);
  const line = await createLine(database, NOW);
  const [first] = life;
  const copies = Array.from({ length: 12 }, () =>
    line.receive(first!.topic, first!.payload, { webhookId: 'delivery-1' }),
  );
  await Promise.all(copies);
  expect(await line.rows('SELECT duplicates FROM event')).toEqual([{ duplicates: 11 }]);
  await line.close();
});

it('decides one event in at most six statements, the transaction’s own included', async () => {
  const line: LineHarness = await createLine(database, NOW);
  const counts: Record<string, number> = {};
  for (const { topic, payload } of [...life, cancelled]) {
    line.jobs.length = 0;
    await line.receive(topic, payload);
    let statements = 0;
    line.beforeStatement = (text) => void (statements += text.startsWith('(') ? 0 : 1);
    await runEvent(line, line.jobs[0]);
    line.beforeStatement = null;
    counts[topic] = Math.max(counts[topic] ?? 0, statements);
  }
  expect(Object.values(counts).length).toBeGreaterThan(6);
  expect(Math.max(...Object.values(counts))).toBeLessThanOrEqual(6);
});

async function runEvent(line: LineHarness, job: LineHarness['jobs'][number] | undefined) {
  if (job?.name !== 'event.process') throw new Error('The delivery was not handed to the queue.');
  await processEvent(line.deps, job.payload);
}
