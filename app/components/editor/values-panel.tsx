import { BlockStack, Button, Card, ChoiceList, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { questionName } from '../../domain/surveys/wording.ts';
import {
  addValue,
  type CalculatedValue,
  changeValue,
  nameProblem,
  ratingsOf,
  removeValue,
  renameValue,
  restoreValue,
} from './edit-values.ts';
import { faultAt } from './fault-at.ts';
import type { Removed } from './logic-panel.tsx';
import { NumberInput } from './number-input.tsx';
import type { SurveyEditorState } from './use-survey-editor.ts';

/** Numbers that are kept beside the answers: counted by rules, or the mean of ratings. */
export function ValuesPanel(props: { editor: SurveyEditorState; onRemoved: (removed: Removed) => void }) {
  const { editor, onRemoved } = props;
  const { draft, change } = editor;
  const rated = ratingsOf(draft).length > 0;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Calculated values
        </Text>
        <Text as="p" tone="subdued">
          Staff read them with each answer; shoppers do not see them. A number is changed by rules, a mean
          follows from the ratings given.
        </Text>
        {draft.values.map((value, index) => (
          <ValueFields
            key={value.id}
            {...{ editor, value, index }}
            onRemove={() => {
              change((now) => removeValue(now, value.id));
              const undo = () => change((now) => restoreValue(now, draft, value.id));
              onRemoved({ sentence: 'Calculated value removed', undo });
            }}
          />
        ))}
        <InlineStack gap="200">
          <Button onClick={() => change((now) => addValue(now, 'number'))}>Add number</Button>
          <Button disabled={!rated} onClick={() => change((now) => addValue(now, 'mean'))}>
            Add mean
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function ValueFields(props: {
  editor: SurveyEditorState;
  value: CalculatedValue;
  index: number;
  onRemove: () => void;
}) {
  const { editor, value, index, onRemove } = props;
  const { draft, named, change } = editor;
  const [name, setName] = useState(value.id);
  const problem = nameProblem(draft, value.id, name);
  const set = (fields: object) => change((now) => changeValue(now, value.id, fields));
  return (
    <BlockStack gap="200">
      <TextField
        label={value.kind === 'number' ? 'Name of the number' : 'Name of the mean'}
        value={name}
        autoComplete="off"
        maxLength={40}
        error={problem ?? undefined}
        onChange={setName}
        // Rules go by the name: it changes once it is whole.
        onBlur={() => problem === null && change((now) => renameValue(now, value.id, name))}
        connectedRight={
          <Button tone="critical" accessibilityLabel={`Remove ${value.id}`} onClick={onRemove}>
            Remove
          </Button>
        }
      />
      {value.kind === 'number' ? (
        <NumberInput
          label="Begins at"
          value={value.start}
          error={faultAt(editor, `values.${index}.start`)}
          onChange={(start) => set({ start })}
        />
      ) : (
        <ChoiceList
          allowMultiple
          title="Mean of"
          choices={ratingsOf(named).map(({ id }) => ({ value: id, label: questionName(named, id) }))}
          selected={value.of}
          error={faultAt(editor, `values.${index}.of`)}
          onChange={(of) => set({ of })}
        />
      )}
    </BlockStack>
  );
}
