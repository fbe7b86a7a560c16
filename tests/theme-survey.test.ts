// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { options } from './factories/surveys.ts';
import {
  app,
  asking,
  AWAY,
  click,
  input,
  last,
  names,
  newTab,
  open,
  offerOf,
  load,
  pause,
  press,
  preset,
  tap,
  THANKS,
  write,
} from './theme-survey-page.ts';

beforeEach(newTab);

describe('the survey block', () => {
  it('asks one question at a time, stores each step, sends the whole at the end, and thanks', async () => {
    const root = await open(preset('usage'));
    expect(app.asked).toEqual(['/apps/aftercare/survey?kind=auto&order=&locale=en']);
    expect(root.querySelector('[aria-busy]')).toBeNull();
    expect(document.activeElement).toBe(document.body);
    expect(names(root)).toEqual(['rating']);
    // One question needs no count.
    expect(root.querySelector<HTMLElement>('[id$=".progress"]')?.hidden).toBe(true);

    tap(root, '1');
    expect(names(root)).toEqual(['rating']);
    await pause(1000);
    expect(names(root)).toEqual(['comment_low']);
    expect(root.textContent).toContain('Question 2 of 2');
    expect(document.activeElement?.textContent).toBe('What went wrong with the product? (optional)');
    const about = {
      kind: 'usage',
      order: '1001',
      locale: 'en',
      pageToken: 'page-token',
      edition: 'preset.1',
    };
    expect(app.sent).toEqual([{ ...about, answers: { rating: '1' }, step: true }]);

    write(root, 'comment_low', 'Broken');
    click(root, 'Send');
    click(root, 'Send');
    await pause(1000);
    expect(app.sent.slice(1)).toEqual([{ ...about, answers: { rating: '1', comment_low: 'Broken' } }]);
    expect(root.textContent).toBe('We are sorry.Within 4 hours.');
    expect(document.activeElement?.textContent).toBe('We are sorry.');
    expect(sessionStorage).toHaveLength(0);
  });

  it('moves on by a tap, never by keys, which only try out, and never to the end', async () => {
    const root = await open(asking({ id: 'a', type: 'csat' }, { id: 'b', type: 'nps' }));
    press(root, '4');
    press(root, '5');
    await pause(2000);
    expect(names(root)).toEqual(['a']);
    click(root, 'Next');
    expect(names(root)).toEqual(['b']);
    tap(root, '10');
    await pause(2000);
    expect(names(root)).toEqual(['b']);
    expect(last()).toMatchObject({ answers: { a: '5', b: '10' }, step: true });
    click(root, 'Back');
    expect(input(root, ':checked').value).toBe('5');
    expect(document.activeElement?.id).toBe('b1-a');
  });

  it('takes a double click on Next for one', async () => {
    const root = await open(
      asking({ id: 'a', type: 'csat' }, { id: 'b', type: 'csat' }, { id: 'c', type: 'csat' }),
    );
    for (const detail of [1, 2]) {
      const click = new MouseEvent('click', { bubbles: true, cancelable: true, detail });
      root.querySelector('.aftercare-survey__buttons button')?.dispatchEvent(click);
    }
    expect(names(root)).toEqual(['b']);
  });

  it('stays for the words beside "other", and sends them only while it is chosen', async () => {
    const choice = { type: 'choice', options: options('x', 'y'), other: { text: 'choice.other' } };
    const root = await open(asking({ id: 'a', ...choice }, { id: 'b', type: 'csat' }));
    const words = input(root, '[name="a.other"]');
    expect([words.disabled, words.parentElement?.hidden]).toEqual([true, true]);
    tap(root, 'other');
    await pause(2000);
    expect([document.activeElement, words.disabled, words.parentElement?.hidden]).toEqual([
      words,
      false,
      false,
    ]);
    write(root, 'a.other', 'Mine');
    await pause(1000);
    expect(last()?.answers).toEqual({ a: 'other', 'a.other': 'Mine' });
    tap(root, 'x');
    await pause(2000);
    expect(last()?.answers).toEqual({ a: 'x' });
  });

  it('says what is missing at the question, and stays there', async () => {
    const root = await open(asking({ id: 'a', type: 'csat', required: true }, { id: 'b', type: 'csat' }));
    click(root, 'Next');
    const group = root.querySelector('[role=radiogroup]');
    expect(group?.getAttribute('aria-invalid')).toBe('true');
    const described = document.getElementById(group?.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toBe(preset('usage').labels.required);
    expect(group?.contains(document.activeElement)).toBe(true);
    press(root, '3');
    expect([described?.textContent, root.querySelector('[aria-invalid]')]).toEqual(['', null]);
    click(root, 'Next');
    expect(names(root)).toEqual(['b']);
  });

  it('shows what the app refuses at its question, and leaves it out of the next steps', async () => {
    const errors = [{ field: 'a', part: 'email', code: 'wrong_type', message: 'Write an address.' }];
    app.replies = [{ outcome: 'invalid', errors }, THANKS];
    const contact = { id: 'a', type: 'contact', asks: ['name', 'email'] };
    const root = await open(asking(contact, { id: 'b', type: 'short_text' }, { id: 'c', type: 'consent' }));
    write(root, 'a.name', 'Ada');
    write(root, 'a.email', 'ada');
    click(root, 'Next');
    await pause(1000);
    write(root, 'b', 'Rex');
    await pause(1000);
    expect(app.sent.map(({ answers }) => answers)).toEqual([
      { 'a.name': 'Ada', 'a.email': 'ada' },
      { b: 'Rex' },
    ]);
    click(root, 'Next');
    click(root, 'Send');
    expect(root.querySelector('[role=alert]')?.textContent).toBe('Write an address.');
    expect((document.activeElement as HTMLInputElement).name).toBe('a.email');
    write(root, 'a.email', 'ada@example.com');
    click(root, 'Next');
    click(root, 'Next');
    click(root, 'Send');
    await pause(1000);
    const all = { 'a.name': 'Ada', 'a.email': 'ada@example.com', b: 'Rex', c: false };
    expect(last()).toMatchObject({ answers: all });
    expect(root.textContent).toContain('We are sorry.');
  });
});

describe('steps', () => {
  const two = () => asking({ id: 'a', type: 'csat' }, { id: 'b', type: 'short_text' });

  it('go one at a time, the latest answers last', async () => {
    let arrive = (_reply: unknown) => {};
    app.replies = [new Promise((resolve) => (arrive = resolve)), THANKS];
    const root = await open(two());
    press(root, '1');
    await pause(300);
    press(root, '2');
    await pause(1000);
    press(root, '3');
    await pause(1000);
    press(root, '4');
    await pause(1000);
    expect(app.sent.map(({ answers }) => answers)).toEqual([{ a: '2' }]);
    arrive(THANKS);
    await pause(1000);
    expect(app.sent.map(({ answers }) => answers)).toEqual([{ a: '2' }, { a: '4' }]);
    press(root, '4');
    await pause(1000);
    expect(app.sent).toHaveLength(2);
  });

  it('that fail go with the next one', async () => {
    app.replies = [AWAY, THANKS];
    const root = await open(two());
    tap(root, '2');
    await pause(1000);
    write(root, 'b', 'Rex');
    await pause(1000);
    expect(last()).toMatchObject({ answers: { a: '2', b: 'Rex' }, step: true });
  });

  it('are sent at once when the page is left', async () => {
    const root = await open(two());
    press(root, '2');
    window.dispatchEvent(new Event('pagehide'));
    expect(last()).toMatchObject({ answers: { a: '2' }, step: true });
  });
});

describe('coming back', () => {
  const three = () =>
    asking(
      { id: 'a', type: 'csat' },
      { id: 'b', type: 'choice', options: options('x', 'y') },
      { id: 'c', type: 'long_text' },
    );

  it('leads to the first question that earlier steps left open, and stores nothing anew', async () => {
    const root = await open(three(), { given: { a: '4', b: ['y'] } });
    expect(names(root)).toEqual(['c']);
    await pause(1000);
    expect(app.sent).toEqual([]);
    click(root, 'Back');
    expect(input(root, ':checked').value).toBe('y');
  });

  it('finds what was written and not yet stored, but not of another version of the survey', async () => {
    app.replies = [AWAY];
    write(await open(asking({ id: 'c', type: 'long_text' })), 'c', 'Half a sentence');
    const root = await open(asking({ id: 'c', type: 'long_text' }));
    expect(input(root, 'textarea').value).toBe('Half a sentence');
    const later = { ...asking({ id: 'c', type: 'long_text' }), edition: 'preset.2' };
    expect(input(await open(later), 'textarea').value).toBe('');
  });

  it('works without storage', async () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new Error('SecurityError');
    });
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('QuotaExceededError');
    });
    const root = await open(asking({ id: 'c', type: 'long_text' }));
    write(root, 'c', 'Fine');
    click(root, 'Send');
    await pause(1000);
    expect(root.textContent).toContain('We are sorry.');
  });
});

describe('without a connection', () => {
  const one = () => asking({ id: 'c', type: 'long_text' });
  const failed = async () => {
    app.replies = [AWAY];
    const root = await open(one());
    write(root, 'c', 'Written on a train');
    click(root, 'Send');
    await pause(1000);
    expect(root.querySelector('[role=alert]')?.textContent).toBe(one().labels.error);
    expect(input(root, 'textarea').value).toBe('Written on a train');
    app.sent = [];
    app.replies = [THANKS];
    return root;
  };

  it('says so, and sends by itself when there is one again', async () => {
    const root = await failed();
    window.dispatchEvent(new Event('online'));
    await pause(1000);
    expect(app.sent).toEqual([expect.objectContaining({ answers: { c: 'Written on a train' } })]);
    expect(last()).not.toHaveProperty('step');
    expect(root.textContent).toContain('We are sorry.');
    expect(document.activeElement?.textContent).not.toBe('We are sorry.');
    window.dispatchEvent(new Event('online'));
    await pause(1000);
    expect(app.sent).toHaveLength(1);
  });

  it('can be sent again by the button, and waits for it once something was changed', async () => {
    const root = await failed();
    write(root, 'c', 'Written on a');
    window.dispatchEvent(new Event('online'));
    click(root, 'Send');
    await pause(1000);
    expect(app.sent).toEqual([expect.objectContaining({ answers: { c: 'Written on a' } })]);
    expect(root.textContent).toContain('We are sorry.');
  });

  it('sends after a reload what was to be sent', async () => {
    await failed();
    const root = load(offerOf(one()));
    await vi.waitFor(() => expect(root.textContent).toContain('We are sorry.'));
    expect(last()).toMatchObject({ answers: { c: 'Written on a train' } });
    expect(last()).not.toHaveProperty('step');
    expect(sessionStorage).toHaveLength(0);
  });
});
