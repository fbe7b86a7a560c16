/** The theme block in a page of its own, as Liquid makes it, with an app that exists in the test only. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, vi } from 'vitest';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { resolveSurvey } from '#app/domain/surveys/logic.ts';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { surveyView } from '#app/domain/surveys/view.ts';
import { facts, survey } from './factories/surveys.ts';

const ASSETS = join(import.meta.dirname, '../extensions/theme-survey/assets');
const asset = (name: string) => pathToFileURL(join(ASSETS, name)).href;
const require = createRequire(import.meta.url);

export function viewOf(definition: ReturnType<typeof survey>, locale = 'en'): SurveyView {
  const context = { locale, brandName: '<b>Moss</b>', targetHours: 4, edition: 'preset.1' };
  const lineTitles = { '11': 'Cup', '12': 'Pot' };
  return surveyView(resolveSurvey(definition, facts({ lineIds: ['11', '12'] }), {}), {
    ...context,
    lineTitles,
  });
}
export const preset = (kind: keyof typeof PRESETS, locale?: string) => viewOf(PRESETS[kind], locale);
export const asking = (...questions: object[]) => viewOf(survey(questions.map((each) => ({ ...each }))));

export interface Sent {
  answers: Record<string, unknown>;
  step?: true;
}
export const THANKS = {
  outcome: 'stored',
  route: 'low',
  thanks: { title: 'We are sorry.', text: 'Within 4 hours.' },
};
export const AWAY = Symbol('no connection');

/** What the block asked for and sent, and what the app says to its next posts: the last of them stays. */
export const app = { asked: [] as string[], sent: [] as Sent[], replies: [] as unknown[] };

/** To be called before each test: a new tab, whose time stands still. */
export function newTab(): () => void {
  vi.useFakeTimers();
  sessionStorage.clear();
  Object.assign(app, { asked: [], sent: [], replies: [THANKS] });
  return () => vi.useRealTimers();
}

/** Puts the block on a page as Liquid would, with an app that offers this survey. */
export function load(offer: unknown, { top = 0, status = 200, more = '' } = {}): HTMLElement {
  document.body.innerHTML = `<div class="aftercare-survey" id="b1" data-aftercare-survey="/apps/aftercare/survey" data-kind="auto"
    data-order="" data-locale="en" data-form="${asset('survey-form.js')}" data-more="${asset('survey-more.js')}" ${more}
    data-anonymous="Without your name." 
    data-text-none="No survey is open."><div class="aftercare-survey__body" aria-busy="true"></div></div>`;
  const root = document.querySelector<HTMLElement>('.aftercare-survey');
  if (!root) throw new Error('There is no block.');
  root.getBoundingClientRect = () => ({ top }) as DOMRect;
  vi.stubGlobal('requestIdleCallback', (work: () => void) => work());
  vi.stubGlobal('fetch', async (url: string, request?: RequestInit) => {
    if (!request) {
      app.asked.push(url);
      if (offer === AWAY) throw new TypeError('network');
      return new Response(JSON.stringify(offer), { status });
    }
    app.sent.push(JSON.parse(String(request.body)));
    const reply = await (app.replies.length > 1 ? app.replies.shift() : app.replies[0]);
    if (reply === AWAY) throw new TypeError('network');
    return new Response(JSON.stringify(reply));
  });
  // The script looks for blocks once when it is loaded, and then whenever the theme editor changes a section.
  require(join(ASSETS, 'survey.js'));
  document.dispatchEvent(new Event('shopify:section:load'));
  return root;
}

export const offerOf = (view: SurveyView, more: object = {}) => ({
  survey: view,
  order: { id: '1001', name: '#1001' },
  pageToken: 'page-token',
  ...more,
});

/** The block with this survey, once it asks. */
export async function open(view: SurveyView, more: object = {}): Promise<HTMLElement> {
  const root = load(offerOf(view, more));
  await vi.waitFor(() => expect(root.querySelector('form')).not.toBeNull());
  return root;
}

export const pause = (ms: number) => vi.advanceTimersByTimeAsync(ms);
export const names = (root: HTMLElement) => [
  ...new Set([...root.querySelectorAll('input, textarea')].map((input) => (input as HTMLInputElement).name)),
];
export const input = (root: HTMLElement, selector: string) => {
  const found = root.querySelector<HTMLInputElement>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
};
/** A finger or mouse; keys make clicks without a count. */
export const tap = (root: HTMLElement, value: string) =>
  input(root, `input[value="${value}"]`).dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
export const press = (root: HTMLElement, value: string) => input(root, `input[value="${value}"]`).click();
export function write(root: HTMLElement, name: string, text: string): void {
  const field = input(root, `[name="${name}"]`);
  field.value = text;
  for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
}
export const button = (root: HTMLElement, text: string) =>
  [...root.querySelectorAll('button')].find((each) => each.textContent === text && !each.hidden);
export const click = (root: HTMLElement, text: string) => button(root, text)?.click();
export const last = () => app.sent.at(-1);
