import { useEffect, useState } from 'react';

/** App Bridge puts itself on the window; in a plain browser tab it is missing. */
interface AppBridge {
  toast?: { show?: (message: string, options?: { isError?: boolean }) => void };
}

const bridge = (): AppBridge | undefined => (window as { shopify?: AppBridge }).shopify;

/** Shows a toast for each new success. Errors are never toasts: they stay beside what they are about. */
export function useSuccessToast(result: { sentence: string } | null | undefined): void {
  useEffect(() => {
    if (result) bridge()?.toast?.show?.(result.sentence);
  }, [result]);
}

/** True once `busy` has lasted long enough to be worth a placeholder. */
export function useSlow(busy: boolean, afterMs = 250): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), afterMs);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [busy, afterMs]);
  return slow;
}

/** How a component sends fields to the page's action and learns the answer; a Remix fetcher fits. */
export interface Sender<Data> {
  state: 'idle' | 'submitting' | 'loading';
  data: Data | undefined;
  submit: (fields: Record<string, string>, options: { method: 'post' }) => void;
}
