import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';

const FOCUSABLE = 'button:not([tabindex="-1"]), input, select, textarea, a[href]';

const focusablesIn = (container: HTMLElement | null): Element[] => [
  ...(container?.querySelectorAll(FOCUSABLE) ?? []),
];

/**
 * Whoever removes something by keyboard stays about where they were: focus goes to what has taken its place.
 * @returns what the container does on focus
 */
export function useKeptFocus(container: RefObject<HTMLElement>): (event: FocusEvent) => void {
  const last = useRef<{ element: Element; index: number } | null>(null);
  useEffect(() => {
    if (!last.current || last.current.element.isConnected) return;
    const { index } = last.current;
    last.current = null;
    if (document.activeElement !== document.body) return;
    const left = focusablesIn(container.current);
    (left[Math.min(index, left.length - 1)] as HTMLElement | undefined)?.focus();
  });
  return ({ target }) => {
    last.current = { element: target, index: focusablesIn(container.current).indexOf(target) };
  };
}
