import { BlockStack, Button, InlineError } from '@shopify/polaris';
import { useState } from 'react';

interface DownloadProps {
  /** Where the file is; `id` names the message beside the button. */
  href: string;
  id: string;
  fileName: string;
  label: string;
  accessibilityLabel?: string;
  disabled?: boolean;
}

/**
 * Downloads a file. A plain link would leave the embedded app without its session, so the file is
 * fetched (App Bridge signs the request) and handed to the browser.
 */
export function DownloadButton({ href, id, fileName, label, accessibilityLabel, disabled }: DownloadProps) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  async function download() {
    setState('busy');
    try {
      const response = await fetch(href);
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      const url = URL.createObjectURL(await response.blob());
      Object.assign(document.createElement('a'), { href: url, download: fileName }).click();
      // The browser reads the file after the click has returned.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      setState('idle');
    } catch {
      // Offline, or the stream broke: the message beside the button stays until the next try.
      setState('failed');
    }
  }
  return (
    <BlockStack gap="100" inlineAlign="end">
      <Button
        onClick={download}
        loading={state === 'busy'}
        disabled={disabled}
        accessibilityLabel={accessibilityLabel}
      >
        {label}
      </Button>
      {state === 'failed' && (
        <InlineError message="The download stopped. Check your connection and try again." fieldID={id} />
      )}
    </BlockStack>
  );
}
