/** Whether every question can be asked, every rule can fire, and the survey ends with what it is for. */
import type { Compiled } from '../compile.ts';
import type { Definition } from '../definition.ts';
import type { Formula } from '../formula.ts';
import { allOf, anyOf, notOf } from '../formula.ts';
import { isRating } from '../question-types.ts';
import { questionName } from '../wording.ts';
import type { Finding } from './finding.ts';
import { error, warning } from './finding.ts';
import type { Chance } from './possibilities.ts';
import type { Budget } from './satisfiable.ts';
import { satisfiable } from './satisfiable.ts';

/** Enough for any survey that a person can follow, and done within a second. */
const BUDGET_PER_QUESTION = 200_000;
const BUDGET = 4_000_000;

/** Whether something can happen; null: not decided within the budget. */
type Can = (formula: Formula<Chance>) => boolean | null;

/**
 * Decided over all answers and order facts that can occur (see possibilities.ts), for definitions whose references
 * are in order. What could not be decided within the budget is said to be too complex, and nothing is claimed about it.
 */
export function checkReachability(definition: Definition, compiled: Compiled<Chance>): Finding[] {
  let left = BUDGET;
  let undecided = false;
  const can: Can = (formula) => {
    const budget: Budget = { left: Math.min(left, BUDGET_PER_QUESTION) };
    const before = budget.left;
    const found = satisfiable(formula, budget);
    left -= before - budget.left;
    undecided ||= found === null;
    return found;
  };
  const reachable = compiled.visible.map((visible) => can(visible) !== false);
  const findings = [
    ...definition.questions.flatMap(({ id, required }, index) =>
      reachable[index] ? [] : [unreachable(definition, id, required)],
    ),
    ...checkRules(definition, compiled, reachable, can),
    ...checkEnds(definition, compiled, can),
  ];
  if (!undecided) return findings;
  return [
    ...findings,
    warning(
      'too_complex',
      null,
      'The conditions of this survey are too entangled to be checked in full: use fewer of them, or try every way through the preview.',
    ),
  ];
}

function unreachable(definition: Definition, id: string, required: boolean): Finding {
  const kind = required ? 'required question' : 'question';
  return error(
    'unreachable_question',
    id,
    `Nobody can reach the ${kind} ${questionName(definition, id)}, whatever they answer and whatever they ordered: change its condition or the rules before it, or remove it.`,
  );
}

function checkRules(
  definition: Definition,
  compiled: Compiled<Chance>,
  reachable: boolean[],
  can: Can,
): Finding[] {
  return definition.questions.flatMap(({ id }, index) => {
    if (!reachable[index]) return [];
    const here = compiled.rules.filter((rule) => rule.index === index);
    return here.flatMap(({ fires }, at) =>
      can(fires) !== false
        ? []
        : [
            warning(
              'rule_never_fires',
              id,
              `Rule ${at + 1} of ${questionName(definition, id)} never comes into effect: its condition is never met, or a jump or end before it always is. Change the order or remove it.`,
            ),
          ],
    );
  });
}

function checkEnds(definition: Definition, compiled: Compiled<Chance>, can: Can): Finding[] {
  const empty = can(allOf(compiled.visible.map(notOf)))
    ? [
        warning(
          'nothing_to_ask',
          null,
          'For some orders no question is left to ask: let one question be shown to everyone, or target the survey so that they do not get it.',
        ),
      ]
    : [];
  return definition.needsRating ? [...empty, ...checkRating(definition, compiled, can)] : empty;
}

function checkRating(definition: Definition, compiled: Compiled<Chance>, can: Can): Finding[] {
  const ratings = definition.questions.filter((question) => isRating(question) && question.metric);
  if (ratings.length === 0) {
    const message =
      'This survey has no rating that measures anything: add one, or say that the survey needs no rating.';
    return [error('ends_without_rating', null, message)];
  }
  const given = ratings.map(({ id }) => compiled.atEnd({ if: 'answer', question: id, op: 'answered' }));
  if (can(allOf([anyOf(compiled.visible), ...given.map(notOf)])) !== true) return [];
  const first = ratings[0]?.id ?? '';
  const message = `The survey can end without any rating: make ${questionName(definition, first)} required and let no condition, jump or end before it hide it, or say that the survey needs no rating.`;
  return [error('ends_without_rating', first, message)];
}
