/**
 * Conditions as the builder shows them: tests and groups of tests, met all or any. What is nested deeper, or negated as
 * a whole, is shown as a sentence and can be removed.
 */
import { OPERATORS, type AnswerOperator } from '../../domain/surveys/answer-tests.ts';
import type { AnswerCondition, Condition, FactCondition } from '../../domain/surveys/conditions.ts';
import { HEALTH_BANDS, TIERS } from '../../domain/surveys/conditions.ts';
import type { DefinitionQuestion } from '../../domain/surveys/question-types.ts';
import { isRating, optionIds, RATING_SCALES } from '../../domain/surveys/question-types.ts';
import { SCALE_RANGE } from '../../domain/surveys/routing.ts';

export type Test = AnswerCondition | FactCondition;
type Mode = 'all' | 'any';

export interface TestGroup {
  mode: Mode;
  tests: Test[];
}
export type Part =
  | { kind: 'test'; test: Test }
  | { kind: 'group'; group: TestGroup }
  | { kind: 'fixed'; condition: Condition };
export interface PartGroup {
  mode: Mode;
  parts: Part[];
}

export function readGroup(condition: Condition | undefined): PartGroup {
  if (!condition) return { mode: 'all', parts: [] };
  if (condition.if === 'all' || condition.if === 'any') {
    return { mode: condition.if, parts: condition.of.map(readPart) };
  }
  return { mode: 'all', parts: [readPart(condition)] };
}

function readPart(condition: Condition): Part {
  if (condition.if === 'answer' || condition.if === 'fact') return { kind: 'test', test: condition };
  if (condition.if === 'not') return { kind: 'fixed', condition };
  const tests = condition.of.filter((part) => part.if === 'answer' || part.if === 'fact');
  if (tests.length < condition.of.length) return { kind: 'fixed', condition };
  return { kind: 'group', group: { mode: condition.if, tests } };
}

/** undefined: nothing is left of it. One test alone keeps whether others would join it by all or any. */
export function writeGroup({ mode, parts }: PartGroup): Condition | undefined {
  const of = parts.flatMap((part): Condition[] => {
    if (part.kind === 'test') return [part.test];
    if (part.kind === 'fixed') return [part.condition];
    return part.group.tests.length > 0 ? [{ if: part.group.mode, of: part.group.tests }] : [];
  });
  if (of.length === 0) return undefined;
  return of.length === 1 && mode === 'all' ? of[0] : { if: mode, of };
}

/** A first test of the question, to be changed by whoever adds it. */
export function testOfAnswer(question: DefinitionQuestion): AnswerCondition {
  const first = isRating(question) ? 'route' : (OPERATORS[question.type][0] ?? 'answered');
  return withAnswerOperator(question, question.type.endsWith('_text') ? 'answered' : first);
}

/** The operator with an operand that suits the question. */
export function withAnswerOperator(question: DefinitionQuestion, op: AnswerOperator): AnswerCondition {
  const head = { if: 'answer', question: question.id } as const;
  const [first = ''] = optionIds(question);
  const range = isRating(question) ? SCALE_RANGE[RATING_SCALES[question.type]] : { min: 0, max: 0 };
  const single = isRating(question) ? range.min : question.type === 'consent' ? true : first;
  switch (op) {
    case 'answered':
    case 'not_answered':
      return { ...head, op };
    case 'is':
    case 'is_not':
      return { ...head, op, value: single };
    case 'one_of':
      return { ...head, op, values: [isRating(question) ? range.min : first] };
    case 'contains':
      return { ...head, op, value: first };
    case 'at_least':
      return { ...head, op, value: range.max };
    case 'at_most':
      return { ...head, op, value: range.min };
    case 'between':
      return { ...head, op, min: range.min, max: range.max };
    case 'route':
      return { ...head, op, value: 'low' };
  }
}

export type FactName = FactCondition['fact'];
export type FactOperator = FactCondition['op'];

const NUMBER_OPERATORS = ['at_least', 'at_most', 'is', 'is_not', 'between'] as const;
const WORD_OPERATORS = ['is', 'is_not', 'one_of'] as const;

/** What may be asked of the order and the customer. */
export const FACT_OPERATORS: Record<FactName, readonly FactOperator[]> = {
  order_count: NUMBER_OPERATORS,
  first_order: ['is'],
  order_value_minor: NUMBER_OPERATORS,
  days_late: NUMBER_OPERATORS,
  refunded: ['is'],
  product_ids: ['contains', 'one_of'],
  collection_ids: ['contains', 'one_of'],
  tier: WORD_OPERATORS,
  health_band: WORD_OPERATORS,
  country: WORD_OPERATORS,
  locale: WORD_OPERATORS,
};
export const FACT_NAMES = Object.keys(FACT_OPERATORS) as FactName[];

/** Ids that a new condition on products or collections begins with; '': none is known. */
export interface FirstIds {
  product: string;
  collection: string;
}

const FIRST_WORDS: Partial<Record<FactName, string>> = {
  tier: TIERS[0],
  health_band: HEALTH_BANDS[0],
  country: 'US',
  locale: 'en',
};

export function testOfFact(fact: FactName, ids: FirstIds): FactCondition {
  return withFactOperator(fact, FACT_OPERATORS[fact][0] ?? 'is', ids);
}

/** The operator with an operand that suits the fact. */
export function withFactOperator(fact: FactName, op: FactOperator, ids: FirstIds): FactCondition {
  const word = FIRST_WORDS[fact] ?? (fact === 'collection_ids' ? ids.collection : ids.product);
  const head = { if: 'fact', fact, op };
  if (fact === 'refunded' || fact === 'first_order') return { ...head, value: true } as FactCondition;
  if (op === 'one_of') return { ...head, values: [word] } as FactCondition;
  if (op === 'between') return { ...head, min: 1, max: 2 } as FactCondition;
  if (fact in FIRST_WORDS || op === 'contains') return { ...head, value: word } as FactCondition;
  return { ...head, value: fact === 'order_count' ? 2 : 1 } as FactCondition;
}
