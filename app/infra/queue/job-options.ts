import type { BulkJobOptions } from 'bullmq';
import { JOBS, type Job, type JobName } from './jobs.ts';

/** What the catalogue says about a job, without the payload's type. */
interface Definition {
  queue: (typeof JOBS)[JobName]['queue'];
  payload: { parse(data: unknown): unknown };
  attempts: number;
  backoffMs: number;
  jobId?: (payload: never) => string;
  deduplication?: (payload: never) => { id: string; delayMs: number };
}

export function definitionOf(name: JobName): Definition {
  return JOBS[name];
}

export function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}

/**
 * Checks a job against the catalogue.
 * @throws ZodError when the payload is not the catalogue's.
 */
export function parseJob(name: JobName, data: unknown): Job {
  return { name, payload: definitionOf(name).payload.parse(data) } as Job;
}

/** Equal for jobs that do the same work. */
export function jobKey(job: Job): string {
  const definition = definitionOf(job.name);
  const payload = job.payload as never;
  return (
    definition.jobId?.(payload) ??
    definition.deduplication?.(payload).id ??
    `${job.name} ${JSON.stringify(payload)}`
  );
}

/**
 * The window in which further jobs are folded ends a little before the folded job
 * starts: an event that arrives while it runs must find the window closed, whatever
 * the difference of the clocks and the time that adding took.
 */
const FOLD_MARGIN_MS = 500;

/** BullMQ's options for a job. A finished job leaves nothing behind, so that its id can come again. */
export function bullOptions(job: Job, options: { debounced: boolean; debounceMs?: number }): BulkJobOptions {
  const definition = definitionOf(job.name);
  const payload = job.payload as never;
  const base: BulkJobOptions = {
    attempts: definition.attempts,
    removeOnComplete: true,
    removeOnFail: true,
    ...(definition.backoffMs > 0
      ? { backoff: { type: 'exponential', delay: definition.backoffMs, jitter: 0.5 } }
      : {}),
    ...(definition.jobId ? { jobId: definition.jobId(payload) } : {}),
  };
  if (!definition.deduplication || !options.debounced) return base;
  const { id, delayMs: catalogueMs } = definition.deduplication(payload);
  const delay = options.debounceMs ?? catalogueMs;
  return {
    ...base,
    delay,
    deduplication: { id, ttl: Math.max(1, delay - Math.min(FOLD_MARGIN_MS, delay / 2)) },
  };
}
