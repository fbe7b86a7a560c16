import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { showPredictions } from '#app/services/show-predictions.ts';
import { updateCase } from '#app/services/update-case.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import {
  aModel,
  anOrderOf,
  answerAbout,
  CARE_SCENES,
  casesOf,
  chosen,
  foresee,
  type Said,
} from './care-scenes.ts';
import { answerOnPage, START } from './scenes.ts';

/** What becomes of a case that was opened before anybody complained. */

const database = useTestDatabase();
const daysAfter = (days: number) => new Date(START.getTime() + days * DAY_MS);

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});

const anOrder = () => anOrderOf(line);
const answer = (orderId: string, more?: Said) => answerAbout(line, orderId, more);
const settings = (over: object) => chosen(line, over);
const cases = () => casesOf(line);
const admin = () => createAdminReads(database.pool);

describe('a case that was opened for a prediction', () => {
  /** Ada's order, delivered, with such a case. */
  const opened = async () => {
    await CARE_SCENES['an unhappy customer that is foreseen']!(line);
    await line.settle();
    const [found] = await cases();
    return found!.id;
  };
  const caseRow = () =>
    line.rows(
      `SELECT k.status, k.source_kind, k.source_id = r.id::text AS of_answer, k.severity, k.title, k.issue_type, k.due_at,
           k.prediction ->> 'lowProbability' AS foreseen, (SELECT array_agg(n.kind ORDER BY n.at, n.id) FROM case_note n) AS notes
         FROM support_case k LEFT JOIN survey_response r ON r.id = k.response_id`,
    );

  it('becomes the case of the low answer that comes after all, due when such an answer is', async () => {
    await opened();
    await line.moveTo(at('2026-03-05T17:00:00'));
    await answerOnPage(line, 'usage', { rating: 1, comment_low: 'Late, and broken.' });
    await line.settle();
    expect(await caseRow()).toEqual([
      {
        ...{ status: 'open', source_kind: 'response', of_answer: true, severity: 3, foreseen: '0.62' },
        ...{ title: 'CSAT 1 of 5 in the product survey, order #1001', issue_type: 'usage' },
        ...{ due_at: at('2026-03-05T21:00:00'), notes: ['first_answer'] },
      },
    ]);
    // Like any case of an answer it is raised by its own, and opened again by it once it is closed.
    await line.rows(`UPDATE support_case SET status = 'closed', closed_at = business_now()`);
    await answerOnPage(line, 'usage', { rating: 2 });
    await line.settle();
    expect(await caseRow()).toMatchObject([
      { status: 'open', severity: 2, notes: ['first_answer', 'reopen'] },
    ]);
  });

  it.each<[string, string]>([
    ['nobody had looked at it in time', ''],
    [
      'staff had looked at it',
      `UPDATE support_case SET status = 'acknowledged', acknowledged_at = business_now() RETURNING id`,
    ],
  ])('waits for an answer anew, and says by when, although %s', async (_name, act) => {
    const id = await opened();
    if (act) await line.rows(act);
    await line.moveTo(at('2026-03-08T11:00:00'));
    await answerOnPage(line, 'usage', { rating: 1 });
    await line.settle();
    expect(await admin().case(line.shopId, id)).toMatchObject({
      ...{ status: 'open', acknowledgedAt: null, dueAt: '2026-03-08T15:00:00.000Z' },
    });
    expect(line.mails.at(-1)!.text).toContain('March 8');
    expect(line.mails.at(-1)!.text).not.toContain('March 6');
  });

  it('asks nobody how they were helped who asked for no help', async () => {
    await settings({ surveys: { support: { enabled: true } }, compensation: { enabled: false } });
    const caseId = await opened();
    const act = async (...commands: object[]) => {
      for (const command of commands)
        await updateCase(line.deps, { shopId: line.shopId, staffId: '7', caseId, command });
      await line.settle();
      return line.rows(`SELECT subject_id, status FROM survey_invitation WHERE kind = 'support'`);
    };
    const resolve = { act: 'resolve', resolution: 'Called.' };
    expect(await act({ act: 'acknowledge' }, resolve)).toEqual([]);
    // Who complained is asked.
    await act({ act: 'reopen' });
    await answerOnPage(line, 'usage', { rating: 1 });
    await line.settle();
    expect(await act({ act: 'acknowledge' }, resolve)).toEqual([{ subject_id: caseId, status: 'scheduled' }]);
  });

  it('shows what else is said of its order, and a low answer once', async () => {
    const id = await opened();
    const said = async () => (await admin().case(line.shopId, id))!;
    await answer(ORDER_ID);
    await answer(ORDER_ID, { status: 'quarantined', kind: 'post_purchase' });
    expect(await said()).toMatchObject({ answer: null, otherAnswers: [{ kind: 'delivery', rating: 5 }] });
    await line.moveTo(at('2026-03-05T17:00:00'));
    await answerOnPage(line, 'usage', { rating: 1 });
    await line.settle();
    const { answer: own, otherAnswers } = await said();
    expect(own).toMatchObject({ kind: 'usage', rating: 1 });
    expect(otherAnswers).toMatchObject([{ kind: 'delivery' }]);
  });

  it('keeps back no survey: how care worked is asked as of everybody', async () => {
    await opened();
    await line.moveTo(at('2026-03-06T09:00:00'));
    await line.settle();
    expect(line.mails).toHaveLength(1);
    expect(await line.rows(`SELECT status FROM survey_invitation WHERE kind = 'delivery'`)).toEqual([
      { status: 'sent' },
    ]);
  });

  it('is counted on the page of predictions, with what its customers said since', async () => {
    const shop = { shop: { id: line.shopId, settings: {} } };
    const care = async () => (await showPredictions({ admin: admin() }, shop)).care;
    expect(await care()).toMatchObject({ enabled: true, leastChance: 0.3, casesPerDay: 5, opened: 0 });
    await settings({ proactiveCare: { casesPerDay: 20 } });
    const model = await aModel(line);
    const cared = [];
    for (let n = 0; n < 7; n += 1) cared.push(await anOrder());
    await answer((await anOrder()).orderId, { low: true });
    await foresee(line, model, ...cared);
    await line.settle();
    const later = daysAfter(2);
    await line.moveTo(later);
    for (const [n, { orderId }] of cared.slice(0, 4).entries())
      await answer(orderId, { low: n === 0, at: later });
    expect(await care()).toMatchObject({ opened: 7, low: { outcome: 'not_enough', n: 4 } });
    await answer(cared[4]!.orderId, { low: true, status: 'unsolicited', at: later });
    await answer(cared[5]!.orderId, { low: true, status: 'quarantined', at: later });
    expect(await care()).toMatchObject({ opened: 7, low: { outcome: 'shown', n: 5, value: 0.4 } });
    await line.moveTo(daysAfter(31));
    expect(await care()).toMatchObject({ opened: 0, low: { n: 0 } });
  });
});
