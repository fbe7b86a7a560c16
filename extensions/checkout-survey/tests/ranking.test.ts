// @vitest-environment jsdom
/** Ranking by tapping: in the order of preference, and back again. */
import { describe, expect, it } from 'vitest';
import { showInAccount, showSurvey } from './block.ts';
import {
  all,
  asking,
  buttons,
  error,
  find,
  goBack,
  goOn,
  heading,
  pass,
  press,
  pressButton,
  read,
  touch,
} from './harness.ts';

const named = (...ids: string[]) => ids.map((id) => ({ id, text: `word.${id}` }));
const rank = { id: 'rank', type: 'ranking', options: named('price', 'fresh', 'origin') };
const after = { id: 'after', type: 'short_text' };

const shown = () =>
  all('s-press-button').map((button) => [button.textContent, read(button, 'pressed') === true]);

describe('a ranking', () => {
  it('gives the next place to what is tapped, and says it to everybody', async () => {
    const view = asking(rank, after);
    const server = await showSurvey(view);
    expect(find('s-stack[accessibilityRole="section"]')?.textContent).toContain(view.labels.ranking);
    expect(read(find('s-stack[accessibilityRole="section"]'), 'accessibilityLabel')).toBe('ask.rank');
    await press('word.fresh');
    await press('word.price');
    expect(shown()).toEqual([
      ['2. word.price', true],
      ['1. word.fresh', true],
      ['word.origin', false],
    ]);
    expect(all('s-press-button').map((button) => read(button, 'accessibilityLabel'))).toEqual([
      '2. word.price',
      '1. word.fresh',
      'word.origin',
    ]);
    expect(heading(), 'a tap does not go on').toBe('ask.rank (optional)');
    expect(buttons()).toEqual(['Next']);
    await goOn();
    expect(server.steps()).toEqual([{ rank: ['fresh', 'price'] }]);
    await goOn();
    expect(server.finals()).toEqual([{ rank: ['fresh', 'price'] }]);
  });

  it('takes a place back, and the following ones move up', async () => {
    const server = await showSurvey(asking(rank));
    for (const text of ['word.price', 'word.fresh', 'word.origin', '1. word.price']) await press(text);
    expect(shown()).toEqual([
      ['word.price', false],
      ['1. word.fresh', true],
      ['2. word.origin', true],
    ]);
    await press('word.price');
    expect(shown()[0]).toEqual(['3. word.price', true]);
    await goOn();
    expect(server.finals()).toEqual([{ rank: ['fresh', 'origin', 'price'] }]);
  });

  it('that is required needs a first place, and no more', async () => {
    const view = asking({ ...rank, required: true });
    const server = await showSurvey(view);
    await goOn();
    expect(error()).toBe(view.labels.required);
    await press('word.price');
    expect(error()).toBeUndefined();
    await press('1. word.price');
    await goOn();
    expect(error()).toBe(view.labels.required);
    await press('word.origin');
    await goOn();
    expect(server.finals()).toEqual([{ rank: ['origin'] }]);
  });

  it('that was left out is not sent', async () => {
    const server = await showSurvey(asking(rank, after));
    await press('word.price');
    await press('1. word.price');
    await goOn();
    expect(server.steps()).toEqual([]);
  });

  it('is not begun by the second tap of a double tap', async () => {
    await showSurvey(asking({ ...rank, id: 'one', type: 'choice' }, rank));
    await press('word.price');
    const under = pressButton('word.price');
    // As the component does it by itself.
    if (under) under.pressed = true;
    pass(100);
    if (under) await touch(under, 'click');
    expect(heading()).toBe('ask.rank (optional)');
    expect(shown()[0]).toEqual(['word.price', false]);
  });

  it('comes back as it was given', async () => {
    const server = await showInAccount(asking(rank, after), { rank: ['origin', 'price'] });
    expect(heading()).toBe('ask.after (optional)');
    await goBack();
    expect(shown()).toEqual([
      ['2. word.price', true],
      ['word.fresh', false],
      ['1. word.origin', true],
    ]);
    await press('word.fresh');
    await goOn();
    expect(server.steps()).toEqual([{ rank: ['origin', 'price', 'fresh'] }]);
  });
});
