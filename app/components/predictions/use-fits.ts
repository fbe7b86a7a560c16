import { useEffect, useMemo, useRef, useState } from 'react';
import type { RunView } from '../../infra/db/reads/prediction-views.ts';
import { type Sender, useSuccessToast } from '../use-feedback.ts';
import { KIND_LABELS } from './runs-card.tsx';

/** How often the page looks while a fit is under way. */
const LOOK_EVERY_MS = 3_000;

const OUTCOMES: Record<RunView['status'], string> = {
  running: 'under way',
  kept: 'passed',
  hidden: 'stays hidden',
  failed: 'failed',
};

/** The newest of each kind that has ended. @param runs newest first */
function newestEnded(runs: readonly RunView[]): RunView[] {
  const ended = runs.filter(({ status }) => status !== 'running');
  return ended.filter(({ kind }, index) => ended.findIndex((one) => one.kind === kind) === index);
}

/** How fits ended, in one line. */
export const fitsSentence = (ended: readonly Pick<RunView, 'kind' | 'status'>[]): string =>
  `Fits done: ${ended.map(({ kind, status }) => `${KIND_LABELS[kind].toLowerCase()} ${OUTCOMES[status]}`).join(', ')}`;

/**
 * Asks for fits, looks until they have ended, and says how.
 * @param runs newest first
 */
export function useFits(
  runs: readonly RunView[],
  sender: Sender<unknown>,
  again: { state: string; revalidate: () => void },
) {
  const running = runs.some(({ status }) => status === 'running');
  const [before] = useState(() => newestEnded(runs).map(({ id }) => id));
  const fresh = running ? [] : newestEnded(runs).filter(({ id }) => !before.includes(id));
  const ids = fresh.map(({ id }) => id).join();
  const sentence = fitsSentence(fresh);
  useSuccessToast(useMemo(() => (ids ? { sentence } : null), [ids, sentence]));

  const latest = useRef(again);
  useEffect(() => {
    latest.current = again;
  });
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => {
      if (latest.current.state === 'idle') latest.current.revalidate();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [running]);

  return {
    busy: sender.state !== 'idle' || running,
    ask: () => sender.submit({ intent: 'fit' }, { method: 'post' }),
  };
}
