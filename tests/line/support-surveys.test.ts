import { beforeEach, describe, expect, it } from 'vitest';
import { processEvent, processEvents } from '#app/services/process-event.ts';
import { tick } from '#app/services/tick.ts';
import { updateCase } from '#app/services/update-case.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, asked, invitationsOf } from './scenes.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const settings = (over: object) =>
  line.rows(`UPDATE shop SET settings = $1 RETURNING id`, [JSON.stringify(over)]);
const subjects = () => line.mails.map((mail) => mail.subject);

describe('support', () => {
  /** The newest. */
  const caseOf = async () =>
    (
      await line.rows<{ id: string; number: number }>(
        'SELECT id, number FROM support_case ORDER BY number DESC',
      )
    )[0]!;
  const act = async (command: object) => {
    const { id: caseId } = await caseOf();
    const done = await updateCase(line.deps, { shopId: line.shopId, staffId: '7', caseId, command });
    expect(done).toMatchObject({ outcome: 'changed' });
    await line.settle();
  };
  const resolve = () => act({ act: 'resolve', resolution: 'A new blanket was sent.' });
  const asksAboutSupport = () => subjects().filter((subject) => subject === 'How did Line Test help you?');

  /** The delivery survey was mailed at 10:00 in Berlin and answered low; staff have acknowledged the case. */
  beforeEach(async () => {
    await settings({ surveys: { support: { enabled: true } }, compensation: { enabled: false } });
    await asked(line);
    await answer(line, { rating: 1, comment_low: 'It came broken.' });
    await line.settle();
    await act({ act: 'acknowledge' });
  });

  it('is asked about an hour after the case was resolved, although another survey was mailed that day', async () => {
    await line.moveTo(at('2026-03-06T14:00:00'));
    await resolve();
    await line.playTo(at('2026-03-06T14:59:00'));
    expect(asksAboutSupport()).toHaveLength(0);
    await line.playTo(at('2026-03-06T15:00:00'));
    expect(asksAboutSupport()).toHaveLength(1);
    const [invitation] = await line.rows(
      `SELECT order_id, sequence, subject_id, status FROM survey_invitation WHERE kind = 'support'`,
    );
    const { id, number } = await caseOf();
    expect(invitation).toEqual({ order_id: ORDER_ID, sequence: number, subject_id: id, status: 'sent' });

    expect(await answer(line, { rating: 5, solved: 'yes' })).toMatchObject({ outcome: 'stored' });
    await line.settle();
    expect(await line.rows(`SELECT status, rating FROM survey_response WHERE kind = 'support'`)).toEqual([
      { status: 'verified', rating: 5 },
    ]);
  });

  it('is asked about once in the life of a case', async () => {
    await line.moveTo(at('2026-03-06T14:00:00'));
    await resolve();
    await line.playTo(at('2026-03-06T15:00:00'));
    await act({ act: 'reopen' });
    await act({ act: 'acknowledge' });
    await resolve();
    await act({ act: 'close', rootCause: 'Packing' });
    await line.playTo(at('2026-03-20T12:00:00'));
    expect(asksAboutSupport()).toHaveLength(1);
    expect(await invitationsOf(line, 'support')).toHaveLength(1);
  });

  it('waits while the case is open again, and counts from when it was resolved at last', async () => {
    await line.moveTo(at('2026-03-06T14:00:00'));
    await resolve();
    await line.playTo(at('2026-03-06T14:30:00'));
    await act({ act: 'reopen' });
    expect(await invitationsOf(line, 'support')).toMatchObject([
      { status: 'suppressed', reason: 'case_reopened' },
    ]);
    await line.playTo(at('2026-03-09T10:00:00'));
    expect(asksAboutSupport()).toHaveLength(0);
    await act({ act: 'acknowledge' });
    await resolve();
    await line.playTo(at('2026-03-09T11:00:00'));
    expect(asksAboutSupport()).toHaveLength(1);
  });

  it('is asked about later where the case is reopened while the mail is on its way', async () => {
    await line.moveTo(at('2026-03-06T14:00:00'));
    await resolve();
    await line.moveTo(at('2026-03-06T15:00:00'));
    await tick(line.deps, {});
    const due = line.jobs.shift();
    if (due?.name !== 'events.process') throw new Error('No survey was due.');
    await processEvents(line.deps, due.payload);
    await act({ act: 'reopen' });
    expect(await invitationsOf(line, 'support')).toMatchObject([
      { status: 'suppressed', reason: 'open_case' },
    ]);
    await act({ act: 'acknowledge' });
    await resolve();
    await line.playTo(at('2026-03-06T16:00:00'));
    expect(asksAboutSupport()).toHaveLength(1);
  });

  it('held back by the limit is asked about where the case is resolved once more, when there is room', async () => {
    await line.moveTo(at('2026-03-06T14:00:00'));
    await resolve();
    await line.playTo(at('2026-03-06T15:00:00'));
    expect(asksAboutSupport()).toHaveLength(1);
    // The answer opens a case of its own.
    await answer(line, { rating: 1, comment_low: 'It broke again.' });
    await line.settle();
    await act({ act: 'acknowledge' });
    await resolve();
    await line.playTo(at('2026-03-06T17:00:00'));
    const held = `SELECT status, reason FROM survey_invitation WHERE kind = 'support' ORDER BY sequence DESC LIMIT 1`;
    expect(await line.rows(held)).toEqual([{ status: 'suppressed', reason: 'survey_cap' }]);
    await line.moveTo(at('2026-03-16T10:00:00'));
    await act({ act: 'reopen' });
    await act({ act: 'acknowledge' });
    await resolve();
    await line.playTo(at('2026-03-20T12:00:00'));
    expect(asksAboutSupport()).toHaveLength(1);
    await line.playTo(at('2026-03-21T12:00:00'));
    expect(asksAboutSupport()).toHaveLength(2);
  });

  it('leaves people their night', async () => {
    // 22:30 in Berlin.
    await line.moveTo(at('2026-03-06T21:30:00'));
    await resolve();
    await line.playTo(at('2026-03-07T06:59:00'));
    expect(asksAboutSupport()).toHaveLength(0);
    await line.playTo(at('2026-03-07T07:00:00'));
    expect(asksAboutSupport()).toHaveLength(1);
  });

  it('is asked about also where the case is about no order', async () => {
    await line.rows(`DELETE FROM survey_response WHERE true RETURNING id`);
    await line.rows(`UPDATE support_case SET order_id = NULL, response_id = NULL RETURNING id`);
    await resolve();
    await line.playTo(at('2026-03-06T15:00:00'));
    expect(asksAboutSupport()).toHaveLength(1);
    expect(await answer(line, { rating: 4 })).toMatchObject({ outcome: 'stored' });
    await line.settle();
    expect(
      await line.rows(`SELECT r.kind, r.order_id, r.status, i.answered_at IS NOT NULL AS answered
        FROM survey_response r JOIN survey_invitation i ON i.id = r.invitation_id`),
    ).toEqual([{ kind: 'support', order_id: '', status: 'verified', answered: true }]);
  });

  it('is not asked about where the merchant has it switched off', async () => {
    await settings({});
    await resolve();
    await line.playTo(at('2026-03-08T12:00:00'));
    expect(await invitationsOf(line, 'support')).toEqual([]);
  });

  it('comes to the same when the acts are read late, twice and in another order', async () => {
    await line.moveTo(at('2026-03-06T14:00:00'));
    await resolve();
    await act({ act: 'reopen' });
    await act({ act: 'acknowledge' });
    await resolve();
    const expected = await line.rows(`SELECT status, due_at FROM survey_invitation WHERE kind = 'support'`);
    await line.rows(`DELETE FROM survey_invitation WHERE kind = 'support' RETURNING id`);
    const acts = await line.rows<{ id: string }>(
      `UPDATE event SET status = 'received' WHERE topic IN ('case.resolve', 'case.reopen') RETURNING id`,
    );
    for (const { id: eventId } of [...acts.toReversed(), ...acts]) {
      await processEvent(line.deps, { shopId: line.shopId, eventId });
      await line.rows(`UPDATE event SET status = 'received' WHERE id = $1 RETURNING id`, [eventId]);
    }
    expect(await line.rows(`SELECT status, due_at FROM survey_invitation WHERE kind = 'support'`)).toEqual(
      expected,
    );
  });
});
