// @vitest-environment jsdom
import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PRESETS } from '../../domain/surveys/presets.ts';
import { TestDialog, type TestDialogProps } from './test-dialog.tsx';

// Polaris asks for it when it is loaded; jsdom has none.
vi.hoisted(() => {
  window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {} }) as never;
});

type Sender = TestDialogProps['sender'];

let unmount: () => void;
let render: (sender?: Partial<Sender>, over?: Partial<TestDialogProps>) => void;
let sent: Record<string, string>[];
let toasts: string[];
let closed: number;
let led: number;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  sessionStorage.clear();
  [sent, toasts, closed, led] = [[], [], 0, 0];
  vi.stubGlobal('shopify', { toast: { show: (message: string) => void toasts.push(message) } });
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  const submit = (fields: Record<string, string>) => void sent.push(fields);
  render = (sender = {}, over = {}) =>
    act(() =>
      root.render(
        <AppProvider i18n={en}>
          <TestDialog
            open
            definition={PRESETS.delivery}
            dirty={false}
            toFix={[]}
            to="ada@example.com"
            sender={{ state: 'idle', data: undefined, submit, ...sender }}
            onClose={() => {
              closed += 1;
            }}
            onChecks={() => {
              led += 1;
            }}
            {...over}
          />
        </AppProvider>,
      ),
    );
  unmount = () => {
    act(() => root.unmount());
    host.remove();
  };
});
afterEach(() => unmount());

const text = () => document.body.textContent ?? '';
const address = () => document.querySelector<HTMLInputElement>('input[type=email]')!;
const press = (name: string) =>
  act(() => [...document.querySelectorAll('button')].find((each) => each.textContent === name)?.click());

describe('sending a test', () => {
  it('asks the server with the address, the language of the survey and a sample order', () => {
    render();
    expect(address().value).toBe('ada@example.com');
    press('Send test');
    expect(sent).toEqual([{ intent: 'test', to: 'ada@example.com', language: 'en', sample: 'first' }]);
    expect(closed).toBe(0);
  });

  it('confirms and closes once it is sent, and only once', () => {
    render();
    const data = { test: { outcome: 'sent' as const, sentence: 'Test sent' } };
    render({ state: 'loading', data });
    expect(toasts).toEqual([]);
    render({ data });
    render({ data });
    expect(toasts).toEqual(['Test sent']);
    expect(closed).toBe(1);
  });

  it('says beside the field what is wrong with the address, until the next try', () => {
    const data = {
      test: { outcome: 'refused' as const, field: 'to' as const, sentence: 'Enter an address.' },
    };
    render();
    render({ data });
    expect(address().getAttribute('aria-invalid')).toBe('true');
    expect(text()).toContain('Enter an address.');
    expect([toasts, closed]).toEqual([[], 0]);
    press('Send test');
    expect(text()).not.toContain('Enter an address.');
  });

  it('says above the fields what is about nothing that was entered', () => {
    render();
    render({ data: { test: { outcome: 'refused', field: null, sentence: 'Try again later.' } } });
    expect(text()).toContain('Try again later.');
    expect(address().getAttribute('aria-invalid')).toBe('false');
  });

  it('warns that what is not saved is not in it', () => {
    render();
    expect(text()).not.toContain('not saved');
    render({}, { dirty: true });
    expect(text()).toContain('Your latest changes are not saved, so they are not in the test.');
  });

  it('names what is not finished, leads to the checks, and sends all the same', () => {
    render();
    expect(text()).not.toContain('not finished');
    render({}, { toFix: ['First.', 'Second.', 'Third.', 'Fourth.', 'Fifth.'] });
    expect(text()).toContain('This draft is not finished: 5 things to put right');
    expect(text()).toContain('The test shows the draft as it is saved, faults and all');
    expect(text()).toContain('First.Second.Third.And 2 more');
    expect(text()).not.toContain('Fourth.');
    press('Send test');
    expect(sent).toHaveLength(1);
    press('Show the checks');
    expect(led).toBe(1);
    render({}, { toFix: ['Only.'], dirty: true });
    expect(text()).toContain('The test shows the draft as it was saved last');
    expect(text()).toContain('1 thing to put right');
    expect(text()).not.toContain('more, which');
  });

  it('does without a browser that remembers', () => {
    const forbidden = vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    render();
    press('Send test');
    expect(sent).toHaveLength(1);
    expect(forbidden).toHaveBeenCalled();
    forbidden.mockRestore();
  });

  it('keeps the address for the session, and nowhere else', () => {
    sessionStorage.setItem('aftercare.test-address', 'eve@example.com');
    render();
    expect(address().value).toBe('eve@example.com');
    press('Send test');
    expect(sent[0]?.['to']).toBe('eve@example.com');
    expect(sessionStorage.getItem('aftercare.test-address')).toBe('eve@example.com');
    expect(localStorage).toHaveLength(0);
  });
});
