import { uuidv7 } from 'uuidv7';
import { createQueueBackend, type QueueConfig } from '#app/infra/queue/backend.server.ts';
import type { Job, QueueName } from '#app/infra/queue/jobs.ts';
import { createProducer, type ProducerOptions } from '#app/infra/queue/producer.server.ts';
import type { JobHandlers } from '#app/infra/queue/processor.server.ts';
import { createWorkers, type Workers, type WorkersOptions } from '#app/infra/queue/runtime.server.ts';
import { createLog } from '#app/infra/log.server.ts';

/** What a queue test needs around it, on either backend. */

export const SHOP_ID = uuidv7();
export const silentLog = createLog({ level: process.env.TEST_LOG_LEVEL ?? 'silent', process: 'test' });

export function openProducer(config: QueueConfig, options: Partial<ProducerOptions> = {}) {
  return createProducer({ config, log: silentLog, ...options });
}

/** Starts workers in which every handler that a test does not give does nothing. */
export async function openWorkers(
  config: QueueConfig,
  handlers: Partial<JobHandlers>,
  options: Partial<WorkersOptions> = {},
): Promise<Workers> {
  const nothing = async () => undefined;
  return createWorkers({
    config: { ...config, mode: 'test', workerConcurrency: 4, dbPoolMax: 12 },
    handlers: {
      'event.process': nothing,
      'events.process': nothing,
      'customer.score': nothing,
      'score.refresh': nothing,
      'model.fit': nothing,
      'orders.predict': nothing,
      'orders.follow': nothing,
      'action.run': nothing,
      'answers.import': nothing,
      reconcile: nothing,
      'orders.poll': nothing,
      'products.refresh': nothing,
      'pixels.connect': nothing,
      'data.purge': nothing,
      ...handlers,
    },
    onExhausted: nothing,
    log: silentLog,
    metrics: { observeJob: () => undefined, observeQueues: () => undefined },
    schedulers: false,
    ...options,
  });
}

/** What lies in a queue, looked at from outside. */
export async function withQueue<Result>(
  config: QueueConfig,
  name: QueueName,
  work: (queue: ReturnType<ReturnType<typeof createQueueBackend>['openQueue']>) => Promise<Result>,
): Promise<Result> {
  const backend = createQueueBackend({ config, role: 'producer', log: silentLog });
  await backend.ready();
  const queue = backend.openQueue(name);
  try {
    return await work(queue);
  } finally {
    await queue.close();
    await backend.close();
  }
}

export const eventJob = (eventId: string = uuidv7()): Job => ({
  name: 'event.process',
  payload: { shopId: SHOP_ID, eventId },
});
export const scoreJob = (customerId: string): Job => ({
  name: 'customer.score',
  payload: { shopId: SHOP_ID, customerId },
});
export const actionJob = (actionId: string): Job => ({
  name: 'action.run',
  payload: { shopId: SHOP_ID, actionId },
});

/** A promise with its handles outside. */
export function signal<Value = void>() {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Polls until `read` gives something, or fails at the deadline. */
export async function until<Value>(
  what: string,
  read: () => Promise<Value | undefined | false>,
): Promise<Value> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
