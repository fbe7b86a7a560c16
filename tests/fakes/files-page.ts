/** The hosted page in jsdom, with what it needs of a browser for files stood in for. */
import { expect, vi } from 'vitest';
import { scriptFor } from '#app/components/survey/survey-script.ts';
import { surveyPage } from '#app/components/survey/survey-pages.server.tsx';
import type { GivenAnswers } from '#app/components/survey/form-fields.ts';
import { pageOf, WITH_FILES } from '#tests/factories/survey-pages.ts';

/** What the page posts by XMLHttpRequest; a test answers it. */
export class FakeRequest extends EventTarget {
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
export class FakeRecorder extends EventTarget {
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

export const track = { stop: vi.fn() };
export const microphone = vi.fn<() => Promise<object>>();
export const played = vi.fn();

/** The page with its script run, at the question. */
export async function open(id: 'photo' | 'voice', given: GivenAnswers = {}, { isSecure = true } = {}) {
  Object.defineProperty(navigator, 'mediaDevices', {
    value: isSecure ? { getUserMedia: microphone } : undefined,
    configurable: true,
  });
  const survey = pageOf(WITH_FILES);
  const html = await surveyPage(survey, { given: { rating: '2', ...given }, errors: [] }).text();
  history.replaceState(null, '', '/s/shop/token');
  document.documentElement.innerHTML = html.replace(/<script[^]*<\/script>/, '');
  new Function(scriptFor(survey.view))();
  // It begins at the first question that is not answered.
  if (shown() === 'photo' && id === 'voice') goOn();
  if (shown() === 'voice' && id === 'photo') document.querySelector<HTMLElement>('#progress button')!.click();
  expect(shown()).toBe(id);
}

const form = () => document.querySelector('form')!;
export const question = (id = shown()) => document.querySelector<HTMLElement>(`[data-question="${id}"]`)!;
export const shown = () =>
  [...document.querySelectorAll<HTMLElement>('[data-question]')].find(({ hidden }) => !hidden)?.dataset
    .question ?? '';
export const find = <Kind extends HTMLElement = HTMLElement>(selector: string) =>
  question().querySelector<Kind>(selector)!;
export const press = (name: string) => {
  const named = [...question().querySelectorAll('button')].filter(
    (button) =>
      !button.hidden && (button.getAttribute('aria-label') ?? button.textContent ?? '').startsWith(name),
  );
  named[0]!.focus();
  named[0]!.click();
};
export const sent = (id: string) => new FormData(form()).getAll(id);
export const states = () => [...question().querySelectorAll('.file-state')].map((state) => state.textContent);
export const status = () => find('[role=status]').textContent;
export function choose(...files: File[]) {
  const input = find<HTMLInputElement>('[type=file]');
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  input.focus();
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
export const picture = (name = 'cup.jpg', size = 4) => {
  const file = new File(['cup!'], name, { type: 'image/jpeg' });
  Object.defineProperty(file, 'size', { value: size });
  return file;
};
export const request = (index: number) => FakeRequest.all.at(index)!;
export const goOn = () => form().dispatchEvent(new SubmitEvent('submit', { cancelable: true }));

/** Call before each test. */
export function fakeDevices(): void {
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
}
