import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { moderateAnswer } from '#app/services/moderate-answer.ts';
import { updateCase } from '#app/services/update-case.ts';
import { createLine, runJob, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { CARE_SCENES } from './care-scenes.ts';
import { answerOnPage, START } from './scenes.ts';

/** A case that was opened before anybody complained, once its customer says that nothing was wrong. */

const database = useTestDatabase();
const RATED_AT = at('2026-03-05T17:00:00');

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});

const foreseen = () => CARE_SCENES['an unhappy customer that is foreseen']!(line);
/** Ada's order, delivered, with such a case. */
const opened = async () => {
  await foreseen();
  await line.settle();
  const [found] = await line.rows<{ id: string }>('SELECT id FROM support_case');
  await line.moveTo(RATED_AT);
  return found!.id;
};
const staff = (caseId: string, ...commands: object[]) =>
  commands.reduce<Promise<unknown>>(
    (before, command) =>
      before.then(() => updateCase(line.deps, { shopId: line.shopId, staffId: '7', caseId, command })),
    Promise.resolve(),
  );
const rated = async (rating: number) => {
  await answerOnPage(line, 'usage', { rating });
  await line.settle();
};
const cases = () =>
  line.rows(
    `SELECT k.status, k.source_kind, k.closed_at, (SELECT coalesce(json_agg(n.kind ORDER BY n.at, n.id), '[]') FROM case_note n
       WHERE n.case_id = k.id) AS notes FROM support_case k ORDER BY k.number`,
  );
const closed = { status: 'closed', source_kind: 'prediction', closed_at: RATED_AT, notes: ['rated_closed'] };
const actions = () =>
  line.rows(`SELECT status, reason FROM action WHERE kind = 'close_care_case' ORDER BY created_at, id`);
const WHAT = 'The customer rated the order, and not low: CSAT 5 of 5 in the product survey, order #1001.';

describe('a case for a prediction', () => {
  it('closes by itself when its customer rates the order and not low, and says why', async () => {
    const id = await opened();
    await rated(5);
    expect(await cases()).toEqual([closed]);
    const admin = createAdminReads(database.pool);
    const sentence = `${WHAT} Nobody had taken up the case, so it is closed.`;
    const note = { kind: 'rated_closed', text: sentence, staffName: null, at: RATED_AT.toISOString() };
    expect((await admin.case(line.shopId, id))!.notes).toMatchObject([note]);
    const list = await admin.cases(line.shopId, { view: 'open', staffId: '7', after: null }, 5);
    expect(list.rows).toEqual([]);
    // On the page of its customer the case tells of itself what became of it.
    const [ada] = await line.rows<{ id: string }>('SELECT customer_id AS id FROM support_case');
    const told = (await admin.timeline(line.shopId, ada!.id)).map(({ kind, what }) => `${kind} ${what}`);
    const steps = told.filter((step) => /^(case|action)/.test(step)).sort();
    expect(steps).toEqual(['case case_closed', 'case case_opened']);
    // Who asked for no help is neither asked how they were helped nor sent anything.
    expect(await line.rows(`SELECT id FROM survey_invitation WHERE kind = 'support'`)).toEqual([]);
    expect(line.mails).toEqual([]);
  });

  it.each([3, 4])('closes for a rating of %d, which is not low either', async (rating) => {
    await opened();
    await rated(rating);
    expect(await cases()).toEqual([closed]);
  });

  it('stays with who has acknowledged it, and tells them', async () => {
    const id = await opened();
    await staff(id, { act: 'acknowledge' });
    await rated(5);
    expect(await cases()).toMatchObject([{ status: 'acknowledged', notes: ['acknowledge', 'rated_kept'] }]);
    const shown = await createAdminReads(database.pool).case(line.shopId, id);
    expect(shown!.notes.at(-1)!.text).toBe(`${WHAT} The case stays with whoever took it up.`);
  });

  it('is left alone where staff had ended it, and stays open where they open it again', async () => {
    const id = await opened();
    await rated(5);
    await staff(id, { act: 'reopen' });
    await line.moveTo(new Date(RATED_AT.getTime() + DAY_MS));
    await line.settle();
    expect(await cases()).toMatchObject([{ status: 'open', notes: ['rated_closed', 'reopen'] }]);
    await staff(id, { act: 'acknowledge' }, { act: 'resolve', resolution: 'Called.' });
    await rated(4);
    expect((await cases())[0]).toMatchObject({ status: 'resolved' });
    expect((await cases())[0]!['notes']).not.toContain('rated_kept');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['staff acknowledge it', async () => staff(await caseId(), { act: 'acknowledge' })],
    ['staff take it', async () => staff(await caseId(), { act: 'assign' })],
  ])('stays where %s before it is closed', async (_name, happens) => {
    await CARE_SCENES['close_care_case']!(line);
    await happens();
    await line.settle();
    expect((await cases())[0]).toMatchObject({ closed_at: null });
    expect((await cases())[0]!['notes']).toContain('rated_kept');
  });

  it.each(['the low answer is decided', 'the case is closed'])(
    'follows the customer’s last word, also where %s first',
    async (which) => {
      await CARE_SCENES['close_care_case']!(line);
      const close = line.jobs.shift()!;
      if (which === 'the case is closed') await runJob(line, close);
      await answerOnPage(line, 'usage', { rating: 1 });
      if (which === 'the low answer is decided') {
        await line.settle();
        await runJob(line, close);
      }
      await line.settle();
      const open = (await cases()).filter(({ status }) => status === 'open');
      expect(open).toMatchObject([{ source_kind: 'response' }]);
    },
  );

  it('is not closed for an answer that is low by then, and becomes its case', async () => {
    await CARE_SCENES['close_care_case']!(line);
    const close = line.jobs.shift()!;
    await answerOnPage(line, 'usage', { rating: 1 });
    await runJob(line, close);
    await line.settle();
    expect(await cases()).toMatchObject([
      { status: 'open', source_kind: 'response', notes: ['first_answer'] },
    ]);
    expect(await actions()).toEqual([
      { status: 'skipped', reason: 'The answer is low by now, or rates nothing.' },
    ]);
  });

  it('is opened for nobody whose answer was there first, whichever is decided first', async () => {
    await foreseen();
    const events = line.jobs.splice(0);
    await answerOnPage(line, 'usage', { rating: 5 });
    for (const job of events) await runJob(line, job);
    await line.settle();
    expect(await cases()).toEqual([]);
    expect(await actions()).toEqual([]);
  });

  it('waits for an answer that is held back, until staff let it count', async () => {
    await opened();
    await line.rows(`UPDATE shop SET settings = '{"compensation": {"enabled": false}}'`);
    await answerOnPage(line, 'usage', { rating: 5 });
    await line.rows(`UPDATE survey_response SET status = 'quarantined'`);
    await line.settle();
    expect(await cases()).toMatchObject([{ status: 'open', notes: [] }]);
    const [response] = await line.rows<{ id: string }>('SELECT id FROM survey_response');
    const command = { act: 'restore', id: response!.id, reason: 'It is real.' };
    await moderateAnswer(line.deps, { shopId: line.shopId, staffId: '7', command });
    await line.settle();
    expect(await cases()).toMatchObject([{ status: 'closed' }]);
  });

  it('of another order of the customer is none of its business', async () => {
    await opened();
    await line.rows(`UPDATE support_case SET order_id = '9999', source_id = '9999'`);
    await rated(5);
    expect(await cases()).toMatchObject([{ status: 'open', notes: [] }]);
    expect(await actions()).toEqual([]);
  });
});

const caseId = async () => (await line.rows<{ id: string }>('SELECT id FROM support_case'))[0]!.id;
