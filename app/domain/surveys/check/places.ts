/** Where in a definition conditions stand. */
import type { AnswerCondition, Condition, FactCondition } from '../conditions.ts';
import { testsOf } from '../conditions.ts';
import type { Definition } from '../definition.ts';

export interface Place {
  /** What has the condition. */
  of: 'target' | 'question' | 'rule' | 'review_ask' | 'incentive';
  questionId: string | null;
  /** Answers to questions before this position may be asked for. */
  before: number;
  condition: Condition;
  tests: (AnswerCondition | FactCondition)[];
}

/** Every condition of a definition, in reading order. */
export function conditionsOf(definition: Definition): Place[] {
  const { questions, target, reviewAsk, incentive } = definition;
  const place = (
    of: Place['of'],
    questionId: string | null,
    before: number,
    condition: Condition | undefined,
  ): Place[] => (condition ? [{ of, questionId, before, condition, tests: testsOf(condition) }] : []);
  return [
    ...place('target', null, 0, target),
    ...questions.flatMap(({ id, showWhen, rules }, index) => [
      ...place('question', id, index, showWhen),
      ...rules.flatMap((rule) => place('rule', id, index + 1, rule.when)),
    ]),
    ...place('review_ask', null, questions.length, reviewAsk?.when),
    ...place('incentive', null, questions.length, incentive?.when),
  ];
}
