import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { oneByOne } from '#app/services/process-event.ts';
import { customerPayload, emailConsentPayload } from '#tests/factories/shopify-payloads.ts';
import { outsideOf, stateOf } from '#tests/fakes/line-state.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order, type Webhook } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { arrived } from './scenes.ts';

/** Events that come at the same moment share transactions: everything ends as if each had come by itself. */
const database = useTestDatabase();
const NOW = at('2026-03-05T15:00:00');

/** Deliveries about one person: two orders, one of them a guest's at first; another account's name on it; a changed profile. */
function livesOf(index: number): Webhook[] {
  const person = { ...ADA, id: String(7_000 + index), email: `person${index}@example.com` };
  const neighbour = { ...person, id: String(8_000 + index), email: `neighbour${index}@example.com` };
  const id = 50_000 + index * 1_000;
  const mine = arrived(id, at('2026-03-05T12:00:00'), person);
  const second = (topic: string, over: Parameters<typeof order>[0]): Webhook => ({
    topic,
    payload: order({ id: String(id + 500), name: `#${id + 500}`, ...over }),
  });
  const guests = second('orders/create', { customer: null, email: person.email, financialStatus: 'paid' });
  const named = (who: typeof person, hour: string) =>
    second('orders/updated', {
      customer: who,
      email: who.email,
      updatedAt: at(`2026-03-02T${hour}:00:00`),
    });
  return [
    mine,
    guests,
    named(neighbour, '11'),
    named(person, '13'),
    { topic: 'customers/update', payload: customerPayload({ ...person, firstName: `Person ${index}` }) },
    {
      topic: 'customers_email_marketing_consent/update',
      payload: emailConsentPayload({
        customerId: person.id,
        email: person.email,
        state: 'subscribed',
        at: NOW,
      }),
    },
  ];
}
const PEOPLE = 8;
const webhooks = Array.from({ length: PEOPLE }, (_, index) => livesOf(index)).flat();

async function open(arrival: readonly Webhook[]): Promise<LineHarness> {
  await resetDatabase(database.pool);
  const line = await createLine(database, NOW);
  for (const { topic, payload } of arrival) await line.receive(topic, payload);
  return line;
}

async function endOf(line: LineHarness, atOnce: number) {
  const { enqueue } = line.deps.producer;
  // Alone is alone: what falls due together, too.
  if (atOnce === 1)
    line.deps.producer.enqueue = (jobs) =>
      enqueue(jobs.flatMap((job) => (job.name === 'events.process' ? oneByOne(job.payload) : [job])));
  await line.settle(atOnce);
  for (let day = 1; day <= 2; day += 1) {
    await line.moveTo(new Date(NOW.getTime() + day * DAY_MS));
    await line.settle(atOnce);
  }
  const end = { state: await stateOf(line), outside: outsideOf(line) };
  await line.close();
  return end;
}

const transactionsOf = (line: LineHarness) => {
  let begun = 0;
  line.beforeStatement = (text) => void (begun += text === 'BEGIN' ? 1 : 0);
  return () => begun;
};

it('ends the same, whatever comes at once', async () => {
  const line = await open(webhooks);
  const begunAlone = transactionsOf(line);
  const alone = await endOf(line, 1);
  const mostAlone = begunAlone();
  expect(alone.outside.mails.length).toBeGreaterThanOrEqual(PEOPLE);
  expect(alone.state.customers).toHaveLength(PEOPLE * 2);

  const arrivals = fc.shuffledSubarray(webhooks, { minLength: webhooks.length });
  await fc.assert(
    fc.asyncProperty(arrivals, fc.constantFrom(5, 40), async (arrival, atOnce) => {
      const together = await open(arrival);
      const begun = transactionsOf(together);
      expect(await endOf(together, atOnce)).toEqual(alone);
      expect(begun()).toBeLessThan(mostAlone);
    }),
    { numRuns: 6 },
  );
}, 180_000);

it('a group that fails is done one by one, and one that fails alone holds up nobody', async () => {
  const line = await open(webhooks);
  const undisturbed = await endOf(line, 1);

  const again = await open(webhooks);
  // The first of all: whatever comes beside it is about somebody else, or has to wait for it.
  const poison = await again.rows<{ id: string }>(`SELECT id FROM event ORDER BY id LIMIT 1`);
  let groups = 0;
  const { transactions } = again.deps;
  const { save } = transactions;
  let broken = true;
  transactions.save = (shopId, transaction, now, events) => {
    if (broken && events.some(({ id }) => id === poison[0]!.id)) {
      if (events.length > 1) groups += 1;
      throw new Error('this event cannot be saved');
    }
    return save(shopId, transaction, now, events);
  };
  await expect(again.settle(40)).rejects.toThrow('this event cannot be saved');
  expect(groups).toBeGreaterThan(0);
  await again.settle(40).catch(() => undefined);
  expect(await again.rows(`SELECT id FROM event WHERE status <> 'processed'`)).toEqual(poison);

  broken = false;
  again.jobs.push({ name: 'event.process', payload: { shopId: again.shopId, eventId: poison[0]!.id } });
  expect(await endOf(again, 40)).toEqual(undisturbed);
}, 60_000);
