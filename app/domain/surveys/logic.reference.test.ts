/** Compiled visibility against the plain reading of the rules: a walk from question to question. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAnswers, anyFacts, anyKnown, anySurvey, facts, survey } from '#tests/factories/surveys.ts';
import { calculateValues } from './calculated-values.ts';
import type { AnswerCondition, Condition } from './conditions.ts';
import type { AnswerValue } from './contract.ts';
import type { Definition } from './definition.ts';
import { knownAnswer } from './known-answers.ts';
import { resolveSurvey } from './logic.ts';
import { factHolds, type OrderFacts } from './order-facts.ts';
import { QUESTION_TYPES } from './contract.ts';
import { type DefinitionQuestion, RATING_SCALES, isRating } from './question-types.ts';
import { routeOf } from './routing.ts';
import { countedAnswers, shownQuestions } from './visibility.ts';

type Answers = Record<string, AnswerValue>;

/** Asks one question after the other and obeys each rule when it comes to it. */
function walk(definition: Definition, order: OrderFacts, known: Answers, answers: Answers) {
  const { questions } = definition;
  const counted = new Map<string, AnswerValue | null>();
  const skipped = new Set<string>();
  const shown: string[] = [];
  let points = 0;
  const met = (condition: Condition | undefined): boolean => {
    if (!condition) return true;
    if (condition.if === 'all') return condition.of.every(met);
    if (condition.if === 'any') return condition.of.some(met);
    if (condition.if === 'not') return !met(condition.of);
    if (condition.if === 'fact') return factHolds(condition, order);
    const question = questions.find(({ id }) => id === condition.question);
    return question ? answerMeets(question, condition, counted.get(question.id) ?? null) : false;
  };
  let at = 0;
  while (at < questions.length) {
    const question = questions[at];
    if (!question) break;
    at += 1;
    const { from = 1, to = Infinity } = question.askOnOrder ?? {};
    const count = question.askOnOrder ? (order.orderCount ?? 0) : from;
    if (skipped.has(question.id) || count < from || count > to) continue;
    if (question.type === 'line_rating' && order.lineIds.length === 0) continue;
    if (!met(question.showWhen)) continue;
    const learned = knownAnswer(question, known);
    counted.set(question.id, learned ?? answers[question.id] ?? null);
    if (learned === null) shown.push(question.id);
    for (const rule of question.rules) {
      if (!met(rule.when)) continue;
      const goal = questions.findIndex(({ id }) => rule.do === 'jump' && id === rule.to);
      if (rule.do === 'skip') skipped.add(rule.question);
      if (rule.do === 'set' && typeof rule.to === 'number') points = rule.to;
      if (rule.do === 'add')
        points += typeof rule.amount === 'number' ? rule.amount : numberIn(counted, rule.amount.answer);
      if (rule.do === 'end') at = questions.length;
      if (rule.do === 'jump' && goal >= at) at = goal;
      if (rule.do === 'end' || (rule.do === 'jump' && goal >= at)) break;
    }
  }
  return { shown, points };
}

function numberIn(counted: Map<string, AnswerValue | null>, id: string): number {
  const value = counted.get(id);
  return typeof value === 'number' ? value : 0;
}

function answerMeets(
  question: DefinitionQuestion,
  test: AnswerCondition,
  answer: AnswerValue | null,
): boolean {
  if (test.op === 'not_answered') return answer === null;
  if (test.op === 'is_not') return !answerMeets(question, { ...test, op: 'is' }, answer);
  if (question.type === 'consent' && test.op === 'is')
    return 'value' in test && (answer === true) === test.value;
  if (answer === null) return false;
  if (test.op === 'answered') return true;
  if (typeof answer === 'object' && !Array.isArray(answer)) {
    return Object.values(answer).some((part) => answerMeets(question, test, part));
  }
  if (test.op === 'contains') {
    return Array.isArray(answer)
      ? answer.includes(test.value)
      : String(answer).toLowerCase().includes(test.value.toLowerCase());
  }
  const given = question.type === 'ranking' && Array.isArray(answer) ? [answer[0]] : [answer].flat();
  const same = (wanted: unknown) =>
    given.some((entry) => String(entry).trim().toLowerCase() === String(wanted).toLowerCase());
  if (test.op === 'is') return same(test.value);
  if (test.op === 'one_of') return test.values.some(same);
  const rating = Number(answer);
  if (test.op === 'at_least') return rating >= test.value;
  if (test.op === 'at_most') return rating <= test.value;
  if (test.op === 'between') return rating >= test.min && rating <= test.max;
  if (test.op !== 'route') throw new Error(`No reading of ${test.op}.`);
  return isRating(question) && routeOf(RATING_SCALES[question.type], rating) === test.value;
}

const everything = (faulty: boolean) =>
  anySurvey({ types: QUESTION_TYPES, questions: 7, faulty }).chain((definition) =>
    fc.record({
      definition: fc.constant(definition),
      order: anyFacts,
      known: anyKnown(definition),
      answers: anyAnswers(definition),
    }),
  );

describe('compiled visibility is the walk', () => {
  it.each([
    ['of definitions that make sense', false],
    ['of any other, where faulty rules do nothing', true],
  ])(
    '%s',
    (_name, faulty) => {
      let branches = 0;
      fc.assert(
        fc.property(everything(faulty), ({ definition, order, known, answers }) => {
          const resolved = resolveSurvey(definition, order, known);
          const expected = walk(definition, order, known, answers);
          expect(shownQuestions(resolved.questions, answers)).toEqual(expected.shown);
          const counted = countedAnswers(resolved.questions, answers);
          expect(calculateValues(resolved, counted)).toEqual({ points: expected.points });
          branches += Number(
            expected.shown.length > 0 && expected.shown.length < definition.questions.length,
          );
        }),
        { numRuns: 1500 },
      );
      expect(branches).toBeGreaterThan(300);
    },
    60_000,
  );

  it('also when the interpreter gets what surfaces get: JSON', () => {
    fc.assert(
      fc.property(everything(false), ({ definition, order, known, answers }) => {
        const { questions } = resolveSurvey(definition, order, known);
        const sent = JSON.parse(JSON.stringify(questions)) as typeof questions;
        expect(shownQuestions(sent, answers)).toEqual(shownQuestions(questions, answers));
        expect(sent.map(({ showWhen }) => showWhen)).toEqual(questions.map(({ showWhen }) => showWhen));
      }),
      { numRuns: 200 },
    );
  });
});

it('sends no answer that is known, only that its question was passed', () => {
  const definition = survey([
    { id: 'rating', type: 'csat' },
    {
      id: 'skin',
      type: 'choice',
      profileKey: 'skin',
      options: [
        { id: 'dry', text: 'usage.low' },
        { id: 'oily', text: 'usage.low' },
      ],
      showWhen: { if: 'answer', question: 'rating', op: 'route', value: 'low' },
    },
    { id: 'dry_tips', type: 'consent', showWhen: { if: 'answer', question: 'skin', op: 'is', value: 'dry' } },
    {
      id: 'oily_tips',
      type: 'consent',
      showWhen: { if: 'answer', question: 'skin', op: 'is', value: 'oily' },
    },
  ]);
  const { questions } = resolveSurvey(definition, facts({}), { skin: 'dry' });
  expect(questions.map(({ id, showWhen, silent }) => ({ id, showWhen, silent }))).toEqual([
    { id: 'rating', showWhen: undefined, silent: undefined },
    { id: 'skin', showWhen: { q: 'rating', in: ['1', '2'] }, silent: true },
    { id: 'dry_tips', showWhen: { q: 'skin', shown: true }, silent: undefined },
  ]);
});
