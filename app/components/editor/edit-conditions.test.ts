import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../domain/surveys/answer-tests.ts';
import { checkDefinition } from '../../domain/surveys/check-definition.ts';
import { conditionSchema, type Condition } from '../../domain/surveys/conditions.ts';
import type { DefinitionQuestion } from '../../domain/surveys/question-types.ts';
import { all, any, asks, fact, not } from '#tests/factories/survey-conditions.ts';
import { survey } from '#tests/factories/surveys.ts';
import {
  FACT_NAMES,
  FACT_OPERATORS,
  readGroup,
  type Part,
  testOfAnswer,
  testOfFact,
  withAnswerOperator,
  withFactOperator,
  writeGroup,
} from './edit-conditions.ts';
import { QUESTION_TYPES } from '../../domain/surveys/contract.ts';
import { newQuestion } from './edit-questions.ts';

const [a, b, c] = [asks('rating', 'is', 1), fact('refunded', 'is', true), asks('why', 'answered')];

describe('a condition in the builder', () => {
  it.each<[string, Condition]>([
    ['a test', a],
    ['all', all(a, b)],
    ['any', any(a, b)],
    ['any of one, which others may join', any(a)],
    ['a group in it', all(a, any(b, c))],
    ['a group of one', any(b, all(c))],
    ['two groups', any(all(a, b), all(a, c))],
    ['a negation', not(a)],
    ['what is too deep to edit', all(a, any(b, all(a, c)))],
    ['a negation inside', any(a, not(b))],
  ])('%s comes out as it went in', (_, condition) => {
    expect(writeGroup(readGroup(condition))).toEqual(condition);
  });

  it('shows what it cannot edit as one piece', () => {
    expect(readGroup(all(a, any(b, not(c)))).parts.map(({ kind }) => kind)).toEqual(['test', 'fixed']);
    expect(readGroup(not(a)).parts).toEqual([{ kind: 'fixed', condition: not(a) }]);
  });

  it('is gone with its last test', () => {
    expect(readGroup(undefined).parts).toEqual([]);
    expect(writeGroup({ mode: 'any', parts: [] })).toBeUndefined();
    const empty: Part = { kind: 'group', group: { mode: 'all', tests: [] } };
    expect(writeGroup({ mode: 'all', parts: [empty, { kind: 'test', test: a as never }] })).toEqual(a);
  });
});

describe('a new test', () => {
  const named = (question: DefinitionQuestion) => ({ ...question, text: 'usage.low' });

  it.each(QUESTION_TYPES)('of an answer of type %s passes every check, with each operator', (type) => {
    const question = named(newQuestion(type, () => '1'));
    const words = 'options' in question ? { options: optionsOf() } : {};
    const asked = { ...question, ...words, id: 'asked' } as DefinitionQuestion;
    const tests = [testOfAnswer(asked), ...OPERATORS[type].map((op) => withAnswerOperator(asked, op))];
    for (const test of tests) {
      // A text to compare with has to be typed first.
      const blank = 'value' in test && test.value === '';
      if (blank) expect(type).toMatch(/_text$/);
      const showWhen = blank ? { ...test, value: 'late' } : test;
      const definition = survey([
        { id: 'r', type: 'csat', metric: 'csat_product', required: true },
        asked,
        { id: 'q', type: 'consent', showWhen },
      ]);
      expect(checkDefinition(definition).filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  const ids = { product: '11', collection: '91' };
  it.each(FACT_NAMES)('of the fact %s can be saved, with each operator', (name) => {
    expect(conditionSchema.parse(testOfFact(name, ids))).toMatchObject({ fact: name });
    for (const op of FACT_OPERATORS[name]) {
      expect(conditionSchema.safeParse(withFactOperator(name, op, ids)).success, op).toBe(true);
    }
  });

  it('of a list begins with one that is known', () => {
    expect(testOfFact('product_ids', ids)).toMatchObject({ value: '11' });
    expect(withFactOperator('collection_ids', 'one_of', ids)).toMatchObject({ values: ['91'] });
  });
});

function optionsOf() {
  return [
    { id: 'o-1', text: 'usage.low' },
    { id: 'o-2', text: 'usage.high' },
  ];
}
