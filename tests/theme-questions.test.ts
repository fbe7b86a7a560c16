// @vitest-environment jsdom
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerValue, ShowCondition, SurveyView } from '#app/domain/surveys/contract.ts';
import { shownQuestions } from '#app/domain/surveys/visibility.ts';
import { options } from './factories/surveys.ts';
import {
  asking,
  AWAY,
  click,
  input,
  last,
  load,
  newTab,
  offerOf,
  open,
  pause,
  press,
  preset,
  tap,
} from './theme-survey-page.ts';

beforeEach(newTab);

describe('each type of question', () => {
  const all = [
    ['csat', {}, ['3'], { q: '3' }],
    ['nps', {}, ['0'], { q: '0' }],
    ['ces', {}, ['7'], { q: '7' }],
    ['stars', {}, ['5'], { q: '5' }],
    ['smileys', {}, ['2'], { q: '2' }],
    ['choice', { options: options('x', 'y') }, ['y'], { q: 'y' }],
    ['multiple_choice', { options: options('x', 'y', 'z') }, ['z', 'x'], { q: ['x', 'z'] }],
    ['consent', {}, ['true'], { q: true }],
    ['consent', {}, [], { q: false }],
  ] as const;

  it.each(all)('%s %o: %o is sent as %o', async (type, more, chosen, answers) => {
    const root = await open(asking({ id: 'q', type, ...more }));
    for (const value of chosen) press(root, value);
    click(root, 'Send');
    await pause(1000);
    expect(last()?.answers).toEqual(answers);
  });

  it('line_rating is sent line by line', async () => {
    const root = await open(asking({ id: 'q', type: 'line_rating' }));
    expect(root.textContent).toContain('Pot');
    input(root, '[name="q.12"][value="4"]').click();
    click(root, 'Send');
    await pause(1000);
    expect(last()?.answers).toEqual({ 'q.12': '4' });
  });

  it('ranking comes with its own script, in the order of the taps, and back after a reload', async () => {
    const view = () => asking({ id: 'q', type: 'ranking', options: options('x', 'y', 'z') });
    const root = await open(view());
    await vi.waitFor(() => expect(root.querySelectorAll('[aria-pressed]')).toHaveLength(3));
    const ranks = (of: HTMLElement) =>
      [...of.querySelectorAll('[aria-pressed]')].map((each) => each.textContent);
    const choose = (at: number) => root.querySelectorAll<HTMLElement>('[aria-pressed]')[at]?.click();
    for (const at of [0, 1, 2, 0]) choose(at);
    const text = 'What went wrong with the product?';
    expect(ranks(root)).toEqual([` ${text}`, `1. ${text}`, `2. ${text}`]);
    await pause(1000);
    expect(last()?.answers).toEqual({ q: ['y', 'z'] });
    const again = await open(view(), { given: { q: ['y', 'z'] } });
    await vi.waitFor(() => expect(ranks(again)).toEqual([` ${text}`, `1. ${text}`, `2. ${text}`]));
    click(again, 'Start again');
    await pause(1000);
    expect(last()?.answers).toEqual({});
  });

  it('multiple_choice takes no more than it may', async () => {
    const root = await open(
      asking({ id: 'q', type: 'multiple_choice', options: options('x', 'y', 'z'), atMost: 2 }),
    );
    const locked = () =>
      [...root.querySelectorAll<HTMLInputElement>('input')].map(({ disabled }) => disabled);
    press(root, 'x');
    expect(locked()).toEqual([false, false, false]);
    press(root, 'z');
    expect(locked()).toEqual([false, true, false]);
    press(root, 'x');
    expect(locked()).toEqual([false, false, false]);
  });

  it('that is known already is left out, and a survey of nothing else is none', async () => {
    const known = (view: SurveyView) => ({
      ...view,
      questions: view.questions.map((question) =>
        question.id === 'a' ? { ...question, silent: true as const } : question,
      ),
    });
    const root = await open(known(asking({ id: 'a', type: 'csat' }, { id: 'b', type: 'csat' })));
    // One question needs no count.
    expect(root.querySelector<HTMLElement>('[id$=".progress"]')?.hidden).toBe(true);
    const none = load(offerOf(known(asking({ id: 'a', type: 'csat' }))));
    await vi.waitFor(() => expect(none.textContent).toBe('No survey is open.'));
  });
});

describe('which questions are shown', () => {
  const IDS = ['q0', 'q1', 'q2', 'q3', 'q4'];
  const WORDS = ['1', '2', 'yes', 'true'];
  const q = fc.constantFrom(...IDS);
  const { condition } = fc.letrec<{ condition: ShowCondition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3 },
      fc.record({ q, in: fc.subarray(WORDS), top: fc.constantFrom(1, undefined) }),
      fc.record({ q, has: fc.constantFrom('y', '1') }),
      fc.record({ q, shown: fc.constant(true) }),
      fc.record({ q }),
      fc.record({ all: fc.array(tie('condition'), { maxLength: 2 }) }),
      fc.record({ any: fc.array(tie('condition'), { maxLength: 2 }) }),
      fc.record({ not: tie('condition') }),
    ) as fc.Arbitrary<ShowCondition>,
  }));
  const word = fc.constantFrom(...WORDS, ' YES ', '', 1, 2);
  const anyQuestion = fc.record({
    parts: fc.boolean(),
    showWhen: fc.option(condition, { freq: 4, nil: undefined }),
    silent: fc.constantFrom(undefined, undefined, true),
    answer: fc.option(fc.oneof(word, fc.boolean(), fc.array(word, { maxLength: 2 }))),
    lines: fc.dictionary(fc.constantFrom('11', '12'), word),
  });

  it('is what visibility.ts says, whatever the conditions and the answers', async () => {
    await open(preset('usage'));
    const { aftercareSurvey } = window as unknown as {
      aftercareSurvey: { shownQuestions(questions: object[], given: object): { id: string }[] };
    };
    let hidden = 0;
    fc.assert(
      fc.property(fc.array(anyQuestion, { minLength: 5, maxLength: 5 }), (drawn) => {
        const lines = [{ id: '11' }, { id: '12' }];
        const questions = drawn.map(({ parts, showWhen, silent }, at) => ({
          ...{ id: IDS[at] ?? '', type: 'short_text', showWhen, silent },
          ...(parts && { lines }),
        }));
        const answers: Record<string, AnswerValue> = {};
        const given: Record<string, unknown> = {};
        for (const [at, { parts, answer, lines: rated }] of drawn.entries()) {
          const id = IDS[at] ?? '';
          if (parts) answers[id] = rated;
          else if (answer !== null) answers[id] = answer as AnswerValue;
          for (const [line, value] of Object.entries(rated)) if (parts) given[`${id}.${line}`] = value;
          if (!parts) given[id] = answer;
        }
        const shown = aftercareSurvey.shownQuestions(questions, given).map(({ id }) => id);
        expect(shown).toEqual(shownQuestions(questions, answers));
        hidden += questions.filter(({ silent }) => !silent).length - shown.length;
      }),
      { numRuns: 2000 },
    );
    expect(hidden).toBeGreaterThan(500);
  });
});

describe('words', () => {
  it('from outside become text, never markup', async () => {
    const root = await open(preset('relationship'));
    expect(root.querySelector('b')).toBeNull();
    expect(root.textContent).toContain('<b>Moss</b>');
    expect(input(root, 'input[value="10"]').getAttribute('aria-label')).toBe('10, Extremely likely');
  });

  it('run from right to left for a survey in Arabic, from the question to the thanks', async () => {
    const root = await open(preset('usage', 'ar'));
    const around = (selector: string) => root.querySelector(selector)?.closest('[lang="ar"][dir="rtl"]');
    expect(around('form')).toBeTruthy();
    tap(root, '5');
    await pause(1000);
    click(root, preset('usage', 'ar').labels.submit);
    await pause(1000);
    expect(around('h2')?.textContent).toContain('We are sorry.');
  });

  it.each([
    ['nothing is open', { survey: null, reason: 'no_order' }, 200],
    ['the app is away', AWAY, 200],
    ['the proxy fails', 'bad', 502],
  ])(
    'say when %s that there is no survey, and give up the room out of sight',
    async (_name, offer, status) => {
      const inSight = load(offer, { status });
      await vi.waitFor(() => expect(inSight.textContent).toContain('No survey is open.'));
      expect(inSight.hidden).toBe(false);
      const below = load(offer, { status, top: window.innerHeight + 1 });
      await vi.waitFor(() => expect(below.hidden).toBe(true));
    },
  );
});
