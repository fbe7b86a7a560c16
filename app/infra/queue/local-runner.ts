import { definitionOf, jobKey } from './job-options.ts';
import type { Job } from './jobs.ts';

/**
 * Runs jobs in the worker that led to them, without the way through the queue: the next step of
 * the line begins at once, and the queue is left with what comes from elsewhere or has to come
 * again (docs/decisions/018-next-step-in-the-same-worker.md).
 */
export interface LocalRunner {
  /** Takes a job over; false when it is the queue's: debounced, of upkeep, too many wait, or the worker closes. */
  offer(job: Job): boolean;
  /** Takes nothing more. @returns the jobs that have not begun, for the queue */
  close(): Job[];
}

export interface LocalRunnerOptions {
  /** Handlers that run at once. */
  concurrency: number;
  /** Jobs that may wait behind them; what comes beyond is spread over all workers by the queue. */
  maxWaiting: number;
  /** Debounced jobs fold in the queue while they wait. */
  debounced: boolean;
  /** Runs one job to its end, whatever that is; a rejection is the caller's to report. */
  run: (job: Job) => Promise<unknown>;
}

export function createLocalRunner({
  concurrency,
  maxWaiting,
  debounced,
  run,
}: LocalRunnerOptions): LocalRunner {
  /** By key: a job that is offered again before it began is the same work. */
  const waiting = new Map<string, Job>();
  let running = 0;
  let closed = false;

  function begin() {
    for (const [key, job] of waiting) {
      if (running >= concurrency) return;
      waiting.delete(key);
      running += 1;
      void run(job)
        .catch(() => undefined)
        .finally(() => {
          running -= 1;
          begin();
        });
    }
  }

  function isOurs(job: Job): boolean {
    const { queue, deduplication } = definitionOf(job.name);
    return queue !== 'upkeep' && !(debounced && deduplication);
  }

  return {
    offer(job) {
      if (closed || !isOurs(job)) return false;
      const key = jobKey(job);
      if (waiting.size >= maxWaiting && !waiting.has(key)) return false;
      waiting.set(key, job);
      begin();
      return true;
    },
    close() {
      closed = true;
      const left = [...waiting.values()];
      waiting.clear();
      return left;
    },
  };
}
