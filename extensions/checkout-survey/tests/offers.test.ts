// @vitest-environment jsdom
/** What is promised before the first question, and what is said and asked for after the last one. */
import { expect, it, vi } from 'vitest';
import { showInAccount, showSurvey } from './block.ts';
import { all, asking, find, goBack, goOn, press, read, THANKS } from './harness.ts';

const PROMISE = 'Ten per cent off. The number of rewards is limited.';
const REVIEW = { text: 'Tell others about us.', url: 'https://reviews.example.com/shop' };
const two = { ...asking({ id: 'a', type: 'stars' }, { id: 'b', type: 'short_text' }), promise: PROMISE };
const banner = () => read(find('s-banner'), 'heading');

it('says what completing is worth before the first question, and not again', async () => {
  await showSurvey(two);
  expect(banner()).toBe(PROMISE);
  await press('4 ★');
  expect(find('s-banner')).toBeNull();
  await goBack();
  expect(banner()).toBe(PROMISE);
});

it('says how the reward comes, and asks for a review, where the app says so', async () => {
  await showInAccount(
    asking({ id: 'b', type: 'short_text' }),
    {},
    {
      ...THANKS,
      reward: 'Your reward comes by e-mail.',
      review: REVIEW,
    },
  );
  await goOn();
  await vi.waitFor(() => expect(banner()).toBe(THANKS.thanks.title));
  expect(all('s-banner s-text').map(({ textContent }) => textContent)).toEqual([
    THANKS.thanks.text,
    'Your reward comes by e-mail.',
  ]);
  const link = find('s-link');
  expect(link?.textContent).toBe(REVIEW.text);
  expect(read(link, 'href')).toBe(REVIEW.url);
});

it('asks for none where the app says nothing of it, whatever the view knows', async () => {
  await showSurvey({ ...asking({ id: 'b', type: 'short_text' }), review: { ...REVIEW, lowAfterCase: true } });
  await goOn();
  await vi.waitFor(() => expect(banner()).toBe(THANKS.thanks.title));
  expect(find('s-link')).toBeNull();
});
