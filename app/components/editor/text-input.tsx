import { TextField } from '@shopify/polaris';
import { isReworded, reword, withoutRewording, wordsAt } from './text-places.ts';
import type { SurveyEditorState } from './use-survey-editor.ts';
import { valueAt } from '../use-settings-form.ts';

export interface TextInputProps {
  editor: SurveyEditorState;
  /** Of the text's id in the definition. */
  path: string;
  label: string;
  language?: string;
  labelHidden?: boolean;
  multiline?: boolean;
  help?: string;
  autoFocus?: boolean;
}

const MAX_TEXT = 1000;

/** A text of the survey; without a language in the default one, where a preset's text can be taken back. */
export function TextInput({ editor, path, label, help, multiline, language, ...more }: TextInputProps) {
  const { draft, change, stored } = editor;
  const tag = language ?? draft.defaultLanguage;
  const words = wordsAt(draft, path, tag);
  const textId = valueAt(draft, path) as string;
  const missing = language === undefined && words === '' && wordsAt(stored, path, tag) === '';
  return (
    <TextField
      label={label}
      value={words}
      autoComplete="off"
      maxLength={MAX_TEXT}
      multiline={multiline ? 1 : undefined}
      helpText={missing ? 'Missing: without it the survey cannot be published.' : help}
      onChange={(value) => change((now) => reword(now, path, tag, value))}
      {...(isReworded(draft, textId) && language === undefined
        ? {
            labelAction: {
              content: "Use the preset's text",
              onAction: () => change((now) => withoutRewording(now, textId)),
            },
          }
        : {})}
      {...more}
    />
  );
}
