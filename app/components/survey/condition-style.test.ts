import { describe, expect, it } from 'vitest';
import type { ShowCondition, SurveyViewQuestion } from '../../domain/surveys/contract.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import { all, any, asks, not } from '#tests/factories/survey-conditions.ts';
import { pageOf } from '#tests/factories/survey-pages.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { conditionStyle } from './condition-style.ts';

/** When a question is hidden, as the style sheet says it; null: it says nothing about it. */
function shownWhen(style: string, id: string): string | null {
  const rules = style.replace('@supports selector(form:has(input)){', '').split('{display:none}');
  const rule = rules.find((each) => each.endsWith(` [data-question="${id}"]`));
  return rule?.slice('form:not(.steps):not('.length, -`) [data-question="${id}"]`.length) ?? null;
}

describe('of a preset', () => {
  it.each([
    ['low', '0,1,2,3,4,5,6'],
    ['middle', '7,8'],
    ['high', '9,10'],
  ])('shows the follow-up of %s scores', (route, values) => {
    const found = shownWhen(conditionStyle(pageOf(PRESETS.relationship).view), `comment_${route}`);
    const are = values.split(',').map((value) => `[value="${value}"]`);
    expect(found).toBe(`:has(input[name="rating"]:is(${are.join(',')}):checked)`);
  });
});

describe('of conditions', () => {
  const when = (showWhen: object) =>
    shownWhen(
      conditionStyle(
        pageOf(
          survey([
            { id: 'rating', type: 'csat', metric: 'csat_product' },
            { id: 'how', type: 'choice', options: options('a', 'b'), showWhen: asks('rating', 'is', 1) },
            { id: 'lines', type: 'line_rating' },
            { id: 'words', type: 'short_text' },
            { id: 'agree', type: 'consent' },
            { id: 'last', type: 'long_text', showWhen },
          ]),
        ).view,
      ),
      'last',
    );
  const one = ':has(input[name="rating"]:is([value="1"]):checked)';
  const agreed = ':has(input[name="agree"]:is([value="true"]):checked)';

  it.each<[string, object, string | null]>([
    ['answered at all', asks('rating', 'answered'), ':has(input[name="rating"]:checked)'],
    ['any line', asks('lines', 'is', 2), ':has(input[name^="lines."]:is([value="2"]):checked)'],
    ['consent', asks('agree', 'is', true), agreed],
    ['all', all(asks('rating', 'is', 1), asks('agree', 'is', true)), one + agreed],
    ['any', any(asks('rating', 'is', 1), asks('agree', 'is', true)), `:is(${one},${agreed})`],
    ['not', not(asks('rating', 'is', 1)), `:not(${one})`],
    [
      'an answer that counts only while its question is shown',
      asks('how', 'is', 'b'),
      `${one}:has(input[name="how"]:is([value="b"]):checked)`,
    ],
    ['a text', asks('words', 'contains', 'late'), null],
    ['a text among others that all must hold', all(asks('words', 'answered'), asks('rating', 'is', 1)), one],
    ['a text of which one may hold', any(asks('words', 'answered'), asks('rating', 'is', 1)), null],
    ['neither', not(any(asks('words', 'answered'), asks('rating', 'is', 1))), `:not(:is(${one}))`],
    ['not both', not(all(asks('words', 'answered'), asks('rating', 'is', 1))), null],
  ])('%s', (_name, condition, expected) => {
    expect(when(condition)).toBe(expected);
  });
});

describe('keeps out of the style sheet', () => {
  const style = (first: Partial<SurveyViewQuestion>, showWhen: ShowCondition, id = 'last') => {
    const { view } = pageOf(survey([{ id: 'rating', type: 'csat', metric: 'csat_product' }]));
    const [rating] = view.questions;
    return conditionStyle({
      ...view,
      questions: [
        { ...rating!, ...first },
        { ...rating!, id, showWhen },
      ],
    });
  };
  const EMPTY = '@supports selector(form:has(input)){}';
  const bad = '"]{}</style><script>alert(1)</script>';

  it('names and values that are more than words', () => {
    expect(style({}, { q: 'rating', in: ['1'] })).not.toBe(EMPTY);
    expect(style({}, { q: 'rating', in: [bad] })).toBe(EMPTY);
    expect(style({ id: bad }, { q: bad })).toBe(EMPTY);
    expect(style({}, { q: 'rating' }, bad)).toBe(EMPTY);
  });

  it('what would get long: each question hangs on all before it, and is shown', () => {
    const { view } = pageOf(survey([{ id: 'q0', type: 'csat', metric: 'csat_product' }]));
    const questions = Array.from({ length: 30 }, (_, at) => ({
      ...view.questions[0]!,
      id: `q${at}`,
      ...(at > 0 && { showWhen: { any: Array.from({ length: at }, (_, before) => ({ q: `q${before}` })) } }),
    }));
    const long = conditionStyle({ ...view, questions });
    expect(long).toContain('[data-question="q2"]');
    expect(long).not.toContain('[data-question="q29"]');
    expect(long.length).toBeLessThan(30 * 3100);
  });

  it('what is passed in silence, whose answer is not here', () => {
    expect(style({ silent: true }, { q: 'rating', in: ['1'] })).toContain(':not(:not(*))');
    expect(style({ silent: true }, { q: 'rating', shown: true })).toBe(EMPTY);
  });
});
