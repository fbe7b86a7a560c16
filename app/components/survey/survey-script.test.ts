// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { everyType, pageOf } from '#tests/factories/survey-pages.ts';
import type { FieldError } from '../../domain/surveys/contract.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import type { GivenAnswers } from './form-fields.ts';
import { surveyPage } from './survey-pages.server.tsx';
import { SURVEY_SCRIPT } from './survey-script.ts';

/** The page with its script run, as the text that is sent. */
async function open(
  given: GivenAnswers = {},
  { search = '', errors = [] as FieldError[], survey = everyType() } = {},
) {
  const html = await surveyPage(survey, { given, errors }).text();
  history.replaceState(null, '', `/s/shop/token${search}`);
  document.documentElement.innerHTML = html.replace(/<script[^]*<\/script>/, '');
  new Function(SURVEY_SCRIPT)();
}

const form = () => document.querySelector('form')!;
const find = <Kind extends Element = HTMLElement>(selector: string) => form().querySelector<Kind>(selector)!;
const field = (name: string, value?: string) =>
  find<HTMLInputElement>(`[name="${name}"]${value === undefined ? '' : `[value="${value}"]`}`);
const shown = () =>
  [...form().querySelectorAll<HTMLElement>('[data-question]')]
    .filter(({ hidden }) => !hidden)
    .map(({ dataset }) => dataset.question)
    .join();
const button = () => find('.main').textContent;
const progress = () => (find('#progress').hidden ? null : find('#step').textContent);
const error = () => find(`[data-question="${shown()}"] .error`).textContent;
/** Enter, or the button: sent is what the browser would send. */
function go(): 'sent' | 'stayed' {
  const event = new SubmitEvent('submit', { cancelable: true, bubbles: true });
  form().dispatchEvent(event);
  return event.defaultPrevented ? 'stayed' : 'sent';
}
/** A finger, or a mouse. */
function tap(name: string, value?: string): void {
  const target = field(name, value);
  target.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  target.click();
}
function write(name: string, text: string): void {
  field(name).value = text;
  field(name).dispatchEvent(new Event('input', { bubbles: true }));
}
const wait = () => vi.advanceTimersByTime(400);
const back = () => find<HTMLButtonElement>('#progress button');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('scrollTo', () => {});
});

describe('one question at a time', () => {
  it('begins with the first, without taking the focus', async () => {
    await open();
    expect([shown(), progress(), button(), back().hidden]).toEqual(['nps', 'Question 1 of 11', 'Next', true]);
    expect(document.activeElement).toBe(document.body);
  });

  it('a tap on a rating moves on, after a moment, to what its value leads to', async () => {
    await open();
    tap('nps', '3');
    expect([shown(), progress()]).toEqual(['nps', 'Question 1 of 12']);
    wait();
    expect([shown(), progress()]).toEqual(['why', 'Question 2 of 12']);
    expect(document.activeElement?.textContent).toContain('What went wrong for you?');
  });

  it('of two taps the last counts; one on the value that stood there moves on too', async () => {
    await open();
    tap('nps', '3');
    tap('nps', '9');
    wait();
    expect(shown()).toBe('taste');
    await open({ nps: '9' }, { search: '?nps=9' });
    expect(shown()).toBe('nps');
    tap('nps', '9');
    wait();
    expect(shown()).toBe('taste');
  });

  it('arrow keys only choose; Enter goes on', async () => {
    await open();
    tap('nps', '8');
    field('nps', '8').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    field('nps', '9').click();
    wait();
    expect(shown()).toBe('nps');
    expect(go()).toBe('stayed');
    expect(shown()).toBe('taste');
  });

  it.each([
    ['stars', { nps: '9' }, 'taste', '4', 'mood'],
    ['a single choice', { nps: '9', effort: '2' }, 'source', 'podcast', 'brew'],
    ['the option that asks for words', { nps: '9', effort: '2' }, 'source', 'other', 'source'],
    ['one of several', { nps: '9', source: 'friend' }, 'brew', 'moka', 'brew'],
    ['a line', { nps: '9', mood: '3' }, 'lines.11', '4', 'lines'],
    ['consent', { nps: '9', city: 'Wien' }, 'news', 'true', 'news'],
  ])('after a tap on %s', async (_name, given, name, value, then) => {
    await open(given);
    tap(name, value);
    wait();
    expect(shown()).toBe(then);
  });

  it('who picks the option that asks for words can write at once', async () => {
    await open({ nps: '9', effort: '2' });
    tap('source', 'other');
    expect(document.activeElement).toBe(field('source.other'));
  });
});

describe('the last question', () => {
  it('sends; where a rating makes another one follow, its button says next', async () => {
    await open({}, { survey: pageOf(PRESETS.usage) });
    expect([button(), progress()]).toEqual(['Send', null]);
    tap('rating', '1');
    expect([button(), progress()]).toEqual(['Next', 'Question 1 of 2']);
    wait();
    expect([shown(), button()]).toEqual(['comment_low', 'Send']);
    expect(go()).toBe('sent');
    expect(button()).toBe('Sending…');
  });

  it('does not send while a question before it lacks its answer: that one is shown', async () => {
    await open({ more: 'Fine.' });
    expect([shown(), button()]).toEqual(['more', 'Send']);
    expect(go()).toBe('stayed');
    expect([shown(), error()]).toEqual(['nps', 'Please answer this question.']);
  });
});

describe('what is required', () => {
  it('is asked for at the question, until it is answered', async () => {
    await open();
    go();
    expect([shown(), error()]).toEqual(['nps', 'Please answer this question.']);
    expect(find('[data-question=nps]').getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field('nps', '0'));
    tap('nps', '3');
    expect(error()).toBe('');
    expect(find('[data-question=nps]').getAttribute('aria-invalid')).toBeNull();
    wait();
    write('why', '  ');
    go();
    expect([shown(), error()]).toEqual(['why', 'Please answer this question.']);
    write('why', 'Late.');
    go();
    expect(shown()).toBe('taste');
  });

  it('an e-mail address that is none is not passed', async () => {
    await open({ nps: '9', news: 'true' });
    expect(shown()).toBe('contact');
    write('contact.email', 'nope');
    go();
    expect([shown(), error()]).toEqual([
      'contact',
      'Please write an e-mail address such as name@example.com.',
    ]);
    expect(document.activeElement).toBe(field('contact.email'));
    write('contact.email', 'ada@example.com');
    go();
    expect(shown()).toBe('more');
  });
});

describe('the way back', () => {
  beforeEach(() => vi.useRealTimers());
  const popped = () => new Promise((done) => addEventListener('popstate', done, { once: true }));

  it('is the browser’s: both buttons go to the question before', async () => {
    await open();
    tap('nps', '3');
    go();
    write('why', 'Late.');
    go();
    expect(shown()).toBe('taste');
    back().click();
    expect(back().disabled).toBe(true);
    await popped();
    expect([shown(), back().disabled, field('why').value]).toEqual(['why', false, 'Late.']);
    history.back();
    await popped();
    expect([shown(), back().hidden]).toEqual(['nps', true]);
  });

  it('leads to the question before also where the page began in the middle', async () => {
    await open({ nps: '3', why: 'Late.' });
    expect(shown()).toBe('taste');
    back().click();
    expect(shown()).toBe('why');
    back().click();
    expect(shown()).toBe('nps');
  });
});

describe('coming back', () => {
  it.each<[string, GivenAnswers, string, string]>([
    ['nothing stored: the first', {}, '', 'nps'],
    ['the first unanswered after what is stored', { nps: '3' }, '', 'why'],
    ['what was left out before is not asked again first', { nps: '9', source: 'friend' }, '', 'brew'],
    ['everything stored: the last', { nps: '9', more: 'Fine.' }, '', 'more'],
    ['tapped in the mail: that question, chosen', { nps: '9' }, '?nps=9', 'nps'],
  ])('%s', async (_name, given, search, expected) => {
    await open(given, { search });
    wait();
    expect(shown()).toBe(expected);
  });

  it('after a refusal: the first faulty question, its words in place, the summary gone', async () => {
    const errors: FieldError[] = [
      { field: 'news', code: 'required', message: 'Please agree.' },
      { field: 'contact', part: 'email', code: 'wrong_type', message: 'No address.' },
    ];
    await open({ nps: '9', news: 'true', 'contact.email': 'x' }, { errors });
    expect([shown(), error()]).toEqual(['news', 'Please agree.']);
    expect(document.querySelector('#errors')).toBeNull();
    go();
    expect([shown(), error()]).toEqual(['contact', 'No address.']);
  });

  it('a refusal of the answers as a whole stays above', async () => {
    await open(
      { nps: '9' },
      { errors: [{ field: 'answers', code: 'unreadable', message: 'Not readable.' }] },
    );
    expect(document.querySelector('#errors')?.textContent).toContain('Not readable.');
  });
});

describe('several and ranked', () => {
  it('no more boxes than may be taken', async () => {
    await open({ nps: '9', source: 'friend' });
    const disabled = () =>
      [...form().querySelectorAll<HTMLInputElement>('[name=brew]')]
        .filter((box) => box.disabled)
        .map(({ value }) => value);
    tap('brew', 'filter');
    expect(disabled()).toEqual([]);
    tap('brew', 'moka');
    expect(disabled()).toEqual(['espresso', 'press']);
    tap('brew', 'moka');
    expect(disabled()).toEqual([]);
  });

  it('a ranking is tapped in order, and taken back', async () => {
    await open({ nps: '9', brew: ['moka'] });
    expect([shown(), find('.places').hidden, find('.taps').hidden]).toEqual(['rank', true, false]);
    const options = [...form().querySelectorAll<HTMLButtonElement>('.taps [aria-pressed]')];
    const names = () =>
      options.map((option) => `${option.textContent} ${option.getAttribute('aria-pressed')}`);
    const sent = () => new FormData(form()).getAll('rank').join();
    options[2]!.click();
    options[0]!.click();
    expect(names()).toEqual(['2A fair price true', 'Freshly roasted false', '1To know the farm true']);
    expect(sent()).toBe('origin,price,');
    options[2]!.click();
    expect(sent()).toBe('price,,');
    find('.again').click();
    expect([sent(), document.activeElement]).toEqual([',,', options[0]]);
    expect(names()).toEqual(['A fair price false', 'Freshly roasted false', 'To know the farm false']);
  });

  it('shows a ranking that was stored', async () => {
    await open({ rank: ['origin', 'price'] });
    expect([...form().querySelectorAll('.place')].map((place) => place.textContent)).toEqual(['2', '', '1']);
  });
});

it('is text that may stand in a page', () => {
  expect(SURVEY_SCRIPT).not.toMatch(/<\/script|<!--|\/\/ /);
});
