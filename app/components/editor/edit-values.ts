/** Changes to the calculated values of a definition, and to the rules that count them. */
import { idSchema } from '../../domain/surveys/conditions.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import { isRating, type DefinitionQuestion } from '../../domain/surveys/question-types.ts';
import type { Rule } from '../../domain/surveys/rules.ts';

export type CalculatedValue = Definition['values'][number];

/** Adds a number that rules count, or the mean of the first rating, under a name that no other has. */
export function addValue(definition: Definition, kind: CalculatedValue['kind']): Definition {
  const { values } = definition;
  const taken = new Set(values.map(({ id }) => id));
  let count = 1;
  while (taken.has(`${kind}-${count}`)) count += 1;
  const id = `${kind}-${count}`;
  const rating = ratingsOf(definition)[0]?.id;
  const value: CalculatedValue =
    kind === 'number' ? { id, kind, start: 0 } : { id, kind, of: rating === undefined ? [] : [rating] };
  return { ...definition, values: [...values, value] };
}

/** Questions of which a mean can be made. */
export function ratingsOf({ questions }: Definition): DefinitionQuestion[] {
  return questions.filter((question) => isRating(question) && question.type !== 'line_rating');
}

export function changeValue(definition: Definition, id: string, fields: object): Definition {
  const values = definition.values.map((value) =>
    value.id === id ? ({ ...value, ...fields } as CalculatedValue) : value,
  );
  return { ...definition, values };
}

/** Why a value can not be called so; null: it can. */
export function nameProblem(definition: Definition, id: string, name: string): string | null {
  if (!idSchema.safeParse(name).success) {
    return 'Use 1 to 40 lower-case letters, digits, _ or -, beginning with a letter.';
  }
  const taken = name !== id && definition.values.some((value) => value.id === name);
  return taken ? 'Another value has this name.' : null;
}

/** Calls a value otherwise, in the rules that count it too. */
export function renameValue(definition: Definition, id: string, name: string): Definition {
  const renamed = changeValue(definition, id, { id: name });
  return withRules(renamed, (rules) =>
    rules.map((rule) => ('value' in rule && rule.value === id ? { ...rule, value: name } : rule)),
  );
}

/** Takes a value away, with the rules that count it. */
export function removeValue(definition: Definition, id: string): Definition {
  const values = definition.values.filter((value) => value.id !== id);
  return withRules({ ...definition, values }, (rules) =>
    rules.filter((rule) => !('value' in rule) || rule.value !== id),
  );
}

/** Puts back a value that was taken away from `before`, with the rules of the questions that are still there. */
export function restoreValue(definition: Definition, before: Definition, id: string): Definition {
  const index = before.values.findIndex((value) => value.id === id);
  const value = before.values[index];
  if (!value || definition.values.some((other) => other.id === id)) return definition;
  const counting = (question: DefinitionQuestion) =>
    before.questions
      .find((other) => other.id === question.id)
      ?.rules.filter((rule) => 'value' in rule && rule.value === id) ?? [];
  return {
    ...definition,
    values: definition.values.toSpliced(index, 0, value),
    questions: definition.questions.map((question) => ({
      ...question,
      rules: [...question.rules, ...counting(question)],
    })),
  };
}

function withRules(definition: Definition, change: (rules: Rule[]) => Rule[]): Definition {
  const questions = definition.questions.map((question) => ({ ...question, rules: change(question.rules) }));
  return { ...definition, questions };
}
