import { beforeEach, expect, it } from 'vitest';
import { stateOf } from '#tests/fakes/line-state.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, BLANKET, MUG } from '#tests/fakes/order-life.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answerOnPage, asked, START } from './scenes.ts';
import {
  asIfSecondsAgo,
  buttonOf,
  get,
  invitationOf,
  post,
  responsesOf,
  restore,
  type Mail,
} from './survey-mails.ts';

/** Three values through one link within five seconds of machine time. */
const database = useTestDatabase();
let line: LineHarness;
let mail: Mail;
beforeEach(async () => {
  line = await createLine(database, START);
  await asked(line);
  mail = line.mails.splice(0)[0]!;
});
const steps = async (...ratings: number[]) => {
  for (const rating of ratings) await post(line, buttonOf(mail), { rating }, true);
};

it('are a machine’s: nothing follows, also not after 15 minutes', async () => {
  await steps(1, 5, 2);
  expect(await responsesOf(line)).toMatchObject([{ status: 'quarantined', held_reason: 'burst', rating: 2 }]);
  expect(await invitationOf(line)).toEqual({ answered_at: null });
  await post(line, buttonOf(mail), { rating: 2 });
  await line.playTo(at('2026-03-06T10:00:00'));
  expect(await stateOf(line, ['cases'])).toEqual({ cases: [] });
  expect(await get(line, buttonOf(mail))).toMatchObject({ outcome: 'open', given: {} });

  await asIfSecondsAgo(line, 6);
  await post(line, buttonOf(mail), { rating: 1 });
  await line.settle();
  expect(await responsesOf(line)).toMatchObject([{ status: 'verified', held_reason: null, rating: 1 }]);
  expect(await stateOf(line, ['cases'])).toMatchObject({ cases: [{ status: 'open' }] });
});

it('of the lines of an order are a person’s', async () => {
  const lines = { id: 'lines', type: 'line_rating', metric: 'csat_product' };
  await publish(database.pool, line.shopId, survey([lines], { kind: 'delivery' }));
  await line.rows(`UPDATE survey_link SET edition = NULL`);
  const ids = [BLANKET, MUG];
  for (const rated of [[5], [4], [4, 2]])
    await post(
      line,
      buttonOf(mail),
      Object.fromEntries(rated.map((value, at) => [`lines.${ids[at]}`, value])),
      true,
      null,
    );
  expect(await responsesOf(line)).toMatchObject([{ status: 'verified', held_reason: null, rating: 2 }]);
});

it('are a person’s if they take their time, whatever the shop’s own clock says', async () => {
  await steps(1, 5);
  await asIfSecondsAgo(line, 6);
  await steps(2, 4);
  expect(await responsesOf(line)).toMatchObject([{ status: 'verified', rating: 4 }]);
});

it('a correction is a person’s, however often it is posted', async () => {
  await steps(1, 5, 1, 5);
  expect(await post(line, buttonOf(mail), { rating: 5 })).toMatchObject({ outcome: 'updated' });
  await line.settle();
  expect(await responsesOf(line)).toMatchObject([{ status: 'verified', held_reason: null, rating: 5 }]);
  expect(await get(line, buttonOf(mail))).toMatchObject({ outcome: 'already_answered' });
});

it('staff may let it count: as soon as no more steps may come', async () => {
  await steps(2, 5, 1);
  expect(await restore(line)).toBe('changed');
  expect(await stateOf(line, ['cases'])).toEqual({ cases: [] });
  await line.playTo(at('2026-03-06T09:15:00'));
  expect(await stateOf(line, ['cases'])).toMatchObject({ cases: [{ status: 'open' }] });
});

it('do not undo what was said at another door', async () => {
  await answerOnPage(line, 'delivery', { rating: 5 });
  await line.settle();
  await steps(1, 2, 3);
  await post(line, buttonOf(mail), { rating: 3 });
  expect(await responsesOf(line)).toMatchObject([{ status: 'verified', held_reason: null, rating: 5 }]);
  expect(await invitationOf(line)).not.toEqual({ answered_at: null });
});
