/** What is known of a person from earlier surveys, so that it need not be asked twice (domain.md section 2). */
import type { AnswerValue } from './contract.ts';
import type { DefinitionQuestion } from './question-types.ts';
import { optionIds } from './question-types.ts';

/** By profile key. */
export type KnownAnswers = Readonly<Record<string, AnswerValue>>;
/** How many times a question was asked and left open, by profile key. */
export type PassedQuestions = Readonly<Record<string, number>>;

/** Who has left a question open so often does not want to answer it. */
const PASSED_ENOUGH = 2;

/** Whether a question that need not be answered was left open so often that it is not asked again. */
export function isPassed(question: DefinitionQuestion, passed: PassedQuestions): boolean {
  const key = 'profileKey' in question ? question.profileKey : undefined;
  if (key === undefined || question.required) return false;
  return Object.hasOwn(passed, key) && (passed[key] ?? 0) >= PASSED_ENOUGH;
}

/** The known answer to a question; null where there is none, or none that the question would accept today. */
export function knownAnswer(question: DefinitionQuestion, known: KnownAnswers): AnswerValue | null {
  const key = 'profileKey' in question ? question.profileKey : undefined;
  if (key === undefined || !Object.hasOwn(known, key)) return null;
  const answer = known[key] ?? null;
  return answer !== null && suits(question, answer) ? answer : null;
}

function suits(question: DefinitionQuestion, answer: AnswerValue): boolean {
  switch (question.type) {
    case 'choice':
      return typeof answer === 'string' && optionIds(question).includes(answer);
    case 'multiple_choice':
    case 'ranking': {
      const offered = optionIds(question);
      return Array.isArray(answer) && answer.length > 0 && answer.every((id) => offered.includes(id));
    }
    case 'short_text':
    case 'long_text':
      return typeof answer === 'string' && answer.trim() !== '';
    case 'consent':
      // Who has not agreed may be asked another time.
      return answer === true;
    case 'contact':
      return (
        typeof answer === 'object' &&
        !Array.isArray(answer) &&
        question.asks.every((part) => Object.hasOwn(answer, part) && String(answer[part]).trim() !== '')
      );
    default:
      return false;
  }
}
