import { beforeEach, describe, expect, it } from 'vitest';
import { resendMessage } from '#app/services/resend-message.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { arrived, asked, hear, START, surveyDecided } from './scenes.ts';
import { buttonOf, get, post, reminderDecided, remindersOf, reminderTimers, set } from './survey-mails.ts';

/** The shop is in Berlin. The delivery survey is mailed on Friday 6 March at 10:00 there. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});

describe('one reminder', () => {
  it('is off unless the merchant wants it', async () => {
    await asked(line);
    await line.playTo(at('2026-03-14T12:00:00'));
    expect(line.mails).toHaveLength(1);
    expect(await reminderTimers(line)).toEqual([]);
  });

  it.each([
    [3, '2026-03-09T09:00:00.000Z'],
    [5, '2026-03-11T09:00:00.000Z'],
    [7, '2026-03-13T09:00:00.000Z'],
  ])('comes %i days after the survey, once, about the same question', async (days, when) => {
    await set(line, { reminderDays: days });
    await asked(line);
    await line.playTo(at('2026-03-14T12:00:00'));
    const [survey, ...more] = line.mails;
    expect(more).toHaveLength(1);
    const [reminder] = more;
    expect(reminder!.at.toISOString()).toBe(when);
    expect(reminder!.subject).toBe(`A reminder: ${survey!.subject}`);
    expect(reminder!.to).toBe(ADA.email);
    expect(reminder!.html.match(/[?&]rating=[1-5]"/g)).toHaveLength(5);
    expect(reminder).toMatchObject({ unsubscribeUrl: survey!.unsubscribeUrl, listId: survey!.listId });
    expect(reminder!.listId).toMatch(/^surveys\./);
    // The link is good for as long as the first one.
    expect(reminder!.text).toContain(`${60 - days} days`);
    expect(buttonOf(reminder!).href).not.toBe(buttonOf(survey!).href);
    expect(await line.rows(`SELECT topic, marketing, status FROM contact ORDER BY at`)).toEqual([
      { topic: 'survey', marketing: false, status: 'sent' },
      { topic: 'survey_reminder', marketing: false, status: 'sent' },
    ]);
  });

  it('stands in the story of the customer', async () => {
    await set(line, { reminderDays: 3 });
    await asked(line);
    await line.playTo(at('2026-03-10T12:00:00'));
    const [customer] = await line.rows<{ id: string }>('SELECT id FROM customer WHERE email = $1', [
      ADA.email,
    ]);
    const story = await line.deps.admin.timeline(line.shopId, customer!.id);
    expect(story).toContainEqual(
      expect.objectContaining({
        ...{ what: 'action', subject: 'send_survey_reminder', status: 'done', orderName: '#1001' },
        at: '2026-03-09T09:00:00.000Z',
      }),
    );
  });

  it('is no other survey: the caps count from the first mail', async () => {
    await set(line, { reminderDays: 7 });
    await asked(line);
    await line.playTo(at('2026-03-21T00:00:00'));
    expect(remindersOf(line).map((mail) => mail.at)).toEqual([at('2026-03-13T09:00:00')]);
    // 14 days after 6 March. After the reminder it would have been too late for the product survey.
    expect(line.mails.at(-1)).toMatchObject({ at: at('2026-03-20T09:00:00') });
    expect(line.mails.at(-1)!.subject).toContain('How do you like');
  });

  it('keeps the hour of the clock when clocks change', async () => {
    await set(line, { reminderDays: 3 });
    await hear(line, arrived(5_000, at('2026-03-26T10:00:00')));
    await line.playTo(at('2026-03-31T00:00:00'));
    expect(line.mails.map((mail) => mail.at)).toEqual([at('2026-03-27T09:00:00'), at('2026-03-30T08:00:00')]);
  });

  it('costs no statement more for the survey it follows', async () => {
    const statementsOf = async (settings: object) => {
      await set(line, settings);
      const person = { ...ADA, id: `70${line.mails.length}`, email: `c${line.mails.length}@example.com` };
      const now = await line.deps.clock.now();
      await hear(line, arrived(5_000 + 100 * line.mails.length, now, person));
      const before = line.mails.length;
      const seen: string[] = [];
      await line.settle();
      line.beforeStatement = (text) => void seen.push(text);
      await line.playTo(new Date(now.getTime() + 26 * 3_600_000));
      line.beforeStatement = null;
      expect(line.mails).toHaveLength(before + 1);
      return seen.length;
    };
    const off = await statementsOf({ reminderDays: null });
    expect(await statementsOf({ reminderDays: 7 })).toBe(off);
    expect(await reminderTimers(line)).toHaveLength(1);
  });
});

describe('quiet hours', () => {
  it('a reminder of a survey that staff sent at night is planned for the morning', async () => {
    await set(line, { reminderDays: 3 });
    line.mailOutcomes.push({ kind: 'rejected', reason: 'Mailbox full.' });
    line.jobs.push(...(await surveyDecided(line)));
    await line.settle();
    expect(await reminderTimers(line)).toEqual([]);
    await line.moveTo(at('2026-03-08T22:30:00'));
    const [failed] = await line.rows<{ id: string }>(`SELECT id FROM action WHERE status = 'failed'`);
    await resendMessage(line.deps, { shopId: line.shopId, actionId: failed!.id });
    await line.settle();
    expect(await reminderTimers(line)).toEqual([{ due_at: at('2026-03-12T07:00:00'), status: 'open' }]);
    await line.playTo(at('2026-03-14T00:00:00'));
    expect(remindersOf(line).map((mail) => mail.at)).toEqual([at('2026-03-12T07:00:00')]);
  });

  it('one whose worker was away in the day waits for the morning', async () => {
    line.jobs.push(...(await reminderDecided(line)));
    await line.moveTo(at('2026-03-09T22:30:00'));
    await line.settle();
    expect(remindersOf(line)).toEqual([]);
    await line.playTo(at('2026-03-10T08:00:00'));
    expect(remindersOf(line).map((mail) => mail.at)).toEqual([at('2026-03-10T07:00:00')]);
  });
});

it('nobody is reminded of a survey that may never have arrived', async () => {
  await set(line, { reminderDays: 3 });
  line.mailOutcomes.push({ kind: 'unknown', reason: 'The line broke.' });
  line.jobs.push(...(await surveyDecided(line)));
  await line.settle();
  expect(await line.rows(`SELECT status, reason FROM survey_invitation WHERE kind = 'delivery'`)).toEqual([
    { status: 'sent', reason: 'unknown' },
  ]);
  expect(await reminderTimers(line)).toEqual([]);
});

describe('the two links of an invitation', () => {
  beforeEach(async () => {
    await set(line, { reminderDays: 3 });
    await asked(line);
    await line.playTo(at('2026-03-09T12:00:00'));
    expect(line.mails).toHaveLength(2);
  });

  it.each([
    ['the reminder', 1, 0],
    ['the survey', 0, 1],
  ])('answered by that of %s, the other is used up too', async (_name, by, other) => {
    expect(await post(line, buttonOf(line.mails[by]!), { rating: 5 })).toMatchObject({ outcome: 'stored' });
    expect(await get(line, buttonOf(line.mails[other]!))).toMatchObject({ outcome: 'already_answered' });
    expect(await post(line, buttonOf(line.mails[other]!), { rating: 1 })).toMatchObject({
      outcome: 'already_answered',
    });
    expect(await line.rows('SELECT rating, revision FROM survey_response')).toEqual([
      { rating: 5, revision: 1 },
    ]);
  });

  it('steps of the one go on at the other', async () => {
    await post(line, buttonOf(line.mails[0]!), { rating: 2 }, true);
    expect(await get(line, buttonOf(line.mails[1]!))).toMatchObject({
      outcome: 'open',
      given: { rating: '2' },
    });
    await post(line, buttonOf(line.mails[1]!), { rating: 2, comment_low: 'Late.' });
    expect(await get(line, buttonOf(line.mails[0]!))).toMatchObject({ outcome: 'already_answered' });
    expect(await line.rows('SELECT rating, comment FROM survey_response')).toEqual([
      { rating: 2, comment: 'Late.' },
    ]);
  });
});
