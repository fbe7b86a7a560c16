import type {
  AnswerValue,
  QuestionType,
  SurveyView,
  SurveyViewQuestion,
} from '../../../app/domain/surveys/contract.ts';
import { isGiven, shownQuestions } from './visible.ts';
import type { Answers } from './visible.ts';

/** Types with `s-*` components. Others belong to the hosted page and are passed over, as unanswered. */
const HERE: readonly QuestionType[] = [
  'nps',
  'csat',
  'ces',
  'stars',
  'smileys',
  'line_rating',
  'choice',
  'multiple_choice',
  'short_text',
  'long_text',
  'consent',
  'contact',
];

/** The questions that this surface asks now, in order. */
export function askedHere({ questions }: SurveyView, answers: Answers): SurveyViewQuestion[] {
  return shownQuestions(questions, answers).filter(
    ({ type, lines }) => HERE.includes(type) && lines?.length !== 0,
  );
}

/** Whether a required question was left empty; a consent that is required must be given. */
export function isMissing({ id, type, required }: SurveyViewQuestion, answers: Answers): boolean {
  return required && !(type === 'consent' ? answers[id] === true : isGiven(answers[id]));
}

/** Whether the option that asks for words is among those taken. */
export function takesOther({ id, other }: SurveyViewQuestion, answers: Answers): boolean {
  return other !== undefined && [answers[id]].flat().includes(other);
}

/**
 * What is given, by field; only of questions that are shown. What was answered elsewhere and is not asked here goes
 * along: conditions count it.
 */
export function answersToSend({ questions }: SurveyView, answers: Answers): Record<string, AnswerValue> {
  const fields = shownQuestions(questions, answers).flatMap((question) =>
    takesOther(question, answers) ? [question.id, `${question.id}.other`] : [question.id],
  );
  return Object.fromEntries(
    fields.flatMap((field) => {
      const answer = answers[field];
      return answer !== undefined && isGiven(answer) ? [[field, answer]] : [];
    }),
  );
}
