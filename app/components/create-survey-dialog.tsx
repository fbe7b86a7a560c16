import { Banner, BlockStack, ChoiceList, Modal } from '@shopify/polaris';
import { useState } from 'react';
import type { PresetChoice } from '../services/show-surveys.ts';
import { surveyLabel } from './words.ts';

/** Makes a draft of a preset; nobody is asked it before it is published. */
export function CreateSurveyDialog(props: {
  open: boolean;
  /** What to start from: the surveys that are asked by default, then those that ask more. */
  presets: PresetChoice[];
  busy: boolean;
  /** Why it could not be made; null = it could, or was not asked for. */
  problem: string | null;
  onClose: () => void;
  onCreate: (preset: string) => void;
}) {
  const { open, presets, busy, problem, onClose, onCreate } = props;
  const [preset, setPreset] = useState(presets[0]?.id ?? '');
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
            choices={presets.map(({ id, kind, name, about }) => ({
              value: id,
              label: name,
              helpText: `${surveyLabel(kind)}: ${about ?? 'what is asked as long as you have none of your own.'}`,
            }))}
            selected={[preset]}
            onChange={([chosen]) => chosen !== undefined && setPreset(chosen)}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
