import type { Queue } from 'bullmq';
import type { Log } from '../log.server.ts';
import { createQueueBackend, type QueueConfig } from './backend.server.ts';
import { createBatcher, type Batcher } from './batcher.ts';
import { batchEntry, intoBatches } from './batches.ts';
import { bullOptions, definitionOf, jobKey, parseJob } from './job-options.ts';
import type { Job, JobProducer, QueueName } from './jobs.ts';

export interface ProducerOptions {
  config: QueueConfig;
  log: Log;
  /** Business time is simulated: scores are not debounced. */
  simulatedClock?: boolean;
  /** How long an id may wait for others; 20 ms unless told. */
  batchMs?: number;
  /** Overrides the catalogue's debounce; for tests. */
  debounceMs?: number;
}

export interface ClosableProducer extends JobProducer {
  /** From now on jobs are offered here first; those it does not take go to the queue. */
  offerFirst(offer: (job: Job) => boolean): void;
  /** Hands on what is still buffered. */
  flush(): Promise<void>;
  /** Flushes, then ends the connections. */
  close(): Promise<void>;
}

const BATCH_SIZE = 100;
/**
 * On PostgreSQL a bulk add creates temporary tables, about 10 ms whatever its size,
 * while a single one takes under 1 ms.
 */
const BULK_FROM = 10;
const BATCH_MS = 20;
const MAX_WAITING = 20_000;
/** An add that takes longer counts as failed; reconcile dispatches its rows again. */
const ADD_TIMEOUT_MS = 10_000;

/**
 * Hands ids to the queue, in batches. `enqueue` resolves as soon as the ids are
 * buffered and rejects only for a payload that is not the catalogue's (a bug): a queue
 * that is away is logged, since the rows are the truth and reconcile dispatches them
 * again. Creating it connects nothing.
 */
export function createProducer(options: ProducerOptions): ClosableProducer {
  const { log, simulatedClock = false } = options;
  const backend = createQueueBackend({ config: options.config, role: 'producer', log });
  const queues = new Map<QueueName, Queue>();
  const batchers = new Map<QueueName, Batcher<Job>>();
  let dropped = 0;
  let offer: (job: Job) => boolean = () => false;

  async function add(name: QueueName, jobs: Job[]): Promise<void> {
    await backend.ready();
    const queue = queues.get(name) ?? backend.openQueue(name);
    queues.set(name, queue);
    const bullJobOptions = { debounced: !simulatedClock, debounceMs: options.debounceMs };
    const entries = (backend.kind === 'postgres' ? intoBatches(jobs, bullJobOptions) : jobs).map((entry) =>
      Array.isArray(entry)
        ? batchEntry(entry)
        : { name: entry.name, data: entry.payload, opts: bullOptions(entry, bullJobOptions) },
    );
    if (backend.kind === 'postgres' && entries.length < BULK_FROM) {
      await Promise.all(entries.map(({ name: jobName, data, opts }) => queue.add(jobName, data, opts)));
      return;
    }
    await queue.addBulk(entries);
  }

  async function send(queue: QueueName, jobs: Job[]): Promise<void> {
    try {
      await withTimeout(add(queue, jobs), ADD_TIMEOUT_MS);
    } catch (error) {
      log.error(
        { err: error, queue, jobs: jobs.length },
        'Jobs could not be enqueued; reconcile will dispatch their rows.',
      );
    }
    if (dropped > 0) {
      log.error(
        { jobs: dropped },
        'Jobs were dropped because the queue is too slow; reconcile will dispatch their rows.',
      );
      dropped = 0;
    }
  }

  function batcherOf(queue: QueueName): Batcher<Job> {
    const known = batchers.get(queue);
    if (known) return known;
    const batcher = createBatcher<Job>({
      delayMs: options.batchMs ?? BATCH_MS,
      maxSize: BATCH_SIZE,
      maxWaiting: MAX_WAITING,
      keyOf: jobKey,
      send: (jobs) => send(queue, jobs),
      onDropped: () => {
        dropped += 1;
      },
    });
    batchers.set(queue, batcher);
    return batcher;
  }

  async function flush() {
    await Promise.all([...batchers.values()].map((batcher) => batcher.flush()));
  }

  const parse = (jobs: Job[]) => jobs.map((job) => parseJob(job.name, job.payload));
  const toQueue = (job: Job) => batcherOf(definitionOf(job.name).queue).add(job);

  return {
    async enqueue(jobs) {
      for (const job of parse(jobs)) if (!offer(job)) toQueue(job);
    },
    async enqueueAgain(jobs) {
      parse(jobs).forEach(toQueue);
    },
    offerFirst(first) {
      offer = first;
    },
    flush,
    async close() {
      await flush();
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      await backend.close();
    },
  };
}

async function withTimeout(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The queue did not answer within ${timeoutMs / 1000} s.`)),
      timeoutMs,
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
