/** Whether what rules and conditions refer to is there, lies in the right direction and can be tested like that. */
import { OPERATORS } from '../answer-tests.ts';
import type { AnswerCondition } from '../conditions.ts';
import type { Definition } from '../definition.ts';
import type { DefinitionQuestion } from '../question-types.ts';
import { isRating, optionIds, OTHER, RATING_SCALES } from '../question-types.ts';
import { isOnScale, SCALE_RANGE } from '../routing.ts';
import type { Amount, Rule } from '../rules.ts';
import { listed, optionName, questionName, quoted } from '../wording.ts';
import type { Finding } from './finding.ts';
import { error, warning } from './finding.ts';
import type { Place } from './places.ts';
import { conditionsOf } from './places.ts';

/** Findings about rules' goals, conditions, calculated values and options. */
export function checkReferences(definition: Definition): Finding[] {
  return [
    ...definition.questions.flatMap((question, index) =>
      question.rules.flatMap((rule) => checkRule(definition, question.id, index, rule)),
    ),
    ...conditionsOf(definition).flatMap((place) => checkPlace(definition, place)),
    ...checkMeans(definition),
    ...definition.questions.flatMap((question) => checkOther(definition, question)),
  ];
}

function checkRule(definition: Definition, id: string, index: number, rule: Rule): Finding[] {
  const here = `A rule on ${questionName(definition, id)}`;
  if (rule.do === 'end') return [];
  if (rule.do === 'jump' || rule.do === 'skip') {
    const goal = rule.do === 'jump' ? rule.to : rule.question;
    const verb = rule.do === 'jump' ? 'jumps to' : 'leaves out';
    const position = definition.questions.findIndex((question) => question.id === goal);
    if (position < 0) {
      const message = `${here} ${verb} the question ${quoted(goal)}, which is not in this survey: choose a later question or remove the rule.`;
      return [error('unknown_question', id, message)];
    }
    if (position > index) return [];
    const which = position === index ? 'itself' : questionName(definition, goal);
    const message = `${here} ${verb} ${which}, which does not come later: people only move forward, so choose a later question.`;
    return [error('jump_backward', id, message)];
  }
  const value = definition.values.find((each) => each.id === rule.value);
  const found = checkAmount(definition, id, index, rule.do === 'set' ? rule.to : rule.amount);
  if (value?.kind === 'number') return found;
  const message = value
    ? `${here} changes ${quoted(rule.value)}, which is a mean of ratings and follows from them: choose a number that rules may change.`
    : `${here} changes the calculated value ${quoted(rule.value)}, which this survey does not have: add it or remove the rule.`;
  return [...found, error('unknown_value', id, message)];
}

function checkAmount(definition: Definition, id: string, index: number, amount: Amount): Finding[] {
  if (typeof amount === 'number') return [];
  const position = definition.questions.findIndex((question) => question.id === amount.answer);
  const question = definition.questions[position];
  if (question && position <= index && isSingleRating(question)) return [];
  const message = `A rule on ${questionName(definition, id)} counts the rating of ${questionName(definition, amount.answer)}, which is no rating given by then: choose a rating asked up to there.`;
  return [error('unsuitable_value', id, message)];
}

const isSingleRating = (question: DefinitionQuestion) =>
  isRating(question) && question.type !== 'line_rating';

function checkMeans(definition: Definition): Finding[] {
  return definition.values.flatMap((value) => {
    if (value.kind !== 'mean') return [];
    const strange = value.of.filter(
      (id) => !definition.questions.some((question) => question.id === id && isSingleRating(question)),
    );
    if (strange.length === 0) return [];
    const names = listed(
      strange.map((id) => questionName(definition, id)),
      'and',
    );
    return [
      error(
        'unsuitable_value',
        null,
        `The mean ${quoted(value.id)} counts ${names}, where no rating is given: take it from ratings only.`,
      ),
    ];
  });
}

function checkOther(definition: Definition, question: DefinitionQuestion): Finding[] {
  if (!('options' in question) || !question.options.some(({ id }) => id === OTHER)) return [];
  const message = `${questionName(definition, question.id)} offers "other" without a field for words: switch the field on, or nobody can say what.`;
  return [warning('other_without_text', question.id, message)];
}

function checkPlace(definition: Definition, place: Place): Finding[] {
  return place.tests.flatMap((test) => (test.if === 'answer' ? checkTest(definition, place, test) : []));
}

/** The beginning of a sentence about a condition. */
function placeName(definition: Definition, { of, questionId }: Place): string {
  if (of === 'review_ask') return 'The condition of the review request';
  if (of === 'incentive') return 'The condition of the incentive';
  const name = questionName(definition, questionId ?? '');
  return of === 'rule' ? `A rule on ${name}` : `The condition of ${name}`;
}

function checkTest(definition: Definition, place: Place, test: AnswerCondition): Finding[] {
  const { questionId, before } = place;
  const here = placeName(definition, place);
  const position = definition.questions.findIndex(({ id }) => id === test.question);
  const asked = definition.questions[position];
  const name = questionName(definition, test.question);
  if (!asked) {
    const message = `${here} asks for the answer to ${name}, which is not in this survey: choose an earlier question.`;
    return [error('unknown_question', questionId, message)];
  }
  if (position >= before) {
    const message = `${here} asks for the answer to ${name}, which is not given by then: move that question up, or choose an earlier one.`;
    return [error('later_question', questionId, message)];
  }
  if (!OPERATORS[asked.type].includes(test.op)) {
    const fitting = OPERATORS[asked.type].map((op) => op.replaceAll('_', ' '));
    const message = `${here} tests ${name} with "${test.op.replaceAll('_', ' ')}", which does not suit that question: use ${listed(fitting)}.`;
    return [error('unsuitable_test', questionId, message)];
  }
  return checkOperand(definition, place, test, asked);
}

function checkOperand(
  definition: Definition,
  place: Place,
  test: AnswerCondition,
  asked: DefinitionQuestion,
): Finding[] {
  const here = placeName(definition, place);
  const name = questionName(definition, asked.id);
  const operands = operandsOf(test);
  if ('options' in asked) {
    const offered = optionIds(asked);
    const unknown = operands.filter((operand) => !offered.includes(String(operand)));
    return unknown.map((operand) =>
      error(
        'unknown_option',
        place.questionId,
        `${here} asks for the answer ${optionName(definition, asked, String(operand))} of ${name}, which is not among its options: choose one that is.`,
      ),
    );
  }
  const unsuitable = (expected: string) => [
    error(
      'unsuitable_test',
      place.questionId,
      `${here} compares ${name} with ${listed(operands.map(String))}: use ${expected}.`,
    ),
  ];
  if (isRating(asked) && test.op !== 'route') {
    const scale = RATING_SCALES[asked.type];
    const { min, max } = SCALE_RANGE[scale];
    const good = operands.every((operand) => typeof operand === 'number' && isOnScale(scale, operand));
    const upsideDown = test.op === 'between' && test.min > test.max;
    return good && !upsideDown
      ? []
      : unsuitable(`whole numbers from ${min} to ${max}, the smaller one first`);
  }
  if (asked.type === 'consent' && operands.some((operand) => typeof operand !== 'boolean')) {
    return unsuitable('yes or no');
  }
  return [];
}

function operandsOf(test: AnswerCondition): (string | number | boolean)[] {
  if ('values' in test) return test.values;
  if ('min' in test) return [test.min, test.max];
  return 'value' in test ? [test.value] : [];
}
