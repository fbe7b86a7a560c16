import type {
  AnswerValue,
  QuestionType,
  SurveyView,
  SurveyViewQuestion,
} from '../../../app/domain/surveys/contract.ts';
import type { Offer } from './api.ts';
import { isGiven, shownQuestions } from './visible.ts';
import type { Answers } from './visible.ts';

/** Types with `s-*` components. The others belong to the hosted page. */
const HERE: readonly QuestionType[] = [
  'nps',
  'csat',
  'ces',
  'stars',
  'smileys',
  'line_rating',
  'choice',
  'multiple_choice',
  'ranking',
  'short_text',
  'long_text',
  'consent',
  'contact',
];

/** Whether a question can only be led to. */
export const isElsewhere = ({ type }: SurveyViewQuestion): boolean => !HERE.includes(type);

/**
 * The questions that come now, in order. Those that are asked elsewhere have their place only where there is a page to
 * lead to; else they are passed over, as unanswered.
 */
export function askedHere(
  { survey, continueAt }: Pick<Offer, 'survey' | 'continueAt'>,
  answers: Answers,
): SurveyViewQuestion[] {
  return shownQuestions(survey.questions, answers).filter(
    (question) => question.lines?.length !== 0 && (continueAt !== undefined || !isElsewhere(question)),
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
