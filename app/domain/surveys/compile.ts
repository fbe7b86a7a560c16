/**
 * Rules and conditions of a survey as one visibility per question. Since people only move forward, a jump hides what
 * lies between, an end hides everything after, and each is a condition on earlier answers: no surface needs to walk.
 */
import { answerFormula } from './answer-tests.ts';
import type { AnswerCondition, Condition, FactCondition } from './conditions.ts';
import type { AnswerTest } from './contract.ts';
import type { Definition } from './definition.ts';
import type { Formula } from './formula.ts';
import { allOf, anyOf, notOf } from './formula.ts';
import type { DefinitionQuestion } from './question-types.ts';
import type { Rule } from './rules.ts';

/** What a test becomes; `index` and `visible` are of the question that it is about. */
export interface Leaves<Test extends object> {
  fact(test: FactCondition): Formula<Test>;
  /** The order has lines to rate. */
  hasLines: Formula<Test>;
  answer(test: AnswerTest, index: number, visible: Formula<Test>): Formula<Test>;
  shown(index: number, visible: Formula<Test>): Formula<Test>;
  /** Whether a question that would be visible is asked this time, in the order of the questions; absent: each is. */
  inTurn?(index: number, visible: Formula<Test>): Formula<Test>;
}

export interface Compiled<Test extends object> {
  /** Whether a question is reached and shown, in the order of the questions. */
  visible: Formula<Test>[];
  /** Whether a rule fires, in the order in which rules are looked at. */
  rules: { index: number; rule: Rule; fires: Formula<Test> }[];
  /** A condition that is asked after the last question. */
  atEnd(condition: Condition | undefined): Formula<Test>;
}

/**
 * Every question's visibility, made of the leaves that are passed in. What refers to a later or unknown question, or
 * jumps backward, is taken as never true: `checkDefinition` names it before anything is published.
 */
export function compile<Test extends object>(definition: Definition, leaves: Leaves<Test>): Compiled<Test> {
  const { questions } = definition;
  const positions = new Map(questions.map(({ id }, index) => [id, index]));
  const visible: Formula<Test>[] = [];
  const hidden: Formula<Test>[][] = questions.map(() => []);
  const rules: Compiled<Test>['rules'] = [];

  const answerTest = (test: AnswerCondition, before: number, absent: number): Formula<Test> => {
    const index = positions.get(test.question);
    const question = index === undefined ? undefined : questions[index];
    if (index === undefined || !question) return test.op === 'is_not' || test.op === 'not_answered';
    const replace = (part: Formula<AnswerTest>): Formula<Test> => {
      if (typeof part === 'boolean') return part;
      if ('not' in part) return notOf(replace(part.not));
      if ('all' in part || 'any' in part || index >= before || index === absent) return false;
      return leaves.answer(part, index, visible[index] ?? false);
    };
    return replace(answerFormula(test, question));
  };
  /** `absent`: this question's answer is taken as missing. */
  const lower = (condition: Condition | undefined, before: number, absent = -1): Formula<Test> => {
    if (!condition) return true;
    if (condition.if === 'all') return allOf(condition.of.map((part) => lower(part, before, absent)));
    if (condition.if === 'any') return anyOf(condition.of.map((part) => lower(part, before, absent)));
    if (condition.if === 'not') return notOf(lower(condition.of, before, absent));
    return condition.if === 'fact' ? leaves.fact(condition) : answerTest(condition, before, absent);
  };
  const applyRules = (question: DefinitionQuestion, index: number): void => {
    let undecided: Formula<Test> = true;
    for (const rule of question.rules) {
      const leftOut = positionsHidden(rule, index, positions);
      if (!leftOut) continue;
      const met = lower(rule.when, index + 1);
      // Most rules ask for the answer to their own question, which already says that it was shown.
      const guarded = lower(rule.when, index + 1, index) === false;
      const shown = guarded ? true : leaves.shown(index, visible[index] ?? false);
      const fires = allOf([shown, met, undecided]);
      rules.push({ index, rule, fires });
      for (const at of leftOut) hidden[at]?.push(notOf(fires));
      if (rule.do === 'jump' || rule.do === 'end') undecided = allOf([undecided, notOf(met)]);
    }
  };

  questions.forEach((question, index) => {
    const asked = question.askOnOrder ? leaves.fact(onOrder(question.askOnOrder)) : true;
    const lines = question.type === 'line_rating' ? leaves.hasLines : true;
    const due = allOf([asked, lines, lower(question.showWhen, index), ...(hidden[index] ?? [])]);
    visible.push(leaves.inTurn ? allOf([due, leaves.inTurn(index, due)]) : due);
    if (visible[index] !== false) applyRules(question, index);
  });
  return { visible, rules, atEnd: (condition) => lower(condition, questions.length) };
}

function onOrder({ from, to }: { from?: number | undefined; to?: number | undefined }): FactCondition {
  return {
    if: 'fact',
    fact: 'order_count',
    op: 'between',
    min: from ?? 1,
    max: to ?? Number.MAX_SAFE_INTEGER,
  };
}

/** What a rule hides when it fires; null where it leads nowhere or back, and is left out of account. */
function positionsHidden(rule: Rule, index: number, positions: ReadonlyMap<string, number>): number[] | null {
  const between = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (rule.do === 'set' || rule.do === 'add') return [];
  if (rule.do === 'end') return between(index + 1, positions.size);
  const target = positions.get(rule.do === 'jump' ? rule.to : rule.question) ?? -1;
  if (target <= index) return null;
  return rule.do === 'jump' ? between(index + 1, target) : [target];
}
