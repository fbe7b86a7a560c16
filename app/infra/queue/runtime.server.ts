import { DelayedError, UnrecoverableError, type Job as BullJob, type Queue, type Worker } from 'bullmq';
import { isAppError } from '../../domain/core/app-error.ts';
import type { Config } from '../env.server.ts';
import { logFor, type Log } from '../log.server.ts';
import type { Metrics, QueueDepths } from '../metrics.server.ts';
import { createQueueBackend, type WorkerSettings } from './backend.server.ts';
import { definitionOf, isJobName, parseJob } from './job-options.ts';
import { QUEUES, type Job, type JobName, type JobPayload, type QueueName } from './jobs.ts';
import { startSchedulers } from './schedulers.server.ts';

/** What a handler may know and do about the job it runs in. */
export interface JobContext {
  /** 1 for the first try. */
  attempt: number;
  /** Carries the ids of the payload. */
  log: Log;
  /**
   * Puts the job off for `ms` of machine time without counting the attempt, and leaves
   * the handler by throwing. For a throttled shop: the jobs of other shops go on.
   */
  delayJob(ms: number): Promise<never>;
}

export type JobHandlers = {
  [Name in JobName]: (payload: JobPayload<Name>, context: JobContext) => Promise<unknown>;
};

export type WorkerConfig = Pick<
  Config,
  'databaseUrl' | 'redisUrl' | 'queuePrefix' | 'migrateQueue' | 'mode' | 'workerConcurrency' | 'dbPoolMax'
>;

export interface WorkersOptions {
  config: WorkerConfig;
  handlers: JobHandlers;
  /** Called once a job has failed for good; marks its row. The job's id can be enqueued again afterwards. */
  onExhausted: (job: Job, error: Error) => Promise<void>;
  /** Called after a failed try that will be made again. */
  onRetry?: (job: Job, error: Error) => Promise<void>;
  log: Log;
  metrics: Pick<Metrics, 'observeJob' | 'observeQueues'>;
  /** Repeating upkeep jobs; on unless a test switches them off. */
  schedulers?: boolean;
}

export interface Workers {
  /** Takes no new job, waits up to `deadlineMs` for the running ones, then leaves them to be picked up again. */
  close(deadlineMs?: number): Promise<{ abandoned: number }>;
  depths(): Promise<QueueDepths>;
}

const CLOSE_DEADLINE_MS = 10_000;

/**
 * Starts one worker per queue and the repeating upkeep jobs.
 * @throws the driver's error when the queue's database cannot be reached.
 */
export async function createWorkers(options: WorkersOptions): Promise<Workers> {
  const { config, log, metrics } = options;
  const backend = createQueueBackend({ config, role: 'worker', log });
  try {
    await backend.ready();
  } catch (error) {
    await backend.close();
    throw error;
  }
  const running = new Set<Promise<unknown>>();
  const track = <Result>(work: Promise<Result>): Promise<Result> => {
    const entry = work.catch(() => undefined).finally(() => running.delete(entry));
    running.add(entry);
    return work;
  };

  const queues = new Map<QueueName, Queue>(QUEUES.map((name) => [name, backend.openQueue(name)]));
  const upkeep = queues.get('upkeep');
  if (upkeep && options.schedulers !== false) await startSchedulers(upkeep);

  const process = createProcessor(options);
  const workers = QUEUES.map((name): Worker => {
    const settings: WorkerSettings = {
      concurrency: concurrencyOf(name, config),
      ...recoverySettings(config.mode),
    };
    const worker = backend.openWorker(name, (job, token) => track(process(job, token)), settings);
    worker.on('failed', (job, error) => {
      if (job) void track(settleAbandoned(job, error));
    });
    return worker;
  });

  /** A job that crashed its worker too often is failed by the queue without running again. */
  async function settleAbandoned(job: BullJob, error: Error) {
    if (job.finishedOn === undefined || !job.deferredFailure || !isJobName(job.name)) return;
    log.error(
      { err: error, job: job.name, jobId: job.id },
      'A job was given up because its worker died too often.',
    );
    await options.onExhausted(parseJob(job.name, job.data), error);
  }

  async function depths(): Promise<QueueDepths> {
    const entries = await Promise.all(
      [...queues].map(async ([name, queue]) => {
        const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
        return [
          name,
          { waiting: counts.waiting ?? 0, active: counts.active ?? 0, delayed: counts.delayed ?? 0 },
        ];
      }),
    );
    return Object.fromEntries(entries) as QueueDepths;
  }
  metrics.observeQueues(depths);

  return {
    depths,
    async close(deadlineMs = CLOSE_DEADLINE_MS) {
      await Promise.all(workers.map((worker) => worker.pause(true)));
      const finished = await within(Promise.all(running), deadlineMs);
      const abandoned = finished ? 0 : running.size;
      if (abandoned > 0)
        log.warn(
          { abandoned },
          'Jobs were still running at the deadline; another worker will run them again.',
        );
      await within(Promise.allSettled(workers.map((worker) => worker.close(abandoned > 0))), deadlineMs);
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      await within(backend.close(), 2_000);
      return { abandoned };
    },
  };
}

/** One job at a time for upkeep; elsewhere the setting, leaving two connections of the pool for other uses. */
function concurrencyOf(queue: QueueName, config: WorkerConfig): number {
  return queue === 'upkeep' ? 1 : Math.max(1, Math.min(config.workerConcurrency, config.dbPoolMax - 2));
}

/**
 * How soon the jobs of a killed worker run again. A demo shows it within seconds; in
 * production a longer lock keeps a busy worker from being taken for a dead one.
 */
function recoverySettings(mode: Config['mode']): Partial<WorkerSettings> {
  return mode === 'production'
    ? { lockDuration: 30_000, stalledInterval: 15_000, maxStalledCount: 3, runRetryDelay: 2_000 }
    : { lockDuration: 3_000, stalledInterval: 1_000, maxStalledCount: 5, runRetryDelay: 1_000 };
}

/** Parses a job, runs its handler and maps what went wrong to retry, delay or failure. */
function createProcessor({ handlers, onExhausted, onRetry, log, metrics }: WorkersOptions) {
  return async (bullJob: BullJob, token?: string): Promise<void> => {
    const job = parseOrRefuse(bullJob, log);
    const jobLog = logFor(log, job.payload).child({ job: job.name });
    const context: JobContext = {
      attempt: bullJob.attemptsMade + 1,
      log: jobLog,
      async delayJob(ms) {
        await bullJob.moveToDelayed(Date.now() + Math.max(0, Math.round(ms)), token);
        throw new DelayedError();
      },
    };
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    try {
      await (handlers[job.name] as (payload: Job['payload'], context: JobContext) => Promise<unknown>)(
        job.payload,
        context,
      );
      metrics.observeJob(job.name, 'completed', seconds());
    } catch (error) {
      if (error instanceof DelayedError) {
        metrics.observeJob(job.name, 'delayed', seconds());
        throw error;
      }
      const retryable = !isAppError(error) || error.retryable;
      const cause = error instanceof Error ? error : new Error(String(error));
      if (retryable && context.attempt < definitionOf(job.name).attempts) {
        metrics.observeJob(job.name, 'retried', seconds());
        jobLog.warn({ err: error, attempt: context.attempt }, 'A job failed and will be tried again.');
        await onRetry?.(job, cause).catch((second: unknown) =>
          jobLog.warn({ err: second }, 'A failed try could not be noted.'),
        );
        throw error;
      }
      metrics.observeJob(job.name, 'failed', seconds());
      jobLog.error({ err: error, attempt: context.attempt }, 'A job failed for good.');
      await onExhausted(job, cause).catch((second: unknown) => {
        jobLog.error(
          { err: second },
          'The row of a failed job could not be marked; reconcile will dispatch it again.',
        );
      });
      throw new UnrecoverableError(cause.message);
    }
  };
}

/** A job that is not in the catalogue can only come from another version: refused, its row stays. */
function parseOrRefuse(bullJob: BullJob, log: Log): Job {
  try {
    if (isJobName(bullJob.name)) return parseJob(bullJob.name, bullJob.data);
  } catch (error) {
    log.error({ err: error, job: bullJob.name }, 'A job with an unknown payload was refused.');
    throw new UnrecoverableError('The payload is not the one of the job catalogue.');
  }
  log.error({ job: bullJob.name }, 'A job with an unknown name was refused.');
  throw new UnrecoverableError('The name is not in the job catalogue.');
}

/** Whether `work` settled before the deadline. */
async function within(work: Promise<unknown>, deadlineMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), deadlineMs);
  });
  const settled = work.then(
    () => true,
    () => true,
  );
  const result = await Promise.race([settled, late]);
  clearTimeout(timer);
  return result;
}
