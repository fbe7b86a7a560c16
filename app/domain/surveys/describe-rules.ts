/** Conditions and rules as English sentences for the editor. */
import type { Condition } from './conditions.ts';
import type { Definition } from './definition.ts';
import type { FactLabels } from './describe-tests.ts';
import { describeAnswerTest, describeFactTest, ratingOf } from './describe-tests.ts';
import type { DefinitionQuestion } from './question-types.ts';
import type { Amount, Rule } from './rules.ts';
import { questionName, quoted } from './wording.ts';

export interface LogicSentence {
  questionId: string;
  /** What it describes; `index` is that of a rule. */
  about: 'condition' | 'order' | 'profile' | 'rule';
  index: number;
  sentence: string;
}

/** The whole logic of a survey, question by question: when each is asked, and what happens after it. */
export function describeLogic(definition: Definition, labels: FactLabels = {}): LogicSentence[] {
  return definition.questions.flatMap((question) => {
    const { id: questionId, showWhen, askOnOrder, rules } = question;
    const line = (about: LogicSentence['about'], sentence: string, index = 0): LogicSentence => ({
      questionId,
      about,
      index,
      sentence,
    });
    return [
      ...(showWhen
        ? [line('condition', `Asked if ${describeCondition(definition, showWhen, null, labels)}.`)]
        : []),
      ...(askOnOrder ? [line('order', describeOrders(askOnOrder))] : []),
      ...('profileKey' in question && question.profileKey
        ? [line('profile', describeProfile(definition))]
        : []),
      ...rules.map((rule, index) => line('rule', describeRule(definition, question, rule, labels), index)),
    ];
  });
}

/** One rule, such as: If the rating is 1 or 2, go to "What went wrong?". */
export function describeRule(
  definition: Definition,
  question: DefinitionQuestion,
  rule: Rule,
  labels: FactLabels = {},
): string {
  const action = describeAction(definition, question, rule);
  if (!rule.when) return `After this question, ${action}.`;
  return `If ${describeCondition(definition, rule.when, question.id, labels)}, ${action}.`;
}

/** A condition in the middle of a sentence; `ownId` is the question that is being answered, "this question". */
export function describeCondition(
  definition: Definition,
  condition: Condition,
  ownId: string | null,
  labels: FactLabels = {},
): string {
  const inner = (part: Condition, within: 'all' | 'any' | 'not'): string => {
    const words = describeCondition(definition, part, ownId, labels);
    const several = (part.if === 'all' || part.if === 'any') && part.of.length > 1;
    return several && part.if !== within ? `(${words})` : words;
  };
  switch (condition.if) {
    case 'all':
      return condition.of.map((part) => inner(part, 'all')).join(' and ');
    case 'any':
      return condition.of.map((part) => inner(part, 'any')).join(' or ');
    case 'not':
      return `it is not so that ${inner(condition.of, 'not')}`;
    case 'fact':
      return describeFactTest(condition, labels);
    case 'answer':
      return describeAnswerTest(definition, condition, ownId);
  }
}

function describeAction(definition: Definition, question: DefinitionQuestion, rule: Rule): string {
  switch (rule.do) {
    case 'jump':
      return `go to ${questionName(definition, rule.to)}`;
    case 'skip':
      return `leave out ${questionName(definition, rule.question)}`;
    case 'end':
      return 'end the survey';
    case 'set':
      return `set ${quoted(rule.value)} to ${describeAmount(definition, question, rule.to)}`;
    case 'add':
      return typeof rule.amount === 'number' && rule.amount < 0
        ? `take ${-rule.amount} from ${quoted(rule.value)}`
        : `add ${describeAmount(definition, question, rule.amount)} to ${quoted(rule.value)}`;
  }
}

function describeAmount(definition: Definition, question: DefinitionQuestion, amount: Amount): string {
  return typeof amount === 'number' ? String(amount) : ratingOf(definition, amount.answer, question.id);
}

function describeProfile({ profileQuestionsPerOrder: places }: Definition): string {
  const once = 'Asked once: whoever has answered it in any survey is not asked again.';
  if (places === undefined) return once;
  return `${once} Of such questions ${places === 1 ? 'one is' : `${places} are`} asked at a time.`;
}

function describeOrders({ from, to }: NonNullable<DefinitionQuestion['askOnOrder']>): string {
  if (from !== undefined && from === to) return `Asked on the ${ordinal(from)} order.`;
  if (to === undefined) return `Asked from the ${ordinal(from ?? 1)} order on.`;
  return `Asked from the ${ordinal(from ?? 1)} to the ${ordinal(to)} order.`;
}

const plurals = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

const ordinal = (count: number) => `${count}${ENDINGS[plurals.select(count)] ?? 'th'}`;
