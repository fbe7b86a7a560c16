// @vitest-environment jsdom
import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SaveSettingsOutcome } from '../services/save-settings.ts';
import { KioskLink } from './kiosk-link.tsx';

// Polaris asks for it when it is loaded; jsdom has none.
vi.hoisted(() => {
  window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {} }) as never;
});

const URL_SHOWN = 'https://app.test/k/moss/token';
let root: Root;
const submit = vi.fn();
const toast = vi.fn();

function show(renewed?: SaveSettingsOutcome): void {
  const sender = { state: 'idle' as const, data: renewed && { renewed }, submit };
  act(() =>
    root.render(
      <AppProvider i18n={en}>
        <KioskLink url={URL_SHOWN} sender={sender} />
      </AppProvider>,
    ),
  );
}
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
const press = (name: string) => act(async () => button(name)?.click());

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('shopify', { toast: { show: toast } });
  document.body.innerHTML = '<div></div>';
  root = createRoot(document.querySelector('div')!);
  submit.mockClear();
  toast.mockClear();
});
afterEach(() => act(() => root.unmount()));

it('is copied, or marked where the browser does not allow that', async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal('navigator', { ...navigator, userAgent: '', clipboard: { writeText } });
  show();
  await press('Copy');
  expect(writeText).toHaveBeenCalledWith(URL_SHOWN);
  expect(toast).toHaveBeenCalledWith('Kiosk link copied', {});
  writeText.mockRejectedValueOnce(new Error('not allowed'));
  await press('Copy');
  expect(document.body.textContent).toContain('does not let this page copy');
});

it('is replaced only after a second question', async () => {
  show();
  await press('Make a new link…');
  expect(submit).not.toHaveBeenCalled();
  await press('Keep this one');
  await press('Make a new link…');
  await press('Make a new link');
  expect(submit).toHaveBeenCalledWith({ intent: 'kiosk' }, { method: 'post' });
  show({ outcome: 'saved' });
  expect(toast).toHaveBeenCalledWith('New kiosk link made', {});
  show({ outcome: 'invalid', errors: [{ field: '', message: 'Somebody else saved these settings.' }] });
  expect(document.body.textContent).toContain('Somebody else saved these settings.');
});
