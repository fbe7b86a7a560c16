import { updateCase } from '#app/services/update-case.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { survey } from '#tests/factories/surveys.ts';
import type { LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { answer, asked, until, type Scene } from './scenes.ts';

/** Fixed, so that the shop's row is the same in every life. */
export const OWN_SURVEY = '019a0000-0000-7000-8000-000000000001';
export const REVIEWS = 'https://reviews.example.com/shop';

/** A delivery survey that promises ten per cent off, or what `reward` says, to the first two; and asks for a review. */
export const promising = (reward: object = { kind: 'percent_off', percent: 10 }, over: object = {}) =>
  survey([{ id: 'rating', type: 'csat', metric: 'csat_delivery' }], {
    kind: 'delivery',
    incentive: { text: 'incentive.text', reward, budget: 2, validDays: 30 },
    texts: {
      en: { 'incentive.text': 'Ten per cent off for your answer.', 'review.text': 'Tell others about us.' },
    },
    reviewAsk: { text: 'review.text', url: REVIEWS },
    ...over,
  });

/** The survey was mailed with its promise. */
export async function promised(line: LineHarness, definition = promising()): Promise<void> {
  await publish(line.deps.pool, line.shopId, definition, { id: OWN_SURVEY });
  await asked(line);
}

const completed =
  (rating: number, reward?: object): Scene =>
  async (line) => {
    await promised(line, promising(reward));
    await answer(line, { rating });
  };

/** Staff have dealt with the case and close it: the line has still to decide what follows. */
export async function close(line: LineHarness, when = at('2026-03-09T09:00:00')): Promise<void> {
  await line.moveTo(when);
  const [open] = await line.rows<{ id: string }>('SELECT id FROM support_case');
  const act = async (command: object) => {
    const about = { shopId: line.shopId, staffId: '7', caseId: open!.id };
    const done = await updateCase(line.deps, { ...about, command });
    if (done.outcome !== 'changed') throw new Error(done.sentence);
  };
  await act({ act: 'acknowledge' });
  await act({ act: 'resolve', resolution: 'Sent again.' });
  await line.settle();
  await act({ act: 'close', rootCause: 'Packing' });
}

const closedCase: Scene = async (line) => {
  await completed(1)(line);
  await line.settle();
  await close(line);
};

/** What completing a survey leads to, by the event or the action that is next. */
export const REWARD_SCENES: Record<string, Scene> = {
  'an answer that earns something': completed(4),
  'a case that is closed': closedCase,
  give_incentive: until('give_incentive', completed(4)),
  'give_incentive, points': until('give_incentive', completed(4, { kind: 'points', points: 50 })),
  send_incentive: until('send_incentive', completed(4)),
  send_review_request: until('send_review_request', closedCase),
};
