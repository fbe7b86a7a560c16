import { Banner, BlockStack, List } from '@shopify/polaris';
import { formatAgo } from '../format.ts';
import type { SurveyEditorState } from './use-survey-editor.ts';

/** Why the last save or publication did not happen; what was typed is still there. */
export function EditorNotices(props: { editor: SurveyEditorState; now: string; onChecks: () => void }) {
  const { editor, now, onChecks } = props;
  const { refused } = editor;
  if (!refused) return null;
  switch (refused.outcome) {
    case 'conflict':
      return (
        <Banner
          tone="warning"
          title={`Somebody else saved this survey ${formatAgo(refused.savedAt, now)}`}
          action={{ content: 'Save mine over theirs', onAction: () => editor.overwrite(refused.revision) }}
          secondaryAction={{ content: 'Discard mine and load theirs', onAction: editor.discard }}
        >
          <p>Nothing of yours is lost: it is still here, and not saved yet.</p>
        </Banner>
      );
    case 'gone':
      return (
        <Banner tone="critical" title="This survey is not there any more">
          <p>Copy what you need before you leave this page.</p>
        </Banner>
      );
    case 'invalid':
      return (
        <Banner tone="critical" title="Nothing was saved yet">
          <List>
            {refused.errors.map(({ field, message }) => (
              <List.Item key={field}>{message}</List.Item>
            ))}
          </List>
        </Banner>
      );
    case 'blocked':
      return (
        <Banner
          tone="critical"
          title="It cannot be published yet"
          action={{ content: 'Show the checks', onAction: onChecks }}
        >
          <BlockStack gap="100">
            {refused.findings.slice(0, 3).map(({ message }) => (
              <p key={message}>{message}</p>
            ))}
          </BlockStack>
        </Banner>
      );
    default:
      return null;
  }
}
