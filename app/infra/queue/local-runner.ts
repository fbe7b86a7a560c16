import { AsyncLocalStorage } from 'node:async_hooks';
import type { LimitFunction } from 'p-limit';
import { definitionOf, jobKey } from './job-options.ts';
import type { Job, QueueName } from './jobs.ts';

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
  /** Shared with the jobs that the queue hands out: no more run at once, wherever they come from. */
  limits: ReadonlyMap<QueueName, LimitFunction>;
  /** Jobs of a queue that may wait for a place; what comes beyond is spread over all workers by the queue. */
  maxWaiting: number;
  /** Debounced jobs fold in the queue while they wait. */
  debounced: boolean;
  /** Runs one job to its end, whatever that is; must not reject. */
  run: (job: Job) => Promise<unknown>;
}

export function createLocalRunner({ limits, maxWaiting, debounced, run }: LocalRunnerOptions): LocalRunner {
  /** By queue and key: a job that is offered again before it began is the same work. */
  const waiting = new Map([...limits.keys()].map((queue) => [queue, new Map<string, Job>()]));
  // A job begins as if the queue had brought it, not inside whatever led to it or ended before it.
  const fromOutside = AsyncLocalStorage.snapshot();
  let closed = false;

  return {
    offer(job) {
      const { queue, deduplication } = definitionOf(job.name);
      const limit = limits.get(queue);
      const line = waiting.get(queue);
      if (closed || !limit || !line || queue === 'upkeep' || (debounced && deduplication)) return false;
      const key = jobKey(job);
      if (line.has(key)) return true;
      if (limit.pendingCount >= maxWaiting) return false;
      line.set(key, job);
      void fromOutside(() => limit(async () => (line.delete(key) ? await run(job) : undefined)));
      return true;
    },
    close() {
      closed = true;
      const left = [...waiting.values()].flatMap((line) => [...line.values()]);
      for (const line of waiting.values()) line.clear();
      return left;
    },
  };
}
