import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerValue, ShowCondition } from '../../../app/domain/surveys/contract.ts';
import { QUESTION_TYPES } from '../../../app/domain/surveys/contract.ts';
import { resolveSurvey } from '../../../app/domain/surveys/logic.ts';
import * as app from '../../../app/domain/surveys/visibility.ts';
import { anyAnswers, anyFacts, anyKnown, anySurvey } from '../../../tests/factories/surveys.ts';
import { isGiven, shownQuestions } from '../src/visible.ts';

const ids = (questions: { id: string }[]) => questions.map(({ id }) => id);

describe('the questions shown are those of the app', () => {
  it('in any survey a merchant can make, with any answers', () => {
    const scene = anySurvey({ types: QUESTION_TYPES, questions: 6, faulty: false }).chain((definition) =>
      fc.tuple(fc.constant(definition), anyFacts, anyKnown(definition), anyAnswers(definition)),
    );
    fc.assert(
      fc.property(scene, ([definition, facts, known, answers]) => {
        const { questions } = resolveSurvey(definition, facts, known);
        expect(ids(shownQuestions(questions, answers))).toEqual(app.shownQuestions(questions, answers));
      }),
      { numRuns: 1_500 },
    );
  });

  it('with any conditions at all', () => {
    const names = ['a', 'b', 'c', 'constructor'];
    const words = ['', 'x', ' X ', '2', 'true'];
    const test: fc.Arbitrary<ShowCondition> = fc.oneof(
      fc.record({ q: fc.constantFrom(...names) }),
      fc.record({ q: fc.constantFrom(...names), shown: fc.constant(true as const) }),
      fc.record({ q: fc.constantFrom(...names), has: fc.constantFrom('', 'x', 'ru') }),
      fc.record(
        {
          q: fc.constantFrom(...names),
          in: fc.subarray(['x', '2', 'true']),
          top: fc.constant(1 as const),
        },
        { requiredKeys: ['q', 'in'] },
      ),
    );
    const { condition } = fc.letrec<{ condition: ShowCondition }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 3 },
        test,
        fc.record({ not: tie('condition') }),
        fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
      ),
    }));
    const answer: fc.Arbitrary<AnswerValue> = fc.oneof(
      fc.constantFrom(...words),
      fc.constantFrom(0, 2),
      fc.boolean(),
      fc.array(fc.constantFrom(...words), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('p', 'r'), fc.constantFrom<string | number>('', 'x', 2)),
    );
    const question = fc.record(
      { showWhen: condition, silent: fc.constant(true as const) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(question, { minLength: 4, maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...names), answer),
        (drawn, answers) => {
          const questions = drawn.map((one, index) => ({ id: names[index] ?? '', ...one }));
          expect(ids(shownQuestions(questions, answers))).toEqual(app.shownQuestions(questions, answers));
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

it.each<[AnswerValue | undefined, boolean]>([
  [undefined, false],
  ['', false],
  ['  ', false],
  [[], false],
  [{}, false],
  [{ name: ' ' }, false],
  ['x', true],
  [0, true],
  [false, true],
  [['a'], true],
  [{ '11': 3 }, true],
])('in %j is something: %s', (answer, expected) => expect(isGiven(answer)).toBe(expected));
