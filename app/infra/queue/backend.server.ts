import { createPostgresBackend, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import type { Processor, QueueOptions, WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { createQueuePool } from '../db/pool.server.ts';
import type { Config } from '../env.server.ts';
import type { Log } from '../log.server.ts';
import { QUEUES, type QueueName } from './jobs.ts';

/**
 * The one place that knows which database the queue lives in: PostgreSQL when there is
 * no REDIS_URL, Redis otherwise. Everything else sees BullMQ's Queue and Worker.
 */

export type QueueConfig = Pick<Config, 'databaseUrl' | 'redisUrl' | 'queuePrefix' | 'migrateQueue'>;

/** Everything about a worker that does not depend on the backend. */
export type WorkerSettings = Omit<WorkerOptions, 'connection' | 'prefix'>;

export interface QueueBackend {
  kind: 'postgres' | 'redis';
  /**
   * Resolves once the backend can be used; call it before opening anything.
   * @throws the driver's error when it cannot be reached or is not migrated.
   */
  ready(): Promise<void>;
  openQueue(name: QueueName): Queue;
  openWorker(name: QueueName, processor: Processor, settings: WorkerSettings): Worker;
  /** Ends the connections; close queues and workers first. */
  close(): Promise<void>;
}

export interface BackendOptions {
  config: QueueConfig;
  /** A producer fails fast; a worker waits for a lost connection to come back. */
  role: 'producer' | 'worker';
  log: Log;
}

const SCHEMA = 'bullmq';

/** Connections a worker process needs beside one LISTEN per queue: jobs wait for these only briefly. */
const WORKER_QUERY_CONNECTIONS = 6;
const PRODUCER_CONNECTIONS = 3;

/** The event stream is not read by anyone; BullMQ keeps it, so it is kept short. */
const STREAMS: QueueOptions['streams'] = { events: { maxLen: 1_000 } };

/** Connects nothing until `ready()`. */
export function createQueueBackend(options: BackendOptions): QueueBackend {
  return options.config.redisUrl === undefined
    ? createPostgresQueues(options)
    : createRedisQueues(options, options.config.redisUrl);
}

function createPostgresQueues({ config, role, log }: BackendOptions): QueueBackend {
  const bound = withBackend(createPostgresBackend);
  const pool = createQueuePool(config.databaseUrl, {
    max: role === 'worker' ? QUEUES.length + WORKER_QUERY_CONNECTIONS : PRODUCER_CONNECTIONS,
    applicationName: `aftercare-queue-${role}`,
    log,
  });
  return {
    kind: 'postgres',
    ready: onceSuccessful(async () => {
      const client = await pool.connect();
      try {
        if (config.migrateQueue) await runMigrations(client, SCHEMA);
        else await client.query(`SELECT 1 FROM ${SCHEMA}.migration LIMIT 1`);
      } finally {
        client.release();
      }
    }),
    openQueue: (name) => {
      const queue = new bound.Queue(name, { connection: pool, streams: STREAMS });
      return logged(queue as unknown as Queue, name, log);
    },
    openWorker: (name, processor, settings) => {
      const worker = new bound.Worker(name, processor as Processor<unknown>, {
        ...settings,
        connection: pool,
      });
      return logged(worker as unknown as Worker, name, log);
    },
    close: () => pool.end(),
  };
}

function createRedisQueues({ config, role, log }: BackendOptions, redisUrl: string): QueueBackend {
  const redis = connectRedis(redisUrl, role, log);
  const shared = { connection: redis, prefix: config.queuePrefix };
  return {
    kind: 'redis',
    ready: onceSuccessful(async () => {
      if (redis.status === 'wait') await redis.connect();
      await redis.ping();
    }),
    openQueue: (name) => logged(new Queue(name, { ...shared, streams: STREAMS }), name, log),
    openWorker: (name, processor, settings) =>
      logged(new Worker(name, processor, { ...settings, ...shared }), name, log),
    close: async () => {
      redis.disconnect();
    },
  };
}

/**
 * A Redis connection that opens on first use. While Redis is away a worker's commands
 * wait for it, a producer's fail within a few seconds (nobody waits for them), and a
 * limit's at once (a request does).
 */
export function connectRedis(redisUrl: string, role: 'producer' | 'worker' | 'limit', log: Log): Redis {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: 5_000,
    enableOfflineQueue: role !== 'limit',
    maxRetriesPerRequest: role === 'worker' ? null : 1,
    retryStrategy: (attempt) => Math.min(attempt * 250, 2_000),
  });
  let reported = false;
  redis.on('ready', () => {
    reported = false;
  });
  redis.on('error', (error: Error) => {
    // Every reconnect fails alike; one line per outage is enough.
    if (!reported) log.error({ err: error }, 'Redis cannot be reached.');
    reported = true;
  });
  return redis;
}

/** "redis.example.com:6379": where the queue's Redis is, without credentials. */
export function redisPlace(redisUrl: string): string {
  const url = new URL(redisUrl);
  return `${url.hostname || 'localhost'}:${url.port || '6379'}`;
}

/** Remembers a success; a failure is tried again by the next caller. */
function onceSuccessful(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work().catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };
}

/** BullMQ reports background trouble as 'error' events, which end the process when nobody listens. */
function logged<Emitter extends Queue | Worker>(emitter: Emitter, queue: QueueName, log: Log): Emitter {
  (emitter as Queue).on('error', (error: Error) =>
    log.warn({ err: error, queue }, 'The queue met an error.'),
  );
  return emitter;
}
