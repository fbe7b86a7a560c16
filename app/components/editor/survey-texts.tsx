import { BlockStack, Card, Checkbox, Text, TextField } from '@shopify/polaris';
import { ROUTES, type Route } from '../../domain/surveys/contract.ts';
import { changeSurvey } from './edit-questions.ts';
import { TextInput } from './text-input.tsx';
import type { SurveyEditorState } from './use-survey-editor.ts';

const THANKS: Record<Route, { title: string; about: string }> = {
  low: { title: 'After a low rating', about: 'Say sorry, and what happens next.' },
  middle: { title: 'After a middling rating, or none', about: '' },
  high: { title: 'After a high rating', about: '' },
};

/** What stands around the questions. */
export function SurveyTexts({ editor }: { editor: SurveyEditorState }) {
  const { draft, change } = editor;
  return (
    <BlockStack gap="300">
      <Card>
        <BlockStack gap="300">
          <TextField
            label="Name"
            helpText="For your lists; shoppers do not see it."
            value={draft.name}
            maxLength={120}
            autoComplete="off"
            error={draft.name.trim() === '' ? 'Give the survey a name.' : undefined}
            onChange={(name) => change((now) => changeSurvey(now, { name }))}
          />
          <TextInput editor={editor} path="title" label="Title" help="{brand} stands for your brand." />
          <TextInput editor={editor} path="intro" label="Introduction" multiline />
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Thanks
          </Text>
          {ROUTES.map((route) => (
            <BlockStack key={route} gap="200">
              <Text as="h3" variant="headingSm">
                {THANKS[route].title}
              </Text>
              {THANKS[route].about && (
                <Text as="p" tone="subdued">
                  {THANKS[route].about}
                </Text>
              )}
              <TextInput
                editor={editor}
                path={`thanks.${route}.title`}
                label={`Heading ${THANKS[route].title.toLowerCase()}`}
              />
              <TextInput
                editor={editor}
                path={`thanks.${route}.text`}
                label={`Text ${THANKS[route].title.toLowerCase()}`}
                help={route === 'low' ? '{time} stands for your promise of the settings.' : undefined}
                multiline
              />
            </BlockStack>
          ))}
        </BlockStack>
      </Card>
      <Card>
        <Checkbox
          label="An answer needs a rating"
          helpText="Without a rating an answer counts in no score and opens no case."
          checked={draft.needsRating}
          onChange={(needsRating) => change((now) => changeSurvey(now, { needsRating }))}
        />
      </Card>
    </BlockStack>
  );
}
