import { Banner, BlockStack, ChoiceList, Modal } from '@shopify/polaris';
import { useState } from 'react';
import { SURVEY_KINDS } from '../domain/surveys/contract.ts';
import { PRESET_LIBRARY } from '../domain/surveys/preset-library.ts';
import { PRESETS } from '../domain/surveys/presets.ts';
import { surveyLabel } from './words.ts';

/** What to start from: the surveys that are asked by default, then those that ask more. */
const CHOICES = [
  ...SURVEY_KINDS.map((kind) => ({
    value: kind as string,
    label: PRESETS[kind].name,
    helpText: `${surveyLabel(kind)}: what is asked as long as you have none of your own.`,
  })),
  ...PRESET_LIBRARY.map(({ id, about, definition }) => ({
    value: id,
    label: definition.name,
    helpText: `${surveyLabel(definition.kind)}: ${about}`,
  })),
];

/** Makes a draft of a preset; nobody is asked it before it is published. */
export function CreateSurveyDialog(props: {
  open: boolean;
  busy: boolean;
  /** Why it could not be made; null = it could, or was not asked for. */
  problem: string | null;
  onClose: () => void;
  onCreate: (preset: string) => void;
}) {
  const { open, busy, problem, onClose, onCreate } = props;
  const [preset, setPreset] = useState(CHOICES[0]!.value);
  return (
    <Modal
      open={open}
      onClose={onClose}
      title="Create a survey"
      primaryAction={{ content: 'Create', loading: busy, onAction: () => onCreate(preset) }}
      secondaryActions={[{ content: 'Cancel', onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {problem !== null && <Banner tone="critical">{problem}</Banner>}
          <ChoiceList
            title="Start from"
            choices={CHOICES}
            selected={[preset]}
            onChange={([chosen]) => chosen !== undefined && setPreset(chosen)}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
