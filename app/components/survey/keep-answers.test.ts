// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EDITION_FIELD } from './form-fields.ts';
import { keepAnswers } from './keep-answers.ts';
import type { Keeper } from './keep-answers.ts';

let form: HTMLFormElement;
let keeper: Keeper;
const posts = vi.fn<(url: string, request: RequestInit) => Promise<{ status: number }>>();
const input = () => form.querySelector<HTMLInputElement>('[name=comment]')!;
const note = () => form.querySelector('#note')!.textContent;
/** Of the steps; the visit comes before them. */
const steps = () => posts.mock.calls.filter(([, { body }]) => body !== '_seen=1');
const bodies = () => steps().map(([, { body }]) => body);

/** A page with one answer, `comment`; the app answers each step with the next of `statuses`, 0 = no connection. */
function open(statuses: number[], { comment = '', search = '', isKept = false, visit = 200 } = {}): void {
  history.replaceState({ at: 'comment' }, '', `/s/shop/token${search}`);
  document.body.innerHTML = `<form><input name="${EDITION_FIELD}" value="preset.1"><input name="comment">
    <p id="note" data-saved="Kept." data-offline="No connection."></p>
    <button type="submit" data-sending="Sending…">Send</button></form>`;
  form = document.querySelector('form')!;
  input().value = comment;
  posts.mockReset().mockImplementation(async (_url, { body }) => {
    const status = body === '_seen=1' ? visit : statuses[steps().length - 1];
    if (!status) throw new TypeError('Failed to fetch');
    return { status };
  });
  const fields = () =>
    new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, `${value}`]));
  keeper = keepAnswers(form, fields, isKept);
}

async function write(text: string): Promise<void> {
  input().value = text;
  keeper.changed(300);
  await vi.advanceTimersByTimeAsync(300);
}

/** Only the browser can make an event that it trusts. */
let press: (event: Pick<Event, 'isTrusted'>) => void;
const person = () => press({ isTrusted: true });

/** Listeners of a page that is gone would go on storing. */
let leave: AbortController;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', posts);
  leave = new AbortController();
  const { signal } = leave;
  for (const target of [window, document]) {
    const listen = target.addEventListener.bind(target);
    const untilLeft: typeof listen = (kind: string, listener: never, options?: object | boolean) => {
      if (kind === 'pointerdown') press = listener;
      listen(kind, listener, { ...(typeof options === 'object' && options), signal });
    };
    if (target === window) vi.stubGlobal('addEventListener', untilLeft);
    else vi.spyOn(target, 'addEventListener').mockImplementation(untilLeft);
  }
});
afterEach(() => leave.abort());

describe('before a person does something', () => {
  it('nothing is stored, whatever a program presses and changes', async () => {
    open([200], { comment: 'Fine' });
    for (const kind of ['pointerdown', 'keydown', 'wheel', 'click']) window.dispatchEvent(new Event(kind));
    await write('Late');
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posts).not.toHaveBeenCalled();
  });
});

describe('the first thing a person does', () => {
  it('is told to the app once, before there is any answer, and by nobody else', async () => {
    open([200]);
    window.dispatchEvent(new Event('pointerdown'));
    expect(posts).not.toHaveBeenCalled();
    person();
    person();
    const headers = { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' };
    expect(posts.mock.calls).toEqual([
      ['/s/shop/token', { method: 'POST', headers, body: '_seen=1', keepalive: true }],
    ]);
    await write('Late');
    expect(bodies()).toEqual(['_edition=preset.1&comment=Late']);
  });

  it.each([0, 429, 500])('is not told again, and no step suffers, if it was lost (%i)', async (visit) => {
    open([200], { visit });
    person();
    await write('Late');
    expect([posts.mock.calls.length, bodies(), note()]).toEqual([
      ...[2, ['_edition=preset.1&comment=Late'], 'Kept.'],
    ]);
  });
});

it('without the person, only the visit is told: no step is posted', async () => {
  open([200]);
  form.dataset['unnamed'] = 'anonymous';
  person();
  await write('Late');
  expect([bodies(), note()]).toEqual([[], '']);
});

describe('afterwards', () => {
  it('each step is posted as the form would be, asking for JSON, and said to be kept', async () => {
    open([200, 200]);
    person();
    await write('Late');
    expect(steps()[0]).toEqual([
      '/s/shop/token',
      {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
        body: '_edition=preset.1&comment=Late',
        keepalive: false,
      },
    ]);
    expect(note()).toBe('Kept.');
    await write('Late and cold');
    expect(bodies()).toEqual(['_edition=preset.1&comment=Late', '_edition=preset.1&comment=Late+and+cold']);
  });

  it('what is stored already, and a form without any answer, are not', async () => {
    open([200], { comment: 'Late', isKept: true });
    person();
    await write('Late');
    await write('');
    expect(steps()).toEqual([]);
  });

  it('what was tapped in the mail leaves the address once it is stored; the history goes on', async () => {
    open([200], { comment: 'Late', search: '?comment=Late' });
    person();
    await vi.advanceTimersByTimeAsync(600);
    expect(bodies()).toEqual(['_edition=preset.1&comment=Late']);
    expect(location.search).toBe('');
    expect(history.state).toEqual({ at: 'comment' });
  });

  it('a step that did not arrive is sent again, later each time', async () => {
    open([500, 0, 429, 200]);
    person();
    await write('Late');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(steps()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(steps()).toHaveLength(3);
    expect(note()).toBe('');
    await vi.advanceTimersByTimeAsync(40_000);
    expect(steps()).toHaveLength(4);
    expect(note()).toBe('Kept.');
  });

  it('without a connection that is said, and the step goes out when it is back', async () => {
    open([0, 200]);
    person();
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    await write('Late');
    expect(note()).toBe('No connection.');
    online.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(note()).toBe('Kept.');
  });

  it('a value that is refused is not sent again, until it is another one', async () => {
    open([422, 200]);
    person();
    await write('?');
    await vi.advanceTimersByTimeAsync(300_000);
    expect(steps()).toHaveLength(1);
    await write('Late');
    expect(steps()).toHaveLength(2);
  });

  it('a link that is closed by now takes no more', async () => {
    open([410]);
    person();
    await write('Late');
    await write('Later');
    expect(steps()).toHaveLength(1);
  });

  it('what was written last is stored when the page is left', async () => {
    open([200]);
    person();
    input().value = 'Late';
    keeper.changed(1000);
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(steps()[0]?.[1]).toMatchObject({
      keepalive: true,
      body: '_edition=preset.1&comment=Late',
    });
  });
});

describe('sending the form', () => {
  const press = () => {
    const event = new Event('submit', { cancelable: true });
    keeper.send(event);
    return event.defaultPrevented ? 'stopped' : 'sent';
  };

  it('happens once, ends the steps and says so', async () => {
    open([]);
    person();
    input().value = 'Late';
    keeper.changed(300);
    expect([press(), press()]).toEqual(['sent', 'stopped']);
    expect(form.querySelector('button')!.textContent).toBe('Sending…');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(steps()).toEqual([]);
  });

  it('waits for a connection', () => {
    open([]);
    person();
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const submit = vi.spyOn(form, 'submit').mockReturnValue();
    expect(press()).toBe('stopped');
    expect(note()).toBe('No connection.');
    expect(submit).not.toHaveBeenCalled();
    window.dispatchEvent(new Event('online'));
    expect(submit).toHaveBeenCalledOnce();
  });
});
