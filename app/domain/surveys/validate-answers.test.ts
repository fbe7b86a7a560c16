import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SurveyDefinition } from './contract.ts';
import { SURVEY_PRESETS } from './presets.ts';
import { validateAnswers } from './validate-answers.ts';

const usage = SURVEY_PRESETS.usage;
const nps = SURVEY_PRESETS.relationship;
const withChoice: SurveyDefinition = {
  ...usage,
  questions: [
    ...usage.questions,
    {
      id: 'what',
      type: 'choice',
      required: true,
      text: 'What?',
      showWhen: 'low',
      options: ['size', 'colour'].map((value) => ({ value, text: value })),
    },
    {
      id: 'many',
      type: 'choice',
      required: false,
      multiple: true,
      text: 'Many?',
      options: ['a', 'b'].map((value) => ({ value, text: value })),
    },
  ],
};

describe('validateAnswers accepts', () => {
  it('a rating alone', () => {
    expect(validateAnswers(nps, { answers: { rating: 9 } })).toEqual({
      outcome: 'accepted',
      route: 'high',
      first: { questionId: 'rating', metric: 'nps', scale: 'nps', value: 9, normalised: 90 },
      ratings: [{ questionId: 'rating', metric: 'nps', scale: 'nps', value: 9, normalised: 90 }],
      choices: [],
      texts: [],
      comment: null,
    });
  });

  it('what a form sends: numbers as text, empty boxes', () => {
    const answers = { rating: ' 3 ', confidence: '', comment_middle: '  faster\r\nplease ', comment_low: '' };
    const result = validateAnswers(SURVEY_PRESETS.post_purchase, { answers });
    expect(result).toMatchObject({
      outcome: 'accepted',
      route: 'middle',
      comment: 'faster\r\nplease',
      ratings: [{ value: 3 }],
    });
  });

  it('both ratings of the purchase survey', () => {
    const result = validateAnswers(SURVEY_PRESETS.post_purchase, { answers: { rating: 5, confidence: 2 } });
    expect(result).toMatchObject({
      route: 'high',
      ratings: [
        { metric: 'csat_purchase', value: 5, normalised: 100 },
        { metric: 'confidence_purchase', value: 2, normalised: 25 },
      ],
    });
  });

  it('a comment in the box of another route, but never instead of the right one', () => {
    const wrongBox = validateAnswers(usage, { answers: { rating: 1, comment_high: 'broke' } });
    expect(wrongBox).toMatchObject({
      comment: 'broke',
      texts: [{ questionId: 'comment_low', text: 'broke' }],
    });
    const both = validateAnswers(usage, { answers: { rating: 1, comment_high: 'x', comment_low: 'broke' } });
    expect(both).toMatchObject({ comment: 'broke', texts: [{ questionId: 'comment_low', text: 'broke' }] });
  });

  it('choices on offer, each once', () => {
    expect(
      validateAnswers(withChoice, { answers: { rating: 1, what: 'size', many: ['b', 'b', 'a'] } }),
    ).toMatchObject({
      choices: [
        { questionId: 'what', values: ['size'] },
        { questionId: 'many', values: ['b', 'a'] },
      ],
    });
    expect(validateAnswers(withChoice, { answers: { rating: 5 } })).toMatchObject({
      outcome: 'accepted',
      choices: [],
    });
  });
});

describe('validateAnswers refuses, naming the field', () => {
  it.each<[string, unknown, string, string]>([
    ['nothing', { answers: {} }, 'rating', 'required'],
    ['an empty rating', { answers: { rating: ' ' } }, 'rating', 'required'],
    ['too much', { answers: { rating: 6 } }, 'rating', 'out_of_range'],
    ['too little', { answers: { rating: 0 } }, 'rating', 'out_of_range'],
    ['a fraction', { answers: { rating: 4.5 } }, 'rating', 'out_of_range'],
    ['a fraction as text', { answers: { rating: '4.0' } }, 'rating', 'out_of_range'],
    ['words', { answers: { rating: 'five' } }, 'rating', 'out_of_range'],
    ['a sign', { answers: { rating: '+5' } }, 'rating', 'out_of_range'],
    ['a list', { answers: { rating: ['5'] } }, 'rating', 'wrong_type'],
    [
      'a number as comment',
      { answers: { rating: 1, what: 'size', comment_low: 5 } },
      'comment_low',
      'wrong_type',
    ],
    ['a question it never asked', { answers: { rating: 5, price: 5 } }, 'price', 'unknown_question'],
    ['no required choice on its route', { answers: { rating: 2 } }, 'what', 'required'],
    ['a choice not on offer', { answers: { rating: 2, what: 'taste' } }, 'what', 'out_of_range'],
    ['two of a single choice', { answers: { rating: 2, what: ['size', 'colour'] } }, 'what', 'wrong_type'],
    ['a number as choice', { answers: { rating: 2, what: 1 } }, 'what', 'out_of_range'],
    ['nested objects', { answers: { rating: { $gt: 1 } } }, 'answers', 'unreadable'],
    ['a list of answers', { answers: [5] }, 'answers', 'unreadable'],
    ['no object', 'rating=5', 'answers', 'unreadable'],
    ['null', null, 'answers', 'unreadable'],
  ])('%s', (_name, submission, field, code) => {
    const result = validateAnswers(withChoice, submission);
    expect(result).toMatchObject({ outcome: 'invalid', errors: [expect.objectContaining({ field, code })] });
  });

  it('several faults at once, in the shopper language', () => {
    const result = validateAnswers(nps, { answers: { rating: 11, price: 1 } }, 'de');
    expect(result).toEqual({
      outcome: 'invalid',
      errors: [
        { field: 'price', code: 'unknown_question', message: 'Diese Frage gibt es in der Umfrage nicht.' },
        { field: 'rating', code: 'out_of_range', message: 'Bitte wählen Sie eine ganze Zahl von 0 bis 10.' },
      ],
    });
  });
});

it('never throws and never accepts a value off the scale', () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 13 }),
    fc.double(),
    fc.string(),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.jsonValue(),
  );
  const submission = fc.oneof(
    fc.record({
      answers: fc.dictionary(fc.constantFrom('rating', 'comment_low', 'what', 'many', '__proto__'), value),
    }),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(submission, (json) => {
      const result = validateAnswers(withChoice, json);
      if (result.outcome === 'accepted') expect([1, 2, 3, 4, 5]).toContain(result.first.value);
      else expect(result.errors.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});
