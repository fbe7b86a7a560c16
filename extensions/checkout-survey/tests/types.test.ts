// @vitest-environment jsdom
/** Each type of question: what is shown, and what is sent. */
import { describe, expect, it } from 'vitest';
import { QUESTION_TYPES } from '../../../app/domain/surveys/contract.ts';
import { RATING_SCALES } from '../../../app/domain/surveys/question-types.ts';
import { SCALE_RANGE } from '../../../app/domain/surveys/routing.ts';
import { SURFACE_MATRIX } from '../../../app/domain/surveys/surfaces.ts';
import { options } from '../../../tests/factories/surveys.ts';
import { askedHere } from '../src/answers.ts';
import { showSurvey } from './block.ts';
import {
  all,
  asking,
  choose,
  errorOf,
  find,
  goOn,
  heading,
  press,
  pressButton,
  read,
  tick,
  write,
} from './harness.ts';

const ends = { least: 'csat.least', most: 'csat.most' };
const after = { id: 'after', type: 'short_text' };
const labels = () => all('s-press-button').map((button) => read(button, 'accessibilityLabel'));
const names = (selector: string) => all(selector).map((widget) => widget.getAttribute('name'));

describe('ratings are buttons', () => {
  it.each(['nps', 'csat', 'ces', 'stars', 'smileys'] as const)('%s', async (type) => {
    const server = await showSurvey(asking({ id: 'a', type, required: true, ends }, after));
    const { min, max } = SCALE_RANGE[RATING_SCALES[type]];
    const buttons = all('s-press-button');
    expect(buttons).toHaveLength(max - min + 1);
    expect(read(find('s-stack[accessibilityRole="section"]'), 'accessibilityLabel')).toBe('ask.a');
    await press(buttons[1]?.textContent ?? '');
    expect(heading()).toBe('ask.after (optional)');
    await goOn();
    expect(server.steps()).toEqual([{ a: min + 1 }]);
    expect(server.finals()).toEqual([{ a: min + 1 }]);
  });

  it('whose two ends say what they mean, also to those who see no scale', async () => {
    await showSurvey(asking({ id: 'a', type: 'csat', ends }));
    expect(labels()).toEqual(['1 – Very dissatisfied', '2', '3', '4', '5 – Very satisfied']);
    expect(all('s-text[accessibilityVisibility="hidden"]').map(({ textContent }) => textContent)).toEqual([
      '1 – Very dissatisfied',
      '5 – Very satisfied',
    ]);
  });

  it('stars and smileys', async () => {
    await showSurvey(asking({ id: 'a', type: 'stars' }));
    expect(all('s-press-button').map(({ textContent }) => textContent)).toContain('3 ★');
    expect(labels()).toEqual(['1', '2', '3', '4', '5']);
    await showSurvey(asking({ id: 'a', type: 'smileys' }));
    expect(all('s-press-button').map(({ textContent }) => textContent)).toContain('😊 Happy');
    expect(labels()[3]).toBe('Happy');
  });
});

describe('choices', () => {
  const choice = { id: 'a', type: 'choice', options: options('x', 'y'), other: { text: 'choice.other' } };

  it('a single one is a button too', async () => {
    const first = {
      ...choice,
      options: [
        { id: 'x', text: 'word.x' },
        { id: 'y', text: 'word.y' },
      ],
    };
    const server = await showSurvey(asking(first, after));
    await press('word.y');
    expect(heading()).toBe('ask.after (optional)');
    await goOn();
    expect(server.finals()).toEqual([{ a: 'y' }]);
  });

  it('the option that asks for words waits for them', async () => {
    const server = await showSurvey(asking(choice, after));
    expect(find('s-text-field')).toBeNull();
    await press('Something else');
    expect(heading()).toBe('ask.a (optional)');
    expect(read(pressButton('Something else') ?? null, 'pressed')).toBe(true);
    expect(server.steps()).toEqual([]);
    const words = find('s-text-field[name="a.other"]');
    expect(read(words, 'label')).toBe('Your own words');
    expect(read(words, 'maxLength') ?? words?.getAttribute('maxlength')).toEqual(expect.anything());
    await write('a.other', 'A friend');
    await goOn();
    expect(server.steps()).toEqual([{ a: 'other', 'a.other': 'A friend' }]);
  });

  it('its words stay behind when another option is taken in the end', async () => {
    const server = await showSurvey(
      asking(
        {
          ...choice,
          options: [
            { id: 'x', text: 'word.x' },
            { id: 'y', text: 'word.y' },
          ],
        },
        after,
      ),
    );
    await press('Something else');
    await write('a.other', 'A friend');
    await press('word.x');
    expect(server.steps()).toEqual([{ a: 'x' }]);
  });

  it('several are boxes, no more of them than may be taken', async () => {
    const several = { ...choice, type: 'multiple_choice', options: options('x', 'y', 'z'), atMost: 2 };
    const server = await showSurvey(asking(several));
    const list = find('s-choice-list[name="a"]');
    expect(read(list, 'multiple')).toBeTruthy();
    expect(read(list, 'label')).toBe('ask.a');
    await choose('a', 'x');
    expect(all('s-choice[disabled]')).toEqual([]);
    await choose('a', 'x', 'other');
    const closed = all('s-choice').filter((one) => read(one, 'disabled'));
    expect(closed.map((one) => one.getAttribute('value'))).toEqual(['y', 'z']);
    await write('a.other', 'A friend');
    await goOn();
    expect(server.finals()).toEqual([{ a: ['x', 'other'], 'a.other': 'A friend' }]);
  });
});

describe('parts', () => {
  it('each line is rated under its title', async () => {
    const server = await showSurvey(asking({ id: 'a', type: 'line_rating', required: true, ends }));
    expect(all('s-choice-list').map((list) => read(list, 'label'))).toEqual(['Vase', 'Bowl']);
    expect(all('s-choice-list[name="a.11"] s-choice').map(({ textContent }) => textContent)).toEqual([
      '1 – Very dissatisfied',
      '2',
      '3',
      '4',
      '5 – Very satisfied',
    ]);
    await choose('a.11', '4');
    await choose('a.12', '2');
    await choose('a.11', '5');
    expect(find('s-choice-list[name="a.11"]')?.values).toEqual(['5']);
    await goOn();
    expect(server.finals()).toEqual([{ a: { '11': 5, '12': 2 } }]);
  });

  it('contact details have fields of their kind', async () => {
    const server = await showSurvey(asking({ id: 'a', type: 'contact', asks: ['name', 'email', 'phone'] }));
    expect(names('s-text-field')).toEqual(['a.name']);
    expect(names('s-email-field')).toEqual(['a.email']);
    expect(names('s-phone-field')).toEqual(['a.phone']);
    expect(read(find('s-email-field'), 'label')).toBe('E-mail');
    // A browser fills them in all at once.
    await Promise.all([write('a.name', 'Ada'), write('a.email', 'ada@example.com')]);
    await goOn();
    expect(server.finals()).toEqual([{ a: { name: 'Ada', email: 'ada@example.com' } }]);
  });

  it('what is wrong with a part is said there', async () => {
    const wrong = { field: 'a', part: 'email', code: 'wrong_type', message: 'No e-mail address.' };
    await showSurvey(asking({ id: 'a', type: 'contact', asks: ['name', 'email'] }), {
      outcome: 'invalid',
      errors: [wrong],
    });
    await write('a.email', 'ada');
    await goOn();
    expect(errorOf('a.email')).toBe('No e-mail address.');
    expect(errorOf('a.name')).toBeUndefined();
    await write('a.email', 'ada@example.com');
    expect(errorOf('a.email')).toBeUndefined();
  });
});

describe('words and consent', () => {
  it.each([
    ['short_text', 's-text-field'],
    ['long_text', 's-text-area'],
  ])('%s is %s', async (type, tag) => {
    const server = await showSurvey(asking({ id: 'a', type, required: true, maxLength: 120 }));
    const field = find(tag);
    expect(read(field, 'label')).toBe('ask.a');
    expect(read(field, 'labelAccessibilityVisibility')).toBe('exclusive');
    expect(Number(read(field, 'maxLength'))).toBe(120);
    await write('a', 'Fine.');
    await goOn();
    expect(server.finals()).toEqual([{ a: 'Fine.' }]);
  });

  it.each([
    ['given', [true], { a: true }],
    ['not given', [], { a: false }],
    ['taken back', [true, false], { a: false }],
  ])('consent %s', async (_name, ticks, sent) => {
    const server = await showSurvey(asking({ id: 'a', type: 'consent' }));
    expect(read(find('s-checkbox'), 'label')).toBe('I agree');
    for (const on of ticks) await tick('a', on);
    await goOn();
    expect(server.finals()).toEqual([sent]);
  });

  it('consent that is required must be given', async () => {
    const view = asking({ id: 'a', type: 'consent', required: true });
    const server = await showSurvey(view);
    await goOn();
    expect(errorOf('a')).toBe(view.labels.required);
    await tick('a');
    expect(errorOf('a')).toBeUndefined();
    await goOn();
    expect(server.finals()).toEqual([{ a: true }]);
  });
});

it('asks the types that the app says it can ask, and passes over the others', () => {
  const here = QUESTION_TYPES.filter((type) => {
    const view = asking({
      id: 'a',
      type,
      ...(['choice', 'multiple_choice', 'ranking'].includes(type) && { options: options('x', 'y') }),
      ...(type === 'contact' && { asks: ['email'] }),
    });
    const continueAt = 'https://aftercare.example.com/s/shop/page/token';
    expect(askedHere({ survey: view, continueAt }, {}), 'where there is a page to lead to').toHaveLength(1);
    return askedHere({ survey: view }, {}).length > 0;
  });
  for (const surface of ['checkout', 'order_status', 'customer_account'] as const)
    expect(here).toEqual(QUESTION_TYPES.filter((type) => SURFACE_MATRIX[type][surface] === 'native'));
});
