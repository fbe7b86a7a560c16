/**
 * Which questions are shown, given the answers so far: app/domain/surveys/visibility.ts once more, since an extension
 * is built by itself. tests/visible.test.ts holds the two against each other.
 */
import type { AnswerValue, ShowCondition, SurveyViewQuestion } from '../../../app/domain/surveys/contract.ts';

/** By field, whatever was answered once: `<question>`, and `<question>.other` for the words beside "other". */
export type Answers = Readonly<Record<string, AnswerValue | undefined>>;

/** Answers of questions shown so far; null = shown and not answered. */
type Counted = ReadonlyMap<string, AnswerValue | null>;

function wordsOf(answer: AnswerValue | null | undefined): string[] {
  const entries = typeof answer === 'object' && answer !== null ? Object.values(answer) : [answer ?? ''];
  return entries.map((entry) => String(entry).trim().toLowerCase()).filter((word) => word !== '');
}

function holds(condition: ShowCondition, counted: Counted): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, counted));
  if ('any' in condition) return condition.any.some((part) => holds(part, counted));
  if ('not' in condition) return !holds(condition.not, counted);
  const { q, in: wanted, has, top, shown } = condition;
  if (shown) return counted.has(q);
  const words = wordsOf(counted.get(q)).slice(0, top);
  return words.some((word) => (wanted ? wanted.includes(word) : word.includes(has ?? '')));
}

/** The questions to show now, in order. An answer to a hidden question does not count. */
export function shownQuestions<Question extends Pick<SurveyViewQuestion, 'id' | 'showWhen' | 'silent'>>(
  questions: readonly Question[],
  answers: Answers,
): Question[] {
  const counted = new Map<string, AnswerValue | null>();
  return questions.filter(({ id, showWhen, silent }) => {
    if (showWhen && !holds(showWhen, counted)) return false;
    counted.set(id, (!silent && Object.hasOwn(answers, id) ? answers[id] : null) ?? null);
    return !silent;
  });
}

/** Whether there is anything in an answer. */
export const isGiven = (answer: AnswerValue | undefined): boolean => wordsOf(answer).length > 0;
