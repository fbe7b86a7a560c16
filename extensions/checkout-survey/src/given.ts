import type { AnswerValue, SurveyView, SurveyViewQuestion } from '../../../app/domain/surveys/contract.ts';
import { askedHere } from './answers.ts';
import type { Offer } from './api.ts';
import { isGiven } from './visible.ts';
import type { Answers } from './visible.ts';

/** Answers as the app hands them back: by field, all of them words. */
export type StoredFields = Record<string, string | string[]>;

/** What was given before, as this surface holds it. */
export function answersFrom({ questions }: SurveyView, given: StoredFields): Answers {
  const answers: Record<string, AnswerValue | undefined> = {};
  for (const question of questions) {
    const other = `${question.id}.other`;
    answers[question.id] = answerTo(question, given);
    answers[other] = given[other];
  }
  return answers;
}

function answerTo(
  { id, type, values, lines, asks }: SurveyViewQuestion,
  given: StoredFields,
): AnswerValue | undefined {
  const parts = lines?.map((line) => line.id) ?? asks?.map(({ part }) => part);
  if (parts) {
    const stored = parts.filter((part) => given[`${id}.${part}`] !== undefined);
    const read = (part: string) => (lines ? Number : String)(given[`${id}.${part}`]);
    return Object.fromEntries(stored.map((part) => [part, read(part)]));
  }
  const stored = given[id];
  if (stored === undefined) return undefined;
  const [word = ''] = [stored].flat();
  if (values) return Number(word);
  if (type === 'consent') return word === 'true';
  // Choices are stored as a list, single ones too.
  return type === 'choice' ? word : stored;
}

/** What of the answers to one survey fits another: answers to questions that stand there word for word. */
export function fitting(answers: Answers, was: SurveyView, now: SurveyView): Answers {
  const asked = (question: SurveyViewQuestion) =>
    JSON.stringify({ ...question, required: undefined, showWhen: undefined });
  const before = new Set(was.questions.map(asked));
  const same = now.questions.filter((question) => before.has(asked(question)));
  return Object.fromEntries(fieldsOf(same).map((field) => [field, answers[field]]));
}

/**
 * The answers here with what was answered on another page meanwhile: here counts what was changed here.
 * @param stored what was stored from here last
 */
export function merged(answers: Answers, stored: Answers, elsewhere: Answers): Answers {
  const fields = Object.keys({ ...answers, ...elsewhere });
  const said = (all: Answers, field: string) => {
    const answer = all[field];
    return answer !== undefined && isGiven(answer) && JSON.stringify(answer);
  };
  const isMine = (field: string) => said(answers, field) !== said(stored, field);
  return Object.fromEntries(fields.map((field) => [field, (isMine(field) ? answers : elsewhere)[field]]));
}

const fieldsOf = (questions: readonly SurveyViewQuestion[]) =>
  questions.flatMap(({ id }) => [id, `${id}.other`]);

/** Where to go on: the first question without an answer, or else the last one. */
export function resumeAt(offer: Offer, answers: Answers): string | null {
  const asked = askedHere(offer, answers);
  const next = asked.find(({ id }) => !isGiven(answers[id])) ?? asked[asked.length - 1];
  return next?.id ?? null;
}
