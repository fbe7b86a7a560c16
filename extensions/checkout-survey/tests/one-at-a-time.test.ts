// @vitest-environment jsdom
/** From question to question: forward, back, by conditions; what is stored on the way, and what can go wrong. */
import { describe, expect, it, vi } from 'vitest';
import { options, survey } from '../../../tests/factories/surveys.ts';
import { sendAnswers } from '../src/api.ts';
import { host, showSurvey } from './block.ts';
import {
  all,
  APP_URL,
  asking,
  buttons,
  error,
  errorOf,
  find,
  goBack,
  goOn,
  heading,
  offering,
  pass,
  preset,
  press,
  pressButton,
  read,
  THANKS,
  touch,
  viewOf,
  write,
} from './harness.ts';

const rating = { id: 'rating', type: 'csat', required: true };
const words = { id: 'words', type: 'short_text' };
const more = { id: 'more', type: 'long_text' };
const progress = () => find('[accessibilityRole="status"] s-text')?.textContent;
const shown = () => [progress(), heading()];

describe('one at a time', () => {
  it('says how far one is; the last has the button that sends', async () => {
    await showSurvey(asking(rating, words, more));
    expect(shown()).toEqual(['Question 1 of 3', 'ask.rating']);
    expect(buttons()).toEqual(['Next']);
    await press('4');
    expect(shown()).toEqual(['Question 2 of 3', 'ask.words (optional)']);
    expect(buttons()).toEqual(['Back', 'Next']);
    await goOn();
    expect(shown()).toEqual(['Question 3 of 3', 'ask.more (optional)']);
    expect(buttons()).toEqual(['Back', 'Send']);
    expect(all('s-text-area, s-text-field, s-press-button')).toHaveLength(1);
  });

  it('introduces the survey at its first question only, and explains where there is something to explain', async () => {
    await showSurvey(asking({ ...rating, help: 'usage.intro' }, words));
    const intro = find('s-paragraph')?.textContent;
    expect(intro).not.toBe('');
    expect(all('[accessibilityRole="status"] > *').at(-1)?.textContent).toBe(intro);
    await press('4');
    expect(find('s-paragraph')).toBeNull();
    expect(all('[accessibilityRole="status"] > *')).toHaveLength(2);
  });

  it('back leads to the answer as it was given; what was written meanwhile goes with the next step', async () => {
    const server = await showSurvey(asking(rating, words, more));
    await press('4');
    await write('words', 'Fine.');
    await goBack();
    expect(heading()).toBe('ask.rating');
    expect(read(pressButton('4') ?? null, 'pressed')).toBe(true);
    await goOn();
    expect(read(find('[name="words"]'), 'value')).toBe('Fine.');
    expect(server.steps()).toEqual([{ rating: 4 }, { rating: 4, words: 'Fine.' }]);
    await goBack();
    await press('2');
    expect(server.steps().at(-1)).toEqual({ rating: 2, words: 'Fine.' });
  });

  it('a required question must be answered', async () => {
    const view = asking(rating, { ...words, required: true });
    const server = await showSurvey(view);
    await goOn();
    expect(error()).toBe(view.labels.required);
    expect(heading()).toBe('ask.rating');
    await press('4');
    expect(error()).toBeUndefined();
    await write('words', '   ');
    await goOn();
    expect(errorOf('words')).toBe(view.labels.required);
    expect(server.finals()).toEqual([]);
  });

  it('a tap on the last question waits for the button, and is stored meanwhile', async () => {
    const server = await showSurvey(asking(rating));
    await press('1');
    await press('2');
    expect(heading()).toBe('ask.rating');
    expect(['1', '2'].map((text) => read(pressButton(text) ?? null, 'pressed'))).toEqual([false, true]);
    expect(server.steps()).toEqual([{ rating: 1 }, { rating: 2 }]);
    await goOn();
    expect(server.finals()).toEqual([{ rating: 2 }]);
  });

  it('a double tap answers one question', async () => {
    const server = await showSurvey(asking(rating, { ...rating, id: 'second' }, words));
    await press('4');
    const under = pressButton('4');
    pass(100);
    if (under) await touch(under, 'click');
    expect(heading()).toBe('ask.second');
    expect(read(pressButton('4') ?? null, 'pressed')).not.toBe(true);
    await press('5');
    expect(server.steps()).toEqual([{ rating: 4 }, { rating: 4, second: 5 }]);
    const form = find('s-form');
    pass(100);
    if (form) await touch(form, 'submit');
    expect(server.finals()).toEqual([]);
  });
});

describe('which question comes', () => {
  it('depends on the answers; one that is hidden again is not sent', async () => {
    const server = await showSurvey(preset('usage'));
    // One question needs no count.
    expect(progress()).toBeUndefined();
    expect(buttons()).toEqual(['Send']);
    await press('2');
    expect(progress()).toBe('Question 2 of 2');
    await write('comment_low', 'It broke.');
    await goBack();
    await press('5');
    expect(find('[name="comment_low"]')).toBeNull();
    await write('comment_high', 'Lovely.');
    await goOn();
    expect(server.finals()).toEqual([{ rating: 5, comment_high: 'Lovely.' }]);
  });

  it('what is known is passed in silence and counts as passed; what belongs elsewhere counts as unanswered', async () => {
    const definition = survey([
      { id: 'pet', type: 'choice', options: options('cat', 'dog'), profileKey: 'pet', text: 'ask.pet' },
      { id: 'voice', type: 'voice_note', text: 'ask.voice' },
      {
        id: 'both',
        type: 'short_text',
        text: 'ask.both',
        showWhen: {
          if: 'all',
          of: [
            { if: 'answer', question: 'pet', op: 'is', value: 'cat' },
            { if: 'answer', question: 'voice', op: 'not_answered' },
          ],
        },
      },
    ]);
    const server = await showSurvey(viewOf(definition, { pet: 'cat' }));
    expect(shown()).toEqual([undefined, 'ask.both (optional)']);
    await write('both', 'Yes.');
    await goOn();
    expect(server.finals()).toEqual([{ both: 'Yes.' }]);
  });
});

describe('what can go wrong', () => {
  it('a step that fails says nothing, and goes with the next', async () => {
    const server = await showSurvey(asking(rating, words, more), new Error('network'), THANKS);
    await press('4');
    expect(find('s-banner')).toBeNull();
    await goOn();
    await vi.waitFor(() => expect(server.steps()).toEqual([{ rating: 4 }, { rating: 4 }]));
    expect(find('s-banner')).toBeNull();
  });

  it.each([
    ['nothing comes back', new Error('network')],
    ['the app is in trouble', { outcome: 'unavailable', message: 'x' }],
    [
      'what is wrong is not on this page',
      { outcome: 'invalid', errors: [{ field: 'voice', code: 'required', message: 'x' }] },
    ],
  ])('says so when the end fails because %s, keeps the answers and tries again', async (_name, reply) => {
    const server = await showSurvey(asking(words), reply, THANKS);
    await write('words', 'Fine.');
    await goOn();
    expect(read(find('s-banner'), 'heading')).toBe('Your answer could not be sent. Please try again.');
    expect(find('[name="words"]')?.value).toBe('Fine.');
    await goOn();
    expect(read(find('s-banner'), 'heading')).toBe('We are sorry.');
    expect(server.finals()).toEqual([{ words: 'Fine.' }, { words: 'Fine.' }]);
  });

  it('leads back to the question that the app finds wrong', async () => {
    const errors = [{ field: 'rating', code: 'out_of_range', message: 'Please choose a number.' }];
    await showSurvey(asking(rating, words), THANKS, { outcome: 'invalid', errors });
    await press('4');
    await goOn();
    expect(heading()).toBe('ask.rating');
    expect(error()).toBe('Please choose a number.');
    await press('3');
    expect(error()).toBeUndefined();
  });

  it('sends once, however often the button is pressed while it is under way', async () => {
    let reply: (stored: object) => void = () => undefined;
    const late = new Promise<object>((done) => (reply = done));
    const server = await showSurvey(asking(rating, words), THANKS, late);
    await press('4');
    await goOn();
    expect(read(find('s-button[type="submit"]'), 'loading')).toBeTruthy();
    await goOn();
    await goBack();
    expect(server.finals()).toHaveLength(1);
    reply(THANKS);
    await vi.waitFor(() => expect(read(find('s-banner'), 'heading')).toBe('We are sorry.'));
  });

  it('gives up waiting after 8 seconds', async () => {
    vi.stubEnv('APP_URL', APP_URL);
    vi.stubGlobal('fetch', () => new Promise(() => undefined));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const sent = sendAnswers(host, offering(asking(words)), {}, false);
    await vi.advanceTimersByTimeAsync(8_000);
    vi.useRealTimers();
    expect(await sent).toBeNull();
  });
});
