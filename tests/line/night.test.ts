import { beforeEach, expect, it } from 'vitest';
import { resendMessage } from '#app/services/resend-message.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, life, order } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, hear, surveyDecided } from './scenes.ts';

/** The shop is in Berlin: quiet from 21:00 to 08:00. */

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const sentAt = () => line.mails.map((mail) => mail.at.toISOString());

it('an invitation to refer waits for the morning', async () => {
  await hear(line, { topic: 'orders/paid', payload: order() }, life[3]!);
  await line.playTo(at('2026-04-16T09:00:00'));
  line.mails.splice(0, line.mails.length - 1);
  await line.moveTo(at('2026-04-16T21:30:00'));
  await answer(line, { rating: 10 });
  line.mails.length = 0;
  await line.settle();
  expect(sentAt()).toEqual([]);
  expect(
    await line.rows(`SELECT status, attempts, due_at FROM action WHERE kind = 'send_referral_invite'`),
  ).toEqual([{ status: 'pending', attempts: 0, due_at: at('2026-04-17T06:00:00') }]);
  await line.playTo(at('2026-04-17T05:59:00'));
  expect(sentAt()).toEqual([]);
  await line.playTo(at('2026-04-17T07:00:00'));
  expect(sentAt()).toEqual(['2026-04-17T06:00:00.000Z']);
});

it('a survey whose worker was away in the day waits for the morning too', async () => {
  line.jobs.push(...(await lateBy(at('2026-03-06T22:30:00'))));
  await line.settle();
  expect(sentAt()).toEqual([]);
  await line.playTo(at('2026-03-07T08:00:00'));
  expect(sentAt()).toEqual(['2026-03-07T07:00:00.000Z']);
});

it('a survey that could not be sent for more than its days of grace is not sent any more', async () => {
  line.jobs.push(...(await lateBy(at('2026-03-14T09:00:00'))));
  await line.settle();
  expect(sentAt()).toEqual([]);
  expect(await line.rows(`SELECT status, reason FROM survey_invitation WHERE kind = 'delivery'`)).toEqual([
    { status: 'suppressed', reason: 'too_late' },
  ]);
});

it('staff who send it again answer for the hour and the delay', async () => {
  line.mailOutcomes.push({ kind: 'rejected', reason: 'Mailbox full.' });
  line.jobs.push(...(await surveyDecided(line)));
  await line.settle();
  await line.moveTo(at('2026-03-15T22:30:00'));
  const [failed] = await line.rows<{ id: string }>(`SELECT id FROM action WHERE status = 'failed'`);
  await resendMessage(line.deps, { shopId: line.shopId, actionId: failed!.id });
  await line.settle();
  expect(sentAt()).toEqual(['2026-03-15T22:30:00.000Z']);
});

async function lateBy(now: Date) {
  const send = await surveyDecided(line);
  await line.moveTo(now);
  return send;
}
