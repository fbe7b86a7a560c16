// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { everyType, pageOf, WITH_FILES } from '#tests/factories/survey-pages.ts';
import { MAX_UPLOAD_BYTES } from '../../domain/surveys/uploads.ts';
import type { GivenAnswers } from './form-fields.ts';
import { surveyPage } from './survey-pages.server.tsx';
import { scriptFor, SURVEY_SCRIPT } from './survey-script.ts';

/** What the page posts by XMLHttpRequest; a test answers it. */
class FakeRequest extends EventTarget {
  static all: FakeRequest[] = [];
  upload = new EventTarget();
  status = 0;
  responseText = '';
  url = '';
  body: Blob | undefined;
  isAborted = false;
  open(_method: string, url: string) {
    this.url = url;
    FakeRequest.all.push(this);
  }
  send(body: Blob) {
    this.body = body;
  }
  abort() {
    this.isAborted = true;
  }
  answer(status: number, body: object | string = {}) {
    this.status = status;
    this.responseText = typeof body === 'string' ? body : JSON.stringify(body);
    this.dispatchEvent(new Event('load'));
  }
}

/** A microphone that hears at once. */
class FakeRecorder extends EventTarget {
  static last: FakeRecorder;
  state = 'inactive';
  mimeType = 'audio/webm';
  constructor(_stream: unknown, options: { audioBitsPerSecond: number }) {
    super();
    expect(options.audioBitsPerSecond).toBeLessThan(80_000);
    FakeRecorder.last = this;
  }
  start() {
    this.state = 'recording';
  }
  stop() {
    this.state = 'inactive';
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob(['sound']) }));
    this.dispatchEvent(new Event('stop'));
  }
}

const track = { stop: vi.fn() };
const microphone = vi.fn<() => Promise<object>>();
const played = vi.fn();

/** The page with its script run, at the question. */
async function open(id: 'photo' | 'voice', given: GivenAnswers = {}, { isSecure = true } = {}) {
  Object.defineProperty(navigator, 'mediaDevices', {
    value: isSecure ? { getUserMedia: microphone } : undefined,
    configurable: true,
  });
  const survey = pageOf(WITH_FILES);
  const html = await surveyPage(survey, { given: { rating: '2', ...given }, errors: [] }).text();
  history.replaceState(null, '', '/s/shop/token');
  document.documentElement.innerHTML = html.replace(/<script[^]*<\/script>/, '');
  new Function(scriptFor(survey.view))();
  while (shown() !== id) form().dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
}

const form = () => document.querySelector('form')!;
const question = (id = shown()) => document.querySelector<HTMLElement>(`[data-question="${id}"]`)!;
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('[data-question]')].find(({ hidden }) => !hidden)?.dataset
    .question ?? '';
const find = <Kind extends HTMLElement = HTMLElement>(selector: string) =>
  question().querySelector<Kind>(selector)!;
const press = (name: string) => {
  const named = [...question().querySelectorAll('button')].filter(
    (button) =>
      !button.hidden && (button.getAttribute('aria-label') ?? button.textContent ?? '').startsWith(name),
  );
  named[0]!.click();
};
const sent = (id: string) => new FormData(form()).getAll(id);
const states = () => [...question().querySelectorAll('.file-state')].map((state) => state.textContent);
const status = () => find('[role=status]').textContent;
function choose(...files: File[]) {
  const input = find<HTMLInputElement>('[type=file]');
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  input.focus();
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
const picture = (name = 'cup.jpg', size = 4) => {
  const file = new File(['cup!'], name, { type: 'image/jpeg' });
  Object.defineProperty(file, 'size', { value: size });
  return file;
};
const request = (index: number) => FakeRequest.all.at(index)!;
const goOn = () => form().dispatchEvent(new SubmitEvent('submit', { cancelable: true }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('scrollTo', () => {});
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  vi.stubGlobal('MediaRecorder', FakeRecorder);
  FakeRequest.all = [];
  track.stop.mockReset();
  microphone.mockReset().mockImplementation(async () => ({ getTracks: () => [track] }));
  URL.createObjectURL = () => 'blob:1';
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(async () => void played());
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(() => {});
});

describe('a picture', () => {
  it('is sent as it is chosen, told about in words, and named by the answer', async () => {
    await open('photo');
    choose(picture());
    expect(request(0).url).toBe('/s/shop/token/upload?question=photo&edition=preset.1');
    expect(request(0).body).toBeInstanceOf(File);
    expect(find('img')).toMatchObject({ src: 'blob:1', alt: '' });
    expect(states()).toEqual(['Uploading: 0%']);
    request(0).upload.dispatchEvent(
      Object.assign(new Event('progress'), { lengthComputable: true, loaded: 2, total: 4 }),
    );
    expect(states()).toEqual(['Uploading: 50%']);
    expect(sent('photo')).toEqual([]);
    request(0).answer(201, { outcome: 'stored', id: 'id-1' });
    expect([states(), sent('photo'), status()]).toEqual([['Added'], ['id-1'], 'cup.jpg: Added']);
    expect(goOn() || shown()).toBe('voice');
  });

  it('is waited for: nobody goes on without it by accident', async () => {
    await open('photo');
    choose(picture());
    goOn();
    expect([shown(), find('.error').textContent]).toEqual([
      'photo',
      'One moment, please: the file is still being uploaded.',
    ]);
    request(0).answer(201, { id: 'id-1' });
    expect(find('.error').textContent).toBe('');
    goOn();
    expect(shown()).toBe('voice');
  });

  it('can be taken back, also while it is sent', async () => {
    await open('photo');
    choose(picture('a.jpg'), picture('b.jpg'));
    expect(find('.add').hidden).toBe(true);
    request(0).answer(201, { id: 'id-1' });
    press('Remove: a.jpg');
    expect([sent('photo'), find('.add').hidden]).toEqual([[], false]);
    expect(document.activeElement).toBe(find('[type=file]'));
    press('Remove: b.jpg');
    expect(request(1).isAborted).toBe(true);
    goOn();
    expect(shown()).toBe('voice');
    expect(URL.revokeObjectURL).toHaveBeenCalledTimes(2);
  });

  it('no more than asked for; whoever has chosen the last stands at it', async () => {
    await open('photo');
    expect(question().textContent).toContain('Please choose no more than 2.');
    choose(picture('a.jpg'), picture('b.jpg'), picture('c.jpg'));
    expect(FakeRequest.all).toHaveLength(2);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove: b.jpg');
  });

  it.each<[string, (of: FakeRequest) => void, string]>([
    [
      'by its type',
      (of) => of.answer(422, { errors: [{ message: 'Not this format.' }] }),
      'Not this format.',
    ],
    [
      'by the server for its size',
      (of) => of.answer(413, 'Too large.\n'),
      'This file is too large. It may have up to 8 MB.',
    ],
  ])('that is refused %s says why, and makes room for another', async (_how, answer, message) => {
    await open('photo');
    choose(picture('a.svg'));
    answer(request(0));
    expect([states(), status(), sent('photo')]).toEqual([[message], `a.svg: ${message}`, []]);
    choose(picture('b.jpg'), picture('c.jpg'));
    expect(states()).toEqual(['Uploading: 0%', 'Uploading: 0%']);
  });

  it('that is too large is not sent at all', async () => {
    await open('photo');
    choose(picture('huge.jpg', MAX_UPLOAD_BYTES.image + 1));
    expect(FakeRequest.all).toEqual([]);
    expect(states()).toEqual(['This file is too large. It may have up to 8 MB.']);
    goOn();
    expect(shown()).toBe('voice');
  });

  it.each<[string, (of: FakeRequest) => void]>([
    ['without a connection', (of) => of.dispatchEvent(new Event('error'))],
    ['in our own trouble', (of) => of.answer(500, '<html>')],
    ['too often', (of) => of.answer(429, { outcome: 'too_many_requests' })],
  ])('that was lost %s can be sent again', async (_how, fail) => {
    await open('photo');
    choose(picture());
    fail(request(0));
    expect(states()).toEqual(['The file could not be uploaded. Please try again.']);
    press('Try again: cup.jpg');
    request(1).answer(201, { id: 'id-1' });
    expect([states(), sent('photo')]).toEqual([['Added'], ['id-1']]);
  });

  it('that was stored before stands there, and can be taken back', async () => {
    await open('photo', { photo: ['id-1', 'id-2'] });
    expect([sent('photo'), find('.add').hidden]).toEqual([['id-1', 'id-2'], true]);
    press('Remove');
    expect([sent('photo'), find('.add').hidden]).toEqual([['id-2'], false]);
  });

  it('the browser cannot show has its name still', async () => {
    await open('photo');
    choose(picture('IMG_1.HEIC'));
    find('img').dispatchEvent(new Event('error'));
    expect([find('.file-name').textContent, question().querySelector('img')]).toEqual([
      'IMG_1.HEICUploading: 0%',
      null,
    ]);
  });
});

describe('a voice note', () => {
  it('is recorded, stopped, played, and sent', async () => {
    await open('voice');
    press('Record');
    await vi.advanceTimersByTimeAsync(7000);
    expect(find('[role=timer]').textContent).toBe('Recording. Time left: 0:23');
    expect(status()).toBe('Recording. Time left: 0:30');
    press('Stop');
    expect([track.stop.mock.calls.length, find('.record').hidden]).toEqual([1, true]);
    expect(await request(0).body!.text()).toBe('sound');
    request(0).answer(201, { id: 'id-1' });
    expect([sent('voice'), status()]).toEqual([['id-1'], '0:07: Added']);
    expect(document.activeElement?.textContent).toBe('Play');
    press('Play: 0:07');
    expect(played).toHaveBeenCalled();
    press('Remove: 0:07');
    expect([sent('voice'), find('.record').hidden]).toEqual([[], false]);
    expect(document.activeElement).toBe(find('.record'));
  });

  it('ends by itself when the time is over', async () => {
    await open('voice');
    press('Record');
    await vi.advanceTimersByTimeAsync(31_000);
    expect(FakeRequest.all).toHaveLength(1);
    expect(find('.file-name').textContent).toMatch(/^0:30/);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(FakeRequest.all).toHaveLength(1);
  });

  it.each([
    ['Next', () => document.querySelector<HTMLElement>('.main')!.click()],
    ['Back', () => document.querySelector<HTMLElement>('#progress button')!.click()],
  ])('ends with %s, and is not lost', async (_name, leave) => {
    await open('voice');
    press('Record');
    await vi.advanceTimersByTimeAsync(2000);
    leave();
    expect(FakeRecorder.last.state).toBe('inactive');
    request(0).answer(201, { id: 'id-1' });
    expect(sent('voice')).toEqual(['id-1']);
  });

  it('is not begun twice while the browser asks', async () => {
    await open('voice');
    press('Record');
    press('Record');
    await vi.advanceTimersByTimeAsync(0);
    expect(microphone).toHaveBeenCalledTimes(1);
  });

  it('where the microphone is refused, a file is taken instead', async () => {
    microphone.mockRejectedValue(new DOMException('', 'NotAllowedError'));
    await open('voice');
    expect([find('.add').hidden, find('p.refused').hidden]).toEqual([true, true]);
    press('Record');
    await vi.advanceTimersByTimeAsync(0);
    expect([find('.add').hidden, find('p.refused').hidden, find('.record').hidden]).toEqual([
      false,
      false,
      true,
    ]);
    expect(status()).toMatch(/^The microphone cannot be used here\./);
    expect(document.activeElement).toBe(find('[type=file]'));
    choose(new File(['sound'], 'memo.m4a', { type: 'audio/mp4' }));
    request(0).answer(201, { id: 'id-1' });
    expect(sent('voice')).toEqual(['id-1']);
  });

  it('where there is no microphone to ask for, a file is taken at once', async () => {
    await open('voice', {}, { isSecure: false });
    expect([find('.add').hidden, find('p.refused').hidden, find('.record').hidden]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('the page', () => {
  it('without such questions carries nothing for them', async () => {
    const page = surveyPage(everyType());
    expect(page.headers.get('content-security-policy')).not.toContain('blob:');
    const html = await page.text();
    expect(html).not.toMatch(/XMLHttpRequest|MediaRecorder|file-list|"files"/);
    expect(html).toContain(SURVEY_SCRIPT);
  });

  it('with pictures alone does not carry the recorder', () => {
    const { view } = pageOf({ ...WITH_FILES, questions: WITH_FILES.questions.slice(0, 2) });
    expect(scriptFor(view)).toContain('XMLHttpRequest');
    expect(scriptFor(view)).not.toContain('MediaRecorder');
    const { view: silent } = pageOf(WITH_FILES);
    for (const each of silent.questions) if (each.type !== 'csat') each.silent = true;
    expect(scriptFor(silent)).toBe(SURVEY_SCRIPT);
  });

  it('with them shows only what comes from itself, and says what it needs without a script', async () => {
    const page = surveyPage(pageOf(WITH_FILES));
    const policy = page.headers.get('content-security-policy');
    expect(policy).toMatch(/connect-src 'self'; img-src blob:; media-src blob:;/);
    document.documentElement.innerHTML = await page.text();
    expect(document.querySelector('noscript')?.textContent).toContain(
      'Files can only be added with JavaScript switched on.',
    );
    for (const control of document.querySelectorAll<HTMLElement>('.add, .record')) {
      expect(control.hidden).toBe(true);
    }
    expect(scriptFor(pageOf(WITH_FILES).view)).not.toMatch(/<\/script|<!--|\/\/ /);
  });
});
