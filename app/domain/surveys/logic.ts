/** A survey for one person: what is known of them and of the order is settled before it is shown. */
import { compile } from './compile.ts';
import type { AnswerTest, ShowCondition } from './contract.ts';
import type { Definition } from './definition.ts';
import type { Formula } from './formula.ts';
import { testsIn } from './formula.ts';
import type { KnownAnswers, PassedQuestions } from './known-answers.ts';
import { isPassed, knownAnswer } from './known-answers.ts';
import type { OrderFacts } from './order-facts.ts';
import { factHolds } from './order-facts.ts';
import { profileQueue } from './profile-queue.ts';
import type { DefinitionQuestion } from './question-types.ts';
import type { Rule } from './rules.ts';
import type { ConditionalQuestion } from './visibility.ts';
import { holds } from './visibility.ts';

export interface ResolvedQuestion extends ConditionalQuestion {
  question: DefinitionQuestion;
}

/** A survey for one person and order: what is known is settled, only answers decide the rest. */
export interface ResolvedSurvey {
  definition: Definition;
  /** Lines that may be rated, as the order has them. */
  lineIds: readonly string[];
  /** What can still be shown, in order. */
  questions: ResolvedQuestion[];
  /** Rules that count, by when they fire. */
  counting: { rule: Extract<Rule, { do: 'set' | 'add' }>; when: ShowCondition | true }[];
  /** Whether the review ask and the incentive apply; both hang on order facts alone. */
  reviewAsk: boolean;
  incentive: boolean;
}

/**
 * Settles order facts and profile answers on the server. A question whose answer is known is passed in silence: it is
 * not shown, its answer counts in conditions, and its rules fire. One that was left open time and again is not asked.
 */
export function resolveSurvey(
  definition: Definition,
  facts: OrderFacts,
  known: KnownAnswers,
  passed: PassedQuestions = {},
): ResolvedSurvey {
  const { questions } = definition;
  const knownAt = questions.map((question) => knownAnswer(question, known));
  const tests = new Map<string, AnswerTest>();
  const once = (test: AnswerTest): AnswerTest => {
    const key = JSON.stringify(test);
    return tests.get(key) ?? tests.set(key, test).get(key) ?? test;
  };
  const shown = (index: number, visible: Formula<AnswerTest>): Formula<AnswerTest> =>
    typeof visible === 'boolean' ? visible : once({ q: questions[index]?.id ?? '', shown: true });
  const turn = profileQueue(definition, knownAt, shown);
  const compiled = compile<AnswerTest>(definition, {
    fact: (test) => factHolds(test, facts),
    hasLines: facts.lineIds.length > 0,
    shown,
    inTurn: (index, visible) =>
      isPassed(questions[index]!, passed) && knownAt[index] === null ? false : turn(index, visible),
    answer(test, index, visible) {
      const answer = knownAt[index] ?? null;
      if (visible === false) return false;
      if (answer === null) return once(test);
      return holds(test, new Map([[test.q, answer]])) && shown(index, visible);
    },
  });
  const counting = compiled.rules.flatMap(({ rule, fires }) =>
    fires !== false && (rule.do === 'set' || rule.do === 'add')
      ? [{ rule, when: fires as ShowCondition | true }]
      : [],
  );
  const asked = new Set(
    [...compiled.visible, ...counting.map(({ when }) => when as Formula<AnswerTest>)].flatMap((formula) =>
      [...testsIn(formula)].map(({ q }) => q),
    ),
  );
  const left = questions.flatMap((question, index): ResolvedQuestion[] => {
    const visible = compiled.visible[index] ?? false;
    const silent = knownAt[index] !== null;
    if (visible === false || (silent && !asked.has(question.id))) return [];
    return [
      {
        id: question.id,
        question,
        ...(visible !== true && { showWhen: visible as ShowCondition }),
        ...(silent && { silent }),
      },
    ];
  });
  return {
    definition,
    lineIds: facts.lineIds,
    questions: left,
    counting,
    reviewAsk: Boolean(definition.reviewAsk) && compiled.atEnd(definition.reviewAsk?.when) === true,
    incentive: Boolean(definition.incentive) && compiled.atEnd(definition.incentive?.when) === true,
  };
}
