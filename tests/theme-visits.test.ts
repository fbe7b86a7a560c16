// @vitest-environment jsdom
/** The theme block about a visit, and what stands around a survey: what is promised, who is not named, the review. */
import { beforeEach, expect, it } from 'vitest';
import {
  app,
  click,
  load,
  newTab,
  offerOf,
  open,
  pause,
  preset,
  press,
  THANKS,
} from './theme-survey-page.ts';

beforeEach(newTab);

const VISIT = '5f3c1a52-9c1e-4b1b-8a55-0123456789ab';
const offer = { ...offerOf(preset('website')), order: { id: VISIT, name: '' } };
const block = () => load(offer, { more: 'data-visit="aftercare-visit"' });
const form = async (root: HTMLElement) => {
  await pause(1);
  for (let tries = 0; tries < 50 && !root.querySelector('form'); tries += 1) await pause(1);
  return root.querySelector('form');
};

it('keeps the id of the visit for its other pages, and sends it with the answer', async () => {
  const root = block();
  await form(root);
  expect(app.asked).toEqual(['/apps/aftercare/survey?kind=auto&order=&locale=en']);
  press(root, '4');
  await pause(1000);
  expect(app.sent.at(-1)).toMatchObject({ order: VISIT, kind: 'website', step: true });
  await form(block());
  expect(app.asked.at(-1)).toBe(`/apps/aftercare/survey?kind=auto&order=${VISIT}&locale=en`);
});

it('asks a visit that has answered no second time, and keeps nothing of the answer', async () => {
  const root = block();
  await form(root);
  press(root, '5');
  click(root, 'Next');
  click(root, 'Send');
  await pause(1000);
  expect(root.textContent).toContain('We are sorry.');
  expect(Object.values({ ...sessionStorage })).toEqual([VISIT, '{"done":1}']);
  const again = block();
  expect(await form(again)).toBeNull();
  expect(again.textContent).toBe('No survey is open.');
});

it('says before the first question what is promised and who is not named, and no more on the next', async () => {
  const view = { ...preset('usage'), promise: '10% off your next order.', identity: 'anonymous' as const };
  const root = await open(view);
  const seen = () =>
    [...root.querySelectorAll('p')]
      .filter((line) => !line.closest('[hidden]'))
      .map((line) => line.textContent);
  expect(seen()).toEqual(expect.arrayContaining(['10% off your next order.', 'Without your name.']));
  press(root, '5');
  click(root, 'Next');
  expect(seen()).not.toContain('10% off your next order.');
});

it('says under the thanks how the reward comes, and asks for a review where the app says so', async () => {
  const review = { text: 'Tell others', url: 'https://reviews.example/moss' };
  app.replies = [{ ...THANKS, reward: 'It comes by e-mail.', review }];
  const root = await open(preset('usage'));
  press(root, '5');
  click(root, 'Next');
  click(root, 'Send');
  await pause(1000);
  expect(root.textContent).toContain('It comes by e-mail.');
  expect(root.querySelector('a')).toMatchObject({ href: review.url, textContent: review.text });
});
