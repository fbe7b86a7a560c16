/// <reference lib="es2023.array" />
/** What earlier steps have stored comes back as it was given, whatever the survey. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { QUESTION_TYPES } from '../../../app/domain/surveys/contract.ts';
import { resolveSurvey } from '../../../app/domain/surveys/logic.ts';
import { readAnswers } from '../../../app/domain/surveys/read-answers/read-answers.ts';
import { fieldsOf, storedAnswers } from '../../../app/domain/surveys/stored-answers.ts';
import { surveyView } from '../../../app/domain/surveys/view.ts';
import { anyAnswers, anyFacts, anyKnown, anySurvey } from '../../../tests/factories/surveys.ts';
import { answersToSend } from '../src/answers.ts';
import { answersFrom } from '../src/given.ts';

it('the app reads the same answers again', () => {
  let compared = 0;
  const scene = anySurvey({ types: QUESTION_TYPES, questions: 6, faulty: false }).chain((definition) =>
    fc.tuple(fc.constant(definition), anyFacts, anyKnown(definition), anyAnswers(definition)),
  );
  fc.assert(
    fc.property(scene, ([definition, facts, known, answers]) => {
      const resolved = resolveSurvey(definition, facts, known);
      const first = readAnswers(resolved, { answers }, { partial: true });
      if (first.outcome !== 'accepted') return;
      const view = surveyView(resolved, {
        locale: 'en',
        brandName: 'Moss',
        targetHours: 4,
        edition: 'edition-1',
      });
      const stored = fieldsOf(storedAnswers(definition, first, 'checkout'));
      const again = { answers: answersToSend(view, answersFrom(view, stored)) };
      expect(readAnswers(resolved, again, { partial: true })).toEqual(first);
      compared += first.answers.length;
    }),
    { numRuns: 1_000 },
  );
  expect(compared).toBeGreaterThan(300);
});
