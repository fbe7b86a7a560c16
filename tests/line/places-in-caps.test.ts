import { beforeEach, expect, it } from 'vitest';
import { resendMessage } from '#app/services/resend-message.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { fact } from '#tests/factories/survey-conditions.ts';
import { survey } from '#tests/factories/surveys.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { arrived, hear, invitationsOf, START } from './scenes.ts';

/** Only what is really sent takes a place in the caps. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});
const own = (over: Record<string, unknown>) =>
  publish(
    database.pool,
    line.shopId,
    survey([{ id: 'rating', type: 'csat' }], { kind: 'delivery', ...over }),
  );
const settings = (over: object) =>
  database.pool.query(`UPDATE shop SET settings = $1`, [JSON.stringify(over)]);

/** The delivery survey of one order and the product survey of another fall due at the same hour. */
async function twoDue() {
  await line.moveTo(at('2026-03-03T12:00:00'));
  await hear(line, arrived(5_000, at('2026-02-22T10:00:00')), arrived(6_000, at('2026-03-03T10:00:00')));
  await line.settle();
}
const contacts = () => line.rows(`SELECT survey_kind, status FROM contact ORDER BY at, survey_kind`);

it('a survey that is meant for nobody costs the other one only an hour', async () => {
  await own({ target: fact('country', 'is', 'DE') });
  await twoDue();
  await line.playTo(at('2026-03-04T09:00:00'));
  expect((await invitationsOf(line)).at(-1)).toMatchObject({ status: 'suppressed', reason: 'not_targeted' });
  expect((await invitationsOf(line, 'usage'))[0]).toMatchObject({
    ...{ order_id: '5000', status: 'deferred', reason: 'survey_cap', due_at: at('2026-03-04T10:00:00') },
  });
  await line.playTo(at('2026-03-04T10:00:00'));
  expect(line.mails.map((mail) => mail.at)).toEqual([at('2026-03-04T10:00:00')]);
  expect(await contacts()).toEqual([
    { survey_kind: 'delivery', status: 'failed' },
    { survey_kind: 'usage', status: 'sent' },
  ]);
});

it('where the first one goes out the other ends an hour later, with the cap as its reason', async () => {
  await twoDue();
  await line.playTo(at('2026-03-04T10:00:00'));
  expect(line.mails.map((mail) => mail.at)).toEqual([at('2026-03-04T09:00:00')]);
  expect((await invitationsOf(line, 'usage'))[0]).toMatchObject({
    status: 'suppressed',
    reason: 'survey_cap',
  });
});

it('a paused survey is told from one that is meant for others, and takes no place at all', async () => {
  await own({});
  await database.pool.query(
    `UPDATE shop SET live_surveys = (SELECT jsonb_agg(s || '{"paused": true}') FROM jsonb_array_elements(live_surveys) s)`,
  );
  await twoDue();
  await line.playTo(at('2026-03-04T09:00:00'));
  expect((await invitationsOf(line)).at(-1)).toMatchObject({ status: 'suppressed', reason: 'survey_paused' });
  expect(await contacts()).toEqual([{ survey_kind: 'usage', status: 'sent' }]);
});

it('of two mails that staff send again, one that is meant for nobody does not take the place of the other', async () => {
  await settings({ caps: { surveyDays: 0 } });
  await twoDue();
  line.mailOutcomes.push(...[1, 2].map(() => ({ kind: 'rejected' as const, reason: 'No such mailbox.' })));
  await line.playTo(at('2026-03-04T09:00:00'));
  expect(await contacts()).toEqual([
    { survey_kind: 'delivery', status: 'failed' },
    { survey_kind: 'usage', status: 'failed' },
  ]);
  await settings({});
  await own({ target: fact('country', 'is', 'DE') });
  for (const { id } of await line.rows<{ id: string }>(
    `SELECT a.id FROM action a JOIN survey_invitation i ON i.id::text = a.payload ->> 'invitationId' ORDER BY i.kind`,
  ))
    await resendMessage(line.deps, { shopId: line.shopId, actionId: id });
  await line.settle(2);
  expect(await contacts()).toEqual([
    { survey_kind: 'delivery', status: 'failed' },
    { survey_kind: 'usage', status: 'sent' },
  ]);
});

it('about one order no more surveys are sent than the merchant allows', async () => {
  await settings({ caps: { perOrder: 1, surveyDays: 0 } });
  await hear(line, arrived(5_000, at('2026-03-02T08:00:00')));
  await line.settle();
  await line.playTo(at('2026-04-20T12:00:00'));
  expect(await invitationsOf(line)).toMatchObject([{ status: 'sent' }]);
  expect(await invitationsOf(line, 'usage')).toMatchObject([{ status: 'suppressed', reason: 'order_cap' }]);
  // It asks about the shop.
  expect((await invitationsOf(line, 'relationship'))[0]).toMatchObject({ status: 'sent' });
});

it('a survey about a case takes no place among those about its order, nor when one of them is sent', async () => {
  await settings({ caps: { surveyDays: 0, perOrder: 2 } });
  await hear(line, arrived(5_000, at('2026-03-02T08:00:00')));
  await line.settle();
  await line.playTo(at('2026-03-05T12:00:00'));
  await line.rows(`INSERT INTO survey_invitation (shop_id, id, kind, customer_id, order_id, sequence, subject_id, status, channel,
      first_due_at, due_at, sent_at)
    SELECT shop_id, gen_random_uuid(), 'support', customer_id, order_id, 1, 'case', 'sent', 'email', due_at, due_at, due_at
    FROM survey_invitation WHERE kind = 'delivery' RETURNING id`);
  await line.playTo(at('2026-03-13T12:00:00'));
  expect(await invitationsOf(line, 'usage')).toMatchObject([{ status: 'sent', reason: null }]);
});

it('looks at the limit per order once more when it is sent', async () => {
  await settings({ caps: { surveyDays: 0 } });
  await hear(line, arrived(5_000, at('2026-03-02T08:00:00')));
  await line.settle();
  await line.playTo(at('2026-03-05T12:00:00'));
  line.mailOutcomes.push({ kind: 'rejected', reason: 'No such mailbox.' });
  await line.playTo(at('2026-03-13T12:00:00'));
  const [failed] = await line.rows<{ id: string }>(`SELECT id FROM action WHERE status = 'failed'`);
  await settings({ caps: { surveyDays: 0, perOrder: 1 } });
  await resendMessage(line.deps, { shopId: line.shopId, actionId: failed!.id });
  await line.settle();
  expect(await line.rows(`SELECT status, reason FROM action WHERE id = $1`, [failed!.id])).toEqual([
    { status: 'skipped', reason: 'order_cap' },
  ]);
});
