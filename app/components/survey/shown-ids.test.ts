import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyAnswers, anyFacts, anyKnown, anySurvey } from '#tests/factories/surveys.ts';
import { QUESTION_TYPES } from '../../domain/surveys/contract.ts';
import type { AnswerValue } from '../../domain/surveys/contract.ts';
import { resolveSurvey } from '../../domain/surveys/logic.ts';
import { shownQuestions } from '../../domain/surveys/visibility.ts';
import { shownIds } from './shown-ids.ts';

/** An answer as it stands in the fields of a question. */
function inFields(answer: AnswerValue | undefined): string[] {
  const entries = typeof answer === 'object' ? Object.values(answer) : [answer ?? ''];
  return entries.map((entry) => String(entry).trim().toLowerCase()).filter(Boolean);
}

it('shows what the reference implementation shows, of any survey and any answers', () => {
  const scenes = anySurvey({ types: QUESTION_TYPES, questions: 7, faulty: false }).chain((definition) =>
    fc.record({
      definition: fc.constant(definition),
      facts: anyFacts,
      known: anyKnown(definition),
      answers: anyAnswers(definition),
    }),
  );
  let hidden = 0;
  fc.assert(
    fc.property(scenes, ({ definition, facts, known, answers }) => {
      // As the page gets it: through JSON.
      const questions = JSON.parse(
        JSON.stringify(
          resolveSurvey(definition, facts, known).questions.map(({ id, showWhen, silent }) => ({
            id,
            showWhen,
            silent,
          })),
        ),
      );
      const shown = shownIds(questions, (id) => inFields(answers[id]));
      expect(shown).toEqual(shownQuestions(questions, answers));
      hidden += questions.length - shown.length;
    }),
    { numRuns: 500 },
  );
  expect(hidden).toBeGreaterThan(100);
});
