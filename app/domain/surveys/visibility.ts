/**
 * Which questions a shopper sees, given the answers so far: all that a surface needs to know of logic. The theme
 * script has these few lines once more, in its own words; what they mean is said in contract.ts.
 */
import type { AnswerValue, ShowCondition } from './contract.ts';

/** Answers that count: of questions shown, in order; null = shown and not answered. Hidden questions are absent. */
export type CountedAnswers = ReadonlyMap<string, AnswerValue | null>;

export interface ConditionalQuestion {
  id: string;
  /** Absent: always shown. */
  showWhen?: ShowCondition;
  /** Answered long ago: it is passed without being shown, and later conditions may ask whether it was passed. */
  silent?: true;
}

/** The entries of an answer as comparable words; none when it is not answered. */
function wordsOf(answer: AnswerValue | null | undefined): string[] {
  const entries = typeof answer === 'object' && answer !== null ? Object.values(answer) : [answer ?? ''];
  return entries.map((entry) => String(entry).trim().toLowerCase()).filter((word) => word !== '');
}

/** Whether `condition` is met by the answers that count. */
export function holds(condition: ShowCondition, answers: CountedAnswers): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, answers));
  if ('any' in condition) return condition.any.some((part) => holds(part, answers));
  if ('not' in condition) return !holds(condition.not, answers);
  const { q, in: wanted, has, top, shown } = condition;
  if (shown) return answers.has(q);
  const words = wordsOf(answers.get(q)).slice(0, top);
  return words.some((word) => (wanted ? wanted.includes(word) : word.includes(has ?? '')));
}

/**
 * One pass in the order of the questions: an answer to a question that is hidden does not count, so that it cannot
 * show another one. `answers` may hold anything that was answered once, also of questions hidden since.
 */
export function countedAnswers(
  questions: readonly ConditionalQuestion[],
  answers: Readonly<Record<string, AnswerValue | undefined>>,
): Map<string, AnswerValue | null> {
  const counted = new Map<string, AnswerValue | null>();
  for (const { id, showWhen, silent } of questions) {
    if (showWhen && !holds(showWhen, counted)) continue;
    counted.set(id, (!silent && Object.hasOwn(answers, id) ? answers[id] : null) ?? null);
  }
  return counted;
}

/** Ids of the questions to show now, in order. */
export function shownQuestions(
  questions: readonly ConditionalQuestion[],
  answers: Readonly<Record<string, AnswerValue | undefined>>,
): string[] {
  const counted = countedAnswers(questions, answers);
  return questions.filter(({ id, silent }) => !silent && counted.has(id)).map(({ id }) => id);
}
