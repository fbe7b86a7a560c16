import { useEffect, useRef, useState } from 'react';

/** App Bridge puts itself on the window; in a plain browser tab it is missing. */
interface AppBridge {
  toast?: {
    show?: (message: string, options?: { action?: string; onAction?: () => void; duration?: number }) => void;
  };
}

const bridge = (): AppBridge | undefined => (window as { shopify?: AppBridge }).shopify;

/** How long a toast that can be undone stays: long enough to be read and reached. */
const UNDO_MS = 10_000;

/**
 * Shows a toast for each new success, with a button that takes it back where there is a way.
 * Errors are never toasts: they stay beside what they are about.
 */
export function useSuccessToast(
  result: { sentence: string } | null | undefined,
  undo?: (() => void) | undefined,
): void {
  const latest = useRef(undo);
  useEffect(() => {
    latest.current = undo;
  });
  useEffect(() => {
    if (!result) return;
    const back = { action: 'Undo', onAction: () => latest.current?.(), duration: UNDO_MS };
    bridge()?.toast?.show?.(result.sentence, latest.current ? back : {});
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
