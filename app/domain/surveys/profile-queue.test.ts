import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asks } from '#tests/factories/survey-conditions.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { checkDefinition } from './check-definition.ts';
import type { AnswerValue } from './contract.ts';
import { resolveSurvey } from './logic.ts';
import { NO_FACTS } from './order-facts.ts';
import { shownQuestions } from './visibility.ts';

const rating = { id: 'rating', type: 'csat', metric: 'csat_product', required: true };
const learned = (id: string, over: object = {}) => ({
  ...{ id, type: 'choice', options: options('a', 'b'), profileKey: id },
  ...over,
});
const unhappy = { showWhen: asks('rating', 'route', 'low') };

type Answers = Record<string, AnswerValue>;
/** What is shown to somebody of whom so much is known, once they have answered so far. */
const shown = (questions: object[], places: number | undefined, known: Answers, answers: Answers = {}) => {
  const definition = survey(questions as Record<string, unknown>[], {
    ...(places !== undefined && { profileQuestionsPerOrder: places }),
  });
  return shownQuestions(resolveSurvey(definition, NO_FACTS, known).questions, answers).join(' ');
};

describe('questions whose answer is learned once', () => {
  const three = [rating, learned('who'), learned('where'), learned('why')];
  it.each<[string, object[], number | undefined, Answers, Answers, string]>([
    ['all at once where the survey does not say', three, undefined, {}, {}, 'rating who where why'],
    ['one at a time', three, 1, {}, {}, 'rating who'],
    ['two at a time', three, 2, {}, {}, 'rating who where'],
    ['the next order brings the next', three, 1, { who: 'a' }, {}, 'rating where'],
    ['in the order of the survey, whatever is known', three, 1, { where: 'a' }, {}, 'rating who'],
    ['at last nothing of them is left', three, 1, { who: 'a', where: 'a', why: 'a' }, {}, 'rating'],
    [
      'an answer that is no option any more leaves the question open',
      three,
      1,
      { who: 'z' },
      {},
      'rating who',
    ],
    [
      'one that another answer hides leaves its place to the next',
      [rating, learned('who', unhappy), learned('where')],
      ...([1, {}, { rating: 5 }, 'rating where'] as const),
    ],
    [
      'one that another answer shows takes the place',
      [rating, learned('who', unhappy), learned('where')],
      ...([1, {}, { rating: 1 }, 'rating who'] as const),
    ],
    [
      'other questions take no place',
      [rating, { id: 'what', type: 'long_text' }, learned('who'), learned('where')],
      ...([1, {}, {}, 'rating what who'] as const),
    ],
  ])('%s', (_name, questions, places, known, answers, expected) => {
    expect(shown(questions, places, known, answers)).toBe(expected);
  });

  it('are never more than allowed, fill the places there are, and come to all of them in the end', () => {
    const kinds = fc.array(fc.constantFrom('always', 'low', 'high'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(kinds, fc.integer({ min: 1, max: 4 }), fc.constantFrom(1, 5), (whens, places, rated) => {
        const questions = whens.map((when, index) =>
          learned(`q${index}`, when === 'always' ? {} : { showWhen: asks('rating', 'route', when) }),
        );
        const route = rated === 1 ? 'low' : 'high';
        const reachable = whens.filter((when) => when === 'always' || when === route).length;
        const known: Answers = {};
        for (let orders = 0; Object.keys(known).length < reachable; orders += 1) {
          expect(orders).toBeLessThan(whens.length);
          const ids = shown([rating, ...questions], places, known, { rating: rated })
            .split(' ')
            .slice(1);
          expect(ids).toHaveLength(Math.min(places, reachable - Object.keys(known).length));
          for (const id of ids) known[id] = 'a';
        }
      }),
    );
  });

  it('are no dead ends to the check before publishing', () => {
    const definition = survey([rating, learned('who'), learned('where')], { profileQuestionsPerOrder: 1 });
    const texts = new Set(['untranslated', 'missing_text']);
    expect(checkDefinition(definition).filter(({ code }) => !texts.has(code))).toEqual([]);
  });
});

describe('what was left open twice', () => {
  const shownTo = (questions: object[], passed: Record<string, number>, known: Answers = {}) => {
    const definition = survey(questions as Record<string, unknown>[], { profileQuestionsPerOrder: 1 });
    return shownQuestions(resolveSurvey(definition, NO_FACTS, known, passed).questions, {}).join(' ');
  };
  it.each<[string, object[], Record<string, number>, string]>([
    ['once is not enough', [rating, learned('who'), learned('where')], { who: 1 }, 'rating who'],
    ['it makes room for the next', [rating, learned('who'), learned('where')], { who: 2 }, 'rating where'],
    [
      'a question that must be answered stays',
      [rating, learned('who', { required: true })],
      { who: 5 },
      'rating who',
    ],
    [
      'a key of another question says nothing',
      [rating, learned('who')],
      { toString: 9, where: 9 },
      'rating who',
    ],
  ])('%s', (_name, questions, passed, expected) => {
    expect(shownTo(questions, passed)).toBe(expected);
  });

  it('does not silence what is known: its answer goes on deciding what is asked', () => {
    const questions = [
      rating,
      learned('who'),
      { id: 'more', type: 'long_text', showWhen: asks('who', 'is', 'a') },
    ];
    expect(shownTo(questions, { who: 2 }, { who: 'a' })).toBe('rating more');
    expect(shownTo(questions, { who: 2 })).toBe('rating');
  });
});
