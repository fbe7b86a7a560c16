import { BlockStack, Button, InlineStack, Text, TextField } from '@shopify/polaris';
import { useId, useMemo, useState } from 'react';
import type { SaveSettingsOutcome } from '../services/save-settings.ts';
import { type Sender, useSuccessToast } from './use-feedback.ts';

/** The link that a device in the store opens: to copy, to try, and to replace when too many have it. */
export function KioskLink({
  url,
  sender,
}: {
  url: string;
  sender: Sender<{ renewed?: SaveSettingsOutcome }>;
}) {
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [copied, setCopied] = useState<{ sentence: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const outcome = sender.data?.renewed;
  const renewed = useMemo(
    () => (outcome?.outcome === 'saved' ? { sentence: 'New kiosk link made' } : null),
    [outcome],
  );
  useSuccessToast(copied);
  useSuccessToast(renewed);
  const copy = () => {
    setProblem(null);
    navigator.clipboard.writeText(url).then(
      () => setCopied({ sentence: 'Kiosk link copied' }),
      () => {
        // The admin's frame may forbid it.
        (document.getElementById(id) as HTMLInputElement | null)?.select();
        setProblem('The browser does not let this page copy. The link is marked: press Ctrl+C or ⌘C.');
      },
    );
  };
  const renew = () => {
    setAsking(false);
    sender.submit({ intent: 'kiosk' }, { method: 'post' });
  };
  const refused = outcome?.outcome === 'invalid' ? outcome.errors[0]?.message : undefined;
  return (
    <BlockStack gap="200">
      <TextField
        id={id}
        label="Kiosk link"
        value={url}
        readOnly
        selectTextOnFocus
        autoComplete="off"
        helpText="Open it on a tablet in the store. It fills the screen, begins anew after each person, and keeps answers until there is a connection. Whoever has the link can answer."
        error={problem ?? refused}
        connectedRight={<Button onClick={copy}>Copy</Button>}
      />
      {asking ? (
        <BlockStack gap="200">
          <Text as="p">A new link closes every kiosk that has this one. Make a new one?</Text>
          <InlineStack gap="200">
            <Button tone="critical" onClick={renew}>
              Make a new link
            </Button>
            <Button onClick={() => setAsking(false)}>Keep this one</Button>
          </InlineStack>
        </BlockStack>
      ) : (
        <InlineStack gap="400">
          <Button variant="plain" url={url} external>
            Open the kiosk
          </Button>
          <Button variant="plain" onClick={() => setAsking(true)} loading={sender.state !== 'idle'}>
            Make a new link…
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}
