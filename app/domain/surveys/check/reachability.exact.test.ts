/** The check against trying everything: each answer to each question, for each order. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anySurvey, facts } from '#tests/factories/surveys.ts';
import { compile } from '../compile.ts';
import type { AnswerValue } from '../contract.ts';
import type { Definition } from '../definition.ts';
import { resolveSurvey } from '../logic.ts';
import type { DefinitionQuestion } from '../question-types.ts';
import { isRating, optionIds, RATING_SCALES } from '../question-types.ts';
import { scaleValues } from '../routing.ts';
import { shownQuestions } from '../visibility.ts';
import { possibilitiesOf } from './possibilities.ts';
import { checkReachability } from './reachability.ts';

type Answers = Record<string, AnswerValue>;

const subsets = (ids: string[]): string[][] =>
  ids.reduce<string[][]>((sets, id) => [...sets, ...sets.map((set) => [...set, id])], [[]]);
const orders = (ids: string[]): string[][] =>
  ids.flatMap((id) => [[id], ...orders(ids.filter((other) => other !== id)).map((rest) => [id, ...rest])]);

function everyAnswer(question: DefinitionQuestion): (AnswerValue | null)[] {
  if (isRating(question)) return [...scaleValues(RATING_SCALES[question.type]), null];
  if (question.type === 'choice') return [...optionIds(question), null];
  if (question.type === 'multiple_choice') {
    return [...subsets(optionIds(question)).filter(({ length }) => length > 0), null];
  }
  return question.type === 'ranking' ? [...orders(optionIds(question)), null] : [true, false, null];
}

function* everyWay(questions: readonly DefinitionQuestion[]): Generator<Answers> {
  const [question, ...rest] = questions;
  if (!question) return yield {};
  for (const others of everyWay(rest)) {
    for (const answer of everyAnswer(question)) {
      yield answer === null ? others : { ...others, [question.id]: answer };
    }
  }
}

function tryEverything(definition: Definition) {
  const reached = new Set<string>();
  let withoutRating = false;
  let withoutQuestion = false;
  for (const refunded of [true, false, null]) {
    for (const orderCount of [null, 1, 2, 3, 4]) {
      const { questions } = resolveSurvey(definition, facts({ refunded, orderCount, lineIds: ['1'] }), {});
      for (const answers of everyWay(questions.map(({ question }) => question))) {
        const shown = shownQuestions(questions, answers);
        const asked = questions.filter(({ id }) => shown.includes(id)).map(({ question }) => question);
        if (asked.some(({ id, required }) => required && answers[id] === undefined)) continue;
        for (const id of shown) reached.add(id);
        const rated = asked.some(({ id, type }) => type === 'csat' && answers[id] !== undefined);
        withoutRating ||= asked.length > 0 && !rated;
        withoutQuestion ||= asked.length === 0;
      }
    }
  }
  return { reached, withoutRating, withoutQuestion };
}

it.each([
  ['ratings, choices and consents', ['csat', 'choice', 'consent'] as const, 4],
  ['several picks and rankings', ['csat', 'multiple_choice', 'ranking'] as const, 3],
])(
  'finds exactly what cannot be reached: %s',
  (_name, types, questions) => {
    let unreachable = 0;
    fc.assert(
      fc.property(anySurvey({ types, questions, faulty: true }), (definition) => {
        const { reached, withoutRating, withoutQuestion } = tryEverything(definition);
        const found = checkReachability(definition, compile(definition, possibilitiesOf(definition)));
        const has = (code: string) => found.filter((finding) => finding.code === code);
        const missed = definition.questions.map(({ id }) => id).filter((id) => !reached.has(id));
        expect(has('unreachable_question').map(({ questionId }) => questionId)).toEqual(missed);
        expect(has('ends_without_rating').length > 0).toBe(
          withoutRating || !definition.questions.some(({ type }) => type === 'csat'),
        );
        expect(has('nothing_to_ask').length > 0).toBe(withoutQuestion);
        expect(has('too_complex')).toEqual([]);
        unreachable += missed.length;
      }),
      { numRuns: 200 },
    );
    expect(unreachable).toBeGreaterThan(20);
  },
  120_000,
);
