import type { Host } from './api.ts';
import { Group } from './Group.tsx';

/** A question that needs a page of its own: leads there. */
export function Elsewhere({
  host,
  name,
  at,
  done,
  error,
  waits,
  onGo,
}: {
  host: Host;
  /** The question. */
  name: string;
  /** Address of the page. */
  at: string | undefined;
  /** Said where it was answered there before. */
  done: string | undefined;
  error: string | undefined;
  /** What was answered is still on its way; the page is to know it. */
  waits: boolean;
  onGo(): void;
}) {
  return (
    <Group label={name} error={error}>
      <s-text>{host.say('elsewhere.text')}</s-text>
      {done !== undefined && <s-text color="subdued">{done}</s-text>}
      <s-button variant="primary" href={at} target="_blank" loading={waits} onClick={onGo}>
        {host.say('elsewhere.go')}
      </s-button>
    </Group>
  );
}

/** After that: where the rest is asked. */
export function Left({
  host,
  at,
  isKept,
  onStay,
}: {
  host: Host;
  at: string | undefined;
  /** What was answered here has arrived. */
  isKept: boolean;
  onStay?: (() => void) | undefined;
}) {
  return (
    <s-banner tone="info" heading={host.say('elsewhere.left')}>
      <s-stack gap="small">
        <s-text>{host.say(isKept ? 'elsewhere.kept' : 'elsewhere.unkept')}</s-text>
        <s-link href={at} target="_blank">
          {host.say('elsewhere.go')}
        </s-link>
        {onStay && (
          <s-button variant="secondary" onClick={onStay}>
            {host.say('elsewhere.here')}
          </s-button>
        )}
      </s-stack>
    </s-banner>
  );
}
