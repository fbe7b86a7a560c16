import {
  Badge,
  BlockStack,
  Button,
  Card,
  Checkbox,
  InlineGrid,
  InlineStack,
  Select,
  Text,
} from '@shopify/polaris';
import { useState } from 'react';
import { directionOfLanguage } from '../../domain/surveys/definition-texts.ts';
import { plural } from '../format.ts';
import { addableLanguages, addLanguage, isSpoken, removeLanguage } from './edit-languages.ts';
import { changeSurvey } from './edit-questions.ts';
import { languageName } from './editor-words.ts';
import { TextInput } from './text-input.tsx';
import { gapsIn, textPlaces, wordsAt } from './text-places.ts';
import type { SurveyEditorState } from './use-survey-editor.ts';

/** Which languages the survey speaks, and the texts of one beside those of the default language. */
export function LanguagesPanel(props: {
  editor: SurveyEditorState;
  /** null: the first in which something is missing. */
  picked: string | null;
  onPick: (language: string) => void;
}) {
  const { editor, picked, onPick } = props;
  const { draft, stored, change } = editor;
  const { languages, defaultLanguage } = draft;
  const others = languages.filter((tag) => tag !== defaultLanguage);
  const missingIn = (tag: string) => gapsIn(stored, tag).length;
  const worst = others.find((tag) => missingIn(tag) > 0) ?? others[0];
  const shown = picked !== null && others.includes(picked) ? picked : worst;
  const add = (tag: string) => {
    change((now) => addLanguage(now, tag));
    onPick(tag);
  };
  return (
    <BlockStack gap="300">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Languages
          </Text>
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
            <Select
              label="Default language"
              helpText="Who speaks none of the others gets this one."
              options={languages.map((tag) => ({ value: tag, label: languageName(tag) }))}
              value={defaultLanguage}
              onChange={(tag) => change((now) => changeSurvey(now, { defaultLanguage: tag }))}
            />
            <Select
              label="Add a language"
              options={[
                { value: '', label: 'Choose' },
                ...addableLanguages(draft).map((tag) => ({ value: tag, label: languageName(tag) })),
              ]}
              value=""
              onChange={(tag) => tag !== '' && add(tag)}
            />
          </InlineGrid>
        </BlockStack>
      </Card>
      {shown === undefined ? (
        <Card>
          <Text as="p">The survey speaks {languageName(defaultLanguage)} only.</Text>
        </Card>
      ) : (
        <Card>
          <BlockStack gap="300">
            <InlineStack gap="300" blockAlign="end" wrap>
              <Select
                label="Translate into"
                options={others.map((tag) => ({ value: tag, label: optionLabel(tag, missingIn(tag)) }))}
                value={shown}
                onChange={onPick}
              />
              <Button
                onClick={() => change((now) => removeLanguage(now, shown))}
                accessibilityLabel={`Remove this language: ${languageName(shown)}`}
              >
                Remove this language
              </Button>
            </InlineStack>
            {!isSpoken(shown) && (
              <Text as="p" tone="subdued">
                The buttons around the questions are not translated into {languageName(shown)}: they stay
                English.
              </Text>
            )}
            <Translations key={shown} editor={editor} language={shown} />
          </BlockStack>
        </Card>
      )}
    </BlockStack>
  );
}

const optionLabel = (tag: string, missing: number) =>
  missing === 0 ? languageName(tag) : `${languageName(tag)} (${missing} missing)`;

function Translations({ editor, language }: { editor: SurveyEditorState; language: string }) {
  const { draft, stored } = editor;
  const [onlyMissing, setOnlyMissing] = useState(false);
  const gaps = new Set(gapsIn(stored, language).map(({ path }) => path));
  // Which are listed is settled when the box is ticked: a text does not vanish under the hands that write it.
  const [listed, setListed] = useState(gaps);
  const rows = textPlaces(draft).filter(({ path }) => !onlyMissing || listed.has(path));
  return (
    <BlockStack gap="300">
      <InlineStack gap="300" blockAlign="center">
        <Badge tone={gaps.size === 0 ? 'success' : 'critical'}>
          {gaps.size === 0 ? 'Complete' : `${plural(gaps.size, 'text')} missing`}
        </Badge>
        <Checkbox
          label="Show missing texts only"
          checked={onlyMissing}
          onChange={(on) => {
            setListed(gaps);
            setOnlyMissing(on);
          }}
        />
      </InlineStack>
      {rows.length === 0 && <Text as="p">No text is missing.</Text>}
      <ul className="ac-list">
        {rows.map(({ path, label, questionId }) => {
          const number = draft.questions.findIndex(({ id }) => id === questionId) + 1;
          const what = number > 0 ? `${number}. ${label}` : label;
          return (
            <li
              key={path}
              className="ac-words"
              id={label === 'Question' ? `translate-${questionId}` : undefined}
            >
              <div className="ac-wrap">
                <Text as="p" variant="bodySm" tone="subdued">
                  {what}
                </Text>
                <p lang={draft.defaultLanguage} dir={directionOfLanguage(draft.defaultLanguage)}>
                  {wordsAt(draft, path, draft.defaultLanguage) || '–'}
                </p>
                {gaps.has(path) && <Badge tone="critical">Missing</Badge>}
              </div>
              <div lang={language} dir={directionOfLanguage(language)}>
                <TextInput
                  editor={editor}
                  path={path}
                  language={language}
                  label={`${what} in ${languageName(language)}`}
                  labelHidden
                  multiline
                />
              </div>
            </li>
          );
        })}
      </ul>
    </BlockStack>
  );
}
