/** Which tests suit which type of question, and what each comes down to on a surface. */
import type { AnswerCondition } from './conditions.ts';
import type { AnswerTest } from './contract.ts';
import type { Formula } from './formula.ts';
import { notOf } from './formula.ts';
import type { QuestionType } from './contract.ts';
import type { DefinitionQuestion } from './question-types.ts';
import { isRating, RATING_SCALES } from './question-types.ts';
import { routeOf, scaleValues } from './routing.ts';

export type AnswerOperator = AnswerCondition['op'];

const GIVEN = ['answered', 'not_answered'] as const;
const NUMBERS = ['is', 'is_not', 'one_of', 'at_least', 'at_most', 'between', 'route', ...GIVEN] as const;
const TEXTS = ['contains', 'is', 'is_not', ...GIVEN] as const;

/** What an editor may offer for a question of a type. */
export const OPERATORS: Record<QuestionType, readonly AnswerOperator[]> = {
  nps: NUMBERS,
  csat: NUMBERS,
  ces: NUMBERS,
  stars: NUMBERS,
  smileys: NUMBERS,
  line_rating: NUMBERS,
  choice: ['is', 'is_not', 'one_of', ...GIVEN],
  multiple_choice: ['contains', 'one_of', ...GIVEN],
  ranking: ['is', 'is_not', 'one_of', 'contains', ...GIVEN],
  short_text: TEXTS,
  long_text: TEXTS,
  consent: ['is', ...GIVEN],
  contact: GIVEN,
  image_upload: GIVEN,
  voice_note: GIVEN,
};

const comparable = (value: string | number | boolean) => String(value).trim().toLowerCase();

/** A merchant's test as surfaces run it; false where it does not suit the question. */
export function answerFormula(test: AnswerCondition, question: DefinitionQuestion): Formula<AnswerTest> {
  const q = question.id;
  if (!OPERATORS[question.type].includes(test.op)) return false;
  switch (test.op) {
    case 'answered':
      return { q };
    case 'not_answered':
      return notOf<AnswerTest>({ q });
    case 'is':
      return oneOf(question, [test.value]);
    case 'is_not':
      return notOf(oneOf(question, [test.value]));
    case 'one_of':
      return oneOf(question, test.values);
    case 'contains':
      if (question.type === 'short_text' || question.type === 'long_text')
        return { q, has: comparable(test.value) };
      return { q, in: [comparable(test.value)] };
    default:
      return numberFormula(test, question);
  }
}

type NumberCondition = Extract<AnswerCondition, { op: 'at_least' | 'at_most' | 'between' | 'route' }>;

function numberFormula(test: NumberCondition, question: DefinitionQuestion): Formula<AnswerTest> {
  if (!isRating(question)) return false;
  const scale = RATING_SCALES[question.type];
  const passes = (value: number): boolean => {
    if (test.op === 'route') return routeOf(scale, value) === test.value;
    if (test.op === 'between') return value >= test.min && value <= test.max;
    return test.op === 'at_least' ? value >= test.value : value <= test.value;
  };
  return oneOf(question, scaleValues(scale).filter(passes));
}

function oneOf(
  question: DefinitionQuestion,
  values: readonly (string | number | boolean)[],
): Formula<AnswerTest> {
  const q = question.id;
  // A box that was left empty and one that was unticked again mean the same.
  if (question.type === 'consent' && values[0] === false) return notOf<AnswerTest>({ q, in: ['true'] });
  const words = values.map(comparable);
  if (words.length === 0) return false;
  return question.type === 'ranking' ? { q, in: words, top: 1 } : { q, in: words };
}
