/** Numbers that a survey keeps beside its answers. */
import type { ResolvedSurvey } from './logic.ts';
import type { Amount } from './rules.ts';
import type { CountedAnswers } from './visibility.ts';
import { holds } from './visibility.ts';

/**
 * Every calculated value by id. Numbers begin at `start` and are changed by the rules that fire, in the order of the
 * questions; a mean is the mean of the ratings given, not rounded, null without any. `counted` has ratings as numbers.
 */
export function calculateValues(
  survey: ResolvedSurvey,
  counted: CountedAnswers,
): Record<string, number | null> {
  const { values } = survey.definition;
  const results = new Map<string, number | null>(
    values.map((value) => [value.id, value.kind === 'number' ? value.start : meanOf(value.of, counted)]),
  );
  const numbers = new Set(values.filter(({ kind }) => kind === 'number').map(({ id }) => id));
  for (const { rule, when } of survey.counting) {
    if (!numbers.has(rule.value) || (when !== true && !holds(when, counted))) continue;
    const amount = amountOf(rule.do === 'set' ? rule.to : rule.amount, counted);
    if (amount === null) continue;
    results.set(rule.value, rule.do === 'set' ? amount : (results.get(rule.value) ?? 0) + amount);
  }
  return Object.fromEntries(results);
}

/** null: the rating was not given, so the rule changes nothing. */
function amountOf(amount: Amount, counted: CountedAnswers): number | null {
  if (typeof amount === 'number') return amount;
  const rating = counted.get(amount.answer);
  return typeof rating === 'number' ? rating : null;
}

function meanOf(questions: readonly string[], counted: CountedAnswers): number | null {
  const ratings = questions.map((id) => counted.get(id)).filter((rating) => typeof rating === 'number');
  if (ratings.length === 0) return null;
  return ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
}
