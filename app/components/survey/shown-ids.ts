import type { ShowCondition } from '../../domain/surveys/contract.ts';

/** What the browser needs to know of a question to decide which are shown. */
export interface QuestionLogic {
  id: string;
  showWhen?: ShowCondition;
  silent?: true;
}

/**
 * Ids of the questions to show now, in order: app/domain/surveys/visibility.ts once more, in one function, because its
 * text is what the page runs (survey-script.ts). What conditions mean is said in contract.ts.
 * @param wordsOf the entries of the answer that stands in a question's fields: trimmed, in lower case, none empty
 */
export function shownIds(questions: readonly QuestionLogic[], wordsOf: (id: string) => string[]): string[] {
  const counted = new Map<string, string[]>();
  const holds = (condition: ShowCondition): boolean => {
    if ('all' in condition) return condition.all.every(holds);
    if ('any' in condition) return condition.any.some(holds);
    if ('not' in condition) return !holds(condition.not);
    const { q, in: wanted, has = '', top, shown } = condition;
    if (shown) return counted.has(q);
    const words = (counted.get(q) ?? []).slice(0, top);
    return words.some((word) => (wanted ? wanted.includes(word) : word.includes(has)));
  };
  for (const { id, showWhen, silent } of questions) {
    if (!showWhen || holds(showWhen)) counted.set(id, silent ? [] : wordsOf(id));
  }
  return questions.filter(({ id, silent }) => !silent && counted.has(id)).map(({ id }) => id);
}
