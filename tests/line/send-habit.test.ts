import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { localTime } from '#app/domain/core/calendar.ts';
import { outsideOf, stateOf } from '#tests/fakes/line-state.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, type Webhook } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { answer, arrived, hear, invitationsOf } from './scenes.ts';

/** Surveys at the hour at which their customer usually has time, from webhook to mail. */
const database = useTestDatabase();
const ZONE = 'Europe/Berlin';
const NOW = at('2026-06-12T12:00:00');
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
});

/** Bought at 19:00, 19:20, 18:40 and 19:05 in Berlin; each arrived two days later. */
const evenings: Webhook[] = [
  arrived(5_000, at('2026-03-12T18:00:00')),
  arrived(5_100, at('2026-04-16T17:20:00')),
  arrived(5_200, at('2026-05-14T16:40:00')),
  arrived(5_300, at('2026-06-11T17:05:00')),
];
const mailHours = () => line.mails.map((mail) => localTime(mail.at, ZONE).hour);
const newest = async () => (await invitationsOf(line)).at(-1);

describe('somebody who always orders in the evening', () => {
  it('is asked in the evening, and reminded then', async () => {
    await database.pool.query(`UPDATE shop SET settings = '{"reminderDays": 3}'`);
    await hear(line, ...evenings);
    await line.settle();
    expect(await newest()).toMatchObject({ order_id: '5300', due_at: at('2026-06-12T17:00:00') });
    await line.playTo(at('2026-06-16T12:00:00'));
    expect(mailHours()).toEqual([19, 19]);
  });

  it('is asked at the shop’s hour where the merchant wants one hour for all', async () => {
    await database.pool.query(`UPDATE shop SET settings = '{"sendAtHabit": false}'`);
    await hear(line, ...evenings);
    await line.settle();
    expect(await newest()).toMatchObject({ due_at: at('2026-06-12T08:00:00') });
  });

  it('is not moved by what they do afterwards', async () => {
    await hear(line, ...evenings.slice(0, 3));
    await line.settle();
    const planned = await invitationsOf(line, 'relationship');
    await hear(line, arrived(5_400, at('2026-06-12T06:00:00')));
    await line.settle();
    expect((await invitationsOf(line, 'relationship')).slice(0, 3)).toEqual(planned);
  });
});

it('an answer counts as an act: the third one makes the habit', async () => {
  await line.close();
  await resetDatabase(database.pool);
  line = await createLine(database, at('2026-05-14T16:41:00'));
  await hear(line, evenings[2]!);
  await line.settle();
  await line.playTo(at('2026-05-15T17:10:00'));
  expect(mailHours()).toEqual([10]);
  await answer(line, { rating: 5 });
  await line.settle();
  await line.playTo(at('2026-06-11T17:06:00'));
  await hear(line, evenings[3]!);
  await line.settle();
  // Two orders and the answer, between 18:40 and 19:10.
  expect(await newest()).toMatchObject({ order_id: '5300', due_at: at('2026-06-12T17:00:00') });
});

it('comes to the same mails whatever the order in which the orders are heard of', async () => {
  const endOf = async (webhooks: Webhook[]) => {
    await line.close();
    await resetDatabase(database.pool);
    line = await createLine(database, NOW);
    await hear(line, ...webhooks);
    await line.settle(2);
    await line.playTo(at('2026-06-24T12:00:00'));
    return {
      state: await stateOf(line, ['invitations', 'timers']),
      mails: outsideOf(line).mails,
      hours: mailHours(),
    };
  };
  const expected = await endOf(evenings);
  expect(expected.hours).toContain(19);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), async (arrival) => {
      expect(await endOf(arrival.map((index) => evenings[index]!))).toEqual(expected);
    }),
    { numRuns: 8 },
  );
}, 120_000);
