import { SURVEY_PRESETS } from '../../../app/domain/surveys/presets.ts';
import { surveyView } from '../../../app/domain/surveys/view.ts';
import type { SurveyKind, SurveyView } from '../../../app/domain/surveys/contract.ts';

export const APP_URL = 'https://aftercare.example.com';

export function view(kind: SurveyKind): SurveyView {
  return surveyView(SURVEY_PRESETS[kind], { locale: 'en', brandName: 'Moss', targetHours: 4 });
}

export interface Call {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

/** Answers the extension's requests in turn and keeps what it sent. */
export function fakeServer(...answers: (object | Error)[]): { calls: Call[]; fetch: typeof fetch } {
  const calls: Call[] = [];
  const fake = async (url: unknown, request: RequestInit = {}) => {
    const answer = answers[calls.length];
    calls.push({
      url: String(url),
      method: request.method ?? 'GET',
      headers: request.headers as Record<string, string>,
      body: request.body ? JSON.parse(String(request.body)) : null,
    });
    if (!answer || answer instanceof Error) throw answer ?? new Error('no more answers');
    return new Response(JSON.stringify(answer));
  };
  return { calls, fetch: fake as typeof fetch };
}

/** An element of the page as a test drives it: like Shopify's, it carries its values as properties. */
export type Widget = HTMLElement & {
  values?: string[];
  value?: string;
  variant?: string;
  error?: string;
  heading?: string;
};

export const find = (selector: string) => document.body.querySelector<Widget>(selector);
export const all = (selector: string) => [...document.body.querySelectorAll<Widget>(selector)];

export function choose(name: string, value: string): void {
  const list = find(`s-choice-list[name="${name}"]`);
  if (!list) throw new Error(`There is no question ${name}.`);
  list.values = [value];
  list.dispatchEvent(new Event('change'));
}
