import { Banner, BlockStack, List, Modal } from '@shopify/polaris';
import type { OwnSurveyRow } from '../../infra/db/reads/own-survey-views.ts';
import type { EditedSurvey } from '../../services/show-survey-editor.ts';
import { plural } from '../format.ts';
import { surveyLabel } from '../words.ts';

export interface PublishDialogProps {
  open: boolean;
  survey: EditedSurvey;
  /** Whether the draft, as it is now, has an audience. */
  targeted: boolean;
  /** When the draft, as it is now, is asked. */
  schedule: string;
  /** Live and paused ones of the same kind. */
  others: OwnSurveyRow[];
  /** Whether the kind is switched on. */
  enabled: boolean;
  languages: number;
  questions: number;
  onClose: () => void;
  onPublish: () => void;
}

/** Asks once, and says what will happen. */
export function PublishDialog({ open, onClose, onPublish, ...about }: PublishDialogProps) {
  const { survey, enabled, questions, languages, schedule } = about;
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={survey.liveVersion === null ? 'Publish this survey?' : 'Publish these changes?'}
      primaryAction={{ content: 'Publish', onAction: onPublish }}
      secondaryActions={[{ content: 'Cancel', onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {!enabled && (
            <Banner tone="warning">
              {`The ${surveyLabel(survey.kind).toLowerCase()} is switched off: nobody is asked until you switch it on.`}
            </Banner>
          )}
          <List>
            {whatHappens(about).map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
            <List.Item>{schedule}</List.Item>
            <List.Item>
              {`${plural(questions, 'question')} in ${plural(languages, 'language')}. Links that were sent already keep showing what they showed.`}
            </List.Item>
          </List>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

/** What publishing changes for shoppers, in sentences. */
export function whatHappens({
  survey,
  targeted,
  others,
}: Pick<PublishDialogProps, 'survey' | 'targeted' | 'others'>): string[] {
  const { liveVersion, status } = survey;
  const live = others.filter((other) => other.status === 'live');
  const sentences: string[] = [];
  if (liveVersion !== null) {
    sentences.push(
      `Version ${liveVersion + 1} is asked instead of version ${liveVersion}. Answers given so far keep their questions.`,
    );
    if (status !== 'live') sentences.push('The survey is asked again.');
  } else if (others.length === 0) {
    sentences.push('Shoppers are asked this survey instead of the preset.');
  } else {
    const names = live.map(({ name }) => `“${name}”`).join(', ');
    sentences.push(
      live.length === 0
        ? 'Shoppers are asked this survey.'
        : `Of several surveys of this kind the first that fits the order is asked. Others that are live: ${names}.`,
    );
  }
  if (targeted) {
    const rest = live.some((other) => !other.targeted);
    sentences.push(
      rest
        ? 'Only orders that fit its audience get it; others get the next survey that fits.'
        : 'Only orders that fit its audience get it. Orders that fit no survey of this kind are not asked.',
    );
  }
  return sentences;
}
