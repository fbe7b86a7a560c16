// @vitest-environment jsdom
/** Questions that an account leads on to: their place in the survey, the way there, and what is sent from here after. */
import { describe, expect, it, vi } from 'vitest';
import type { SurveyView } from '../../../app/domain/surveys/contract.ts';
import type { Offer } from '../src/api.ts';
import { accountOffer, showOfferInAccount, showSurvey } from './block.ts';
import {
  all,
  asking,
  buttons,
  error,
  type fakeServer,
  find,
  goBack,
  goOn,
  heading,
  press,
  read,
  THANKS,
  touch,
  write,
} from './harness.ts';

const rating = { id: 'rating', type: 'csat', required: true };
const photo = { id: 'photo', type: 'image_upload', maxFiles: 2 };
const words = { id: 'words', type: 'short_text' };
const continueAt = 'https://aftercare.example.com/s/shop/page/token';
const ID = '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a';

const show = (survey: SurveyView, more: Partial<Offer> = {}, ...replies: Parameters<typeof fakeServer>) =>
  showOfferInAccount(accountOffer(survey, { continueAt, ...more }), ...replies);
const link = () => all('s-button').find((button) => button.textContent === 'Go on there');
const banner = () => read(find('s-banner'), 'heading');
const leave = async () => {
  const to = link();
  if (!to) throw new Error('There is no link.');
  await touch(to, 'click');
};
const LEFT = 'The rest is asked on the page that has opened.';
const stay = async () => {
  await vi.waitFor(() => expect(buttons()).toEqual(['Answer the rest here']));
  const here = find('s-banner s-button');
  if (here) await touch(here, 'click');
};
/** What was sent off: what is on the other page is asked for before. */
const sentOff = (server: ReturnType<typeof fakeServer>, ...finals: object[]) =>
  vi.waitFor(() => expect(server.finals()).toEqual(finals));
const ANSWERED = { thanks: { title: 'You have already answered', text: 'Thank you.' } };

describe('a question for a file in an account', () => {
  it('has its place among the others, with the way to its page', async () => {
    const survey = asking(rating, photo, words);
    const fresh = accountOffer(survey, { continueAt, given: { rating: '4' } });
    const server = await show(survey, {}, THANKS, fresh, THANKS);
    await press('4');
    expect(find('[accessibilityRole="status"] s-text')?.textContent).toBe('Question 2 of 3');
    expect(heading()).toBe('ask.photo (optional)');
    expect(read(find('s-stack[accessibilityRole="section"]'), 'accessibilityLabel')).toBe('ask.photo');
    expect(find('s-stack[accessibilityRole="section"]')?.textContent).toContain(
      'This is asked on a page of its own.',
    );
    expect([read(link() ?? null, 'href'), read(link() ?? null, 'target')]).toEqual([continueAt, '_blank']);
    expect(buttons()).toEqual(['Go on there', 'Back', 'Skip']);
    await goOn();
    expect(heading()).toBe('ask.words (optional)');
    await goBack();
    expect(heading()).toBe('ask.photo (optional)');
    await goOn();
    await write('words', 'Fine.');
    await goOn();
    await sentOff(server, { rating: 4, words: 'Fine.' });
  });

  it('that is required cannot be skipped', async () => {
    const server = await show(asking(rating, { ...photo, required: true }, words));
    await press('4');
    expect(heading()).toBe('ask.photo');
    expect(buttons()).toEqual(['Go on there', 'Back']);
    await goOn();
    expect(heading()).toBe('ask.photo');
    expect(error()).toBe('Please answer this question.');
    expect(server.finals()).toEqual([]);
  });

  it('that is the last one is sent off by name', async () => {
    const server = await show(asking(rating, photo), {}, THANKS, new Error('network'), THANKS);
    await press('4');
    expect(buttons()).toEqual(['Go on there', 'Back', 'Send']);
    await goOn();
    await sentOff(server, { rating: 4 });
  });

  it('is passed over where there is no page to lead to', async () => {
    await showSurvey(asking(rating, photo, words));
    await press('4');
    expect(heading()).toBe('ask.words (optional)');
  });

  it('is all there is to ask', async () => {
    await show(asking({ ...photo, required: true }));
    expect(buttons()).toEqual(['Go on there']);
  });
});

describe('whoever goes on there', () => {
  it('waits until what was answered has arrived, and is told that it is kept', async () => {
    let arrive: (stored: object) => void = () => undefined;
    const late = new Promise<object>((done) => (arrive = done));
    const server = await show(asking(rating, { ...photo, required: true }), {}, late, THANKS);
    await press('4');
    expect(read(link() ?? null, 'loading')).toBe(true);
    arrive(THANKS);
    await vi.waitFor(() => expect(read(link() ?? null, 'loading')).toBeFalsy());
    await leave();
    await vi.waitFor(() => expect(banner()).toBe(LEFT));
    expect(find('s-banner s-text')?.textContent).toBe('Your answers so far are kept.');
    expect(read(find('s-banner s-link'), 'href')).toBe(continueAt);
    expect(buttons(), 'what is required needs the page').toEqual([]);
    expect(find('s-form')).toBeNull();
    expect(server.steps()).toEqual([{ rating: 4 }]);
    expect(server.finals()).toEqual([]);
  });

  it('is told so only if it is; what could not be stored is there again on return', async () => {
    const down = new Error('network');
    const survey = asking(rating, words, photo);
    const fresh = accountOffer(survey, { continueAt, given: { rating: '2', photo: [ID] } });
    const server = await show(survey, {}, down, down, down, fresh, fresh, THANKS);
    await press('4');
    await write('words', 'Fine.');
    await goOn();
    await leave();
    // The page has opened all the same: nothing is asked at both.
    await vi.waitFor(() => expect(banner()).toBe(LEFT));
    expect(find('s-banner s-text')?.textContent).toBe(
      'Your last answers could not be kept. Please give them there.',
    );
    expect(find('s-form')).toBeNull();
    expect(server.steps()).toEqual([{ rating: 4 }, ...Array(2).fill({ rating: 4, words: 'Fine.' })]);
    await stay();
    await vi.waitFor(() => expect(heading()).toBe('ask.words (optional)'));
    expect(read(find('[name="words"]'), 'value')).toBe('Fine.');
    await goOn();
    // What was said on the page is the newer.
    await sentOff(server, { rating: 2, words: 'Fine.', photo: [ID] });
  });

  it('changes nothing there: files and words that were given there go along with what is sent from here', async () => {
    const survey = asking(rating, words, photo);
    const fresh = accountOffer(survey, {
      continueAt,
      given: { rating: '4', words: 'From there.', photo: [ID] },
    });
    const down = new Error('network');
    const server = await show(survey, {}, THANKS, down, down, fresh, THANKS);
    await press('4');
    await goOn();
    await goBack();
    await goBack();
    await press('5');
    await goOn();
    await goOn();
    await sentOff(server, { rating: 5, words: 'From there.', photo: [ID] });
    expect(banner()).toBe('We are sorry.');
  });

  it.each([
    ['that was finished there is thanked for', { survey: null, reason: 'already_answered', ...ANSWERED }],
    ['that was finished there a moment ago', new Error('network')],
  ])('a survey %s, and nothing is sent off beside it', async (_name, reloaded) => {
    const refused = { outcome: 'already_answered', message: 'x', ...ANSWERED };
    await show(asking(rating, photo), {}, THANKS, reloaded, refused);
    await press('4');
    await goOn();
    await vi.waitFor(() => expect(banner()).toBe('You have already answered'));
    expect(find('s-form')).toBeNull();
  });

  it('may answer the rest here, with the files that were given there meanwhile', async () => {
    const survey = asking(rating, photo, words);
    const fresh = accountOffer(survey, { continueAt, given: { rating: '4', photo: [ID] } });
    const server = await show(survey, {}, THANKS, fresh, fresh, THANKS);
    await press('4');
    await leave();
    await stay();
    await vi.waitFor(() => expect(heading()).toBe('ask.words (optional)'));
    expect(find('[accessibilityRole="status"] s-text')?.textContent, 'it leads there no more').toBe(
      'Question 2 of 2',
    );
    await write('words', 'Fine.');
    await goOn();
    await sentOff(server, { rating: 4, photo: [ID], words: 'Fine.' });
  });

  it('and finished there is asked nothing more here', async () => {
    await show(asking(rating, photo), {}, THANKS, { survey: null, reason: 'already_answered' });
    await press('4');
    await leave();
    await stay();
    await vi.waitFor(() => expect(document.body.textContent).toBe(''));
  });

  it('and finished there is thanked, where the app says so', async () => {
    await show(asking(rating, photo), {}, THANKS, { survey: null, reason: 'already_answered', ...ANSWERED });
    await press('4');
    await leave();
    await stay();
    await vi.waitFor(() => expect(banner()).toBe('You have already answered'));
  });
});

it('a page that was left open for hours leads to a page that is good again', async () => {
  const survey = asking(rating, photo);
  const again = accountOffer(survey, { pageToken: 'fresh', continueAt: `${continueAt}-2` });
  await show(survey, {}, { outcome: 'expired', message: 'x' }, again, THANKS);
  await press('4');
  await vi.waitFor(() => expect(read(link() ?? null, 'href')).toBe(`${continueAt}-2`));
});

describe('on return', () => {
  it('a file that was given there counts, goes along, and lets a required question pass', async () => {
    const survey = asking(rating, { ...photo, required: true }, words);
    const given = { rating: '4', photo: [ID] };
    const server = await show(survey, { given }, accountOffer(survey, { continueAt, given }), THANKS);
    expect(heading()).toBe('ask.words (optional)');
    await goBack();
    expect(find('s-stack[accessibilityRole="section"]')?.textContent).toContain('Added');
    expect(buttons()).toEqual(['Go on there', 'Back', 'Next']);
    await goOn();
    await goOn();
    expect(server.steps()).toEqual([]);
    await sentOff(server, { rating: 4, photo: [ID] });
  });

  it('goes on at a file that is still to be given', async () => {
    await show(asking(rating, photo, words), { given: { rating: '4' } });
    expect(heading()).toBe('ask.photo (optional)');
  });

  it('says what the app finds wrong with a file', async () => {
    const errors = [
      { field: 'photo', code: 'wrong_type', message: 'This file could not be found. Please add it again.' },
    ];
    const given = { rating: '4', photo: [ID] };
    await show(asking(rating, photo), { given }, new Error('network'), { outcome: 'invalid', errors });
    await goOn();
    expect(heading()).toBe('ask.photo (optional)');
    await vi.waitFor(() => expect(error()).toBe('This file could not be found. Please add it again.'));
  });
});
