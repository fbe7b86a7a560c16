import { uuidv7 } from 'uuidv7';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { QueueConfig } from '#app/infra/queue/backend.server.ts';
import { AppError } from '#app/domain/core/app-error.ts';
import { JOBS, type Job } from '#app/infra/queue/jobs.ts';
import type { ClosableProducer } from '#app/infra/queue/producer.server.ts';
import type { Workers } from '#app/infra/queue/runtime.server.ts';
import {
  actionJob,
  eventJob,
  openProducer,
  openWorkers,
  scoreJob,
  SHOP_ID,
  signal,
  until,
  withQueue,
} from './harness.ts';

/** What the app relies on, the same for both backends. */
export function describeQueue(backend: string, readConfig: () => QueueConfig) {
  describe(`queue on ${backend}`, () => {
    let config: QueueConfig;
    let producer: ClosableProducer | undefined;
    let workers: Workers | undefined;

    beforeAll(() => {
      config = readConfig();
    });
    afterEach(async () => {
      await workers?.close();
      await producer?.close();
      for (const name of ['intake', 'scoring', 'actions', 'upkeep'] as const) {
        await withQueue(config, name, (queue) => queue.obliterate({ force: true }));
      }
      workers = undefined;
      producer = undefined;
    });

    it('hands each id to its handler once, however often it is enqueued while it waits', async () => {
      producer = openProducer(config);
      const eventIds = Array.from({ length: 250 }, () => uuidv7());
      await producer.enqueue(eventIds.map(eventJob));
      await producer.flush();
      await producer.enqueue(eventIds.map(eventJob));
      await producer.flush();

      const seen: string[] = [];
      const all = signal();
      workers = await openWorkers(config, {
        'event.process': async ({ shopId, eventId }) => {
          expect(shopId).toBe(SHOP_ID);
          if (seen.push(eventId) >= eventIds.length) all.resolve();
        },
      });
      await all.promise;
      await workers.close();
      expect(seen.toSorted()).toEqual(eventIds.toSorted());
    });

    it('leaves nothing behind, so that a finished id can come again', async () => {
      producer = openProducer(config);
      const [eventId, runs] = [uuidv7(), [] as number[]];
      workers = await openWorkers(config, { 'event.process': async () => void runs.push(runs.length) });
      for (const expected of [1, 2, 3]) {
        await producer.enqueue([eventJob(eventId)]);
        await until('a run', async () => runs.length === expected);
        await until('an empty queue', () => isEmpty(config));
      }
      expect(runs).toEqual([0, 1, 2]);
    });

    it('folds score jobs that wait, and never loses an event that comes while one runs', async () => {
      producer = openProducer(config, { debounceMs: 300 });
      const customerId = uuidv7();
      const [started, finish] = [signal(), signal()];
      let runs = 0;
      workers = await openWorkers(config, {
        'customer.score': async () => {
          runs += 1;
          if (runs > 1) return;
          started.resolve();
          await finish.promise;
        },
      });
      for (let burst = 0; burst < 3; burst += 1) {
        await producer.enqueue([scoreJob(customerId), scoreJob(customerId)]);
        await producer.flush();
      }
      const waiting = await withQueue(config, 'scoring', (queue) =>
        queue.getJobCounts('waiting', 'delayed', 'active'),
      );
      expect(Object.values(waiting).reduce((sum, count) => sum + count, 0)).toBe(1);

      await started.promise;
      await producer.enqueue([scoreJob(customerId)]);
      await producer.flush();
      finish.resolve();
      await until('the second run', async () => runs === 2);
      await until('an empty queue', () => isEmpty(config));
      expect(runs).toBe(2);
    });

    it('does not debounce while business time is simulated', async () => {
      producer = openProducer(config, { simulatedClock: true });
      const customerId = uuidv7();
      await producer.enqueue([scoreJob(customerId)]);
      await producer.flush();
      await producer.enqueue([scoreJob(customerId)]);
      await producer.flush();
      const counts = await withQueue(config, 'scoring', (queue) => queue.getJobCounts('waiting', 'delayed'));
      expect(counts).toMatchObject({ waiting: 2, delayed: 0 });
    });

    it('retries, reports exhaustion once, and runs the same id again when it is re-dispatched', async () => {
      producer = openProducer(config);
      const actionId = uuidv7();
      const attempts: number[] = [];
      const exhausted: [Job, string][] = [];
      let broken = true;
      const done = signal();
      workers = await openWorkers(
        config,
        {
          'action.run': async (_payload, { attempt }) => {
            attempts.push(attempt);
            if (!broken) return done.resolve();
            throw new Error('the mail server is away');
          },
        },
        { onExhausted: async (job, error) => void exhausted.push([job, error.message]) },
      );
      await producer.enqueue([actionJob(actionId)]);
      await until('exhaustion', async () => {
        // The real waits take minutes: whatever waits for its next try is let through at once.
        await promoteAll(config);
        return exhausted.length > 0;
      });
      const limit = JOBS['action.run'].attempts;
      expect(attempts).toEqual(Array.from({ length: limit }, (_, index) => index + 1));
      expect(exhausted).toEqual([[actionJob(actionId), 'the mail server is away']]);

      await until('an empty queue', () => isEmpty(config));
      broken = false;
      await producer.enqueue([actionJob(actionId)]);
      await done.promise;
      expect(attempts.at(-1)).toBe(1);
    });

    it('fails at once what trying again cannot help', async () => {
      producer = openProducer(config);
      const reported = signal<Error>();
      let runs = 0;
      workers = await openWorkers(
        config,
        {
          'event.process': async () => {
            runs += 1;
            throw new AppError('unreadable', 'The order has no currency.', { retryable: false });
          },
        },
        { onExhausted: async (_job, error) => reported.resolve(error) },
      );
      await producer.enqueue([eventJob()]);
      expect(await reported.promise).toMatchObject({
        name: 'AppError',
        message: 'The order has no currency.',
      });
      await until('an empty queue', () => isEmpty(config));
      expect(runs).toBe(1);
    });

    it('puts a job off without counting the attempt, while others go on', async () => {
      producer = openProducer(config);
      const [throttled, other] = [uuidv7(), uuidv7()];
      const attempts: number[] = [];
      const order: string[] = [];
      const done = signal();
      workers = await openWorkers(config, {
        'action.run': async ({ actionId }, context) => {
          order.push(actionId === throttled ? 'throttled' : 'other');
          if (actionId !== throttled) return;
          attempts.push(context.attempt);
          if (attempts.length < 4) await context.delayJob(50);
          done.resolve();
        },
      });
      await producer.enqueue([actionJob(throttled), actionJob(other)]);
      await done.promise;
      expect(attempts).toEqual([1, 1, 1, 1]);
      expect(order.indexOf('other')).toBeLessThan(order.length - 1);
    });

    it('lets the running job finish when it is closed, and takes no other', async () => {
      producer = openProducer(config);
      const [started, finish] = [signal(), signal()];
      let finished = 0;
      workers = await openWorkers(config, {
        'event.process': async () => {
          started.resolve();
          await finish.promise;
          finished += 1;
        },
      });
      await producer.enqueue([eventJob()]);
      await started.promise;
      const closing = workers.close();
      await producer.enqueue([eventJob()]);
      await producer.flush();
      finish.resolve();
      expect(await closing).toEqual({ abandoned: 0 });
      expect(finished).toBe(1);
      const counts = await withQueue(config, 'intake', (queue) =>
        queue.getJobCounts('waiting', 'active', 'delayed'),
      );
      expect(counts).toMatchObject({ waiting: 1, active: 0, delayed: 0 });
    });

    it('gives a job that was still running at the deadline to the next worker', async () => {
      producer = openProducer(config);
      const [started, never, again] = [signal(), signal(), signal<string>()];
      const eventId = uuidv7();
      workers = await openWorkers(config, {
        'event.process': () => {
          started.resolve();
          return never.promise;
        },
      });
      await producer.enqueue([eventJob(eventId)]);
      await started.promise;
      expect(await workers.close(50)).toEqual({ abandoned: 1 });

      workers = await openWorkers(config, {
        'event.process': async (payload) => again.resolve(payload.eventId),
      });
      expect(await again.promise).toBe(eventId);
    });

    it('plans each repeating job once, however many workers start', async () => {
      const ran = signal();
      const handlers = { reconcile: async () => ran.resolve() };
      workers = await openWorkers(config, handlers, { schedulers: true });
      const second = await openWorkers(config, handlers, { schedulers: true });
      await ran.promise;
      await second.close();
      const planned = await withQueue(config, 'upkeep', (queue) => queue.getJobSchedulers());
      const keys = planned.map((scheduler) => scheduler.key);
      expect(keys.toSorted()).toEqual([
        ...['data.purge', 'orders.poll', 'pixels.connect', 'products.refresh', 'reconcile'],
      ]);
    });

    it('tells the depth of every queue', async () => {
      producer = openProducer(config);
      const [started, finish] = [signal(), signal()];
      workers = await openWorkers(config, {
        'event.process': async () => {
          started.resolve();
          await finish.promise;
        },
      });
      await producer.enqueue([eventJob(), scoreJob(uuidv7())]);
      await producer.flush();
      await started.promise;
      expect(await workers.depths()).toEqual({
        intake: { waiting: 0, active: 1, delayed: 0 },
        scoring: { waiting: 0, active: 0, delayed: 1 },
        actions: { waiting: 0, active: 0, delayed: 0 },
        upkeep: { waiting: 0, active: 0, delayed: 0 },
      });
      finish.resolve();
    });

    it('refuses a payload that the catalogue does not know', async () => {
      producer = openProducer(config);
      const wrong = {
        name: 'event.process',
        payload: { shopId: SHOP_ID, eventId: uuidv7(), email: 'a@b.example' },
      };
      await expect(producer.enqueue([wrong as Job])).rejects.toThrow(/email/);
    });
  });
}

async function isEmpty(config: QueueConfig): Promise<boolean> {
  for (const name of ['intake', 'scoring', 'actions'] as const) {
    const counts = await withQueue(config, name, (queue) =>
      queue.getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed'),
    );
    if (Object.values(counts).some((count) => count > 0)) return false;
  }
  return true;
}

async function promoteAll(config: QueueConfig) {
  await withQueue(config, 'actions', (queue) => queue.promoteJobs());
}
