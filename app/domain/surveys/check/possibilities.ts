/** All that may turn out when a survey is shown: every answer to every question, and every fact of the order. */
import type { FactCondition } from '../conditions.ts';
import type { Leaves } from '../compile.ts';
import type { AnswerTest, AnswerValue } from '../contract.ts';
import type { Definition } from '../definition.ts';
import type { Formula } from '../formula.ts';
import { allOf, anyOf } from '../formula.ts';
import { factHolds, NO_FACTS } from '../order-facts.ts';
import type { OrderFacts } from '../order-facts.ts';
import type { DefinitionQuestion } from '../question-types.ts';
import { isRating, optionIds, RATING_SCALES } from '../question-types.ts';
import { scaleValues } from '../routing.ts';
import { holds } from '../visibility.ts';
import { conditionsOf } from './places.ts';

/** Something that turns out in exactly one of `ways` ways. */
export interface Variable {
  name: string;
  ways: number;
  /** The question that it is about; null: a fact. */
  questionId: string | null;
  group: Group | null;
}

/** Yes-or-no variables (the first way is yes) of which so many are yes. */
export interface Group {
  members: Variable[];
  min: number;
  max: number;
}

/** A test as far as the check is concerned: whether it passes, by the way in which its variable turned out. */
export interface Chance {
  variable: Variable;
  passes: readonly boolean[];
}

/**
 * Leaves for `compile`: ratings, choices and facts have exactly the values that they can have, required questions are
 * answered where they are shown, and what is written is free: any words may be in any text.
 */
export function possibilitiesOf(definition: Definition): Leaves<Chance> {
  const variables = new Map<string, Variable>();
  const chances = new Map<string, Chance>();
  const facts = valuesOfFacts(definition);

  const chanceOf = (name: string, questionId: string | null, test: unknown, passes: boolean[]): Chance => {
    const variable = variables.get(name) ?? { name, ways: passes.length, questionId, group: null };
    variables.set(name, variable);
    const key = `${name} ${JSON.stringify(test)}`;
    const chance = chances.get(key) ?? { variable, passes };
    chances.set(key, chance);
    return chance;
  };
  const oneOf = (question: DefinitionQuestion, test: AnswerTest, answers: AnswerValue[]): Chance => {
    const ways = question.required ? answers : [...answers, null];
    const passes = ways.map((answer) => holds(test, new Map([[question.id, answer]])));
    return chanceOf(question.id, question.id, test, passes);
  };
  const yesOrNo = (question: DefinitionQuestion, part: string): Chance =>
    chanceOf(`${question.id} ${part}`, question.id, part, [true, false]);
  const answered = (question: DefinitionQuestion): Formula<Chance> =>
    question.required || yesOrNo(question, 'answered');

  /** Each entry is taken or not; together they make a group. */
  const entriesOf = (question: DefinitionQuestion, entries: string[], most: number): Map<string, Chance> => {
    const taken = new Map(entries.map((entry) => [entry, yesOrNo(question, entry)]));
    const members = [...taken.values()].map(({ variable }) => variable);
    if (members[0]?.group === null) {
      const group = { members, min: question.required ? 1 : 0, max: most };
      for (const member of members) member.group = group;
    }
    return taken;
  };
  const someOf = (taken: Map<string, Chance>, wanted: string[] | undefined): Formula<Chance> =>
    anyOf([...taken].filter(([entry]) => wanted?.includes(entry) ?? true).map(([, chance]) => chance));

  const raw = (question: DefinitionQuestion, test: AnswerTest): Formula<Chance> => {
    switch (question.type) {
      case 'choice':
        return oneOf(question, test, optionIds(question));
      case 'consent':
        return oneOf(question, test, [true, false]);
      case 'multiple_choice': {
        const ids = optionIds(question);
        return someOf(entriesOf(question, ids, question.atMost ?? ids.length), test.in);
      }
      case 'line_rating': {
        const ratings = scaleValues(RATING_SCALES.line_rating).map(String);
        return someOf(entriesOf(question, ratings, ratings.length), test.in);
      }
      case 'ranking': {
        const ids = optionIds(question);
        const first = (of: AnswerTest) => oneOf(question, of, ids);
        if (test.top || !test.in) return first(test);
        const wanted = ids.filter((id) => test.in?.includes(id));
        const behind = wanted.map((id) => yesOrNo(question, id));
        return allOf<Chance>([first({ q: test.q }), anyOf([first({ ...test, top: 1 }), ...behind])]);
      }
      default:
        if (isRating(question)) return oneOf(question, test, scaleValues(RATING_SCALES[question.type]));
        if (test.in === undefined && test.has === undefined) return answered(question);
        return allOf([answered(question), yesOrNo(question, JSON.stringify(test))]);
    }
  };
  const fact = (test: FactCondition): Formula<Chance> => {
    if (test.fact === 'product_ids' || test.fact === 'collection_ids') {
      const ids = 'values' in test ? test.values : [test.value];
      return anyOf(ids.map((id) => chanceOf(`${test.fact} ${id}`, null, id, [true, false])));
    }
    const field = FIELDS[test.fact];
    const passes = facts[field].map((value) => factHolds(test, { ...NO_FACTS, [field]: value }));
    return chanceOf(field, null, test, passes);
  };
  return {
    fact,
    hasLines: true,
    answer(test, index, visible) {
      const question = definition.questions[index];
      return question ? allOf([visible, raw(question, test)]) : false;
    },
    shown: (_index, visible) => visible,
  };
}

const FIELDS = {
  days_late: 'daysLate',
  order_count: 'orderCount',
  first_order: 'orderCount',
  order_value_minor: 'orderValueMinor',
  refunded: 'refunded',
  tier: 'tier',
  health_band: 'healthBand',
  locale: 'locale',
  country: 'country',
} as const satisfies Partial<Record<FactCondition['fact'], keyof OrderFacts>>;

type Field = (typeof FIELDS)[keyof typeof FIELDS];

/** Values of each fact that between them make every difference to the conditions of a definition; null = not known. */
function valuesOfFacts(definition: Definition): Record<Field, unknown[]> {
  const mentioned = new Map<Field, Set<unknown>>();
  const add = (field: Field, values: unknown[]) =>
    mentioned.set(field, new Set([...(mentioned.get(field) ?? []), ...values]));
  // Around a limit the number itself and its neighbours; a person's orders are counted from 1.
  const near = (field: Field, limit: number | undefined) =>
    limit === undefined
      ? []
      : [limit - 1, limit, limit + 1].filter((value) => value >= (field === 'orderCount' ? 1 : 0));
  for (const { askOnOrder } of definition.questions) {
    add('orderCount', [...near('orderCount', askOnOrder?.from), ...near('orderCount', askOnOrder?.to)]);
  }
  for (const test of conditionsOf(definition).flatMap(({ tests }) => tests)) {
    if (test.if !== 'fact' || test.fact === 'product_ids' || test.fact === 'collection_ids') continue;
    const field = FIELDS[test.fact];
    const values = 'values' in test ? test.values : 'min' in test ? [test.min, test.max] : [test.value];
    for (const value of values) {
      // Yes and no need no values of their own: first_order is order 1 or another.
      if (typeof value !== 'boolean') add(field, typeof value === 'number' ? near(field, value) : [value]);
    }
  }
  const known = (field: Field, ...others: unknown[]) => [...(mentioned.get(field) ?? []), ...others, null];
  return {
    daysLate: known('daysLate', 0),
    orderCount: known('orderCount', 1, 2),
    orderValueMinor: known('orderValueMinor', 0),
    refunded: [true, false, null],
    tier: known('tier', ''),
    healthBand: known('healthBand', ''),
    locale: known('locale', 'zz'),
    country: known('country', 'zz'),
  };
}
