import { describe, expect, it } from 'vitest';
import { asks } from '#tests/factories/survey-conditions.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { checkDefinition } from '../check-definition.ts';

const rating = { id: 'rating', type: 'csat', metric: 'csat_product', required: true, text: 'usage.rating' };
const low = { id: 'wrong', type: 'long_text', text: 'usage.low' };
const reason = { id: 'reason', type: 'choice', options: options('size', 'colour') };

/** "code question" of each finding. */
const codes = (questions: object[], over: object = {}) =>
  checkDefinition(survey(questions as Record<string, unknown>[], over as Record<string, unknown>)).map(
    ({ code, questionId }) => `${code} ${questionId}`,
  );

describe('what rules and conditions refer to', () => {
  it.each<[string, object[], string[]]>([
    ['a jump back', [rating, { ...low, rules: [{ do: 'jump', to: 'rating' }] }], ['jump_backward wrong']],
    [
      'a question that leaves out itself',
      [{ ...rating, rules: [{ do: 'skip', question: 'rating' }] }],
      ['jump_backward rating'],
    ],
    [
      'a jump to nowhere',
      [{ ...rating, rules: [{ do: 'jump', to: 'gone' }] }, low],
      ['unknown_question rating'],
    ],
    [
      'a condition on nothing',
      [rating, { ...low, showWhen: asks('gone', 'answered') }],
      ['unknown_question wrong'],
    ],
    [
      'a condition on itself',
      [rating, { ...low, showWhen: asks('wrong', 'answered') }],
      ['later_question wrong'],
    ],
    [
      'a rule that looks ahead',
      [{ ...rating, rules: [{ do: 'end', when: asks('wrong', 'answered') }] }, low],
      ['later_question rating'],
    ],
    [
      'an option that is gone',
      [rating, reason, { ...low, showWhen: asks('reason', 'one_of', ['size', 'taste']) }],
      ['unknown_option wrong'],
    ],
    [
      'a test that does not suit',
      [rating, reason, { ...low, showWhen: asks('reason', 'at_least', 2) }],
      ['unsuitable_test wrong'],
    ],
    [
      'a number off the scale',
      [rating, { ...low, showWhen: asks('rating', 'at_most', 9) }],
      ['unsuitable_test wrong'],
    ],
    [
      'a word for a rating',
      [rating, { ...low, showWhen: asks('rating', 'is', 'good') }],
      ['unsuitable_test wrong'],
    ],
    [
      'a number for a consent',
      [rating, { id: 'ok', type: 'consent' }, { ...low, showWhen: asks('ok', 'is', 1) }],
      ['unsuitable_test wrong'],
    ],
    [
      'a range upside down',
      [rating, { ...low, showWhen: { if: 'answer', question: 'rating', op: 'between', min: 4, max: 2 } }],
      ['unsuitable_test wrong'],
    ],
    [
      'a value that is not there',
      [{ ...rating, rules: [{ do: 'add', value: 'points', amount: 1 }] }],
      ['unknown_value rating'],
    ],
    [
      'other without a field',
      [rating, { ...reason, options: options('size', 'other') }],
      ['other_without_text reason'],
    ],
    [
      'a voice note that must be',
      [rating, { id: 'voice', type: 'voice_note', required: true }],
      ['needs_device voice'],
    ],
  ])('names %s', (_name, questions, expected) => {
    expect(codes(questions)).toEqual(expected);
  });

  it('names calculated values that cannot be', () => {
    const values = [
      { id: 'mean', kind: 'mean', of: ['rating', 'reason'] },
      { id: 'points', kind: 'number' },
    ];
    const rules = [
      { do: 'set', value: 'mean', to: 1 },
      { do: 'add', value: 'points', amount: { answer: 'reason' } },
    ];
    expect(codes([{ ...rating, rules }, reason], { values })).toEqual([
      'unknown_value rating',
      'unsuitable_value rating',
      'unsuitable_value null',
    ]);
  });

  it('says where, what and what to do', () => {
    const [finding] = checkDefinition(survey([rating, { ...low, rules: [{ do: 'jump', to: 'rating' }] }]));
    expect(finding).toEqual({
      severity: 'error',
      code: 'jump_backward',
      questionId: 'wrong',
      message:
        'A rule on "What went wrong with the product?" jumps to "How satisfied are you with the product?", which does not come later: people only move forward, so choose a later question.',
    });
  });
});
