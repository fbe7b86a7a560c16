import { vi } from 'vitest';
import type { SurveyKind, SurveyView } from '../../../app/domain/surveys/contract.ts';
import type { Definition } from '../../../app/domain/surveys/definition.ts';
import type { KnownAnswers } from '../../../app/domain/surveys/known-answers.ts';
import { resolveSurvey } from '../../../app/domain/surveys/logic.ts';
import { PRESETS } from '../../../app/domain/surveys/presets.ts';
import { surveyView } from '../../../app/domain/surveys/view.ts';
import { facts, survey } from '../../../tests/factories/surveys.ts';
import type { Offer } from '../src/api.ts';
import english from '../locales/en.default.json';

export const APP_URL = 'https://aftercare.example.com';
export const THANKS = {
  outcome: 'stored',
  route: 'low',
  thanks: { title: 'We are sorry.', text: 'Within 4 hours.' },
};

/** A preset as the app sends it. */
export const preset = (kind: SurveyKind): SurveyView => viewOf(PRESETS[kind]);

/** These questions as the app sends them. Each is headed `ask.<id>`; nothing is needed but what is required. */
export function asking(...questions: { id: string; type: string; [more: string]: unknown }[]): SurveyView {
  const worded = questions.map((question) => ({ text: `ask.${question.id}`, ...question }));
  return viewOf(survey(worded, { needsRating: false }));
}

export function viewOf(definition: Definition, known: KnownAnswers = {}): SurveyView {
  const lineTitles = { '11': 'Vase', '12': 'Bowl' };
  const resolved = resolveSurvey(definition, facts({ lineIds: Object.keys(lineTitles) }), known);
  return surveyView(resolved, {
    locale: 'en',
    brandName: 'Moss',
    targetHours: 4,
    edition: 'edition-1',
    lineTitles,
  });
}

/** In place of the tester's, which says nothing but the key. */
export function translate(key: string, values: Record<string, unknown> = {}): string {
  const text = key
    .split('.')
    .reduce<unknown>((texts, part) => (texts as Record<string, unknown> | undefined)?.[part], english);
  return String(text).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
}

/** A survey as a door offers it: of a checkout, unless `more` says otherwise. */
export const offering = (survey: SurveyView, more: Partial<Offer> = {}): Offer => ({
  survey,
  order: { id: '1', name: '' },
  ...more,
});

export interface Call {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Record<string, unknown> | null;
}

/** An answer as it is, later, or none at all. */
type Reply = object | Promise<object> | Error;

/** Answers the extension's requests in turn, the last answer again and again, and keeps what it sent. */
export function fakeServer(...answers: Reply[]) {
  const calls: Call[] = [];
  const fake = async (url: unknown, request: RequestInit = {}) => {
    const answer = answers[Math.min(calls.length, answers.length - 1)];
    calls.push({
      url: String(url),
      method: request.method ?? 'GET',
      headers: request.headers as Record<string, string>,
      body: request.body ? JSON.parse(String(request.body)) : null,
    });
    if (!answer || answer instanceof Error) throw answer ?? new Error('no answer');
    return new Response(JSON.stringify(await answer));
  };
  vi.stubGlobal('fetch', fake);
  const posts = () => calls.flatMap(({ body }) => (body ? [body] : []));
  return {
    calls,
    /** What was stored on the way. */
    steps: () => posts().flatMap(({ step, answers }) => (step ? [answers] : [])),
    /** What was sent at the end. */
    finals: () => posts().flatMap(({ step, answers }) => (step ? [] : [answers])),
  };
}

/** An element of the page as a test drives it: like Shopify's, it carries its values as properties. */
export type Widget = HTMLElement & {
  values?: string[];
  value?: string;
  checked?: boolean;
  pressed?: boolean;
};

export const find = (selector: string) => document.body.querySelector<Widget>(selector);
export const all = (selector: string) => [...document.body.querySelectorAll<Widget>(selector)];

/** A property as Preact has set it, on the element or as its attribute. */
export function read(element: Element | null, name: string): unknown {
  const own = (element as Record<string, unknown> | null)?.[name];
  const written = own ?? element?.getAttribute(name) ?? undefined;
  return written === 'true' ? true : written;
}

export const heading = () => find('s-heading')?.textContent;
export const buttons = () => all('s-button').map(({ textContent }) => textContent);
export const error = () => find('[accessibilityRole="alert"]')?.textContent;
export const errorOf = (name: string) => read(find(`[name="${name}"]`), 'error');

let clock = 0;
/** Time for taps: it stands still but for `pass` and the moment that a person takes before each act. */
export function stopClock(): void {
  vi.spyOn(Date, 'now').mockImplementation(() => clock);
}
export function pass(ms: number): void {
  clock += ms;
}

/** Done by somebody who takes a moment, and sees what it leads to. */
async function act(widget: Widget | undefined | null, what: string, type: string): Promise<void> {
  if (!widget) throw new Error(`There is no ${what}.`);
  pass(1_000);
  await touch(widget, type);
}

/** The event, and a moment for Preact to render. */
export async function touch(widget: Widget, type: string): Promise<void> {
  widget.dispatchEvent(new Event(type));
  await new Promise((done) => setTimeout(done));
}

export const pressButton = (text: string) =>
  all('s-press-button').find((button) => button.textContent === text);
export const press = (text: string) => act(pressButton(text), `button ${text}`, 'click');
export const goOn = () => act(find('s-form'), 'form', 'submit');
export const goBack = () =>
  act(
    all('s-button').find((button) => button.textContent === 'Back'),
    'way back',
    'click',
  );

export async function choose(name: string, ...values: string[]): Promise<void> {
  const list = find(`s-choice-list[name="${name}"]`);
  if (list) list.values = values;
  await act(list, `list ${name}`, 'change');
}

export async function write(name: string, value: string): Promise<void> {
  const field = find(`[name="${name}"]`);
  if (field) field.value = value;
  await act(field, `field ${name}`, 'change');
}

export async function tick(name: string, checked = true): Promise<void> {
  const box = find(`s-checkbox[name="${name}"]`);
  if (box) box.checked = checked;
  await act(box, `box ${name}`, 'change');
}
