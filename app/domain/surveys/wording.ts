/** Words for questions and options in what the editor says to merchants. */
import type { Definition } from './definition.ts';
import { textOf } from './definition-texts.ts';
import type { DefinitionQuestion } from './question-types.ts';
import { OTHER } from './question-types.ts';

const MAX_NAME = 60;

/** A question by its text, in quotes; unknown ones by their id. */
export function questionName(definition: Definition, id: string): string {
  const question = definition.questions.find((each) => each.id === id);
  return quoted(question ? textOf(definition, definition.defaultLanguage, question.text) : id);
}

/** An option by its text, in quotes; unknown ones by their id. */
export function optionName(
  definition: Definition,
  question: DefinitionQuestion | undefined,
  id: string,
): string {
  if (!question || !('options' in question)) return quoted(id);
  const other = 'other' in question && id === OTHER ? question.other?.text : undefined;
  const text = question.options.find((option) => option.id === id)?.text ?? other;
  return quoted(text === undefined ? id : textOf(definition, definition.defaultLanguage, text));
}

export function quoted(text: string): string {
  const letters = Array.from(text);
  return `"${letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME - 1).join('')}…` : text}"`;
}

/** "a", "a or b", "a, b or c". */
export function listed(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
