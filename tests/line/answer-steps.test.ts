import { beforeEach, expect, it } from 'vitest';
import { openLink } from '#app/services/open-survey.ts';
import { tick } from '#app/services/tick.ts';
import { stateOf } from '#tests/fakes/line-state.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order } from '#tests/fakes/order-life.ts';
import { customerRedactPayload } from '#tests/factories/shopify-payloads.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { answer, answerOnPage, asked, hear, START } from './scenes.ts';

/** Answers are stored step by step; what hangs on them waits for the last step, or 15 minutes. */
const database = useTestDatabase();
let line: LineHarness;
const open = async () => {
  await resetDatabase(database.pool);
  line = await createLine(database, START);
  await asked(line);
  await line.moveTo(at('2026-03-06T10:00:00'));
};
beforeEach(open);

const cases = () =>
  line.rows(`SELECT k.title, r.comment FROM support_case k JOIN survey_response r ON r.id = k.response_id`);
const responses = () => line.rows(`SELECT rating, comment, unfinished FROM survey_response`);
const linkState = async () => {
  const token = /\/s\/[^/]+\/([\w-]{22})/.exec(
    line.mails.findLast((mail) => mail.text.includes('/s/'))!.text,
  )![1]!;
  return openLink(line.deps, { shopId: line.shopId, token, client: null });
};

it('a step is stored at once and leads to nothing for 15 minutes', async () => {
  expect(await answer(line, { rating: 1 }, true)).toMatchObject({ outcome: 'stored', route: 'low' });
  await line.settle();
  expect(await responses()).toEqual([{ rating: 1, comment: null, unfinished: true }]);
  await line.playTo(at('2026-03-06T10:14:59'));
  expect(await cases()).toEqual([]);
  expect(await linkState()).toMatchObject({ outcome: 'open', given: { rating: '1' } });
});

it('who rates low and goes away gets a case after 15 minutes', async () => {
  await answer(line, { rating: 1 }, true);
  await line.playTo(at('2026-03-06T10:15:00'));
  expect(await cases()).toHaveLength(1);
  // The page takes the rest all the same, and the case learns of it.
  await line.moveTo(at('2026-03-06T11:00:00'));
  expect(await answer(line, { rating: 1, comment_low: 'The glass was broken.' })).toMatchObject({
    outcome: 'updated',
  });
  await line.settle();
  expect(await cases()).toMatchObject([{ comment: 'The glass was broken.' }]);
  expect(await linkState()).toMatchObject({ outcome: 'already_answered' });
});

it('another step begins the 15 minutes anew, and the last of them counts', async () => {
  await answer(line, { rating: 1 }, true);
  await line.moveTo(at('2026-03-06T10:10:00'));
  expect(await answer(line, { rating: 5 }, true)).toMatchObject({ outcome: 'updated', route: 'high' });
  await line.playTo(at('2026-03-06T10:24:59'));
  expect(await line.rows(`SELECT id FROM event WHERE topic LIKE 'answer.%'`)).toEqual([]);
  await line.playTo(at('2026-03-06T10:25:00'));
  expect(await line.rows(`SELECT topic, status FROM event WHERE topic LIKE 'answer.%'`)).toEqual([
    { topic: 'answer.due', status: 'processed' },
  ]);
  expect(await cases()).toEqual([]);
});

it('step by step ends as all at once', async () => {
  const whole = { rating: 2, comment_low: 'It came late.' };
  await answer(line, whole);
  await line.playTo(at('2026-03-07T10:00:00'));
  const state = await stateOf(line);
  const mails = line.mails.map(({ to, subject }) => ({ to, subject }));
  await line.close();

  await open();
  await answer(line, { rating: 2 }, true);
  await answer(line, { rating: 2 }, true);
  await answer(line, { rating: 2, comment_low: 'It came' }, true);
  expect(await answer(line, whole)).toMatchObject({ outcome: 'updated' });
  await line.playTo(at('2026-03-07T10:00:00'));
  const { responses: stepwise, ...rest } = await stateOf(line);
  const { responses: atOnce, ...others } = state;
  expect(rest).toEqual(others);
  expect(stepwise).toEqual([{ ...(atOnce as object[])[0], revision: 3 }]);
  expect(line.mails.map(({ to, subject }) => ({ to, subject }))).toEqual(mails);
});

it('the last step counts even if it says what an earlier one said, and once', async () => {
  await answer(line, { rating: 1 }, true);
  await answer(line, { rating: 1 });
  await line.settle();
  expect(await cases()).toHaveLength(1);
  expect(await responses()).toMatchObject([{ unfinished: false }]);
  await line.playTo(at('2026-03-06T12:00:00'));
  expect(await line.rows(`SELECT topic FROM event WHERE topic LIKE 'answer.%'`)).toEqual([
    { topic: 'answer.submitted' },
  ]);
  expect(await answer(line, { rating: 5 }, true)).toMatchObject({ outcome: 'already_answered' });
});

it('a step with nothing that counts stores nothing; off the scale it is refused', async () => {
  expect(await answer(line, { comment_low: 'Well' }, true)).toMatchObject({ outcome: 'stored' });
  expect(await answer(line, { rating: 9 }, true)).toMatchObject({ outcome: 'invalid' });
  expect(await responses()).toEqual([]);
  expect(await linkState()).toMatchObject({ outcome: 'open', given: {} });
});

it('a step of a person who is erased meanwhile leads to nothing', async () => {
  await answer(line, { rating: 1 }, true);
  const person = {
    shopId: '548380009',
    shopDomain: 'line-test.myshopify.com',
    customerId: ADA.id,
    email: ADA.email,
    orderIds: [],
  };
  await hear(line, { topic: 'customers/redact', payload: customerRedactPayload(person) });
  await line.settle();
  await line.playTo(at('2026-03-06T12:00:00'));
  expect(await cases()).toEqual([]);
  expect(
    await line.rows(
      `SELECT status FROM event WHERE topic = 'answer.due' AND status NOT IN ('ignored', 'processed')`,
    ),
  ).toEqual([]);
});

it('whatever else happens to the order, nothing follows before the steps count', async () => {
  await answer(line, { rating: 1 }, true);
  await hear(line, {
    topic: 'orders/updated',
    payload: order({ updatedAt: at('2026-03-06T10:01:00') }),
  });
  await line.playTo(at('2026-03-06T10:14:00'));
  expect(await cases()).toEqual([]);
  expect(
    await line.rows(`SELECT kind FROM action WHERE kind IN ('open_case', 'send_acknowledgement')`),
  ).toEqual([]);
  await line.playTo(at('2026-03-06T10:15:00'));
  expect(await cases()).toHaveLength(1);
});

it('a step that comes while the line is about to count the last one puts it off', async () => {
  await answer(line, { rating: 1 }, true);
  await line.moveTo(at('2026-03-06T10:15:00'));
  await tick(line.deps, {});
  await answer(line, { rating: 5 }, true);
  await line.settle();
  expect(await cases()).toEqual([]);
  await line.playTo(at('2026-03-06T10:30:00'));
  expect(
    await line.rows(
      `SELECT count(*)::int AS n FROM event WHERE topic = 'answer.due' AND status = 'processed'`,
    ),
  ).toEqual([{ n: 2 }]);
  expect(await cases()).toEqual([]);
});

it('a finished answer takes no step, whichever door it came through', async () => {
  await answerOnPage(line, 'delivery', { rating: 1, comment_low: 'The glass was broken.' });
  await line.settle();
  expect(await answer(line, { rating: 5 }, true)).toMatchObject({ outcome: 'already_answered' });
  expect(await responses()).toEqual([{ rating: 1, comment: 'The glass was broken.', unfinished: false }]);
  expect(await line.rows(`SELECT 1 FROM timer WHERE kind = 'answer.due'`)).toEqual([]);
});

it('sent unchanged after it counted, the answer says nothing new', async () => {
  await answer(line, { rating: 1 }, true);
  await line.playTo(at('2026-03-06T10:15:00'));
  await line.rows(`UPDATE support_case SET status = 'resolved', resolved_at = now()`);
  const mails = line.mails.length;
  await line.moveTo(at('2026-03-07T10:00:00'));
  await answer(line, { rating: 1 });
  // No job for an event that is not there.
  expect(line.jobs).toEqual([]);
  await line.settle();
  expect(await line.rows('SELECT status FROM support_case')).toEqual([{ status: 'resolved' }]);
  expect(line.mails).toHaveLength(mails);
  expect(await line.rows(`SELECT revision, unfinished, answered_at FROM survey_response`)).toEqual([
    { revision: 1, unfinished: false, answered_at: at('2026-03-06T10:00:00') },
  ]);
});

it('a parcel that had not come keeps what it says about the answer while steps go on', async () => {
  await line.rows(`UPDATE orders SET delivered_at = NULL`);
  await answer(line, { rating: 2 }, true);
  await line.rows(`UPDATE survey_response SET status = 'unsolicited'`);
  await answer(line, { rating: 3 }, true);
  expect(await line.rows(`SELECT status FROM survey_response`)).toEqual([{ status: 'unsolicited' }]);
});
