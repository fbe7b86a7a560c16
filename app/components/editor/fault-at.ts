import type { SurveyEditorState } from './use-survey-editor.ts';

/** What is wrong with the field at a path, as a sentence to stand beside it; undefined: nothing. */
export function faultAt({ faults }: Pick<SurveyEditorState, 'faults'>, path: string): string | undefined {
  const fault = faults.find(({ field }) => field === path);
  if (!fault) return undefined;
  const phrase = fault.message.slice(path.length).trim();
  if (phrase === 'is missing.') return 'Enter a value.';
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}`;
}
