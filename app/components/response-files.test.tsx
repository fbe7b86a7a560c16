// @vitest-environment jsdom
import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ResponseFile } from '../infra/db/reads/response-views.ts';
import { ResponseFiles } from './response-files.tsx';

// Polaris asks for it as soon as it is loaded, and jsdom has none.
vi.hoisted(() => {
  const media = { matches: false, addListener: () => {}, removeListener: () => {} };
  window.matchMedia = () => media as unknown as MediaQueryList;
});

const file = (id: string, over: Partial<ResponseFile> = {}): ResponseFile => ({
  id,
  kind: 'image',
  mediaType: 'image/jpeg',
  sizeBytes: 1_300_000,
  ...over,
});
const voice = file('v', { kind: 'voice', mediaType: 'audio/webm', sizeBytes: 40_000 });

const answers = vi.fn<(url: string) => Promise<Response>>();
const revoked = vi.fn();
let close: () => void;
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  answers.mockReset().mockImplementation(async () => new Response('bytes'));
  vi.stubGlobal('fetch', answers);
  URL.createObjectURL = () => 'blob:1';
  URL.revokeObjectURL = revoked.mockReset();
});
afterEach(() => close());

function show(...files: ResponseFile[]) {
  document.body.innerHTML = '<div></div>';
  const root = createRoot(document.querySelector('div')!);
  close = () => act(() => root.unmount());
  act(() =>
    root.render(
      <AppProvider i18n={en}>
        <ResponseFiles files={files} />
      </AppProvider>,
    ),
  );
}
const names = () =>
  [...document.querySelectorAll('.ac-files button')].map((each) => each.getAttribute('aria-label'));
const press = (name: string) =>
  act(async () => document.querySelector<HTMLElement>(`[aria-label="${name}"]`)!.click());

describe('the files of an answer', () => {
  it('are named, and none is fetched before it is wanted', () => {
    show(file('a'), file('b', { mediaType: 'image/heic', sizeBytes: 300 }), voice);
    expect(names()).toEqual(['Show: Picture 1', 'Show: Picture 2', 'Play: Voice note']);
    expect([...document.querySelectorAll('li')].map((each) => each.textContent)).toEqual([
      'Show Picture 1, JPEG, 1.2 MB',
      'Show Picture 2, HEIC, 1 KB',
      'Play Voice note, WEBM, 39 KB',
    ]);
    expect(answers).not.toHaveBeenCalled();
  });

  it('a picture is shown from memory, can be kept, and is let go of', async () => {
    show(file('a'));
    await press('Show: Picture');
    expect(answers.mock.calls).toEqual([['/app/uploads/a']]);
    expect(document.querySelector('img')).toMatchObject({ src: 'blob:1' });
    expect(document.querySelector('a')?.getAttribute('download')).toBe('a.jpeg');
    await press('Hide: Picture');
    expect(document.querySelector('img')).toBeNull();
    expect(revoked).toHaveBeenCalledWith('blob:1');
  });

  it('a voice note is played', async () => {
    show(voice);
    await press('Play: Voice note');
    expect(document.querySelector('audio')).toMatchObject({ src: 'blob:1', autoplay: true, controls: true });
  });

  it('one that the browser does not know can still be kept', async () => {
    show(file('a', { mediaType: 'image/heic' }));
    await press('Show: Picture');
    act(() => void document.querySelector('img')!.dispatchEvent(new Event('error')));
    expect(document.querySelector('img')).toBeNull();
    expect(document.body.textContent).toContain('This browser cannot show this kind of file.');
    expect(document.querySelector('a')?.href).toBe('blob:1');
  });

  it.each([
    ['refused', async () => new Response('', { status: 404 })],
    ['unreachable', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('one that is %s is said to be, and can be tried again', async (_how, answer) => {
    answers.mockImplementationOnce(answer);
    show(file('a'));
    await press('Show: Picture');
    expect(document.body.textContent).toContain('The file could not be fetched.');
    await press('Show: Picture');
    expect(document.querySelector('img')).not.toBeNull();
  });
});
