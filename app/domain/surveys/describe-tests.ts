/** Single tests as words in the middle of an English sentence. */
import type { AnswerCondition, FactCondition, HEALTH_BANDS, TIERS } from './conditions.ts';
import type { Definition } from './definition.ts';
import type { DefinitionQuestion } from './question-types.ts';
import { isRating, RATING_SCALES } from './question-types.ts';
import { routeOf, scaleValues } from './routing.ts';
import { listed, optionName, questionName, quoted } from './wording.ts';

/** How ids and amounts are called; without a label they stand as they are. */
export interface FactLabels {
  product?: (id: string) => string;
  collection?: (id: string) => string;
  money?: (amountMinor: number) => string;
}

/** A test of an answer; "the rating" is that of the question `ownId`, which is being answered. */
export function describeAnswerTest(
  definition: Definition,
  test: AnswerCondition,
  ownId: string | null,
): string {
  const question = definition.questions.find(({ id }) => id === test.question);
  const thing = test.question === ownId ? 'this question' : questionName(definition, test.question);
  if (test.op === 'answered') return `${thing} was answered`;
  if (test.op === 'not_answered') return `${thing} was not answered`;
  if (question && isRating(question)) return describeRating(definition, question, test, ownId);
  if (question?.type === 'consent') {
    return `consent was ${'value' in test && test.value === false ? 'not given' : 'given'} at ${thing}`;
  }
  const names = 'value' in test ? [test.value] : 'values' in test ? test.values : [];
  const what = listed(names.map((name) => optionName(definition, question, String(name))));
  if (question?.type === 'multiple_choice') return `${what} was chosen at ${thing}`;
  if (question?.type === 'ranking') {
    if (test.op === 'contains') return `${what} was ranked at ${thing}`;
    return `${what} ${test.op === 'is_not' ? 'is not' : 'is'} in first place of ${thing}`;
  }
  const answer = test.question === ownId ? 'the answer' : `the answer to ${thing}`;
  if (test.op === 'contains') return `${answer} contains ${what}`;
  return `${answer} ${test.op === 'is_not' ? 'is not' : 'is'} ${what}`;
}

/** "the rating", or whose rating it is. */
export function ratingOf(definition: Definition, id: string, ownId: string | null): string {
  return id === ownId ? 'the rating' : `the rating of ${questionName(definition, id)}`;
}

function describeRating(
  definition: Definition,
  question: DefinitionQuestion & { type: keyof typeof RATING_SCALES },
  test: AnswerCondition,
  ownId: string | null,
): string {
  const whole = ratingOf(definition, question.id, ownId);
  const several = question.type === 'line_rating';
  const subject = several ? `${whole.replace(/^the rating/, "an item's rating")}` : whole;
  const values = scaleValues(RATING_SCALES[question.type]);
  const among = (passes: (value: number) => boolean) => values.filter(passes);
  switch (test.op) {
    case 'is':
      return `${subject} is ${test.value}`;
    case 'is_not':
      return several
        ? `${whole.replace(/^the rating/, "no item's rating")} is ${test.value}`
        : `${subject} is not ${test.value}`;
    case 'one_of':
      return `${subject} is ${listed(test.values.map(String))}`;
    case 'at_least':
      return `${subject} is ${few(among((value) => value >= test.value)) ?? `${test.value} or more`}`;
    case 'at_most':
      return `${subject} is ${few(among((value) => value <= test.value)) ?? `${test.value} or less`}`;
    case 'between':
      return `${subject} is from ${test.min} to ${test.max}`;
    case 'route': {
      const route = among((value) => routeOf(RATING_SCALES[question.type], value) === test.value);
      return `${subject} is ${test.value} (${few(route) ?? `${route[0]} to ${route.at(-1)}`})`;
    }
    default:
      return subject;
  }
}

/** One or two values are easier read as they are. */
function few(values: readonly number[]): string | null {
  return values.length === 1 || values.length === 2 ? listed(values.map(String)) : null;
}

const TIER_WORDS: Record<(typeof TIERS)[number], string> = {
  starter: 'Starter',
  regular: 'Regular',
  vip: 'VIP',
};
const BAND_WORDS: Record<(typeof HEALTH_BANDS)[number], string> = {
  thriving: 'Thriving',
  healthy: 'Healthy',
  at_risk: 'At-risk',
  critical: 'Critical',
  lost: 'Lost',
};

/** A test of an order fact. */
export function describeFactTest(test: FactCondition, labels: FactLabels): string {
  switch (test.fact) {
    case 'days_late':
      return `the delay ${numberWords(test, (days) => (days === 1 ? '1 day' : `${days} days`))}`;
    case 'order_count':
      return `the number of orders ${numberWords(test, String)}`;
    case 'order_value_minor':
      return `the order value ${numberWords(test, labels.money ?? ((minor) => `${minor} minor units`))}`;
    case 'refunded':
      return test.value ? 'the order was refunded' : 'the order was not refunded';
    case 'first_order':
      return test.value ? 'it is the first order' : 'it is not the first order';
    case 'product_ids':
      return `the order has the product ${listed(wantedBy(test).map(labels.product ?? quoted))}`;
    case 'collection_ids':
      return `the order has a product of the collection ${listed(wantedBy(test).map(labels.collection ?? quoted))}`;
    case 'tier':
      return `the tier ${equals(test)} ${listed(wantedBy(test).map((tier) => TIER_WORDS[tier]))}`;
    case 'health_band':
      return `the health band ${equals(test)} ${listed(wantedBy(test).map((band) => BAND_WORDS[band]))}`;
    case 'locale':
      return `the language ${equals(test)} ${listed(wantedBy(test))}`;
    case 'country':
      return `the country ${equals(test)} ${listed(wantedBy(test).map((country) => country.toUpperCase()))}`;
  }
}

const equals = ({ op }: { op: string }) => (op === 'is_not' ? 'is not' : 'is');

function wantedBy<Value extends string>(test: { value: Value } | { values: Value[] }): Value[] {
  return 'values' in test ? test.values : [test.value];
}

type NumberTest = Extract<FactCondition, { fact: 'days_late' | 'order_count' | 'order_value_minor' }>;

function numberWords(test: NumberTest, words: (value: number) => string): string {
  switch (test.op) {
    case 'between':
      return `is from ${words(test.min)} to ${words(test.max)}`;
    case 'at_least':
      return `is ${words(test.value)} or more`;
    case 'at_most':
      return `is ${words(test.value)} or less`;
    default:
      return `${equals(test)} ${words(test.value)}`;
  }
}
