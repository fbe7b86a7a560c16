import { DelayedError, UnrecoverableError, type Job as BullJob, type Queue } from 'bullmq';
import type { LimitFunction } from 'p-limit';
import { isAppError } from '../../domain/core/app-error.ts';
import { logFor, type Log } from '../log.server.ts';
import type { Metrics } from '../metrics.server.ts';
import { BATCH, parseBatch } from './batches.ts';
import { bullOptions, definitionOf, isJobName, parseJob } from './job-options.ts';
import type { Job, JobName, JobPayload } from './jobs.ts';

/** What a handler may know and do about the job it runs in. */
export interface JobContext {
  /** 1 for the first try. */
  attempt: number;
  /**
   * Puts the job off for `ms` of machine time without counting the attempt, and leaves
   * the handler by throwing. For a throttled shop: the jobs of other shops go on.
   */
  delayJob(ms: number): Promise<never>;
}

export type JobHandlers = {
  [Name in JobName]: (payload: JobPayload<Name>, context: JobContext) => Promise<unknown>;
};

export interface ProcessorOptions {
  handlers: JobHandlers;
  /** Called once a job has failed for good; marks its row. The job's id can be enqueued again afterwards. */
  onExhausted: (job: Job, error: Error) => Promise<void>;
  /** Called after a failed try that will be made again. */
  onRetry?: (job: Job, error: Error) => Promise<void>;
  log: Log;
  metrics: Pick<Metrics, 'observeJob'>;
}

type Ended =
  { outcome: 'completed' } | { outcome: 'delayed' } | { outcome: 'retry' | 'failed'; error: unknown };

/**
 * Runs what the queue hands out: parses a job, runs its handler and maps what went wrong to
 * retry, delay or failure. A batch is run as the jobs it holds; one that has to come again
 * goes back to the queue alone.
 * @param limit how many handlers run at once, whether their jobs came alone, in batches or not through the queue at all
 */
export function createProcessor(options: ProcessorOptions, queue: Queue, limit: LimitFunction) {
  const { log } = options;

  async function processBatch(bullJob: BullJob): Promise<void> {
    const jobs = parseOrRefuse(bullJob, () => parseBatch(bullJob.data), log);
    // All come to their end, even if one could not be put back: its row stays open, and reconcile finds it.
    const ends = await Promise.allSettled(
      jobs.map((job) => limit(() => runOutsideQueue(options, job, queue))),
    );
    const lost = ends.find((end) => end.status === 'rejected');
    if (lost) throw lost.reason;
  }

  async function processOne(bullJob: BullJob, token: string | undefined): Promise<void> {
    const job = parseOrRefuse(
      bullJob,
      () => {
        if (!isJobName(bullJob.name))
          throw new RangeError(`There is no job "${bullJob.name}" in the catalogue.`);
        return parseJob(bullJob.name, bullJob.data);
      },
      log,
    );
    // One that came back from a batch has fewer attempts left than the catalogue gives.
    const triedBefore = definitionOf(job.name).attempts - (bullJob.opts.attempts ?? 1);
    const ended = await limit(() =>
      run(options, job, triedBefore + bullJob.attemptsMade + 1, async (ms) => {
        await bullJob.moveToDelayed(Date.now() + ms, token);
        throw new DelayedError();
      }),
    );
    if (ended.outcome === 'delayed') throw new DelayedError();
    if (ended.outcome === 'retry') throw ended.error;
    if (ended.outcome === 'failed') {
      throw new UnrecoverableError(ended.error instanceof Error ? ended.error.message : String(ended.error));
    }
  }

  return (bullJob: BullJob, token?: string): Promise<void> =>
    bullJob.name === BATCH ? processBatch(bullJob) : processOne(bullJob, token);
}

/** Runs a job that has no place of its own in the queue; one that has to come again gets one. */
export async function runOutsideQueue(options: ProcessorOptions, job: Job, queue: Queue): Promise<void> {
  let delayMs = 0;
  const ended = await run(options, job, 1, async (ms) => {
    delayMs = ms;
    throw new DelayedError();
  });
  if (ended.outcome === 'delayed') await addAlone(queue, job, { delayMs });
  if (ended.outcome === 'retry') await addAlone(queue, job, { tried: 1 });
}

/**
 * What becomes of a job whose worker died too often to run it again: a batch is taken apart,
 * so that only the one that kills the worker is given up.
 */
export async function settleAbandoned(
  bullJob: BullJob,
  error: Error,
  queue: Queue,
  options: Pick<ProcessorOptions, 'onExhausted' | 'log'>,
): Promise<void> {
  if (bullJob.finishedOn === undefined || !bullJob.deferredFailure) return;
  const { log, onExhausted } = options;
  log.error(
    { err: error, job: bullJob.name, jobId: bullJob.id },
    'A worker died too often while it ran a job.',
  );
  if (bullJob.name === BATCH) {
    for (const job of parseBatch(bullJob.data)) await addAlone(queue, job, {});
  } else if (isJobName(bullJob.name)) {
    await onExhausted(parseJob(bullJob.name, bullJob.data), error);
  }
}

/** Puts one job into the queue, not debounced: one that comes again, or that this worker has no time for. */
export async function addAlone(queue: Queue, job: Job, { delayMs = 0, tried = 0 }): Promise<void> {
  const { attempts, backoffMs } = definitionOf(job.name);
  await queue.add(job.name, job.payload, {
    ...bullOptions(job, { debounced: false }),
    attempts: attempts - tried,
    delay: tried > 0 ? backoffMs : delayMs,
  });
}

async function run(
  { handlers, onExhausted, onRetry, log, metrics }: ProcessorOptions,
  job: Job,
  attempt: number,
  delay: (ms: number) => Promise<never>,
): Promise<Ended> {
  const context: JobContext = { attempt, delayJob: (ms) => delay(Math.max(0, Math.round(ms))) };
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    await (handlers[job.name] as (payload: Job['payload'], context: JobContext) => Promise<unknown>)(
      job.payload,
      context,
    );
    metrics.observeJob(job.name, 'completed', seconds());
    return { outcome: 'completed' };
  } catch (error) {
    if (error instanceof DelayedError) {
      metrics.observeJob(job.name, 'delayed', seconds());
      return { outcome: 'delayed' };
    }
    const retryable = !isAppError(error) || error.retryable;
    const cause = error instanceof Error ? error : new Error(String(error));
    const jobLog = logFor(log, job.payload).child({ job: job.name });
    if (retryable && attempt < definitionOf(job.name).attempts) {
      metrics.observeJob(job.name, 'retried', seconds());
      jobLog.warn({ err: error, attempt }, 'A job failed and will be tried again.');
      await onRetry?.(job, cause).catch((second: unknown) =>
        jobLog.warn({ err: second }, 'A failed try could not be noted.'),
      );
      return { outcome: 'retry', error };
    }
    metrics.observeJob(job.name, 'failed', seconds());
    jobLog.error({ err: error, attempt }, 'A job failed for good.');
    await onExhausted(job, cause).catch((second: unknown) => {
      jobLog.error(
        { err: second },
        'The row of a failed job could not be marked; reconcile will dispatch it again.',
      );
    });
    return { outcome: 'failed', error: cause };
  }
}

/** A job that is not in the catalogue can only come from another version: refused, its row stays. */
function parseOrRefuse<Parsed>(bullJob: BullJob, parse: () => Parsed, log: Log): Parsed {
  try {
    return parse();
  } catch (error) {
    log.error({ err: error, job: bullJob.name }, 'A job that is not in the catalogue was refused.');
    throw new UnrecoverableError('The job is not in the job catalogue.');
  }
}
