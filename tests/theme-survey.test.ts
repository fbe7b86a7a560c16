// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import { SURVEY_PRESETS } from '#app/domain/surveys/presets.ts';
import { surveyView } from '#app/domain/surveys/view.ts';

const read = (path: string) => readFileSync(`${import.meta.dirname}/../extensions/theme-survey/${path}`);
const script = read('assets/survey.js').toString();

const offer = (kind: SurveyKind, locale = 'en') => ({
  survey: surveyView(SURVEY_PRESETS[kind], { locale, brandName: '<b>Moss</b>', targetHours: 4 }),
  order: { id: '1001', name: '#1001' },
  pageToken: 'page-token',
});

type Answer = { status?: number; json: unknown };
let calls: { url: string; request: RequestInit }[];

/** Puts the block on a page as Liquid would, and runs the asset with an app that answers in turn. */
function page(top: number, ...answers: Answer[]): HTMLElement {
  calls = [];
  document.body.innerHTML = `<div class="aftercare-survey" id="aftercare-survey-b1" data-aftercare-survey="/apps/aftercare/survey"
    data-kind="usage" data-order="1001" data-locale="en" data-text-none="No survey is open."><div class="aftercare-survey__body" aria-busy="true"></div></div>`;
  const root = document.querySelector<HTMLElement>('.aftercare-survey');
  if (!root) throw new Error('There is no block.');
  root.getBoundingClientRect = () => ({ top }) as DOMRect;
  vi.stubGlobal('requestIdleCallback', (work: () => void) => work());
  vi.stubGlobal('fetch', async (url: string, request: RequestInit = {}) => {
    const answer = answers[calls.length];
    calls.push({ url, request });
    if (!answer) throw new TypeError('network');
    return new Response(JSON.stringify(answer.json), { status: answer.status ?? 200 });
  });
  new Function(script)();
  return root;
}

const pick = (root: HTMLElement, value: string) =>
  root.querySelector<HTMLInputElement>(`input[value="${value}"]`)?.click();
const submit = (root: HTMLElement) =>
  root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
const shownFields = (root: HTMLElement) =>
  [...root.querySelectorAll<HTMLElement>('fieldset')]
    .filter((field) => !field.hidden)
    .map((field) => field.querySelector<HTMLInputElement>('input, textarea')?.name);

beforeEach(() => {
  document.body.innerHTML = '';
});

describe('the survey block', () => {
  it('asks for its survey, shows the follow-up of the rating, posts with the page token, thanks', async () => {
    const thanks = { title: 'We are sorry.', text: 'Within 4 hours.' };
    const root = page(0, { json: offer('usage') }, { json: { outcome: 'stored', route: 'low', thanks } });
    await vi.waitFor(() => expect(root.querySelector('form')).not.toBeNull());
    expect(calls[0]?.url).toBe('/apps/aftercare/survey?locale=en&kind=usage&order=1001');
    expect(root.querySelector('[aria-busy]')).toBeNull();
    expect(shownFields(root)).toEqual(['rating']);

    pick(root, '5');
    expect(shownFields(root)).toEqual(['rating', 'comment_high']);
    pick(root, '1');
    expect(shownFields(root)).toEqual(['rating', 'comment_low']);
    const comment = root.querySelector<HTMLTextAreaElement>('textarea[name="comment_low"]');
    if (comment) comment.value = 'Broken';
    submit(root);
    submit(root);
    await vi.waitFor(() => expect(root.textContent).toContain('Within 4 hours.'));
    expect(calls).toHaveLength(2);
    expect(calls[1]).toMatchObject({ url: '/apps/aftercare/survey', request: { method: 'POST' } });
    expect(JSON.parse(String(calls[1]?.request.body))).toEqual({
      kind: 'usage',
      order: '1001',
      locale: 'en',
      pageToken: 'page-token',
      answers: { rating: '1', comment_low: 'Broken' },
    });
    expect(document.activeElement?.textContent).toBe('We are sorry.');
  });

  it('names the question that is wrong, for eyes and screen readers, and keeps the form', async () => {
    const errors = [{ field: 'rating', code: 'required', message: 'Please answer this question.' }];
    const root = page(0, { json: offer('usage') }, { status: 422, json: { outcome: 'invalid', errors } });
    await vi.waitFor(() => expect(root.querySelector('form')).not.toBeNull());
    submit(root);
    await vi.waitFor(() => expect(root.querySelector('[aria-invalid]')).not.toBeNull());
    const field = root.querySelector('[aria-invalid]');
    const described = document.getElementById(field?.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toBe('Please answer this question.');
    expect(field?.contains(document.activeElement)).toBe(true);
  });

  it('writes what comes from outside as text, never as markup', async () => {
    const root = page(0, { json: offer('relationship') });
    await vi.waitFor(() => expect(root.querySelector('form')).not.toBeNull());
    expect(root.querySelector('b')).toBeNull();
    expect(root.textContent).toContain('<b>Moss</b>');
    expect(root.querySelectorAll('input[type="radio"]')).toHaveLength(11);
    expect(root.querySelector('input[value="10"]')?.getAttribute('aria-label')).toBe('10, Extremely likely');
  });

  it('runs from right to left for a survey in Arabic, from the question to the thanks', async () => {
    const arabic = offer('usage', 'ar');
    const thanks = arabic.survey.thanks.high;
    const root = page(0, { json: arabic }, { json: { outcome: 'stored', route: 'high', thanks } });
    await vi.waitFor(() => expect(root.querySelector('form')).not.toBeNull());
    const around = (selector: string) => root.querySelector(selector)?.closest('[lang="ar"][dir="rtl"]');
    expect(around('form')).toBeTruthy();
    pick(root, '5');
    submit(root);
    await vi.waitFor(() => expect(root.textContent).toContain(thanks.text));
    expect(around('h2')).toBeTruthy();
  });

  it.each([
    ['nothing is open', { json: { survey: null, reason: 'no_order' } }],
    ['the app is away', undefined],
    ['the proxy fails', { status: 502, json: 'bad' }],
  ])('when %s, keeps its room in sight and gives it up out of sight', async (_name, answer) => {
    const given = answer ? [answer] : [];
    const inSight = page(0, ...given);
    await vi.waitFor(() => expect(inSight.textContent).toContain('No survey is open.'));
    expect(inSight.hidden).toBe(false);
    const below = page(window.innerHeight + 1, ...given);
    await vi.waitFor(() => expect(below.hidden).toBe(true));
  });

  it('says so when sending fails, and can be sent again', async () => {
    const root = page(0, { json: offer('usage') });
    await vi.waitFor(() => expect(root.querySelector('form')).not.toBeNull());
    pick(root, '4');
    submit(root);
    await vi.waitFor(() => expect(root.querySelector('[role="alert"]')?.textContent).not.toBe(''));
    expect(root.querySelector('button')?.hasAttribute('aria-disabled')).toBe(false);
    expect(root.querySelector<HTMLInputElement>('input:checked')?.value).toBe('4');
  });
});

describe('what a storefront has to load', () => {
  it('is small: under 10,000 bytes as it stands (theme check) and 6,000 compressed', () => {
    const source = read('assets/survey.js');
    expect(source.byteLength).toBeLessThan(10_000);
    expect(gzipSync(source).byteLength).toBeLessThan(6_000);
    expect(read('assets/survey.css').byteLength).toBeLessThan(10_000);
  });

  it('has every word that Liquid names, and no more', () => {
    const keys = (value: object, prefix = ''): string[] =>
      Object.entries(value).flatMap(([key, inner]) =>
        typeof inner === 'object' ? keys(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
      );
    const words = (file: string) => keys(JSON.parse(read(`locales/${file}`).toString())).sort();
    const liquid = read('blocks/survey.liquid').toString();
    const named = [...liquid.matchAll(/'(survey\.\w+)' \| t/g)].map((match) => match[1]);
    expect(new Set(named)).toEqual(new Set(words('en.default.json')));
    const inSchema = [...liquid.matchAll(/"t:([\w.]+)"/g)].map((match) => match[1]);
    expect(new Set(inSchema)).toEqual(new Set(words('en.default.schema.json')));
  });

  it('has nothing in its style that is fixed to one side', () => {
    expect(read('assets/survey.css').toString()).not.toMatch(/(^|[\s-])(left|right)\b/m);
  });
});
