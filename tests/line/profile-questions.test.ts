import { beforeEach, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, arrived, hear, START } from './scenes.ts';
import { buttonOf, get } from './survey-mails.ts';

/** What is learned of a person from order to order, a question or two at a time. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
  const off = { enabled: false };
  const settings = { surveys: { usage: off, relationship: off } };
  await database.pool.query('UPDATE shop SET settings = $1', [JSON.stringify(settings)]);
});

const learned = (id: string) => ({ id, type: 'choice', options: options('a', 'b'), profileKey: id });
const own = (places: number) =>
  publish(
    database.pool,
    line.shopId,
    survey([{ id: 'rating', type: 'csat' }, learned('who'), learned('why')], {
      kind: 'delivery',
      profileQuestionsPerOrder: places,
    }),
  );

/** Another order arrives; what its survey asks. */
async function nextOrder(id: number): Promise<string> {
  const now = await line.deps.clock.now();
  const day = new Date(now.getTime() + 20 * DAY_MS);
  await line.playTo(day);
  await hear(line, arrived(id, day));
  await line.settle();
  await line.playTo(new Date(day.getTime() + 2 * DAY_MS));
  const mail = line.mails.findLast(({ subject }) => subject.includes(`#${id}`))!;
  const page = await get(line, buttonOf(mail));
  if (page.outcome !== 'open') throw new Error(`The link of order ${id} is ${page.outcome}.`);
  return page.view.questions.flatMap((question) => (question.silent ? [] : [question.id])).join(' ');
}

async function send(answers: Record<string, unknown>, isStep = false) {
  expect(await answer(line, answers, isStep)).toMatchObject({
    outcome: isStep ? expect.any(String) : 'stored',
  });
  await line.settle();
}

it('each order asks the next question, and none that was answered', async () => {
  await own(1);
  expect(await nextOrder(5_000)).toBe('rating who');
  await send({ rating: 5, who: 'a' });
  expect(await nextOrder(5_100)).toBe('rating why');
  await send({ rating: 5, why: 'b' });
  expect(await nextOrder(5_200)).toBe('rating');
});

it('a question that was left open twice gives way to the next', async () => {
  await own(1);
  expect(await nextOrder(5_000)).toBe('rating who');
  await send({ rating: 5 });
  expect(await nextOrder(5_100)).toBe('rating who');
  await send({ rating: 4 });
  expect(await nextOrder(5_200)).toBe('rating why');
});

it('a step alone passes nothing by, and what is held back teaches nothing', async () => {
  await own(1);
  await nextOrder(5_000);
  await send({ rating: 5 }, true);
  await nextOrder(5_100);
  await send({ rating: 5 });
  await nextOrder(5_200);
  await send({ rating: 5 });
  await database.pool.query(`UPDATE survey_response SET status = 'quarantined' WHERE order_id = '5200'`);
  expect(await nextOrder(5_300)).toBe('rating who');
});
