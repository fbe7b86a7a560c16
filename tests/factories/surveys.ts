/** Surveys for tests: one that a merchant might make, and any that the schema allows, small ones. */
import fc from 'fast-check';
import { OPERATORS } from '#app/domain/surveys/answer-tests.ts';
import type { AnswerCondition, Condition } from '#app/domain/surveys/conditions.ts';
import type { AnswerValue, QuestionType } from '#app/domain/surveys/contract.ts';
import { definitionSchema, type Definition } from '#app/domain/surveys/definition.ts';
import { NO_FACTS, type OrderFacts } from '#app/domain/surveys/order-facts.ts';
import { isRating, optionIds, RATING_SCALES } from '#app/domain/surveys/question-types.ts';
import type { DefinitionQuestion } from '#app/domain/surveys/question-types.ts';
import { scaleValues } from '#app/domain/surveys/routing.ts';

type Input = Record<string, unknown>;

/** A definition of these questions, in English, with `over` on top. Wordings need no text: ids are shown as they are. */
export function survey(questions: Input[], over: Input = {}): Definition {
  const words = { title: 'thanks.middle.title', text: 'thanks.middle.text' };
  return definitionSchema.parse({
    kind: 'usage',
    name: 'Test',
    version: 1,
    defaultLanguage: 'en',
    languages: ['en'],
    title: 'usage.title',
    intro: 'usage.intro',
    thanks: { low: words, middle: words, high: words },
    questions: questions.map((question) => ({ text: 'usage.rating', ...question })),
    ...over,
  });
}

/** Options named after their ids. */
export const options = (...ids: string[]) => ids.map((id) => ({ id, text: 'usage.low' }));

export const facts = (over: Partial<OrderFacts>): OrderFacts => ({ ...NO_FACTS, ...over });

/** Parts of a question beyond what every question has. */
const EXTRAS: Partial<Record<QuestionType, Input>> = {
  csat: { metric: 'csat_product' },
  choice: { options: options('a', 'b', 'c'), other: { text: 'usage.low' } },
  multiple_choice: { options: options('a', 'b', 'c') },
  ranking: { options: options('a', 'b', 'c') },
  contact: { asks: ['email'] },
};

const LINES = ['11', '12'];
const LEARNABLE = ['choice', 'multiple_choice', 'ranking', 'short_text', 'consent', 'contact'];
const WORDS = ['yes', 'No', ' maybe '];

/** Any valid answer to a question. */
export function answerTo(question: DefinitionQuestion): fc.Arbitrary<AnswerValue> {
  const ids = optionIds(question);
  const some = fc.shuffledSubarray(ids, { minLength: Math.min(1, ids.length) });
  if (isRating(question)) {
    const rating = fc.constantFrom(...scaleValues(RATING_SCALES[question.type]));
    if (question.type !== 'line_rating') return rating;
    return fc
      .tuple(fc.subarray(LINES, { minLength: 1 }), rating, rating)
      .map(([lines, ...ratings]) => Object.fromEntries(lines.map((line, at) => [line, ratings[at] ?? 1])));
  }
  if (question.type === 'choice') return fc.constantFrom(...ids);
  if (question.type === 'multiple_choice' || question.type === 'ranking') return some;
  if (question.type === 'consent') return fc.boolean();
  if (question.type === 'contact') return fc.constant({ email: 'ada@example.com' });
  return fc.constantFrom(...WORDS);
}

function answerCondition(question: DefinitionQuestion): fc.Arbitrary<AnswerCondition> {
  const head = { if: 'answer' as const, question: question.id };
  const number = fc.integer({ min: 0, max: 7 });
  const value: fc.Arbitrary<string | number> = isRating(question)
    ? number
    : fc.constantFrom(...optionIds(question), 'zz', 'YES');
  return fc.constantFrom(...OPERATORS[question.type]).chain((op): fc.Arbitrary<AnswerCondition> => {
    switch (op) {
      case 'answered':
      case 'not_answered':
        return fc.constant({ ...head, op });
      case 'one_of':
        return fc.array(value, { minLength: 1, maxLength: 3 }).map((values) => ({ ...head, op, values }));
      case 'contains':
        return value.map((part) => ({ ...head, op, value: String(part) }));
      case 'between':
        return fc.tuple(number, number).map(([min, max]) => ({ ...head, op, min, max }));
      case 'route':
        return fc
          .constantFrom('low' as const, 'middle' as const, 'high' as const)
          .map((route) => ({ ...head, op, value: route }));
      case 'at_least':
      case 'at_most':
        return number.map((limit) => ({ ...head, op, value: limit }));
      default:
        if (question.type === 'consent') return fc.boolean().map((given) => ({ ...head, op, value: given }));
        return value.map((wanted) => ({ ...head, op, value: wanted }));
    }
  });
}

const factConditions: Condition[] = [
  { if: 'fact', fact: 'refunded', op: 'is', value: true },
  { if: 'fact', fact: 'first_order', op: 'is', value: false },
  { if: 'fact', fact: 'order_count', op: 'at_least', value: 3 },
  { if: 'fact', fact: 'order_count', op: 'between', min: 2, max: 2 },
];

function conditionOn(questions: readonly DefinitionQuestion[]): fc.Arbitrary<Condition> {
  const test: fc.Arbitrary<Condition> = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...questions).chain(answerCondition) },
    { weight: 1, arbitrary: fc.constantFrom(...factConditions) },
  );
  const group = (part: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
    fc.oneof(
      { weight: 3, arbitrary: part },
      { weight: 1, arbitrary: part.map((of) => ({ if: 'not' as const, of })) },
      {
        weight: 2,
        arbitrary: fc.record({
          if: fc.constantFrom('all' as const, 'any' as const),
          of: fc.array(part, { minLength: 1, maxLength: 3 }),
        }),
      },
    );
  return group(group(test));
}

export interface SurveySizes {
  types: readonly QuestionType[];
  questions: number;
  /** Whether rules may also lead backward and to nowhere, and conditions look ahead. */
  faulty: boolean;
}

/** Any definition of up to so many questions, with conditions and rules between them. */
export function anySurvey({ types, questions: most, faulty }: SurveySizes): fc.Arbitrary<Definition> {
  const bare = fc
    .array(
      fc.record({
        type: fc.constantFrom(...types),
        required: fc.boolean(),
        learned: fc.integer({ min: 0, max: 2 }),
        asked: fc.option(fc.record({ from: fc.integer({ min: 1, max: 3 }) }), { freq: 8, nil: undefined }),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((drawn) =>
      drawn.map(({ type, required, learned, asked }, index) => ({
        id: `q${index}`,
        type,
        required,
        ...EXTRAS[type],
        ...(learned === 0 && LEARNABLE.includes(type) && { profileKey: `k${index}` }),
        ...(asked && { askOnOrder: asked }),
      })),
    );
  return bare.chain((inputs) => {
    const base = survey(inputs, { values: [{ id: 'points', kind: 'number' }] });
    const parts = base.questions.map((_, index) => logicOf(base.questions, index, faulty));
    return fc.tuple(...parts).map((logic) => ({
      ...base,
      questions: base.questions.map((question, index) => ({ ...question, ...logic[index] })),
    }));
  });
}

function logicOf(questions: readonly DefinitionQuestion[], index: number, faulty: boolean) {
  const before = faulty ? questions : questions.slice(0, index);
  const upTo = faulty ? questions : questions.slice(0, index + 1);
  const later = faulty
    ? [...questions.map(({ id }) => id), 'zz']
    : questions.slice(index + 1).map(({ id }) => id);
  const when = fc.option(conditionOn(upTo), { freq: 5, nil: undefined });
  const forward = later.length > 0 ? later : ['zz'];
  const rule = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ when, do: fc.constant('jump' as const), to: fc.constantFrom(...forward) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ when, do: fc.constant('skip' as const), question: fc.constantFrom(...forward) }),
    },
    { weight: 1, arbitrary: fc.record({ when, do: fc.constant('end' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        when,
        do: fc.constant('set' as const),
        value: fc.constant('points'),
        to: fc.nat(9),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        when,
        do: fc.constant('add' as const),
        value: fc.constant('points'),
        amount: fc.oneof(fc.nat(9), fc.constant({ answer: questions[0]?.id ?? '' })),
      }),
    },
  );
  return fc.record({
    showWhen:
      before.length > 0
        ? fc.option(conditionOn(before), { freq: 2, nil: undefined })
        : fc.constant(undefined),
    rules: fc.array(rule, { maxLength: 3 }),
  });
}

export const anyFacts: fc.Arbitrary<OrderFacts> = fc
  .record({
    refunded: fc.constantFrom(true, false, null),
    orderCount: fc.constantFrom(null, 1, 2, 3, 4),
    lineIds: fc.constantFrom(LINES, []),
  })
  .map(facts);

/** Answers to any of the questions, also to those that will be hidden. */
export function anyAnswers(definition: Definition): fc.Arbitrary<Record<string, AnswerValue>> {
  const given = definition.questions.map((question) => fc.option(answerTo(question), { freq: 4, nil: null }));
  return fc.tuple(...given).map((values) =>
    Object.fromEntries(
      definition.questions.flatMap(({ id }, index) => {
        const value = values[index] ?? null;
        return value === null ? [] : [[id, value]];
      }),
    ),
  );
}

/** What was learned of the person before, for some of the profile keys. */
export function anyKnown(definition: Definition): fc.Arbitrary<Record<string, AnswerValue>> {
  const keyed = definition.questions.filter((question) => 'profileKey' in question && question.profileKey);
  return fc.tuple(...keyed.map((question) => fc.option(answerTo(question), { nil: null }))).map((values) =>
    Object.fromEntries(
      keyed.flatMap((question, index) => {
        const value = values[index] ?? null;
        return value !== null && 'profileKey' in question ? [[question.profileKey ?? '', value]] : [];
      }),
    ),
  );
}
