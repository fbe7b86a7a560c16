import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asks, fact } from '#tests/factories/survey-conditions.ts';
import { anyAnswers, anyFacts, anySurvey, facts, options, survey } from '#tests/factories/surveys.ts';
import { resolveSurvey } from '../logic.ts';
import { QUESTION_TYPES } from '../contract.ts';
import { shownQuestions } from '../visibility.ts';
import { readAnswers, type ReadOptions } from './read-answers.ts';

const low = { q: 'rating', op: 'route', value: 'low' };
const scene = survey([
  { id: 'rating', type: 'csat', metric: 'csat_product', required: true },
  { id: 'wrong', type: 'long_text', showWhen: asks('rating', low.op, low.value), required: true },
  { id: 'best', type: 'long_text', showWhen: asks('rating', 'route', 'high') },
  { id: 'refund', type: 'long_text', showWhen: fact('refunded', 'is', true), required: true },
  { id: 'pet', type: 'short_text', profileKey: 'pet' },
]);
const read = (answers: object, options: ReadOptions = {}, definition = scene, order = facts({})) =>
  readAnswers(resolveSurvey(definition, order, {}), { answers }, options);

describe('what counts', () => {
  it('is read in the order of the questions, with route, comment and values', () => {
    expect(read({ wrong: ' It broke. ', rating: '2', pet: 'Rex' })).toEqual({
      outcome: 'accepted',
      answers: [
        {
          kind: 'rating',
          questionId: 'rating',
          metric: 'csat_product',
          scale: 'csat',
          value: 2,
          normalised: 25,
        },
        { kind: 'text', questionId: 'wrong', text: 'It broke.' },
        { kind: 'text', questionId: 'pet', text: 'Rex' },
      ],
      first: { questionId: 'rating', metric: 'csat_product', scale: 'csat', value: 2, normalised: 25 },
      route: 'low',
      comment: 'It broke.',
      values: {},
      leftOpen: [],
    });
  });

  it.each<[string, object, object]>([
    ['hidden by another answer', { rating: 5, wrong: 'It broke.' }, { rating: 5 }],
    ['hidden by the order', { rating: 3, refund: 'Late.' }, { rating: 3 }],
    ['hidden and nonsense', { rating: 5, wrong: ['x'], refund: 7 }, { rating: 5 }],
  ])('not what is %s', (_name, sent, kept) => {
    expect(read(sent)).toEqual(read(kept));
    expect(read(sent)).toMatchObject({ outcome: 'accepted' });
  });

  it('a fact about the person is no comment', () => {
    expect(read({ rating: 3, pet: 'Rex' })).toMatchObject({ comment: null });
  });

  it('words in the box of another route, from a page that shows every box', () => {
    const sent = { rating: 5, wrong: 'Great!' };
    expect(read(sent)).toMatchObject({ comment: null });
    expect(read(sent, { pageWithoutScript: true })).toMatchObject({
      comment: 'Great!',
      answers: [{ kind: 'rating' }, { questionId: 'best', text: 'Great!' }],
    });
  });
});

describe('what is refused', () => {
  it.each<[string, object, [string, string][]]>([
    ['nothing', {}, [['rating', 'required']]],
    ['a faulty rating alone, not what hangs on it', { rating: 9 }, [['rating', 'out_of_range']]],
    ['a follow-up left out', { rating: 1 }, [['wrong', 'required']]],
    [
      'two faults',
      { rating: 1, wrong: 5, pet: true },
      [
        ['wrong', 'wrong_type'],
        ['pet', 'wrong_type'],
      ],
    ],
    [
      'fields that the survey does not have',
      { rating: 3, price: 1, 'rating.x': 1 },
      [
        ['price', 'unknown_question'],
        ['rating.x', 'unknown_question'],
      ],
    ],
  ])('%s', (_name, sent, expected) => {
    const result = read(sent);
    const errors = result.outcome === 'invalid' ? result.errors : [];
    expect(errors.map(({ field, code }) => [field, code])).toEqual(expected);
  });

  it.each([null, 'rating=5', [5], { rating: { a: { b: 1 } } }, { rating: null }, many(401)])(
    '%j, which is no submission',
    (answers) => {
      expect(readAnswers(resolveSurvey(scene, facts({}), {}), { answers })).toMatchObject({
        outcome: 'invalid',
        errors: [{ field: 'answers', code: 'unreadable' }],
      });
    },
  );

  it('in the language of the shopper', () => {
    expect(read({}, { locale: 'de-AT' })).toMatchObject({
      errors: [{ message: 'Bitte beantworten Sie diese Frage.' }],
    });
  });

  function many(count: number) {
    return Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, 1]));
  }
});

describe('one step at a time', () => {
  it('what is still missing is no fault, what is wrong is', () => {
    expect(read({}, { partial: true })).toMatchObject({
      outcome: 'accepted',
      first: null,
      route: null,
      comment: null,
    });
    expect(read({ rating: 1 }, { partial: true })).toMatchObject({ outcome: 'accepted', route: 'low' });
    expect(read({ rating: 9 }, { partial: true })).toMatchObject({ outcome: 'invalid' });
  });
});

describe('the main rating', () => {
  const two = survey([
    { id: 'stars', type: 'stars' },
    { id: 'lines', type: 'line_rating', metric: 'csat_product' },
    { id: 'nps', type: 'nps' },
  ]);
  const lines = facts({ lineIds: ['11', '12'] });
  it.each<[object, object]>([
    [
      { stars: 1, nps: 9 },
      { route: 'high', first: { questionId: 'nps' } },
    ],
    [
      { nps: 9, lines: { '11': 5, '12': 2 } },
      { route: 'low', first: { questionId: 'lines', value: 2, normalised: 25 } },
    ],
    [{ stars: 1 }, { outcome: 'invalid', errors: [{ field: 'lines', code: 'required' }] }],
  ])('of %j', (sent, expected) => {
    expect(read(sent, {}, two, lines)).toMatchObject(expected);
  });

  it('is not needed where the survey says so', () => {
    const open = survey([{ id: 'how', type: 'choice', options: options('a', 'b') }], { needsRating: false });
    expect(read({ how: 'a' }, {}, open)).toMatchObject({ outcome: 'accepted', first: null, route: null });
  });
});

it('accepts every valid answer, keeps what is shown, and never throws', () => {
  const any = anySurvey({ types: QUESTION_TYPES, questions: 6, faulty: true }).chain((definition) =>
    fc.record({
      definition: fc.constant(definition),
      order: anyFacts,
      answers: anyAnswers(definition),
      noise: fc.dictionary(fc.constantFrom('q0', 'q1', 'q2.other', 'q3'), fc.jsonValue()),
    }),
  );
  let kept = 0;
  fc.assert(
    fc.property(any, ({ definition, order, answers, noise }) => {
      const survey = resolveSurvey(definition, order, {});
      const uploads = definition.questions.filter(
        ({ type }) => type === 'image_upload' || type === 'voice_note',
      );
      const sent = {
        ...answers,
        ...Object.fromEntries(uploads.map(({ id }) => [id, '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a'])),
      };
      const result = readAnswers(survey, { answers: sent }, { partial: true });
      expect(result).toMatchObject({ outcome: 'accepted' });
      const given = shownQuestions(survey.questions, sent).filter((id) => id in sent);
      expect(result.outcome === 'accepted' && result.answers.map(({ questionId }) => questionId)).toEqual(
        given,
      );
      kept += given.length;
      expect(['accepted', 'invalid']).toContain(
        readAnswers(survey, { answers: { ...sent, ...noise } }).outcome,
      );
    }),
    { numRuns: 500 },
  );
  expect(kept).toBeGreaterThan(300);
});
