import { BlockStack, Card, ChoiceList, InlineError, Text } from '@shopify/polaris';
import { type Identity, IDENTITIES } from '../../domain/surveys/contract.ts';
import { changeSurvey } from './edit-questions.ts';
import { isAboutIdentity } from './checks-panel.tsx';
import type { SurveyEditorState } from './use-survey-editor.ts';

const MEANS: Record<Identity, { label: string; help: string }> = {
  identified: {
    label: 'With the customer',
    help: 'You see who answered about which order. A low rating opens a case, the answer counts in the customer’s score, and a later answer replaces it.',
  },
  pseudonymous: {
    label: 'With a pseudonym',
    help: 'Answers of one customer belong together, but nobody here sees whose they are. No case is opened, no score is touched. A later answer replaces the first.',
  },
  anonymous: {
    label: 'Anonymous',
    help: 'Neither customer nor order is stored, and the time only by the day. An answer cannot be changed, opens no case and counts in no customer’s score. Groups of fewer than 5 answers are not shown.',
  },
};

/** With whom the answers are stored. */
export function IdentityPanel({ editor }: { editor: SurveyEditorState }) {
  const { draft, findings, change } = editor;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Whose answers
        </Text>
        <ChoiceList
          title="How answers are stored"
          titleHidden
          choices={IDENTITIES.map((value) => ({
            value,
            label: MEANS[value].label,
            helpText: MEANS[value].help,
          }))}
          selected={[draft.identity]}
          onChange={([identity]) => change((now) => changeSurvey(now, { identity: identity as Identity }))}
        />
        {draft.identity !== 'identified' && (
          <Text as="p" tone="subdued">
            Shoppers are told so before the first question.
          </Text>
        )}
        {findings.filter(isAboutIdentity).map(({ message }) => (
          <InlineError key={message} fieldID="identity" message={message} />
        ))}
      </BlockStack>
    </Card>
  );
}
