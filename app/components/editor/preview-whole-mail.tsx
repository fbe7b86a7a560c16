import { BlockStack, Button, InlineError, Text } from '@shopify/polaris';
import type { Definition } from '../../domain/surveys/definition.ts';
import type { TestMailOutcome } from '../../services/show-test-mail.ts';
import type { Sender } from '../use-feedback.ts';

/** The mail as the customer's mail program shows it, made by the server of what is being edited, on request. */
export function PreviewWholeMail(props: {
  definition: Definition;
  language: string;
  /** Id of the sample order. */
  sample: string;
  mailing: Sender<{ mail?: TestMailOutcome }>;
}) {
  const { definition, language, sample, mailing } = props;
  const mail = mailing.data?.mail;
  const show = () =>
    mailing.submit(
      { intent: 'mail', definition: JSON.stringify(definition), language, sample },
      { method: 'post' },
    );
  return (
    <BlockStack gap="200" inlineAlign="start">
      <Button onClick={show} loading={mailing.state !== 'idle'}>
        {mail?.outcome === 'shown' ? 'Show the mail as it is now' : 'Show the whole mail'}
      </Button>
      {mail?.outcome === 'refused' && <InlineError fieldID="whole-mail" message={mail.sentence} />}
      {mail?.outcome === 'shown' && (
        <>
          <Text as="p">
            <strong>Subject:</strong> {mail.subject}
          </Text>
          {/* Without any permission: no script of it runs, and none of its links leaves the frame. */}
          <iframe className="ac-pv__mail" title="The mail" sandbox="" srcDoc={mail.html} />
        </>
      )}
    </BlockStack>
  );
}
