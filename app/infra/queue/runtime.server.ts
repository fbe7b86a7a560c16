import { WaitingError, type Job as BullJob, type Queue, type Worker } from 'bullmq';
import pLimit from 'p-limit';
import type { Config } from '../env.server.ts';
import type { Metrics, QueueDepths } from '../metrics.server.ts';
import { createQueueBackend, type WorkerSettings } from './backend.server.ts';
import { QUEUES, type Job, type QueueName } from './jobs.ts';
import { definitionOf } from './job-options.ts';
import { createLocalRunner } from './local-runner.ts';
import {
  addAlone,
  createProcessor,
  runOutsideQueue,
  settleAbandoned,
  type ProcessorOptions,
} from './processor.server.ts';
import { startSchedulers } from './schedulers.server.ts';

export type WorkerConfig = Pick<
  Config,
  'databaseUrl' | 'redisUrl' | 'queuePrefix' | 'migrateQueue' | 'mode' | 'workerConcurrency' | 'dbPoolMax'
>;

export interface WorkersOptions extends ProcessorOptions {
  config: WorkerConfig;
  metrics: Pick<Metrics, 'observeJob' | 'observeQueues'>;
  /** Called when no job runs any more, of any queue. */
  onIdle?: () => void;
  /** Business time is simulated: nothing is debounced. */
  simulatedClock?: boolean;
  /** Repeating upkeep jobs; on unless a test switches them off. */
  schedulers?: boolean;
}

export interface Workers {
  /** Runs a job here and now if it can; what it cannot take belongs to the queue. */
  offer(job: Job): boolean;
  /** Takes no new job, waits up to `deadlineMs` for the running ones, then leaves them to be picked up again. */
  close(deadlineMs?: number): Promise<{ abandoned: number }>;
  depths(): Promise<QueueDepths>;
}

const CLOSE_DEADLINE_MS = 10_000;
/** How long the queue may take to get back what has not begun; what it does not get, reconcile finds. */
const HAND_BACK_DEADLINE_MS = 2_000;

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
    const entry = work
      .catch(() => undefined)
      .finally(() => {
        running.delete(entry);
        if (running.size === 0) options.onIdle?.();
      });
    running.add(entry);
    return work;
  };

  const queues = new Map<QueueName, Queue>(QUEUES.map((name) => [name, backend.openQueue(name)]));
  const upkeep = queues.get('upkeep');
  if (upkeep && options.schedulers !== false) await startSchedulers(upkeep);

  let closing = false;
  const limits = new Map(QUEUES.map((name) => [name, pLimit(concurrencyOf(name, config))]));
  const workers = QUEUES.map((name): Worker => {
    const queue = queues.get(name)!;
    const process = createProcessor(options, queue, limits.get(name)!);
    const settings: WorkerSettings = {
      concurrency: concurrencyOf(name, config),
      ...recoverySettings(config.mode),
    };
    const worker = backend.openWorker(
      name,
      (job, token) => track(closing ? putBack(job, token) : process(job, token)),
      settings,
    );
    worker.on('failed', (job, error) => {
      if (job) void track(settleAbandoned(job, error, queue, options));
    });
    return worker;
  });

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

  const queueOf = (job: Job) => queues.get(definitionOf(job.name).queue)!;
  const local = createLocalRunner({
    limits,
    // As many as run: a slow mail server must not hold what another worker could send.
    maxWaiting: concurrencyOf('actions', config),
    debounced: !options.simulatedClock,
    run: (job) =>
      track(runOutsideQueue(options, job, queueOf(job))).catch((error: unknown) => notPutBack(error, [job])),
  });
  const notPutBack = (error: unknown, jobs: Job[]) =>
    log.error(
      { err: error, jobs: jobs.length, job: jobs[0]?.name },
      'Jobs could not be put into the queue; reconcile will dispatch their rows.',
    );

  /** What has not begun is the next worker's; a queue that is away must not hold up the end. */
  async function handBack(jobs: Job[]): Promise<void> {
    const added = Promise.all(jobs.map((job) => addAlone(queueOf(job), job, {})));
    added.catch((error: unknown) => notPutBack(error, jobs));
    if (!(await within(added, HAND_BACK_DEADLINE_MS)))
      notPutBack(new Error('The queue did not answer.'), jobs);
  }

  return {
    offer: (job) => local.offer(job),
    depths,
    async close(deadlineMs = CLOSE_DEADLINE_MS) {
      closing = true;
      const left = local.close();
      await Promise.all(workers.map((worker) => worker.pause(true)));
      const handedBack = handBack(left);
      const finished = await within(Promise.all(running), deadlineMs);
      await handedBack;
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

/** A job that a fetch brings which was under way when the worker began to close: the next worker runs it. */
async function putBack(job: BullJob, token: string | undefined): Promise<never> {
  await job.moveToWait(token);
  throw new WaitingError();
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
